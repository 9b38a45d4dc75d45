//! A file that says everything the language can, and the model it becomes.

mod common;

use std::path::Path;

#[test]
fn the_complete_sample() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let api =
        pyrus_idl::load(&folder.join("complete.yaml")).unwrap_or_else(|report| panic!("{report}"));
    let text = serde_json::to_string_pretty(&api).expect("the model is plain data");
    if let Err(difference) = common::golden(&folder.join("complete.json"), &format!("{text}\n")) {
        panic!("{difference}");
    }
    assert_eq!(api.files, ["complete.yaml", "bindings/animals.yaml"]);
}

#[test]
fn a_failed_load_tells_what_it_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("bindings.yaml");
    std::fs::write(&root, "idl: 1\nextension: demo\ninclude: [a.yaml]\n").expect("written");
    let report = pyrus_idl::load(&root).expect_err("a.yaml is missing");
    assert_eq!(report.files, ["bindings.yaml", "a.yaml"]);
    assert!(
        report.short_lines()[0]
            .starts_with("bindings.yaml:3:11: error[B0013]: cannot read `a.yaml`")
    );
    assert_eq!(report.to_json()[0]["primary"]["line"], 3);
}

#[test]
fn a_missing_root_is_reported() {
    let report =
        pyrus_idl::load(Path::new("/nowhere/bindings.yaml")).expect_err("there is no such file");
    assert_eq!(report.diagnostics[0].code.id, "B0013");
}

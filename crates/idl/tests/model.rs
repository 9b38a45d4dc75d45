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

/// The examples of docs/idl.md, put together in one file.
#[test]
fn the_manual_is_valid() {
    let manual =
        std::fs::read_to_string(common::repository("docs/idl.md")).expect("the manual is there");
    let blocks = manual.split("```yaml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    let (head, rest) = blocks.split_first().expect("the manual has examples");
    let text = format!("{head}{}", rest.concat())
        .replace("include: [bindings/animals.yaml]", "")
        .replace("modules: { … }", "")
        .replace("{…}", "{}")
        .replace("records:\n", "records:\n  Xy: {fields: {x: f64}}\n");
    if let Err(report) = pyrus_idl::load_str("idl.md", &text) {
        panic!("{report}");
    }
}

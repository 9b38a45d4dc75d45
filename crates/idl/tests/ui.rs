//! One pair of files per mistake in tests/ui: declarations, and the report they get.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use pyrus_idl::{codes, load_texts};

/// Every case: name and text.
fn cases() -> BTreeMap<String, String> {
    let folder = common::repository("tests/ui");
    let mut cases = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("tests/ui exists") {
        let path = entry.expect("tests/ui can be listed").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            cases.insert(
                name,
                std::fs::read_to_string(&path).expect("cases are UTF-8"),
            );
        }
    }
    cases
}

#[test]
fn every_mistake_is_reported_as_written() {
    let mut failures = Vec::new();
    for (name, text) in cases() {
        let report = match load_texts("bindings.yaml", &codes::example_files(&text)) {
            Ok(_) => String::from("(nothing)\n"),
            Err(report) => format!("{}\n", report.render(false)),
        };
        let path = common::repository("tests/ui").join(format!("{name}.stderr"));
        failures.extend(common::golden(&path, &report).err());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_code_has_a_case() {
    let mut seen = BTreeSet::new();
    for (name, text) in cases() {
        let report = load_texts("bindings.yaml", &codes::example_files(&text));
        let report = report
            .err()
            .unwrap_or_else(|| panic!("{name} has no mistake"));
        seen.extend(
            report
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.code.id),
        );
    }
    let all = codes::all();
    let missing: Vec<_> = all
        .iter()
        .filter(|explanation| !seen.contains(explanation.code.id))
        .collect();
    assert!(missing.is_empty(), "no case: {missing:#?}");
}

#[test]
fn every_report_has_its_case() {
    let cases = cases();
    for entry in std::fs::read_dir(common::repository("tests/ui")).expect("tests/ui exists") {
        let path = entry.expect("tests/ui can be listed").path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        assert!(cases.contains_key(&name), "{} has no case", path.display());
    }
}

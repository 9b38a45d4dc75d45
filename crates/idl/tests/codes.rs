//! The explanations of codes are true, and the page made of them is current.

mod common;

use std::collections::BTreeSet;

use pyrus_idl::{codes, load_texts};

/// Codes that an example gets.
fn reported(example: &str) -> BTreeSet<&'static str> {
    match load_texts("bindings.yaml", &codes::example_files(example)) {
        Ok(_) => BTreeSet::new(),
        Err(report) => report
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.code.id)
            .collect(),
    }
}

#[test]
fn bad_examples_have_exactly_their_mistake() {
    let wrong: Vec<String> = codes::all()
        .iter()
        .filter(|explanation| reported(explanation.bad) != BTreeSet::from([explanation.code.id]))
        .map(|explanation| format!("{}: {:?}", explanation.code, reported(explanation.bad)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn good_examples_have_no_mistake() {
    let wrong: Vec<String> = codes::all()
        .iter()
        .filter(|explanation| !reported(explanation.good).is_empty())
        .map(|explanation| format!("{}: {:?}", explanation.code, reported(explanation.good)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn codes_are_unique_and_found() {
    let ids: BTreeSet<&str> = codes::all()
        .iter()
        .map(|explanation| explanation.code.id)
        .collect();
    assert_eq!(ids.len(), codes::all().len());
    assert_eq!(
        codes::find("b0104").map(|found| found.title),
        Some("unknown type")
    );
    assert!(codes::find("B9999").is_none());
}

#[test]
fn the_page_is_current() {
    let path = common::repository("docs/errors.md");
    if let Err(difference) = common::golden(&path, &codes::page()) {
        panic!("{difference}");
    }
}

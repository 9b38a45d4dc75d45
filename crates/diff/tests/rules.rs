//! Every rule on a pair of declarations: `rules/<rule>.yaml` is the old and the new text, `rules/<rule>.txt` the report.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pyrus_diff::{ALL, Change, Grade, compare, verdict};
use pyrus_idl::{Api, load_str};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn api(text: &str) -> Api {
    load_str("bindings.yaml", text).unwrap_or_else(|report| panic!("{report}"))
}

fn changes(pair: &str) -> Vec<Change> {
    let (old, new) = pair.split_once("---\n").expect("two documents");
    compare(&api(old), &api(new))
}

#[test]
fn every_rule_has_its_pair() {
    let bless = std::env::var_os("PYRUS_BLESS").is_some();
    let mut wrong = Vec::new();
    for rule in ALL {
        let input = folder().join(format!("{}.yaml", rule.id));
        let pair = fs::read_to_string(&input).unwrap_or_else(|_| panic!("no {}", input.display()));
        let changes = changes(&pair);
        let found: BTreeSet<_> = changes.iter().map(|change| change.rule.id).collect();
        assert!(found.contains(rule.id), "{}: only {found:?}", rule.id);
        let text = pyrus_diff::text(&changes);
        let golden = folder().join(format!("{}.txt", rule.id));
        if bless {
            fs::write(&golden, &text).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != text {
            wrong.push(format!("{}:\n{text}instead of\n{wanted}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_over() {
    let known: BTreeSet<_> = ALL.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(known.len(), ALL.len(), "a name is used twice");
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            known.contains(&stem),
            "{} belongs to no rule",
            path.display()
        );
    }
}

#[test]
fn an_api_does_not_differ_from_itself() {
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "yaml") {
            let text = fs::read_to_string(&path).unwrap();
            for half in text.split("---\n") {
                let found = compare(&api(half), &api(half));
                assert!(found.is_empty(), "{}: {found:?}", path.display());
            }
        }
    }
}

#[test]
fn the_worst_change_decides() {
    let all = changes(
        "idl: 1\nextension: shop\nfunctions:\n  a: {args: {x: u8}}\n  b: {doc: Old.}\n---\n\
         idl: 1\nextension: shop\nfunctions:\n  a: {args: {x: u8}, returns: u8}\n  b: {doc: New.}\n",
    );
    assert_eq!(verdict(&all), Some(Grade::Minor));
    assert_eq!(all[0].item, "a");
    let json = pyrus_diff::json(&all);
    assert_eq!(json["verdict"], "minor");
    assert_eq!(json["changes"][1]["rule"], "doc-changed");
    assert_eq!(json["changes"][1]["new"]["line"], 5);
    assert_eq!(verdict(&[]), None);
}

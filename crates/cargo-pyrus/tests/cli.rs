//! The command on small projects: exit codes and text.

mod common;

use std::fs;
use std::path::Path;

use common::{expect, run};
use tempfile::TempDir;

const GOOD: &str = "\
idl: 1
extension: shop
modules:
  items:
    classes:
      Cart:
        rust: shop::Cart
        methods:
          add:
            doc: Put in.
            args: {count: u32}
          fast: {feature: quick}
          slow: {feature: other}
";

const BAD: &str = "\
idl: 1
extension: shop
functions:
  one: {args: {a: Nothing}}
  two: {args: {b: Nowhere}}
";

/// A package with declarations.
fn project(declarations: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    package(folder.path(), "shop", declarations);
    folder
}

fn package(folder: &Path, name: &str, declarations: &str) {
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/lib.rs"), "").unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = [\"more\"]\nmore = [\"quick\"]\nquick = []\nother = []\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    if !declarations.is_empty() {
        fs::write(folder.join("bindings.yaml"), declarations).unwrap();
    }
}

#[test]
fn check_accepts_what_is_in_order() {
    let folder = project(GOOD);
    let out = run(folder.path(), &["check"]);
    expect(&out, 0, &[], &["shop: the declarations are in order"]);
}

#[test]
fn check_shows_all_mistakes() {
    let folder = project(BAD);
    let out = run(folder.path(), &["check"]);
    expect(
        &out,
        1,
        &[],
        &["Nothing", "Nowhere", "bindings.yaml:4:", "bindings.yaml:5:"],
    );
}

#[test]
fn check_speaks_json() {
    let folder = project(BAD);
    let out = run(folder.path(), &["check", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(json[0]["package"], "shop");
    assert_eq!(json[0]["diagnostics"].as_array().unwrap().len(), 2);
    assert_eq!(json[0]["diagnostics"][0]["primary"]["line"], 4);
}

#[test]
fn stubs_are_written_once() {
    let folder = project(GOOD);
    let out = run(folder.path(), &["stubs"]);
    expect(
        &out,
        0,
        &[],
        &[
            "updated gen/shop/__init__.pyi",
            "updated gen/shop/items.pyi",
        ],
    );
    let text = fs::read_to_string(folder.path().join("gen/shop/items.pyi")).unwrap();
    assert!(text.contains("def fast(self)"), "default features are on");
    assert!(!text.contains("def slow(self)"), "other features are off");
    expect(
        &run(folder.path(), &["stubs"]),
        0,
        &[],
        &["shop: the stubs are up to date"],
    );
}

#[test]
fn checking_stubs_writes_nothing() {
    let folder = project(GOOD);
    let out = run(folder.path(), &["stubs", "--check"]);
    expect(
        &out,
        1,
        &["+++ b/shop/items.pyi", "+class Cart"],
        &["run `cargo pyrus stubs`"],
    );
    assert!(!folder.path().join("gen").exists());
    run(folder.path(), &["stubs"]);
    expect(
        &run(folder.path(), &["stubs", "--check"]),
        0,
        &[],
        &["up to date"],
    );
}

#[test]
fn stubs_of_wrong_declarations_are_left_alone() {
    let folder = project(GOOD);
    run(folder.path(), &["stubs"]);
    let before = fs::read_to_string(folder.path().join("gen/shop/items.pyi")).unwrap();
    fs::write(folder.path().join("bindings.yaml"), BAD).unwrap();
    expect(&run(folder.path(), &["stubs"]), 1, &[], &["Nothing"]);
    assert_eq!(
        fs::read_to_string(folder.path().join("gen/shop/items.pyi")).unwrap(),
        before
    );
}

#[test]
fn dump_shows_an_item_in_every_stage() {
    let folder = project(GOOD);
    let dump = |stage| {
        run(
            folder.path(),
            &["dump", "--stage", stage, "--item", "Cart.add"],
        )
    };
    let source = "# bindings.yaml: items.Cart.add\n          add:\n            doc: Put in.\n";
    expect(&dump("source"), 0, &[source], &[]);
    expect(
        &dump("model"),
        0,
        &["\"items.Cart.add\"", "\"qualname\": \"Cart.add\""],
        &[],
    );
    let stub = "# shop/items.pyi: items.Cart.add\n    def add(self, count: int) -> None:";
    expect(&dump("stub"), 0, &[stub, "\"\"\"Put in.\"\"\""], &[]);
    expect(
        &dump("glue"),
        0,
        &["// pyrus.rs: items.Cart.add\n", "// bindings.yaml:9:"],
        &[],
    );
}

#[test]
fn dump_shows_whole_stages() {
    let folder = project(GOOD);
    for (stage, part) in [
        ("source", "extension: shop"),
        ("stub", "class Cart"),
        ("model", "\"Cart\""),
    ] {
        expect(
            &run(folder.path(), &["dump", "--stage", stage]),
            0,
            &[part],
            &[],
        );
    }
}

#[test]
fn dump_names_what_is_missing() {
    let folder = project(GOOD);
    let out = run(
        folder.path(),
        &["dump", "--stage", "stub", "--item", "Card"],
    );
    expect(&out, 2, &[], &["error: nothing is named `Card`"]);
}

#[test]
fn every_package_of_a_workspace_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("Cargo.toml"),
        "[workspace]\nmembers = [\"*\"]\nresolver = \"3\"\n",
    )
    .unwrap();
    package(&folder.path().join("a"), "a", GOOD);
    package(&folder.path().join("b"), "b", BAD);
    package(&folder.path().join("plain"), "plain", "");
    expect(
        &run(folder.path(), &["check"]),
        1,
        &[],
        &["a: the declarations", "Nothing"],
    );
    let out = run(folder.path(), &["check", "--manifest-path", "a/Cargo.toml"]);
    expect(&out, 0, &[], &["a: the declarations are in order"]);
    let out = run(
        folder.path(),
        &["check", "--manifest-path", "plain/Cargo.toml"],
    );
    expect(
        &out,
        2,
        &[],
        &["there is no bindings.yaml beside the Cargo.toml of the package"],
    );
}

#[test]
fn the_schema_is_json() {
    let out = run(Path::new("."), &["schema"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(json["title"], "Pyrus bindings");
}

#[test]
fn unknown_words_are_usage_errors() {
    assert_eq!(run(Path::new("."), &["frobnicate"]).status.code(), Some(2));
    let folder = tempfile::tempdir().unwrap();
    expect(&run(folder.path(), &["check"]), 2, &[], &["error: "]);
    expect(
        &run(Path::new("."), &["explain", "B9999"]),
        2,
        &[],
        &["there is no code `B9999`"],
    );
}

#[test]
fn codes_are_explained() {
    let out = run(Path::new("."), &["explain", "b0104"]);
    expect(&out, 0, &["B0104", "unknown type", "NodId", "NodeId"], &[]);
}

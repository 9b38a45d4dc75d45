//! A build script's whole work, as Cargo sees it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const GOOD: &str = "idl: 1\nextension: shop\ninclude: [more.yaml]\nfunctions:\n  plain: {}\n  quick: {feature: fast-path}\n";
const MORE: &str = "modules:\n  items: {functions: {count: {returns: u32}}}\n";
const BAD: &str =
    "idl: 1\nextension: shop\nfunctions:\n  one: {args: {a: Nothing}}\n  two: {returns: Nowhere}\n";

/// This test is the build script when the others run it.
#[test]
#[ignore = "run by the other tests"]
fn script() {
    if pyrus_build::main() != std::process::ExitCode::SUCCESS {
        std::process::exit(1);
    }
}

fn package(declarations: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bindings.yaml"), declarations).unwrap();
    fs::write(folder.path().join("more.yaml"), MORE).unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    folder
}

fn build(folder: &Path, mode: &str) -> (Output, String) {
    let out = Command::new(std::env::current_exe().unwrap())
        .args(["script", "--exact", "--ignored", "--nocapture"])
        .env("CARGO_MANIFEST_DIR", folder)
        .env("OUT_DIR", folder.join("out"))
        .env("CARGO_FEATURE_FAST_PATH", "1")
        .env("PYRUS_STUBS", mode)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    (out, text)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn glue_and_stubs_are_written_and_files_are_watched() {
    let folder = package(GOOD);
    let (out, text) = build(folder.path(), "");
    assert!(
        out.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&out.stderr)
    );
    for line in [
        "cargo::rerun-if-env-changed=PYRUS_STUBS",
        "cargo::rerun-if-changed=bindings.yaml",
        "cargo::rerun-if-changed=more.yaml",
    ] {
        assert!(
            text.lines().any(|other| other == line),
            "{line} is missing:\n{text}"
        );
    }
    let stub = read(folder.path(), "gen/shop/__init__.pyi");
    assert!(stub.contains("def quick()"), "{stub}");
    assert_eq!(stub, read(folder.path(), "out/shop/__init__.pyi"));
    assert!(read(folder.path(), "gen/ruff.toml").contains("line-length = 100"));
    let (out, _) = build(folder.path(), "check");
    assert!(out.status.success());
}

#[test]
fn mistakes_are_reported_twice_and_nothing_is_written() {
    let folder = package(BAD);
    let (out, text) = build(folder.path(), "");
    assert_eq!(out.status.code(), Some(1));
    let errors: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("cargo::error="))
        .collect();
    assert_eq!(errors.len(), 2, "{text}");
    assert!(
        errors[0].starts_with("cargo::error=bindings.yaml:4:"),
        "{text}"
    );
    assert!(text.contains("cargo::rerun-if-changed=bindings.yaml"));
    let report = String::from_utf8_lossy(&out.stderr);
    assert!(report.contains("--> bindings.yaml:5:"), "{report}");
    assert!(!folder.path().join("gen").exists());
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 0);
}

#[test]
fn checking_fails_with_a_diff() {
    let folder = package(GOOD);
    build(folder.path(), "");
    let path = folder.path().join("gen/shop/items.pyi");
    let text = fs::read_to_string(&path).unwrap().replace("int", "str");
    fs::write(&path, &text).unwrap();
    let (out, said) = build(folder.path(), "check");
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stderr).contains("-def count() -> str: ..."));
    assert!(said.contains("cargo::error=the stubs differ"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn checking_writes_nothing_at_all() {
    let folder = package(GOOD);
    let (out, _) = build(folder.path(), "check");
    assert_eq!(out.status.code(), Some(1));
    assert!(!folder.path().join("gen").exists());
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 0);
}

#[test]
fn two_folders_give_the_same_bytes() {
    let (here, there) = (package(GOOD), package(GOOD));
    for folder in [&here, &there] {
        let (out, text) = build(folder.path(), "");
        assert!(out.status.success(), "{text}");
    }
    for name in [
        "out/pyrus.rs",
        "gen/shop/__init__.pyi",
        "gen/shop/items.pyi",
        "out/shop/items.pyi",
    ] {
        assert_eq!(read(here.path(), name), read(there.path(), name), "{name}");
    }
}

#[test]
fn stubs_that_cannot_be_written_are_a_warning() {
    let folder = package(GOOD);
    fs::write(
        folder.path().join("gen"),
        "a file where the folder should be",
    )
    .unwrap();
    let (out, text) = build(folder.path(), "");
    assert!(out.status.success(), "{text}");
    assert!(
        text.contains("cargo::warning=cannot update the stubs"),
        "{text}"
    );
}

#[test]
fn packaged_copies_are_left_alone() {
    let folder = package(GOOD);
    fs::write(folder.path().join("Cargo.toml.orig"), "").unwrap();
    let (out, _) = build(folder.path(), "");
    assert!(out.status.success());
    assert!(!folder.path().join("gen").exists());
    assert!(folder.path().join("out/shop/items.pyi").exists());
}

#[test]
fn unknown_modes_are_named() {
    let folder = package(GOOD);
    let (out, text) = build(folder.path(), "maybe");
    assert_eq!(out.status.code(), Some(1));
    assert!(
        text.contains("cargo::error=PYRUS_STUBS is `maybe`"),
        "{text}"
    );
}

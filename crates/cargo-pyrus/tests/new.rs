//! `cargo pyrus new`: what it refuses, and a project that is built and tested outside the workspace.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{expect, run};

fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    folder.canonicalize().unwrap()
}

#[test]
fn a_project_is_complete_and_in_order() {
    let top = tempfile::tempdir().unwrap();
    let out = run(top.path(), &["new", "deep/word-count"]);
    expect(
        &out,
        0,
        &[],
        &["created `word-count`", "pip install -e '.[test]'"],
    );
    let project = top.path().join("deep/word-count");
    for file in [
        ".github/workflows/ci.yml",
        ".gitignore",
        "Cargo.toml",
        "README.md",
        "bindings.yaml",
        "build.rs",
        "gen/word_count/_word_count.pyi",
        "pyproject.toml",
        "python/word_count/__init__.py",
        "python/word_count/py.typed",
        "schema/bindings.schema.json",
        "src/lib.rs",
        "tests/test_word_count.py",
    ] {
        assert!(project.join(file).is_file(), "{file} is missing");
    }
    let declarations = fs::read_to_string(project.join("bindings.yaml")).unwrap();
    let first = declarations.lines().next().unwrap();
    assert_eq!(
        first,
        "# yaml-language-server: $schema=schema/bindings.schema.json"
    );
    let schema = fs::read_to_string(project.join("schema/bindings.schema.json")).unwrap();
    let out = run(&project, &["schema"]);
    assert_eq!(schema, String::from_utf8(out.stdout).unwrap());
    expect(&run(&project, &["check"]), 0, &[], &["in order"]);
    expect(
        &run(&project, &["stubs", "--check"]),
        0,
        &[],
        &["up to date"],
    );
    let left: Vec<_> = fs::read_dir(top.path().join("deep")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing but the project is left: {left:?}");
}

#[test]
fn names_that_cannot_be_are_refused() {
    let top = tempfile::tempdir().unwrap();
    for (name, why) in [
        ("1st", "begin with a letter"),
        ("_shop", "begin with a letter"),
        ("caf\u{e9}", "ASCII letters"),
        ("a b", "ASCII letters"),
        ("shop-", "between two words"),
        ("class", "Python reserves"),
        ("crate", "Rust reserves"),
        ("pyrus", "exists already"),
        ("..", "does not end with the name"),
    ] {
        expect(&run(top.path(), &["new", name]), 2, &[], &["error: ", why]);
    }
    assert_eq!(fs::read_dir(top.path()).unwrap().count(), 0);
}

#[test]
fn nothing_is_overwritten() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir(top.path().join("shop")).unwrap();
    fs::write(top.path().join("shop/notes.txt"), "mine").unwrap();
    fs::write(top.path().join("file"), "mine").unwrap();
    for name in ["shop", "file"] {
        let out = run(top.path(), &["new", name]);
        expect(
            &out,
            2,
            &[],
            &["is not an empty folder; nothing was written"],
        );
    }
    assert_eq!(fs::read_dir(top.path().join("shop")).unwrap().count(), 1);
    fs::create_dir(top.path().join("empty")).unwrap();
    expect(
        &run(top.path(), &["new", "empty"]),
        0,
        &[],
        &["created `empty`"],
    );
}

#[test]
fn pyrus_comes_from_where_it_was_told() {
    let top = tempfile::tempdir().unwrap();
    let manifest = |name: &str, pyrus: &str| {
        let out = run(top.path(), &["new", name, "--pyrus", pyrus]);
        expect(&out, 0, &[], &["created"]);
        fs::read_to_string(top.path().join(name).join("Cargo.toml")).unwrap()
    };
    assert!(manifest("a", "0.3").contains("pyrus = \"0.3\"\n"));
    let text = manifest("b", "https://example.org/pyrus.git");
    assert!(text.contains("pyrus-build = { git = \"https://example.org/pyrus.git\" }\n"));
    let text = manifest("c", workspace().to_str().unwrap());
    assert!(text.contains("/crates/pyrus\" }\n"), "{text}");
    let out = run(top.path(), &["new", "d", "--pyrus", "nowhere"]);
    expect(&out, 2, &[], &["neither a checkout of Pyrus"]);
    assert!(!top.path().join("d").exists());
}

/// Where the tests of the workspace build: crates that were compiled for them are used again.
fn target() -> PathBuf {
    let here = Path::new(env!("CARGO_BIN_EXE_cargo-pyrus"));
    here.ancestors().nth(2).unwrap().to_owned()
}

#[test]
fn a_project_builds_and_passes_its_tests() {
    let top = tempfile::tempdir().unwrap();
    expect(&run(top.path(), &["new", "sample"]), 0, &[], &[]);
    let project = top.path().join("sample");
    // The versions of the workspace are known to be there without a network.
    fs::copy(workspace().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    let out = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", target())
        .env("PYRUS_STUBS", "check")
        .current_dir(&project)
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{report}");
    assert!(!report.contains("warning"), "{report}");
    let library = format!(
        "{}_sample{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let suffix = if cfg!(windows) { "pyd" } else { "so" };
    fs::copy(
        target().join("debug").join(library),
        project.join(format!("python/sample/_sample.{suffix}")),
    )
    .unwrap();
    let python = |args: &[&str]| {
        let command = if cfg!(windows) { "python" } else { "python3" };
        Command::new(command)
            .args(args)
            .current_dir(&project)
            .env("PYTHONPATH", "python")
            .env("PYRUS_NORECOMPILE", "1")
            .output()
            .unwrap()
    };
    let out = python(&[
        "-c",
        "import sample; print(sample.mean([1, 2]), len(sample.WordCount()))",
    ]);
    expect(&out, 0, &["1.5 0"], &[]);
    if !python(&["-c", "import pytest"]).status.success() {
        eprintln!("skipped the project's tests: this Python has no pytest");
        return;
    }
    expect(&python(&["-m", "pytest", "-q"]), 0, &["5 passed"], &[]);
}

//! `cargo pyrus new`: what it refuses, and a project that is built and tested outside the workspace.

mod common;

use std::fs;

use common::{build, expect, python, run, workspace};

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
    assert!(text.contains("pyrus = { path = \"../"), "{text}");
    assert!(text.contains("/crates/pyrus\" }\n"), "{text}");
    let found = text.split('"').find(|word| word.ends_with("/crates/pyrus"));
    let found = top
        .path()
        .canonicalize()
        .unwrap()
        .join("c")
        .join(found.unwrap());
    assert_eq!(
        found.canonicalize().unwrap(),
        workspace().join("crates/pyrus")
    );
    let out = run(top.path(), &["new", "d", "--pyrus", "nowhere"]);
    expect(&out, 2, &[], &["neither a checkout of Pyrus"]);
    assert!(!top.path().join("d").exists());
}

#[test]
fn a_project_may_be_for_the_stable_abi() {
    let top = tempfile::tempdir().unwrap();
    let new = |args: &[&str]| {
        let out = run(top.path(), &[&["new", "--abi3"], args].concat());
        expect(&out, 0, &[], &["created"]);
    };
    let read = |file: &str| fs::read_to_string(top.path().join(file)).unwrap();
    new(&["a"]);
    let runtime = "/crates/pyrus\", features = [\"abi3\"] }\n";
    assert!(read("a/Cargo.toml").contains(runtime));
    assert!(read("a/Cargo.toml").contains("/crates/build\" }\n"));
    assert!(read("a/pyproject.toml").contains("requires-python = \">=3.12\"\n"));
    assert!(read("a/.github/workflows/ci.yml").contains("[\"3.12\", \"3.13\"]\n"));
    assert!(read("a/README.md").contains("stable ABI"));
    new(&["b", "--pyrus", "0.3"]);
    let runtime = "pyrus = { version = \"0.3\", features = [\"abi3\"] }\n";
    assert!(read("b/Cargo.toml").contains(runtime));
}

#[test]
fn a_project_builds_and_passes_its_tests() {
    let top = tempfile::tempdir().unwrap();
    expect(&run(top.path(), &["new", "sample"]), 0, &[], &[]);
    let project = top.path().join("sample");
    build(&project);
    let stub = fs::read_to_string(project.join("gen/sample/_sample.pyi")).unwrap();
    let beside = fs::read_to_string(project.join("python/sample/_sample.pyi")).unwrap();
    assert_eq!(stub, beside);
    expect(
        &run(&project, &["stubs", "--check"]),
        0,
        &[],
        &["up to date"],
    );
    let program = "import sample; print(sample.mean([1, 2]), len(sample.WordCount()))";
    expect(&python(&project, &["-c", program]), 0, &["1.5 0"], &[]);
    let out = run(&project, &["doctor"]);
    let extension = "ok    sample: extension: ";
    expect(&out, 0, &[extension, "ok    sample: lock: "], &[]);
    if !python(&project, &["-c", "import pytest"]).status.success() {
        eprintln!("skipped the project's tests: this Python has no pytest");
        return;
    }
    expect(
        &python(&project, &["-m", "pytest", "-q"]),
        0,
        &["5 passed"],
        &[],
    );
}

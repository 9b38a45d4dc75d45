//! Rules of the house: dependencies point one way, by Cargo's metadata; Python's test files have names of their own; and
//! names of files are plain.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;
use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::shell::{files_below, output, root};

/// Who must not use whom. Development dependencies are free.
const FORBIDDEN: [(&str, &[&str]); 7] = [
    (
        "pyrus-idl",
        &["pyrus-build", "pyrus", "pyrus-graph", "askama", "pyo3-ffi"],
    ),
    ("pyrus-build", &["pyrus", "pyrus-graph", "pyo3-ffi"]),
    (
        "pyrus",
        &[
            "pyrus-idl",
            "pyrus-build",
            "pyrus-codec",
            "pyrus-graph",
            "pyrus-sexp",
            "pyrus-typegraph",
            "serde",
            "askama",
        ],
    ),
    (
        "pyrus-graph",
        &[
            "pyrus",
            "pyrus-idl",
            "pyrus-build",
            "pyrus-typegraph",
            "pyo3-ffi",
        ],
    ),
    (
        "pyrus-typegraph",
        &["pyrus", "pyrus-idl", "pyrus-build", "pyo3-ffi"],
    ),
    (
        "pyrus-codec",
        &["pyrus-idl", "pyrus-build", "pyrus-graph", "pyo3-ffi"],
    ),
    (
        "pyrus-sexp",
        &[
            "pyrus",
            "pyrus-idl",
            "pyrus-build",
            "pyrus-codec",
            "pyrus-graph",
            "pyrus-typegraph",
            "pyo3-ffi",
        ],
    ),
];

/// Check them all.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut wrong = dependencies()?;
    wrong.extend(test_files(&root().join("tests/python"))?);
    wrong.extend(odd_names());
    if wrong.is_empty() {
        println!(
            "tidy: dependencies point one way, test files have names of their own, names of files are plain"
        );
        return Ok(());
    }
    bail!("{}", wrong.join("\n"))
}

/// Dependencies that point the wrong way.
fn dependencies() -> anyhow::Result<Vec<String>> {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()?;
    let mut wrong = Vec::new();
    for (package, refused) in FORBIDDEN {
        let Some(found) = metadata
            .packages
            .iter()
            .find(|found| found.name.as_str() == package)
        else {
            bail!("there is no package {package}: correct xtask/src/tidy.rs");
        };
        for dependency in found
            .dependencies
            .iter()
            .filter(|one| one.kind != DependencyKind::Development)
        {
            if refused.contains(&dependency.name.as_str()) {
                wrong.push(format!("{package} must not depend on {}", dependency.name));
            }
        }
    }
    Ok(wrong)
}

/// Test files of one name: one run of pytest imports all of a tree's, by their names.
fn test_files(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in files_below(folder)? {
        let name = path.file_name().unwrap_or_default().to_owned();
        let shown = name.to_string_lossy();
        if shown.starts_with("test_")
            && shown.ends_with(".py")
            && let Some(other) = seen.insert(name.clone(), path.clone())
        {
            let one = |path: PathBuf| path.display().to_string();
            wrong.push(format!(
                "two test files of one name: {}, {}",
                one(other),
                one(path)
            ));
        }
    }
    Ok(wrong)
}

/// Files that Git has, or would take, with names that people do not type: some call of a test made them.
fn odd_names() -> Vec<String> {
    let listed = output(
        Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others"])
            .arg("--exclude-standard")
            .current_dir(root()),
    );
    // What was released has no history.
    let Ok(listed) = listed else {
        return Vec::new();
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/+-".contains(c);
    let odd = listed
        .split('\0')
        .filter(|path| !path.chars().all(plain))
        .map(|path| format!("a file has a name that nobody would give it: {path:?}"));
    odd.collect()
}

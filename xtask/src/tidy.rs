//! Rules of the house, read from Cargo's metadata: dependencies point one way.

use anyhow::bail;
use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::shell::root;

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
    if wrong.is_empty() {
        println!("tidy: dependencies point one way");
        return Ok(());
    }
    bail!("{}", wrong.join("\n"))
}

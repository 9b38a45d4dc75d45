//! A generated extension with some records of eight fields, to see what each of them costs.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::shell::root;

/// A project in a folder of its own.
pub(super) struct Project {
    /// The folder.
    pub(super) dir: PathBuf,
    /// Name of the package, the library and the Python module.
    pub(super) name: String,
    records: u32,
}

impl Project {
    /// Write the project with this many records below `dir`.
    pub(super) fn write(dir: &Path, records: u32) -> anyhow::Result<Self> {
        let name = format!("records_{records}");
        let project = Self {
            dir: dir.join(&name),
            name,
            records,
        };
        project.put("Cargo.toml", &project.manifest())?;
        project.put(
            "build.rs",
            "//! Renders `bindings.yaml`.\n\nfn main() {\n    pyrus_build::main();\n}\n",
        )?;
        project.put("src/lib.rs", LIBRARY)?;
        project.edit(1)?;
        // The same versions of everything as in the workspace, and no network.
        std::fs::copy(root().join("Cargo.lock"), project.dir.join("Cargo.lock"))
            .context("cannot copy Cargo.lock")?;
        Ok(project)
    }

    /// Change one entry of `bindings.yaml`: the default of a parameter.
    pub(super) fn edit(&self, default: u32) -> anyhow::Result<()> {
        self.put("bindings.yaml", &self.bindings(default))
    }

    fn put(&self, file: &str, text: &str) -> anyhow::Result<()> {
        let path = self.dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap_or(&self.dir))?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }

    fn manifest(&self) -> String {
        let crates = root().join("crates");
        let name = &self.name;
        let (pyrus, build) = (crates.join("pyrus"), crates.join("build"));
        let (pyrus, build) = (pyrus.display(), build.display());
        format!(
            r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
pyrus = {{ path = '{pyrus}' }}

[build-dependencies]
pyrus-build = {{ path = '{build}' }}

[profile.release]
lto = "fat"
codegen-units = 1
strip = "symbols"

[workspace]
"#
        )
    }

    fn bindings(&self, default: u32) -> String {
        let mut text = format!(
            "idl: 1\nextension: {}\ndoc: Generated to be measured.\n",
            self.name
        );
        text += if self.records > 0 { "records:\n" } else { "" };
        for record in 0..self.records {
            let _ = write!(
                text,
                "  Record{record}:\n    doc: The record with number {record}.\n    fields:\n      \
                 x{record}: f64\n      y{record}: f64 = 0.0\n      width{record}: f64\n      height{record}: f64\n      \
                 name{record}: str\n      layer{record}: str?\n      count{record}: i64\n      locked{record}: bool\n"
            );
        }
        let _ = write!(
            text,
            "functions:\n  same: {{doc: The same number., args: {{n: i64 = {default}}}, returns: i64}}\n"
        );
        text
    }
}

const LIBRARY: &str = r#"//! Generated to be measured.

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

/// The same number.
pub fn same(n: i64) -> i64 {
    n
}
"#;

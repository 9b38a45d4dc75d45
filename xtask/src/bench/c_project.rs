//! The same generated extension as [`super::project`], from C that is written by hand, to compare with.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::python::Python;
use crate::shell::{output, root};

/// A C file, and what becomes of it.
pub(super) struct CProject {
    /// Name of the Python module.
    pub(super) name: String,
    source: PathBuf,
    records: u32,
}

impl CProject {
    /// Write the file for this many records below `dir`.
    pub(super) fn write(dir: &Path, records: u32) -> anyhow::Result<Self> {
        let name = format!("c_records_{records}");
        let project = Self {
            source: dir.join(format!("{name}.c")),
            name,
            records,
        };
        project.edit(1)?;
        Ok(project)
    }

    /// Change one entry: the default of a parameter.
    pub(super) fn edit(&self, default: u32) -> anyhow::Result<()> {
        let mut text = format!(
            "#include \"python.h\"\n#define MODULE {}\n#define DEFAULT {default}\n",
            self.name
        );
        for record in 0..self.records {
            let _ = writeln!(text, "#define N {record}\n#include \"record.h\"");
        }
        let specs = (0..self.records).map(|record| format!("&spec{record}, "));
        let specs: String = specs.collect();
        let _ = writeln!(text, "#define SPECS {specs}\n#include \"module.h\"");
        std::fs::write(&self.source, text)
            .with_context(|| format!("cannot write {}", self.source.display()))
    }

    /// Compile and link to this file.
    pub(super) fn compile(&self, python: &Python, library: &Path) -> anyhow::Result<()> {
        let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
        compiler.args(["-O2", "-DNDEBUG", "-fPIC", "-shared", "-s"]);
        if cfg!(target_os = "macos") {
            compiler.args(["-undefined", "dynamic_lookup"]);
        }
        compiler.arg("-I").arg(&python.include);
        compiler.arg("-I").arg(root().join("benches/build"));
        output(compiler.arg(&self.source).arg("-o").arg(library)).map(drop)
    }
}

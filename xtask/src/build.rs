//! Building extensions and putting them where Python finds them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::python::Python;
use crate::shell::{cargo, output, root, step};
use crate::venv::target_dir;

/// An extension of this repository.
pub(crate) struct Extension {
    /// Cargo's name of its package.
    pub(crate) package: &'static str,
    /// Its manifest, relative to the root.
    pub(crate) manifest: &'static str,
    /// The library's name.
    pub(crate) library: &'static str,
    /// Where the module goes, relative to the root; without suffix.
    pub(crate) module: &'static str,
}

/// The native modules.
pub(crate) const NATIVE: Extension = Extension {
    package: "pyrus-native",
    manifest: "Cargo.toml",
    library: "_native",
    module: "python/pyrus/_native",
};

/// KiCad's files.
pub(crate) const KICAD: Extension = Extension {
    package: "pyrus-kicad",
    manifest: "kicad/Cargo.toml",
    library: "_kicad",
    module: "python/pyrus/_kicad",
};

/// The zoo: every word of the declaration language.
pub(crate) const ZOO: Extension = Extension {
    package: "pyrus-zoo",
    manifest: "examples/zoo/Cargo.toml",
    library: "zoo",
    module: "examples/zoo/python/zoo",
};

/// Uses the zoo's classes from another extension.
pub(crate) const VISITOR: Extension = Extension {
    package: "pyrus-zoo-visitor",
    manifest: "examples/zoo/visitor/Cargo.toml",
    library: "visitor",
    module: "examples/zoo/python/visitor",
};

/// All of them.
pub(crate) const ALL: [&Extension; 4] = [&NATIVE, &KICAD, &ZOO, &VISITOR];

impl Extension {
    /// A word for it.
    pub(crate) fn name(&self) -> &'static str {
        self.library.trim_start_matches('_')
    }

    /// The library's file, as Cargo names it.
    pub(crate) fn file_name(&self) -> String {
        format!(
            "{}{}{}",
            std::env::consts::DLL_PREFIX,
            self.library,
            std::env::consts::DLL_SUFFIX
        )
    }
}

/// Build without optimisation for an interpreter, and put the modules into place. One target folder serves all
/// interpreters: what does not depend on them is compiled once.
pub(crate) fn unoptimised(what: &[&Extension], python: &Python) -> anyhow::Result<()> {
    let target = target_dir()?.join("python").join("dev");
    step(&format!("extensions for {}", python.version), || {
        output(
            cargo_for(python)
                .current_dir(root())
                .arg("build")
                .args(what.iter().flat_map(|one| ["--package", one.package]))
                .env("CARGO_PROFILE_DEV_DEBUG", "none")
                .env("CARGO_TARGET_DIR", &target),
        )
    })?;
    for one in what {
        let built = target.join("debug").join(one.file_name());
        put(&built, &place(one, python))?;
    }
    Ok(())
}

/// Build with optimisation for an interpreter, and put the module into place.
pub(crate) fn extension(what: &Extension, python: &Python) -> anyhow::Result<PathBuf> {
    let target = target_dir()?.join("python").join(&python.version);
    step(&format!("{} for {}", what.package, python.version), || {
        output(
            cargo_for(python)
                .current_dir(root())
                .args(["build", "--release", "--package", what.package])
                .env("CARGO_TARGET_DIR", &target),
        )
    })?;
    let built = target.join("release").join(what.file_name());
    let place = place(what, python);
    put(&built, &place)?;
    Ok(place)
}

/// Cargo that builds for an interpreter.
fn cargo_for(python: &Python) -> Command {
    let mut command = cargo();
    build_for(&mut command, python);
    command
}

/// Let Cargo build for an interpreter. Of free-threaded builds `pyo3-ffi` refuses those before 3.14, whose structs it still
/// knows; the runtime compares them with the interpreter's headers.
pub(crate) fn build_for(command: &mut Command, python: &Python) {
    command.env("PYO3_PYTHON", &python.executable);
    if python.is_free_threaded() {
        command.env("UNSAFE_PYO3_SKIP_VERSION_CHECK", "1");
    }
}

fn place(what: &Extension, python: &Python) -> PathBuf {
    root().join(format!("{}{}", what.module, python.suffix))
}

/// Replace by rename: a process that has the old file loaded keeps it.
fn put(built: &Path, place: &Path) -> anyhow::Result<()> {
    let parent = place.parent().context("a module has a folder")?;
    std::fs::create_dir_all(parent)?;
    let new = place.with_extension("new");
    std::fs::copy(built, &new).with_context(|| format!("cannot copy {}", built.display()))?;
    std::fs::rename(&new, place)?;
    Ok(())
}

/// `PYTHONPATH` for the package in the checkout. What was built for it is loaded; the loader builds nothing.
pub(crate) fn with_package(command: &mut Command) -> &mut Command {
    command
        .env("PYTHONPATH", root().join("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYRUS_NORECOMPILE", "1")
}

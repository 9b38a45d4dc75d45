//! The virtual environment under `target/`, made once and renewed when what it needs changes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::shell::{output, root, step};

/// Where Cargo builds.
pub(crate) fn target_dir() -> anyhow::Result<PathBuf> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(std::path::absolute(target)?)
}

/// The interpreter that runs chores: `PYRUS_PYTHON`, or the usual one.
pub(crate) fn base_python() -> PathBuf {
    std::env::var_os("PYRUS_PYTHON").map_or_else(
        || PathBuf::from(if cfg!(windows) { "python" } else { "python3" }),
        PathBuf::from,
    )
}

/// The environment's interpreter, without any packages.
pub(crate) fn bare(python: &Path) -> anyhow::Result<PathBuf> {
    let ask = "import sys; print('%d.%d' % sys.version_info[:2] + getattr(sys, 'abiflags', ''))";
    let version = output(Command::new(python).args(["-c", ask])).with_context(|| {
        format!(
            "{} does not run: install CPython 3.9 or later",
            python.display()
        )
    })?;
    let folder = target_dir()?.join("venv").join(version.trim());
    let inside = folder.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    if !inside.exists() {
        step("virtual environment", || {
            // Where there is one, its interpreter was moved or uninstalled.
            let mut command = Command::new(python);
            output(command.args(["-m", "venv", "--clear"]).arg(&folder))
        })?;
    }
    Ok(inside)
}

/// The environment's interpreter, with everything that `cargo xtask test` runs.
pub(crate) fn ready(python: &Path) -> anyhow::Result<PathBuf> {
    with(python, "requirements-dev.txt")
}

/// The environment's interpreter, with what the Python tests need and no more.
pub(crate) fn for_tests(python: &Path) -> anyhow::Result<PathBuf> {
    with(python, "requirements-test.txt")
}

/// Install what a file of requirements names, once; again when a file of requirements has changed.
fn with(python: &Path, file: &str) -> anyhow::Result<PathBuf> {
    let inside = bare(python)?;
    let mut wanted = file.to_owned();
    for text in ["requirements-dev.txt", "requirements-test.txt"] {
        wanted += &std::fs::read_to_string(root().join(text))?;
    }
    let mark = inside.with_file_name("pyrus-requirements");
    let has = std::fs::read_to_string(&mark).unwrap_or_default();
    let has_all = has.strip_prefix("requirements-dev.txt");
    if has == wanted || has_all.is_some_and(|rest| wanted.ends_with(rest)) {
        return Ok(inside);
    }
    // What has no wheel for a free-threaded build may not compile for it either, where an older release has one for all.
    step("Python packages", || {
        output(
            Command::new(&inside)
                .args(["-m", "pip", "install", "--quiet", "--prefer-binary", "-r"])
                .arg(root().join(file)),
        )
    })?;
    std::fs::write(mark, wanted)?;
    Ok(inside)
}

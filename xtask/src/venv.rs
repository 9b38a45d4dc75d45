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
    let version = output(
        Command::new(python).args(["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]),
    )
    .with_context(|| {
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
            output(Command::new(python).args(["-m", "venv"]).arg(&folder))
        })?;
    }
    Ok(inside)
}

/// The environment's interpreter, with what the tests need.
pub(crate) fn ready(python: &Path) -> anyhow::Result<PathBuf> {
    let inside = bare(python)?;
    let wanted = std::fs::read_to_string(root().join("requirements-dev.txt"))?;
    let mark = inside.with_file_name("pyrus-requirements");
    if std::fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
        return Ok(inside);
    }
    step("Python packages", || {
        output(
            Command::new(&inside)
                .args(["-m", "pip", "install", "--quiet", "-r"])
                .arg(root().join("requirements-dev.txt")),
        )
    })?;
    std::fs::write(mark, wanted)?;
    Ok(inside)
}

//! The Python interpreter that extensions are built for.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::Problem;

const FACTS: &str = "
import importlib.machinery, json, sys, sysconfig
suffixes = importlib.machinery.EXTENSION_SUFFIXES
print(json.dumps({
    'executable': sys.executable,
    'base': getattr(sys, '_base_executable', None) or sys.executable,
    'implementation': sys.implementation.name,
    'version': list(sys.version_info[:3]),
    'suffix': sysconfig.get_config_var('EXT_SUFFIX'),
    'stable_suffix': next((one for one in suffixes if 'abi3' in one), suffixes[-1]),
    'include': sysconfig.get_paths()['include'],
    'in_environment': sys.prefix != sys.base_prefix,
}))";

/// What building for an interpreter needs to know of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Python {
    /// Its executable.
    pub(crate) executable: PathBuf,
    /// The executable that a virtual environment was made from: what Cargo builds with it serves all environments.
    pub(crate) base: PathBuf,
    /// `cpython`.
    pub(crate) implementation: String,
    /// Major, minor, micro.
    pub(crate) version: Vec<u32>,
    /// How names of extension modules end.
    pub(crate) suffix: String,
    /// How they end that are for the stable ABI.
    pub(crate) stable_suffix: String,
    /// The folder of `Python.h`.
    pub(crate) include: PathBuf,
    /// In a virtual environment.
    pub(crate) in_environment: bool,
}

impl Python {
    /// The interpreter that was asked for, that of the virtual environment, or the usual one.
    pub(crate) fn find(asked: Option<&Path>) -> Result<Self, Problem> {
        let command = asked.map_or_else(usual, Path::to_owned);
        let done = Command::new(&command).args(["-c", FACTS]).output();
        let done = done.map_err(|error| {
            format!(
                "the Python interpreter {} cannot be run: {error}",
                command.display()
            )
        })?;
        if !done.status.success() {
            let report = String::from_utf8_lossy(&done.stderr);
            return Err(format!("{} failed: {}", command.display(), report.trim()));
        }
        serde_json::from_slice(&done.stdout)
            .map_err(|error| format!("{} is no Python interpreter: {error}", command.display()))
    }

    /// Whether it can import a module.
    pub(crate) fn has(&self, module: &str) -> bool {
        let test =
            format!("import importlib.util as u, sys; sys.exit(not u.find_spec({module:?}))");
        let done = Command::new(&self.executable).args(["-c", &test]).output();
        done.is_ok_and(|done| done.status.success())
    }

    /// `3.11.7`.
    pub(crate) fn release(&self) -> String {
        let parts: Vec<_> = self.version.iter().map(u32::to_string).collect();
        parts.join(".")
    }
}

fn usual() -> PathBuf {
    for variable in ["PYRUS_PYTHON", "PYO3_PYTHON"] {
        if let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) {
            return path.into();
        }
    }
    let inside = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    let environment =
        std::env::var_os("VIRTUAL_ENV").map(|folder| PathBuf::from(folder).join(inside));
    let plain = if cfg!(windows) { "python" } else { "python3" };
    environment
        .filter(|path| path.exists())
        .unwrap_or_else(|| plain.into())
}

//! What building for an interpreter needs to know of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use crate::shell::output;

const FACTS: &str = "
import json, sys, sysconfig
print(json.dumps({
    'executable': sys.executable,
    'version': sysconfig.get_python_version() + getattr(sys, 'abiflags', ''),
    'include': sysconfig.get_paths()['include'],
    'suffix': sysconfig.get_config_var('EXT_SUFFIX'),
}))";

/// A Python interpreter.
#[derive(Debug)]
pub(crate) struct Python {
    /// Its executable.
    pub(crate) executable: PathBuf,
    /// Like `3.13`, or `3.13t` when free-threaded.
    pub(crate) version: String,
    /// The folder of `Python.h`.
    pub(crate) include: PathBuf,
    /// How names of extension modules end.
    pub(crate) suffix: String,
}

impl Python {
    /// Is it a free-threaded build?
    pub(crate) fn is_free_threaded(&self) -> bool {
        self.version.ends_with('t')
    }

    /// Ask the interpreter.
    pub(crate) fn new(command: &Path) -> anyhow::Result<Self> {
        let facts: Value =
            serde_json::from_str(&output(Command::new(command).args(["-c", FACTS]))?)?;
        let text = |key: &str| {
            facts[key]
                .as_str()
                .map(str::to_owned)
                .with_context(|| format!("{} has no {key}", command.display()))
        };
        Ok(Self {
            executable: text("executable")?.into(),
            version: text("version")?,
            include: text("include")?.into(),
            suffix: text("suffix")?,
        })
    }

    /// The interpreters asked for, or the usual one.
    pub(crate) fn all(commands: &[PathBuf]) -> anyhow::Result<Vec<Self>> {
        let usual = [PathBuf::from(if cfg!(windows) {
            "python"
        } else {
            "python3"
        })];
        let commands = if commands.is_empty() {
            &usual
        } else {
            commands
        };
        commands.iter().map(|command| Self::new(command)).collect()
    }

    /// The file name of an extension module.
    pub(crate) fn extension(&self, module: &str) -> String {
        format!("{module}{}", self.suffix)
    }

    /// Run this interpreter.
    pub(crate) fn command(&self) -> Command {
        Command::new(&self.executable)
    }
}

/// The file name that Cargo gives a `cdylib`.
pub(crate) fn cdylib(library: &str) -> String {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    format!("{DLL_PREFIX}{library}{DLL_SUFFIX}")
}

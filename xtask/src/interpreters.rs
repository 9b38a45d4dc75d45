//! The `CPython`s of this machine: under pyenv, or on the `PATH`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::output;

/// The versions that Pyrus promises to work on and that can be had today.
pub(crate) const SUPPORTED: &[&str] = &["3.9", "3.10", "3.11", "3.12", "3.13"];

/// An interpreter of that version, like `3.12`; the newest of several.
pub(crate) fn find(version: &str) -> Option<PathBuf> {
    let mut candidates = under_pyenv(version);
    candidates.push(PathBuf::from(format!("python{version}")));
    candidates.into_iter().find(|path| is(path, version))
}

/// Those that pyenv installed, newest first.
fn under_pyenv(version: &str) -> Vec<PathBuf> {
    let root = std::env::var_os("PYENV_ROOT").map_or_else(
        || std::env::home_dir().map(|home| home.join(".pyenv")),
        |root| Some(root.into()),
    );
    let Some(folder) = root.map(|root| root.join("versions")) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?;
            let patch = name.strip_prefix(version)?.strip_prefix('.')?;
            Some((patch.parse().ok()?, path.join("bin/python")))
        })
        .collect();
    found.sort_by_key(|(patch, _)| std::cmp::Reverse(*patch));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Whether it runs, and is the `CPython` that its name says, with a GIL.
fn is(path: &Path, version: &str) -> bool {
    let ask = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2], \
               getattr(sys, 'abiflags', ''))";
    output(Command::new(path).args(["-c", ask]))
        .is_ok_and(|told| told.trim() == format!("cpython {version}"))
}

//! Where Python finds a package's extension and its stubs.

use std::path::{Path, PathBuf};

use pyrus_idl::Api;

use crate::packages::Package;
use crate::python::Python;

/// The folder that holds the extension's top package: `python/` if it is there, else the one that has the package.
pub(crate) fn source(package: &Package, api: &Api) -> PathBuf {
    let top = api.extension.split('.').next().unwrap_or_default();
    let usual = package.folder.join("python");
    let beside = package.folder.join(top).join("__init__.py");
    if !usual.is_dir() && beside.is_file() {
        return package.folder.clone();
    }
    usual
}

/// The extension's file for an interpreter.
pub(crate) fn extension(package: &Package, api: &Api, python: &Python) -> PathBuf {
    file(package, api, &python.suffix)
}

/// The extension's file for the stable ABI.
pub(crate) fn stable_extension(package: &Package, api: &Api, python: &Python) -> PathBuf {
    file(package, api, &python.stable_suffix)
}

fn file(package: &Package, api: &Api, suffix: &str) -> PathBuf {
    let path = api.extension.replace('.', "/");
    source(package, api).join(format!("{path}{suffix}"))
}

/// The lock of Cargo's choices: beside the workspace's manifest.
pub(crate) fn lock(workspace: &Path) -> PathBuf {
    workspace.join("Cargo.lock")
}

//! The engine: a Python package inside of this program, unpacked where Cargo builds.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::Problem;

/// Its files by name.
const FILES: &[(&str, &str)] = &[
    (
        "__init__.py",
        include_str!("../../engine/pyrus_checks/__init__.py"),
    ),
    (
        "__main__.py",
        include_str!("../../engine/pyrus_checks/__main__.py"),
    ),
    (
        "counts.py",
        include_str!("../../engine/pyrus_checks/counts.py"),
    ),
    ("dice.py", include_str!("../../engine/pyrus_checks/dice.py")),
    (
        "leaks.py",
        include_str!("../../engine/pyrus_checks/leaks.py"),
    ),
    (
        "model.py",
        include_str!("../../engine/pyrus_checks/model.py"),
    ),
    (
        "prelude.py",
        include_str!("../../engine/pyrus_checks/prelude.py"),
    ),
    (
        "script.py",
        include_str!("../../engine/pyrus_checks/script.py"),
    ),
    (
        "shrink.py",
        include_str!("../../engine/pyrus_checks/shrink.py"),
    ),
    (
        "steps.py",
        include_str!("../../engine/pyrus_checks/steps.py"),
    ),
    (
        "values.py",
        include_str!("../../engine/pyrus_checks/values.py"),
    ),
    (
        "worker.py",
        include_str!("../../engine/pyrus_checks/worker.py"),
    ),
];

/// Writes the files that are not there yet; the folder to search for the package. Each version of the engine has its own:
/// another one may be running.
pub(crate) fn unpack(target: &Path) -> Result<PathBuf, Problem> {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    let name = format!("engine-{:016x}", hasher.finish());
    let folder = target.join("python-fuzz").join(name);
    let package = folder.join("pyrus_checks");
    let put = || -> std::io::Result<()> {
        fs::create_dir_all(&package)?;
        for (name, text) in FILES {
            let place = package.join(name);
            if fs::read_to_string(&place).is_ok_and(|old| old == *text) {
                continue;
            }
            // By rename: another process may be reading it.
            let mut file = tempfile::NamedTempFile::new_in(&package)?;
            std::io::Write::write_all(&mut file, text.as_bytes())?;
            file.persist(place).map_err(|failed| failed.error)?;
        }
        Ok(())
    };
    put().map_err(|error| format!("{}: {error}", package.display()))?;
    Ok(folder)
}

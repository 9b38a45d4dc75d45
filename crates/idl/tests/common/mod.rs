//! Golden files: compared always, rewritten only when `PYRUS_BLESS=1`.

use std::path::{Path, PathBuf};

/// A path below the repository's root.
#[allow(dead_code)]
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// Compares a text with a file. Returns what is wrong, if anything.
#[allow(dead_code)]
pub(crate) fn golden(path: &Path, actual: &str) -> Result<(), String> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    if std::env::var_os("PYRUS_BLESS").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().expect("golden files have a folder"))
            .map_err(|e| e.to_string())?;
        return std::fs::write(path, actual).map_err(|error| error.to_string());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Err(format!(
        "{name} differs (PYRUS_BLESS=1 rewrites it)\n--- expected\n{expected}\n--- actual\n{actual}"
    ))
}

//! Keeps the committed stubs in `gen/` equal to what the declarations say.

use std::io;
use std::path::Path;

use crate::emit::Plan;

/// What to do about stubs that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    #[default]
    Write,
    /// Write nothing and fail.
    Check,
    /// Nothing.
    Off,
}

impl Mode {
    /// What `PYRUS_STUBS` asks for: `write` (also when it is unset or empty), `check` or `off`.
    pub fn from_env() -> Result<Self, Error> {
        match std::env::var("PYRUS_STUBS").unwrap_or_default().as_str() {
            "" | "write" => Ok(Mode::Write),
            "check" => Ok(Mode::Check),
            "off" => Ok(Mode::Off),
            other => Err(Error::Mode(other.to_owned())),
        }
    }
}

/// Why stubs are not in order.
#[derive(Debug)]
pub enum Error {
    /// They differ, and the mode was to check: the unified diff.
    Differ(String),
    /// They could not be read or written.
    Io(io::Error),
    /// `PYRUS_STUBS` has an unknown value.
    Mode(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Differ(_) => {
                f.write_str("the stubs differ from the declarations: run `cargo pyrus stubs`")
            }
            Error::Io(error) => write!(f, "cannot update the stubs: {error}"),
            Error::Mode(value) => {
                write!(
                    f,
                    "PYRUS_STUBS is `{value}`, but must be `write`, `check` or `off`"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// Brings a stub folder up to date, or checks that it is. Gives the names of the files that changed.
pub fn sync(folder: &Path, files: &[(String, String)], mode: Mode) -> Result<Vec<String>, Error> {
    if mode == Mode::Off {
        return Ok(Vec::new());
    }
    let plan = Plan::exact(folder, files).map_err(Error::Io)?;
    let changed: Vec<String> = plan
        .changes()
        .iter()
        .map(|change| change.name.clone())
        .collect();
    match mode {
        Mode::Check if !changed.is_empty() => Err(Error::Differ(plan.diff())),
        Mode::Write => plan.apply().map(|()| changed).map_err(Error::Io),
        _ => Ok(changed),
    }
}

/// Whether a package is a copy that must not be changed: from a registry, vendored, or being verified by
/// `cargo package`.
pub fn is_packaged(folder: &Path) -> bool {
    [
        ".cargo-ok",
        ".cargo-checksum.json",
        ".cargo_vcs_info.json",
        "Cargo.toml.orig",
    ]
    .iter()
    .any(|name| folder.join(name).exists())
}

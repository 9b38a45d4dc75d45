//! Where a new project gets Pyrus from.

use std::path::Path;

use crate::Problem;

/// The checkout that this command was built from.
const CHECKOUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A source of the crates `pyrus` and `pyrus-build`.
pub(super) enum Pyrus {
    /// A checkout, with forward slashes.
    Path(String),
    /// A version in a registry.
    Version(String),
    /// A repository.
    Git(String),
}

impl Pyrus {
    /// What was asked for; else the checkout this command was built from, if it is still there; else its version.
    pub(super) fn find(asked: Option<&str>) -> Result<Self, Problem> {
        let Some(text) = asked else {
            return Ok(checkout(Path::new(CHECKOUT))
                .unwrap_or_else(|| Pyrus::Version(env!("CARGO_PKG_VERSION").to_owned())));
        };
        if text.contains("://") || text.starts_with("git@") {
            return Ok(Pyrus::Git(text.to_owned()));
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) && !Path::new(text).exists() {
            return Ok(Pyrus::Version(text.to_owned()));
        }
        checkout(Path::new(text)).ok_or_else(|| {
            format!(
                "`--pyrus {text}` is neither a checkout of Pyrus (a folder with crates/pyrus and crates/build), \
                 nor a version, nor the address of a repository"
            )
        })
    }

    /// The right side of a dependency in `Cargo.toml`, for the crate in this folder of `crates/`.
    pub(super) fn dependency(&self, folder: &str) -> String {
        match self {
            Pyrus::Path(path) => {
                format!(
                    "{{ path = {} }}",
                    quoted(&format!("{path}/crates/{folder}"))
                )
            }
            Pyrus::Version(version) => quoted(version),
            Pyrus::Git(address) => format!("{{ git = {} }}", quoted(address)),
        }
    }

    /// The checkout.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Pyrus::Path(path) => Some(path),
            _ => None,
        }
    }
}

fn checkout(folder: &Path) -> Option<Pyrus> {
    let folder = folder.canonicalize().ok()?;
    let is_checkout = ["pyrus", "build"].iter().all(|name| {
        folder
            .join("crates")
            .join(name)
            .join("Cargo.toml")
            .is_file()
    });
    let path = folder
        .to_str()?
        .trim_start_matches(r"\\?\")
        .replace('\\', "/");
    is_checkout.then_some(Pyrus::Path(path))
}

/// A string as TOML writes it; JSON's escapes are TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

//! Where a new project gets Pyrus from.

use std::path::Path;

use crate::Problem;

/// The checkout that this command was built from.
const CHECKOUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A source of the crates `pyrus` and `pyrus-build`.
pub(super) enum Pyrus {
    /// A checkout, absolute or relative to the project, with forward slashes.
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

    /// The same from a project's folder: a relative path still leads there in a source distribution, which holds both,
    /// and for others who keep both side by side.
    pub(super) fn seen_from(self, project: &Path) -> Self {
        match self {
            Pyrus::Path(path) => Pyrus::Path(relative(project, Path::new(&path)).unwrap_or(path)),
            other => other,
        }
    }

    /// The right side of a dependency in `Cargo.toml`, for the crate in this folder of `crates/`.
    pub(super) fn dependency(&self, folder: &str, features: &[&str]) -> String {
        let source = match self {
            Pyrus::Path(path) => format!("path = {}", quoted(&format!("{path}/crates/{folder}"))),
            Pyrus::Version(version) if features.is_empty() => return quoted(version),
            Pyrus::Version(version) => format!("version = {}", quoted(version)),
            Pyrus::Git(address) => format!("git = {}", quoted(address)),
        };
        if features.is_empty() {
            return format!("{{ {source} }}");
        }
        let features: Vec<_> = features.iter().map(|feature| quoted(feature)).collect();
        format!("{{ {source}, features = [{}] }}", features.join(", "))
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

/// The way from a folder, which need not exist yet, to another one; there is none between drives.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let existing = from.ancestors().find(|folder| folder.exists())?;
    let rest = from.strip_prefix(existing).ok()?;
    let from = existing.canonicalize().ok()?.join(rest);
    let to = to.canonicalize().ok()?;
    let pairs = from.components().zip(to.components());
    let shared = pairs.take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return None;
    }
    let up = from.components().skip(shared).map(|_| Some(".."));
    let down = to.components().skip(shared);
    let parts: Option<Vec<&str>> = up
        .chain(down.map(|part| part.as_os_str().to_str()))
        .collect();
    Some(parts?.join("/"))
}

/// A string as TOML writes it; JSON's escapes are TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

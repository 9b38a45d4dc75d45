//! What a new project and its parts are called.

use pyrus_idl::{is_identifier, is_python_keyword, is_unrawable, rust_ident};

use crate::Problem;

/// Crates and packages of these names would hide what every build or program needs.
const TAKEN: [&str; 9] = [
    "alloc",
    "core",
    "proc_macro",
    "pyrus",
    "pyrus_build",
    "std",
    "test",
    "tests",
    "typing",
];

/// The names that follow from the project's.
pub(super) struct Names {
    /// `word-count`: of the crate, and of the distribution.
    pub(super) crate_name: String,
    /// `word_count`: of the Python package.
    pub(super) package: String,
    /// `_word_count`: of the native module, and of the library.
    pub(super) module: String,
    /// `word_count._word_count`: the native module's import name.
    pub(super) extension: String,
}

impl Names {
    /// Checks a name: it must do as a crate's name, and with `_` for `-` as a Python identifier.
    pub(super) fn new(name: &str) -> Result<Self, Problem> {
        let package = name.replace('-', "_");
        let refuse = |why: &str| Err(format!("`{name}` cannot be the name of a project: {why}"));
        if !is_identifier(&package) || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return refuse("use ASCII letters, digits, `_` and `-`, and begin with a letter");
        }
        if name.ends_with('-') || name.contains("--") {
            return refuse("`-` stands between two words");
        }
        if is_python_keyword(&package) {
            return refuse("Python reserves the word");
        }
        if is_unrawable(&package) || rust_ident(&package) != package {
            return refuse("Rust reserves the word");
        }
        if TAKEN.contains(&package.as_str()) {
            return refuse("a module of this name exists already");
        }
        let module = format!("_{package}");
        Ok(Names {
            crate_name: name.to_owned(),
            extension: format!("{package}.{module}"),
            package,
            module,
        })
    }
}

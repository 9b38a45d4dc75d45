//! `fuzz.yaml` beside `bindings.yaml`: what declarations do not say of good calls.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// The name of the file.
const FILE: &str = "fuzz.yaml";

/// What it says.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Hints {
    /// Items that are not called.
    pub(crate) skip: Vec<String>,
    /// Expressions to choose from, by parameter (`animals.Animal.parse.text`) or class (`animals.Animal`).
    pub(crate) values: BTreeMap<String, Vec<String>>,
    /// The largest number to pass, by parameter.
    pub(crate) limits: BTreeMap<String, f64>,
    /// Modules that the expressions use.
    pub(crate) imports: Vec<String>,
}

impl Hints {
    /// What the file in a package's folder says; without one, nothing.
    pub(crate) fn read(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }
}

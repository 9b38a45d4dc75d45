//! The declaration language of Pyrus: YAML to a checked model, with diagnostics.
pub mod model;

//! Rust glue.

use pyrus_idl::model::Api;

use crate::features::Features;

/// Names and texts of the glue's files.
pub fn render(_api: &Api, _features: &Features) -> Vec<(String, String)> {
    Vec::new()
}

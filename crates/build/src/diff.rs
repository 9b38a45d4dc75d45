//! Unified diffs.

use diffy::DiffOptions;

/// The difference between two texts of a file; empty when there is none.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    DiffOptions::new()
        .set_context_len(3)
        .set_original_filename(format!("a/{name}"))
        .set_modified_filename(format!("b/{name}"))
        .create_patch(old, new)
        .to_string()
}

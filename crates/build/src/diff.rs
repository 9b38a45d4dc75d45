//! Unified diffs.

use diffy::{DiffOptions, PatchFormatter};

/// The difference between two texts of a file; empty when there is none.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let patch = DiffOptions::new()
        .set_context_len(3)
        .set_original_filename(format!("a/{name}"))
        .set_modified_filename(format!("b/{name}"))
        .create_patch(old, new);
    // Empty lines begin with a space, too, as `diff -u` writes them.
    let formatter = PatchFormatter::new().suppress_blank_empty(false);
    formatter.fmt_patch(&patch).to_string()
}

//! The rules, one small function each. A rule pushes what it finds and never stops the run.

use crate::diagnostic::Diagnostic;
use crate::resolve::Cx;

/// Everything that is wrong with resolved declarations.
pub(crate) fn check(_cx: &Cx<'_>) -> Vec<Diagnostic> {
    Vec::new()
}

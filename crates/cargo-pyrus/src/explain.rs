//! `cargo pyrus explain`.

use crate::{Outcome, Problem, terminal};

/// Shows what a code means and how to repair what it complains about.
pub(crate) fn run(code: &str) -> Result<Outcome, Problem> {
    let _ = terminal::print;
    Err(format!("there is no code `{code}`"))
}

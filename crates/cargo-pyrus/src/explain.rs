//! `cargo pyrus explain`.

use pyrus_idl::codes;

use crate::{Outcome, Problem, terminal};

/// Shows what a code means and how to repair what it complains about.
pub(crate) fn run(code: &str) -> Result<Outcome, Problem> {
    let Some(explanation) = codes::find(code) else {
        return Err(format!(
            "there is no code `{code}`: reports name them, for example `B0104`"
        ));
    };
    terminal::print(&explanation.markdown());
    Ok(Outcome::Fine)
}

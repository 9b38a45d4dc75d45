//! `PYRUS_LEAKS`: which objects of an extension outlive the interpreter, and where they were made.
//!
//! Decided once, at import. Unset, it costs nothing more than that look at the environment: what makes and frees objects
//! knows nothing of this. Set, Python's allocator of objects is wrapped, so that all blocks are known that live; among them
//! are those that begin with an object of one of our types. Pools are closed, so that dead objects are no blocks.

#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
mod blocks;
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
mod report;

use crate::cx::State;
use crate::error::Raised;

/// The variable: `1`, or `stacks` to learn where objects were made.
const VARIABLE: &str = "PYRUS_LEAKS";

/// Watch the objects of an extension that has just been imported, if that is asked for.
///
/// # Safety
/// The state is complete; on an attached thread.
pub(crate) unsafe fn watch(state: &State, extension: &'static str) -> Result<(), Raised> {
    let asked = std::env::var_os(VARIABLE).filter(|value| !value.is_empty() && value != "0");
    let Some(asked) = asked else { return Ok(()) };
    #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
    // SAFETY: as promised.
    unsafe {
        report::begin(state, extension, asked == "stacks")
    }
    #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
    {
        let _ = (state, asked);
        eprintln!(
            "pyrus: {VARIABLE} finds nothing in `{extension}`: it is built for the stable ABI, or without the GIL"
        );
        Ok(())
    }
}

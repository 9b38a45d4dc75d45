//! Ending long chains of objects without running out of stack.
//!
//! CPython does this for its containers. An object that is reached too deep is put aside and ended by the outermost call.

use std::cell::{Cell, RefCell};

use pyo3_ffi as ffi;

/// What ends an object.
type End = unsafe extern "C" fn(*mut ffi::PyObject);

/// As deep as CPython goes.
const DEEPEST: u32 = 50;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LATER: RefCell<Vec<(*mut ffi::PyObject, End)>> = const { RefCell::new(Vec::new()) };
}

/// Call `end(object)`, now or when the chain is through.
///
/// # Safety
/// `end(object)` may be called at any time until the outermost `bury` of this thread returns; nobody else does.
pub(crate) unsafe fn bury(object: *mut ffi::PyObject, end: End) {
    let depth = DEPTH.get();
    // A thread that is ending has no list any more.
    let put_aside = depth >= DEEPEST
        && LATER
            .try_with(|later| later.borrow_mut().push((object, end)))
            .is_ok();
    if put_aside {
        return;
    }
    DEPTH.set(depth + 1);
    // SAFETY: as promised.
    unsafe { end(object) };
    if depth == 0 {
        while let Some((object, end)) = next() {
            // SAFETY: as promised when it was put aside.
            unsafe { end(object) };
        }
    }
    DEPTH.set(depth);
}

/// The borrow ends before the object does: that may put more aside.
fn next() -> Option<(*mut ffi::PyObject, End)> {
    LATER
        .try_with(|later| later.borrow_mut().pop())
        .ok()
        .flatten()
}

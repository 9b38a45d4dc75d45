//! Panics stop at the border: they become `RuntimeError`, and say where they came from.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use pyo3_ffi as ffi;

use crate::error::{Raised, raise_text};

thread_local! {
    /// Message and place of the last panic caught on this thread.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Remember panics instead of printing them. The hook belongs to this extension's copy of `std`.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let text = info.payload_as_str().unwrap_or("no message");
            let place = info
                .location()
                .map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
            let _ = LAST.try_with(|last| last.replace(Some(format!("{text}{place}"))));
        }));
    });
}

/// Run `body`; a panic becomes an exception naming `function`.
#[inline(always)]
pub(crate) fn catch<R>(function: &'static str, failed: R, body: impl FnOnce() -> R) -> R {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => value,
        Err(_) => {
            raise(function);
            failed
        }
    }
}

#[cold]
fn raise(function: &str) -> Raised {
    let text = LAST
        .try_with(RefCell::take)
        .ok()
        .flatten()
        .unwrap_or_default();
    // SAFETY: panics are caught on the thread that was called, which is attached.
    unsafe {
        ffi::PyErr_Clear();
        raise_text(
            ffi::PyExc_RuntimeError,
            &format!("{function}: Rust panicked: {text}"),
        )
    }
}

/// Run `body` where no exception can come out: a panic is reported as unraisable.
pub(crate) fn contain(subject: &'static str, body: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(body)).is_err() {
        raise(subject);
        // SAFETY: an exception has just been set.
        unsafe { ffi::PyErr_WriteUnraisable(std::ptr::null_mut()) }
    }
}

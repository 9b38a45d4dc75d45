//! Which interpreter this thread is attached to, asked from anywhere.

use pyo3_ffi as ffi;

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

/// Does this thread hold the GIL (or, on free-threaded builds, is it attached)?
pub(crate) fn is_attached() -> bool {
    !interpreter().is_null()
}

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use super::ffi;

    /// The interpreter, or null. May be called on any thread.
    pub(crate) fn interpreter() -> *mut ffi::PyInterpreterState {
        // SAFETY: the first may be called on any thread; the second gets its live state.
        unsafe {
            let thread = ffi::compat::PyThreadState_GetUnchecked();
            if thread.is_null() {
                std::ptr::null_mut()
            } else {
                ffi::PyThreadState_GetInterpreter(thread)
            }
        }
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use super::ffi;

    /// The interpreter, or null. May be called on any thread: so may `PyThreadState_GetDict`, which only a thread that is
    /// attached has.
    pub(crate) fn interpreter() -> *mut ffi::PyInterpreterState {
        // SAFETY: see above; the second is called on an attached thread.
        unsafe {
            if ffi::PyThreadState_GetDict().is_null() {
                std::ptr::null_mut()
            } else {
                ffi::PyInterpreterState_Get()
            }
        }
    }
}

//! One thread at a time, where the GIL does not see to that.

use pyo3_ffi as ffi;

/// Run a body that runs no Python while no other thread runs one for the same object. With the GIL nothing has to be done.
///
/// # Safety
/// `object` is an object, alive or dying on this thread, which is attached.
#[cfg(not(Py_GIL_DISABLED))]
#[inline(always)]
pub(crate) unsafe fn locked<R>(_object: *mut ffi::PyObject, body: impl FnOnce() -> R) -> R {
    body()
}

/// The same, by the lock that every object has: the one that CPython takes for its own lists and dicts.
///
/// # Safety
/// See above.
#[cfg(Py_GIL_DISABLED)]
#[inline]
pub(crate) unsafe fn locked<R>(object: *mut ffi::PyObject, body: impl FnOnce() -> R) -> R {
    /// Ends the section, come what may.
    struct End(ffi::PyCriticalSection);
    impl Drop for End {
        fn drop(&mut self) {
            // SAFETY: begun below, where it still is.
            unsafe { ffi::PyCriticalSection_End(&raw mut self.0) }
        }
    }
    // SAFETY: all zero is a section that was not begun; it is not moved once it was.
    unsafe {
        let mut end = End(std::mem::zeroed());
        ffi::PyCriticalSection_Begin(&raw mut end.0, object);
        let answer = body();
        drop(end);
        answer
    }
}

//! The garbage collector, while many objects are made that stay.

use pyo3_ffi as ffi;

/// While it lives, the garbage collector does nothing. On CPython 3.9 it can't be told to.
pub(crate) struct PausedCollector {
    was_on: bool,
}

impl PausedCollector {
    /// Pause it, unless it is off already.
    pub(crate) fn new() -> Self {
        // SAFETY: on an attached thread.
        #[cfg(Py_3_10)]
        let was_on = unsafe { ffi::PyGC_Disable() } == 1;
        #[cfg(not(Py_3_10))]
        let was_on = false;
        Self { was_on }
    }
}

impl Drop for PausedCollector {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: on the thread of `new`, still attached.
            #[cfg(Py_3_10)]
            unsafe {
                ffi::PyGC_Enable();
            }
        }
    }
}

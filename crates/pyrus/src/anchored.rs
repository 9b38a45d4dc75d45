//! Python objects that Rust values may own wherever they are dropped.

use std::fmt;
use std::mem::ManuallyDrop;

use pyo3_ffi as ffi;

use crate::abi;
use crate::any::{Any, Object};
use crate::trash;

/// A Python object in the hands of Rust code that knows nothing of Python: it may be sent and dropped anywhere.
///
/// The garbage collector does not see it. Dropped on a thread that is not attached to the object's interpreter, it is
/// leaked rather than touched.
pub struct Anchored {
    object: ManuallyDrop<Object>,
    interpreter: *mut ffi::PyInterpreterState,
}

// SAFETY: the reference is only used after a look at the thread: to give it back, and to drop it.
unsafe impl Send for Anchored {}
// SAFETY: no method takes `&Anchored`.
unsafe impl Sync for Anchored {}

/// A number for the interpreter that this thread is attached to, for what is kept per interpreter. The argument proves
/// that it is attached.
pub fn interpreter(_proof: Any<'_>) -> usize {
    // SAFETY: the thread is attached.
    unsafe { ffi::PyInterpreterState_Get() as usize }
}

impl Anchored {
    /// Anchor an object.
    pub fn new(object: Object) -> Self {
        // SAFETY: whoever has an object is on an attached thread.
        let interpreter = unsafe { ffi::PyInterpreterState_Get() };
        Self {
            object: ManuallyDrop::new(object),
            interpreter,
        }
    }

    /// The object; nothing if it belongs to another interpreter. The argument proves that the thread is attached.
    pub fn release(self, _proof: Any<'_>) -> Option<Object> {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: moved out once, as `this` is not dropped.
        this.is_here()
            .then(|| unsafe { ManuallyDrop::take(&mut this.object) })
    }

    /// Is this thread attached to the object's interpreter?
    fn is_here(&self) -> bool {
        abi::thread::interpreter() == self.interpreter
    }
}

impl Drop for Anchored {
    fn drop(&mut self) {
        if self.is_here() {
            // SAFETY: moved out once. Chains of anchored objects may be long, so the reference goes through the trash.
            unsafe {
                trash::bury(
                    ManuallyDrop::take(&mut self.object).into_ptr(),
                    ffi::Py_DecRef,
                )
            }
        }
    }
}

impl fmt::Debug for Anchored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Anchored(a Python object)")
    }
}

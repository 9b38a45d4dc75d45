//! Places for what is made when it is first needed.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::any::Object;

/// A pointer that the state owns: null until somebody needed what it points to, and again once that was given up.
///
/// Threads may make the same thing at the same time: the first one to be ready puts it here, all others drop theirs.
pub(crate) struct Made<T>(AtomicPtr<T>);

impl<T> Default for Made<T> {
    fn default() -> Self {
        Self::nothing()
    }
}

impl<T> Made<T> {
    /// Nothing yet.
    pub(crate) const fn nothing() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// As many of them.
    pub(crate) fn row(count: usize) -> Box<[Self]> {
        (0..count).map(|_| Self::nothing()).collect()
    }

    /// What was made; null: nothing.
    #[inline(always)]
    pub(crate) fn get(&self) -> *mut T {
        self.0.load(Ordering::Acquire)
    }

    /// Put in what was made. `Err`: something is there already, and stays.
    pub(crate) fn put(&self, made: *mut T) -> Result<*mut T, *mut T> {
        let none = ptr::null_mut();
        let (ready, seen) = (Ordering::AcqRel, Ordering::Acquire);
        self.0
            .compare_exchange(none, made, ready, seen)
            .map(|_| made)
    }

    /// Put in an object, and give what is there from now on, borrowed.
    pub(crate) fn put_object(&self, object: Object) -> *mut T {
        let made = object.into_ptr();
        match self.put(made.cast()) {
            Ok(ours) => ours,
            Err(theirs) => {
                // SAFETY: a reference of our own, to what nobody else has seen.
                unsafe { ffi::Py_DECREF(made) };
                theirs
            }
        }
    }

    /// Take it out again.
    pub(crate) fn take(&self) -> *mut T {
        self.0.swap(ptr::null_mut(), Ordering::AcqRel)
    }
}

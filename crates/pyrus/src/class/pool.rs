//! Freed objects kept for reuse: per class and interpreter, only with the GIL.

use std::cell::Cell;

use pyo3_ffi as ffi;

/// A stack of dead objects of one class. Their memory is whole, their contents are not.
pub struct Pool {
    items: Box<[Cell<*mut ffi::PyObject>]>,
    len: Cell<usize>,
    gc: bool,
}

impl Pool {
    /// Room for `limit` objects; none on free-threaded builds, where threads would have to agree.
    pub(crate) fn new(limit: usize, gc: bool) -> Self {
        let limit = if cfg!(Py_GIL_DISABLED) { 0 } else { limit };
        let items = (0..limit)
            .map(|_| Cell::new(std::ptr::null_mut()))
            .collect();
        Self {
            items,
            len: Cell::new(0),
            gc,
        }
    }

    /// A dead object, if there is one.
    #[inline(always)]
    pub(crate) fn pop(&self) -> Option<*mut ffi::PyObject> {
        let len = self.len.get().checked_sub(1)?;
        self.len.set(len);
        self.items.get(len).map(Cell::get)
    }

    /// Keep a dead object; `false` if there is no room.
    #[inline(always)]
    pub(crate) fn push(&self, object: *mut ffi::PyObject) -> bool {
        let len = self.len.get();
        let Some(place) = self.items.get(len) else {
            return false;
        };
        place.set(object);
        self.len.set(len + 1);
        true
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        while let Some(object) = self.pop() {
            // SAFETY: the object was freed but for its memory, which came from the matching allocator.
            unsafe {
                if self.gc {
                    ffi::PyObject_GC_Del(object.cast());
                } else {
                    ffi::PyObject_Free(object.cast());
                }
            }
        }
    }
}

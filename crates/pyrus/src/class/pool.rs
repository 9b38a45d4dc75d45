//! Freed objects kept for reuse: per class and interpreter, only with the GIL.

use std::cell::Cell;

use pyo3_ffi as ffi;

/// A stack of dead objects of one class, linked through the first word of their contents. It takes no memory of its own.
pub struct Pool {
    top: Cell<*mut ffi::PyObject>,
    room: Cell<usize>,
    gc: bool,
}

/// What a dead object holds.
#[repr(C)]
struct Dead {
    base: ffi::PyObject,
    below: *mut ffi::PyObject,
}

impl Pool {
    /// Room for `limit` objects of `size` bytes; none on free-threaded builds, where threads would have to agree, and
    /// for objects without contents.
    pub(crate) fn new(limit: usize, size: usize, gc: bool) -> Self {
        let usable = cfg!(not(Py_GIL_DISABLED)) && size >= size_of::<Dead>();
        Self {
            top: Cell::new(std::ptr::null_mut()),
            room: Cell::new(if usable { limit } else { 0 }),
            gc,
        }
    }

    /// A dead object, if there is one. Its header is as it was left.
    #[inline(always)]
    pub(crate) fn pop(&self) -> Option<*mut ffi::PyObject> {
        let object = self.top.get();
        if object.is_null() {
            return None;
        }
        // SAFETY: what was pushed has room for the link, and nobody else writes to it.
        self.top.set(unsafe { (*object.cast::<Dead>()).below });
        self.room.set(self.room.get() + 1);
        Some(object)
    }

    /// Keep a dead object; `false` if there is no room.
    ///
    /// # Safety
    /// `object` has the size that `new` was told, and nobody refers to it any more.
    #[inline(always)]
    pub(crate) unsafe fn push(&self, object: *mut ffi::PyObject) -> bool {
        let room = self.room.get();
        if room == 0 {
            return false;
        }
        // SAFETY: as promised; there is only room if the link has its place.
        unsafe { (&raw mut (*object.cast::<Dead>()).below).write(self.top.get()) };
        self.top.set(object);
        self.room.set(room - 1);
        true
    }

    /// Free all and take no more: their type may go away now, which the allocator still asks for their layout.
    pub(crate) fn close(&self) {
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
        self.room.set(0);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.close();
    }
}

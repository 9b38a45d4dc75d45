//! Items of tuples and lists.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use pyo3_ffi as ffi;

    pub(crate) use ffi::{
        PyList_GET_ITEM as list_item, PyList_GET_SIZE as list_len, PyList_SET_ITEM as list_fill,
        PyTuple_GET_ITEM as tuple_item, PyTuple_GET_SIZE as tuple_len,
        PyTuple_SET_ITEM as tuple_fill,
    };

    /// The items of a list that nothing changes meanwhile.
    pub(crate) struct ListItems(*mut *mut ffi::PyObject);

    impl ListItems {
        /// # Safety
        /// `list` is a `list`, and stays as it is.
        #[inline(always)]
        pub(crate) unsafe fn of(list: *mut ffi::PyObject) -> Self {
            // SAFETY: as promised.
            Self(unsafe { (*list.cast::<ffi::PyListObject>()).ob_item })
        }

        /// A borrowed reference.
        ///
        /// # Safety
        /// The list has more than `i` items.
        #[inline(always)]
        pub(crate) unsafe fn get(&self, i: usize) -> *mut ffi::PyObject {
            // SAFETY: as promised.
            unsafe { *self.0.add(i) }
        }
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use pyo3_ffi as ffi;

    pub(crate) use ffi::{
        PyList_GetItem as list_item, PyList_Size as list_len, PyTuple_GetItem as tuple_item,
        PyTuple_Size as tuple_len,
    };

    /// Give a place of a new list its object.
    ///
    /// # Safety
    /// The list is new and has more than `i` places; the reference is given away.
    pub(crate) unsafe fn list_fill(
        list: *mut ffi::PyObject,
        i: ffi::Py_ssize_t,
        item: *mut ffi::PyObject,
    ) {
        // SAFETY: as promised, so it cannot fail.
        unsafe { ffi::PyList_SetItem(list, i, item) };
    }

    /// Give a place of a new tuple its object.
    ///
    /// # Safety
    /// Nobody else refers to the tuple, which has more than `i` places; the reference is given away.
    pub(crate) unsafe fn tuple_fill(
        tuple: *mut ffi::PyObject,
        i: ffi::Py_ssize_t,
        item: *mut ffi::PyObject,
    ) {
        // SAFETY: as promised, so it cannot fail.
        unsafe { ffi::PyTuple_SetItem(tuple, i, item) };
    }

    /// The items of a list that nothing changes meanwhile.
    pub(crate) struct ListItems(*mut ffi::PyObject);

    impl ListItems {
        /// # Safety
        /// `list` is a `list`, and stays as it is.
        pub(crate) unsafe fn of(list: *mut ffi::PyObject) -> Self {
            Self(list)
        }

        /// A borrowed reference.
        ///
        /// # Safety
        /// The list has more than `i` items.
        pub(crate) unsafe fn get(&self, i: usize) -> *mut ffi::PyObject {
            // SAFETY: as promised.
            unsafe { list_item(self.0, i as ffi::Py_ssize_t) }
        }
    }
}

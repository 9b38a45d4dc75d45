//! Calls in the old convention, a tuple and a dict, made into the new one.

use pyo3_ffi as ffi;

use super::parse::Given;
use crate::abi::items;
use crate::any::Object;
use crate::conv::fresh;
use crate::error::Raised;

type Pointer = *mut ffi::PyObject;

/// Arguments of most calls, which need no memory of their own.
const FEW: usize = 16;

/// Hand a tuple and a dict of arguments on as a vectorcall.
///
/// # Safety
/// `args` is a tuple, `kwargs` a dict or null.
pub(crate) unsafe fn with_vectorcall(
    args: Pointer,
    kwargs: Pointer,
    call: impl FnOnce(Given) -> Pointer,
) -> Pointer {
    // SAFETY: the tuple lives during the call; there are as many places as arguments.
    unsafe {
        let count = items::tuple_len(args) as usize;
        // Other threads may know the dict.
        #[cfg(Py_GIL_DISABLED)]
        let copy = if kwargs.is_null() {
            None
        } else {
            match fresh(ffi::PyDict_Copy(kwargs)) {
                Ok(copy) => Some(copy),
                Err(Raised) => return std::ptr::null_mut(),
            }
        };
        #[cfg(Py_GIL_DISABLED)]
        let kwargs = copy
            .as_ref()
            .map_or(std::ptr::null_mut(), |copy| copy.as_any().as_ptr());
        let named = if kwargs.is_null() {
            0
        } else {
            ffi::PyDict_Size(kwargs) as usize
        };
        let (mut few, mut many) = ([std::ptr::null_mut(); FEW], Vec::new());
        let values: *mut Pointer = if count + named <= FEW {
            few.as_mut_ptr()
        } else {
            many.resize(count + named, std::ptr::null_mut());
            many.as_mut_ptr()
        };
        for i in 0..count {
            *values.add(i) = items::tuple_item(args, i as ffi::Py_ssize_t);
        }
        let held = Held(values.add(count), named);
        let mut names = None;
        if named > 0 {
            match fill(kwargs, held.0, named) {
                Ok(tuple) => names = Some(tuple),
                Err(Raised) => return std::ptr::null_mut(),
            }
        }
        let kwnames = names
            .as_ref()
            .map_or(std::ptr::null_mut(), |names| names.as_any().as_ptr());
        call(Given {
            values,
            count,
            kwnames,
        })
    }
}

/// Places with references of our own, or null: the dict may change meanwhile.
struct Held(*mut Pointer, usize);

impl Drop for Held {
    fn drop(&mut self) {
        for i in 0..self.1 {
            // SAFETY: as many places; null, or taken by `fill`.
            unsafe { ffi::Py_XDECREF(*self.0.add(i)) };
        }
    }
}

/// Hold the values of a dict, and give its names.
///
/// # Safety
/// The dict has `count` items, and there are as many places.
unsafe fn fill(kwargs: Pointer, places: *mut Pointer, count: usize) -> Result<Object, Raised> {
    // SAFETY: nothing runs between the steps, so the dict stays as it is, and as large as it was.
    unsafe {
        let names = fresh(ffi::PyTuple_New(count as ffi::Py_ssize_t))?;
        let (mut position, mut i) = (0, 0);
        let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
        while ffi::PyDict_Next(kwargs, &raw mut position, &raw mut key, &raw mut value) != 0 {
            ffi::Py_INCREF(key);
            items::tuple_fill(names.as_any().as_ptr(), i, key);
            ffi::Py_INCREF(value);
            *places.add(i as usize) = value;
            i += 1;
        }
        Ok(names)
    }
}

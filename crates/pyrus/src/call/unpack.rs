//! Calls in the old convention, a tuple and a dict, made into the new one.

use pyo3_ffi as ffi;

use super::parse::Given;
use crate::abi::items;
use crate::any::{Any, Object};

/// Hand a tuple and a dict of arguments on as a vectorcall.
///
/// # Safety
/// `args` is a tuple, `kwargs` a dict or null.
pub(crate) unsafe fn with_vectorcall(
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
    call: impl FnOnce(Given) -> *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: the tuple lives during the call; the dict may change meanwhile, so its values are held.
    unsafe {
        let count = items::tuple_len(args) as usize;
        let mut values: Vec<*mut ffi::PyObject> = (0..count)
            .map(|i| items::tuple_item(args, i as ffi::Py_ssize_t))
            .collect();
        let mut held = Vec::new();
        let mut names = None;
        if !kwargs.is_null() && ffi::PyDict_Size(kwargs) > 0 {
            let tuple = ffi::PyTuple_New(ffi::PyDict_Size(kwargs));
            if tuple.is_null() {
                return std::ptr::null_mut();
            }
            let (mut position, mut i) = (0, 0);
            let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(kwargs, &raw mut position, &raw mut key, &raw mut value) != 0 {
                ffi::Py_INCREF(key);
                items::tuple_fill(tuple, i, key);
                held.push(Any::new(value).to_object());
                values.push(value);
                i += 1;
            }
            names = Some(Object::steal(tuple));
        }
        let kwnames = names
            .as_ref()
            .map_or(std::ptr::null_mut(), |names| names.as_any().as_ptr());
        call(Given {
            values: values.as_ptr(),
            count,
            kwnames,
        })
    }
}

//! Types of the runtime itself, which Python code meets but can't make objects of.

use std::ffi::{c_char, c_int, c_uint, c_ulong};

use pyo3_ffi as ffi;

use crate::any::Object;
use crate::conv::fresh;
use crate::error::Raised;

/// A type of the extension `module` with objects of `size` bytes. `slots` ends with a zero slot.
///
/// # Safety
/// The slots fit objects of that size, which begin with Python's header; the name is a constant, which CPython keeps.
pub(crate) unsafe fn own_type(
    module: *mut ffi::PyObject,
    name: *const c_char,
    size: usize,
    flags: c_ulong,
    slots: &mut [ffi::PyType_Slot],
) -> Result<Object, Raised> {
    let closed = {
        #[cfg(Py_3_10)]
        {
            ffi::Py_TPFLAGS_IMMUTABLETYPE | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION
        }
        #[cfg(not(Py_3_10))]
        {
            0
        }
    };
    let mut spec = ffi::PyType_Spec {
        name,
        basicsize: size as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | flags | closed) as c_uint,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: a complete specification; CPython copies what it keeps. Before 3.10 no flag forbids instances: there, the
    // constructor that the new type has inherited is taken away before anybody knows the type.
    unsafe {
        let made = fresh(ffi::PyType_FromModuleAndSpec(
            module,
            &raw mut spec,
            std::ptr::null_mut(),
        ))?;
        #[cfg(not(Py_3_10))]
        {
            (*made.as_any().as_ptr().cast::<ffi::PyTypeObject>()).tp_new = None;
        }
        Ok(made)
    }
}

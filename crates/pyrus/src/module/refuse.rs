//! Classes that can't be called say what makes their objects.

use pyo3_ffi as ffi;

use super::spec::Table;
use crate::error::{Raised, raise_text};

/// Their `__init__`, with the signature of `object`'s, which the stub inherits.
pub(super) static INIT_METHOD: Table<ffi::PyMethodDef> = Table(ffi::PyMethodDef {
    ml_name: c"__init__".as_ptr(),
    ml_meth: ffi::PyMethodDefPointer {
        PyCFunctionWithKeywords: refuse_init,
    },
    ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
    ml_doc: c"__init__($self, /)\n--\n\nThere is nothing to initialize again.".as_ptr(),
});

unsafe extern "C" fn refuse_init(
    slf: *mut ffi::PyObject,
    _args: *mut ffi::PyObject,
    _kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python on an object of one of our types.
    unsafe { refuse(ffi::Py_TYPE(slf).cast()) };
    std::ptr::null_mut()
}

/// Raise, and name what makes objects of the class.
///
/// # Safety
/// `class` is one of our types or a subclass.
pub(crate) unsafe fn refuse(class: *mut ffi::PyObject) {
    // SAFETY: one of our types.
    unsafe {
        let short = crate::abi::types::name(class.cast());
        let state = crate::cx::state_if_ours(class.cast());
        let factory = super::init::spec()
            .types
            .iter()
            .enumerate()
            .find_map(|(i, spec)| {
                let ours = !state.is_null() && (*state).types[i].get() == class.cast();
                ours.then_some(spec.factory).flatten()
            });
        let hint = factory.map_or_else(String::new, |factory| format!("; use {factory}"));
        let Raised = raise_text(
            ffi::PyExc_TypeError,
            &format!("{short} objects can't be made by calling the class{hint}"),
        );
    }
}

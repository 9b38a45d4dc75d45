//! What classes can't do, and what they name instead: calling them, pickling their objects.

use pyo3_ffi as ffi;

use super::spec::{Table, TypeSpec};
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

/// `__reduce__`, which `pickle`, `copy.copy` and `copy.deepcopy` come to.
pub(super) static REDUCE_METHOD: Table<ffi::PyMethodDef> = Table(ffi::PyMethodDef {
    ml_name: c"__reduce__".as_ptr(),
    ml_meth: ffi::PyMethodDefPointer {
        PyCFunction: refuse_reduce,
    },
    ml_flags: ffi::METH_NOARGS,
    ml_doc: c"__reduce__($self, /)\n--\n\nRefuse to be pickled and copied.".as_ptr(),
});

unsafe extern "C" fn refuse_reduce(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python on an object of one of our types.
    unsafe {
        raise(
            ffi::Py_TYPE(slf).cast(),
            " objects can't be pickled or copied",
            |spec| spec.unpicklable,
        );
    }
    std::ptr::null_mut()
}

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
    // SAFETY: as promised.
    unsafe {
        raise(
            class,
            " objects can't be made by calling the class",
            |spec| spec.factory,
        )
    };
}

/// Raise `TypeError` with a refusal; a text of the class says what to use.
///
/// # Safety
/// `class` is one of our types or a subclass.
unsafe fn raise(
    class: *mut ffi::PyObject,
    refusal: &str,
    text: fn(&TypeSpec) -> Option<&'static str>,
) {
    // SAFETY: one of our types.
    unsafe {
        let short = crate::abi::types::name(class.cast());
        let state = crate::cx::state_if_ours(class.cast());
        let instead = super::init::spec()
            .types
            .iter()
            .enumerate()
            .find_map(|(i, spec)| {
                let ours = !state.is_null() && (*state).types[i].get() == class.cast();
                ours.then(|| text(spec)).flatten()
            });
        let hint = instead.map_or_else(String::new, |instead| format!("; use {instead}"));
        let Raised = raise_text(ffi::PyExc_TypeError, &format!("{short}{refusal}{hint}"));
    }
}

//! Shells of what is called on a class: constructors, class methods, and `__call__` of its objects.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::parse::{Given, parse};
use super::trampoline::{Function, names_of, nearest_state, run};
use super::unpack::with_vectorcall;
use crate::cx::{State, unloaded};
use crate::error::Raised;

/// `tp_new` and the vectorcall of a class with a constructor share this: arguments as a tuple and a dict.
///
/// # Safety
/// Called by Python; `tp` is the class of `F` or a subclass.
pub unsafe extern "C" fn constructor<F: Function<N>, const N: usize>(
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = nearest_state(tp);
        with_tuple_and_dict::<F, N>(state, tp.cast(), args, kwargs)
    }
}

/// `tp_vectorcall` of a class with a constructor.
///
/// # Safety
/// Called by Python with the class itself: subclasses do not inherit it.
pub unsafe extern "C" fn construct_vectorcall<F: Function<N>, const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = nearest_state(callable.cast());
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let given = Given {
            values: args,
            count: ffi::PyVectorcall_NARGS(nargsf) as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
            Ok(extra) => run::<F, N>(state, callable, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn class_shell<F: Function<N>, const N: usize>(
    class: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython's descriptor made sure that `class` is the class or a subclass.
    unsafe {
        let state = nearest_state(class.cast());
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let given = Given {
            values: args,
            count: count as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
            Ok(extra) => run::<F, N>(state, class, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A class method, `METH_CLASS`.
pub const fn class_method<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: class_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS | ffi::METH_CLASS,
        ml_doc: doc.as_ptr(),
    }
}

/// `tp_call`.
///
/// # Safety
/// Called by Python on an object of the class of `F`.
pub unsafe extern "C" fn instance_call<F: Function<N>, const N: usize>(
    slf: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { with_tuple_and_dict::<F, N>(nearest_state(ffi::Py_TYPE(slf)), slf, args, kwargs) }
}

/// A call in the old convention, made into the new one.
unsafe fn with_tuple_and_dict<F: Function<N>, const N: usize>(
    state: *const State,
    slf: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    if state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    // SAFETY: `args` is a tuple, `kwargs` a dict or null; the state is live.
    unsafe {
        with_vectorcall(args, kwargs, |given| {
            let mut places = [std::ptr::null_mut(); N];
            match parse::<N>(F::SIG, names_of(F::SIG, state), given, &mut places) {
                Ok(extra) => run::<F, N>(state, slf, places, extra),
                Err(Raised) => std::ptr::null_mut(),
            }
        })
    }
}

//! Shells of functions without receiver: those of a module, and static ones of a class.

use std::ffi::CStr;

use pyo3_ffi as ffi;

use super::home::Home;
use super::parse::{Given, parse};
use super::trampoline::{Function, names_of, no_extra, run};
use crate::cx::{State, state_of_module};
use crate::error::Raised;

/// What a function is bound to.
pub trait Binding: 'static {
    /// The state behind it.
    ///
    /// # Safety
    /// `bound` is the object that the runtime bound the function to.
    unsafe fn state(bound: *mut ffi::PyObject) -> *const State;
}

/// The extension module.
pub struct InModule;

impl Binding for InModule {
    #[inline(always)]
    unsafe fn state(bound: *mut ffi::PyObject) -> *const State {
        // SAFETY: as promised.
        unsafe { state_of_module(bound) }
    }
}

/// A [`Home`].
pub struct InClass;

impl Binding for InClass {
    #[inline(always)]
    unsafe fn state(bound: *mut ffi::PyObject) -> *const State {
        // SAFETY: as promised.
        unsafe { Home::state(bound) }
    }
}

/// The state, if the function needs it.
#[inline(always)]
unsafe fn state_of<F: Function<N>, B: Binding, const N: usize>(
    bound: *mut ffi::PyObject,
    needed: bool,
) -> *const State {
    if F::STATE || needed {
        // SAFETY: the runtime bound the function as its table says.
        unsafe { B::state(bound) }
    } else {
        std::ptr::null()
    }
}

unsafe extern "C" fn noargs_shell<F: Function<0>, B: Binding>(
    bound: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: bound as the table says.
    unsafe {
        let state = state_of::<F, B, 0>(bound, false);
        run::<F, 0>(state, std::ptr::null_mut(), [], no_extra())
    }
}

/// A function without parameters, `METH_NOARGS`.
pub const fn function_noargs<F: Function<0>, B: Binding>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: noargs_shell::<F, B>,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn one_shell<F: Function<1>, B: Binding>(
    bound: *mut ffi::PyObject,
    arg: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: bound as the table says.
    unsafe {
        let state = state_of::<F, B, 1>(bound, false);
        run::<F, 1>(state, std::ptr::null_mut(), [arg], no_extra())
    }
}

/// A function with one positional-only parameter that must be given, `METH_O`.
pub const fn function_one<F: Function<1>, B: Binding>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: one_shell::<F, B>,
        },
        ml_flags: ffi::METH_O,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn positional_shell<F: Function<N>, B: Binding, const N: usize>(
    bound: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: bound as the table says; Python gives that many arguments.
    unsafe {
        let given = Given {
            values: args,
            count: count as usize,
            kwnames: std::ptr::null_mut(),
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, std::ptr::null(), given, &mut places) {
            Ok(extra) => {
                let state = state_of::<F, B, N>(bound, false);
                run::<F, N>(state, std::ptr::null_mut(), places, extra)
            }
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A function with positional-only parameters, `METH_FASTCALL`.
pub const fn function_positional<F: Function<N>, B: Binding, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFast: positional_shell::<F, B, N>,
        },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn keyword_shell<F: Function<N>, B: Binding, const N: usize>(
    bound: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: bound as the table says; Python gives that many arguments.
    unsafe {
        let state = state_of::<F, B, N>(bound, F::SIG.takes_keywords());
        let names = names_of(F::SIG, state);
        let given = Given {
            values: args,
            count: count as usize,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, names, given, &mut places) {
            Ok(extra) => run::<F, N>(state, std::ptr::null_mut(), places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A function with keywords, `METH_FASTCALL | METH_KEYWORDS`.
pub const fn function<F: Function<N>, B: Binding, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: keyword_shell::<F, B, N>,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: doc.as_ptr(),
    }
}

//! Shells of methods and properties, one generic C function each.

use std::ffi::{CStr, c_int, c_void};

use pyo3_ffi as ffi;

use super::method::MethodObject;
use super::parse::{Given, parse};
use super::trampoline::{Function, nearest_state, no_extra, run};
use crate::cx::{State, state_of_type};
use crate::error::{Raised, raise_text};

/// The state for a method of a class that can't be subclassed.
#[inline(always)]
unsafe fn state_for<F: Function<N>, const N: usize>(slf: *mut ffi::PyObject) -> *const State {
    // SAFETY: `slf` is an object of one of our types.
    if F::STATE {
        // SAFETY: as above.
        unsafe { state_of_type(ffi::Py_TYPE(slf)) }
    } else {
        std::ptr::null()
    }
}

unsafe extern "C" fn noargs_shell<F: Function<0>>(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf`.
    unsafe { run::<F, 0>(state_for::<F, 0>(slf), slf, [], no_extra()) }
}

/// A method without parameters, `METH_NOARGS`.
pub const fn noargs<F: Function<0>>(name: &'static CStr, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: noargs_shell::<F>,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn one_shell<F: Function<1>>(
    slf: *mut ffi::PyObject,
    arg: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf`.
    unsafe { run::<F, 1>(state_for::<F, 1>(slf), slf, [arg], no_extra()) }
}

/// A method with one positional-only parameter that must be given, `METH_O`.
pub const fn one<F: Function<1>>(name: &'static CStr, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: one_shell::<F>,
        },
        ml_flags: ffi::METH_O,
        ml_doc: doc.as_ptr(),
    }
}

unsafe extern "C" fn positional_shell<F: Function<N>, const N: usize>(
    slf: *mut ffi::PyObject,
    args: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: Python checked the class of `slf` and gives that many arguments.
    unsafe {
        let given = Given {
            values: args,
            count: count as usize,
            kwnames: std::ptr::null_mut(),
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, std::ptr::null(), given, &mut places) {
            Ok(extra) => run::<F, N>(state_for::<F, N>(slf), slf, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

/// A method with positional-only parameters, `METH_FASTCALL`.
pub const fn positional<F: Function<N>, const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFast: positional_shell::<F, N>,
        },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: doc.as_ptr(),
    }
}

/// The vectorcall of a keyword method: `callable` is our descriptor, the first argument the object.
///
/// # Safety
/// Called by Python on a [`MethodObject`].
pub unsafe extern "C" fn bound<F: Function<N>, const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; `receiver` checks that there is an object of the right class.
    unsafe {
        let method = &*callable.cast::<MethodObject>();
        let count = ffi::PyVectorcall_NARGS(nargsf) as usize;
        let Some(slf) = method.receiver(args, count) else {
            return std::ptr::null_mut();
        };
        let given = Given {
            values: args.add(1),
            count: count - 1,
            kwnames,
        };
        let mut places = [std::ptr::null_mut(); N];
        match parse::<N>(F::SIG, method.names, given, &mut places) {
            Ok(extra) => run::<F, N>(method.state, slf, places, extra),
            Err(Raised) => std::ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn getter_shell<F: Function<0>>(
    slf: *mut ffi::PyObject,
    _: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: the descriptor checked the class of `slf`.
    unsafe {
        let state = if F::STATE {
            nearest_state(ffi::Py_TYPE(slf))
        } else {
            std::ptr::null()
        };
        run::<F, 0>(state, slf, [], no_extra())
    }
}

/// The reading half of a property.
pub const fn getter<F: Function<0>>() -> ffi::getter {
    getter_shell::<F>
}

unsafe extern "C" fn setter_shell<F: Function<1>>(
    slf: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    _: *mut c_void,
) -> c_int {
    // SAFETY: the descriptor checked the class of `slf`.
    unsafe {
        if value.is_null() {
            raise_text(
                ffi::PyExc_AttributeError,
                &format!("{} can't be deleted", F::SIG.name),
            );
            return -1;
        }
        let state = if F::STATE {
            nearest_state(ffi::Py_TYPE(slf))
        } else {
            std::ptr::null()
        };
        let done = run::<F, 1>(state, slf, [value], no_extra());
        if done.is_null() {
            return -1;
        }
        ffi::Py_DECREF(done);
        0
    }
}

/// The writing half of a property.
pub const fn setter<F: Function<1>>() -> ffi::setter {
    setter_shell::<F>
}

//! Reading and writing fields: by the address of the interned name, with Python's own way as fallback.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::construct::expecting;
use super::{FieldSpec, Record};
use crate::any::Any;
use crate::call::answer;
use crate::class::{Guard as _, Inst, borrow};
use crate::conv::Fail;
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::{Raised, raise_text};

/// Names beyond this many are left to Python's dictionaries.
const SEARCHED: usize = 16;

/// The struct inside a record.
unsafe fn base_of<R: Record>(slf: *mut ffi::PyObject) -> *mut u8 {
    // SAFETY: an object of the record's type; `Value` is transparent.
    unsafe { (&raw mut (*slf.cast::<Inst<R>>()).payload).cast() }
}

/// The row of a field, if `name` is its interned name.
#[inline(always)]
unsafe fn find<R: Record>(state: *const State, name: *mut ffi::PyObject) -> Option<usize> {
    // SAFETY: the state is live, and its names hold those of the constructor, which are those of the fields.
    let names = unsafe { (*state).names.as_ptr().add(R::SPEC.new.names) };
    let skipped = R::SPEC.new.positional_only;
    // SAFETY: one name per field.
    (skipped..R::SPEC.fields.len().min(SEARCHED))
        .find(|i| unsafe { *names.add(i - skipped) } == name)
}

#[inline(always)]
unsafe fn read<R: Record>(
    state: *const State,
    slf: *mut ffi::PyObject,
    field: &'static FieldSpec,
) -> *mut ffi::PyObject {
    // SAFETY: the object is a record of this type; borrowed, so that nothing changes it meanwhile.
    unsafe {
        let cx = Cx::new(state);
        let guard = match borrow::<R>(slf) {
            Ok(guard) => guard,
            Err(error) => {
                error.raise(cx);
                return std::ptr::null_mut();
            }
        };
        let value = answer((field.ops.get)(cx, base_of::<R>(slf).add(field.offset)));
        drop(guard);
        value
    }
}

/// `tp_getattro`.
///
/// # Safety
/// Called by Python on a record of this type.
pub unsafe extern "C" fn getattro<R: Record>(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if !state.is_null()
            && let Some(i) = find::<R>(state, name)
        {
            return read::<R>(state, slf, &R::SPEC.fields[i]);
        }
        ffi::PyObject_GenericGetAttr(slf, name)
    }
}

/// `tp_setattro`.
///
/// # Safety
/// Called by Python on a record of this type.
pub unsafe extern "C" fn setattro<R: Record>(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if !R::SPEC.frozen
            && !value.is_null()
            && !state.is_null()
            && let Some(i) = find::<R>(state, name)
        {
            return write::<R>(state, slf, &R::SPEC.fields[i], value);
        }
        ffi::PyObject_GenericSetAttr(slf, name, value)
    }
}

unsafe fn write<R: Record>(
    state: *const State,
    slf: *mut ffi::PyObject,
    field: &'static FieldSpec,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: the object is a record of this type; the check comes after conversion, right before the change.
    unsafe {
        let cx = Cx::new(state);
        let check = || match (*slf.cast::<Inst<R>>())
            .guard
            .flag()
            .map(crate::class::Flag::check_free)
        {
            Some(Err(_)) => Err(Fail::error(
                crate::exc::RuntimeError::new(format!(
                    "this {} is in use by a call in progress",
                    R::NAME
                ))
                .into(),
            )),
            _ => Ok(()),
        };
        let set = || {
            (field.ops.set)(
                cx,
                base_of::<R>(slf).add(field.offset),
                Any::new(value),
                &check,
            )
        };
        match crate::panic::catch(R::NAME, Ok(()), set) {
            Ok(()) => 0,
            Err(fail) => {
                let subject = format!("{}.{}", R::NAME, field.name.to_string_lossy());
                expecting(fail, field.expected).raise(cx, &subject);
                -1
            }
        }
    }
}

/// The reading half of a field's descriptor; the closure is the field's row.
///
/// # Safety
/// Called by Python through the descriptor.
pub unsafe extern "C" fn getter<R: Record>(
    slf: *mut ffi::PyObject,
    closure: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: the descriptor checked the type; the closure is the index of a row.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        read::<R>(state, slf, &R::SPEC.fields[closure as usize])
    }
}

/// The writing half.
///
/// # Safety
/// Called by Python through the descriptor.
pub unsafe extern "C" fn setter<R: Record>(
    slf: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    closure: *mut c_void,
) -> c_int {
    // SAFETY: as above.
    unsafe {
        let field = &R::SPEC.fields[closure as usize];
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return -1;
        }
        if value.is_null() {
            let Raised = raise_text(
                ffi::PyExc_AttributeError,
                &format!(
                    "{}.{} can't be deleted",
                    R::NAME,
                    field.name.to_string_lossy()
                ),
            );
            return -1;
        }
        write::<R>(state, slf, field, value)
    }
}

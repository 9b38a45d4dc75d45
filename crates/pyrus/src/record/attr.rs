//! Reading and writing fields: by the address of the interned name, with Python's own way as fallback.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::Table;
use super::construct::expecting;
use super::life::{base, shared, writing};
use super::table::Field;
use crate::any::Any;
use crate::call::answer;
use crate::cx::{Cx, NAMES_AT_ONCE, State, state_of_type, unloaded};
use crate::error::{Raised, raise_text};

/// The field whose interned name this is. Names are compared by a fixed number, which makes a row of comparisons without a
/// loop; places without a name follow the last one up to that number.
#[inline(always)]
unsafe fn find(
    table: &'static Table,
    state: *const State,
    name: *mut ffi::PyObject,
) -> Option<&'static Field> {
    let mut from = 0;
    while from < table.searched.len() {
        // SAFETY: the state is live, and its names hold those of the constructor, which are those of the fields.
        let found = unsafe {
            let names = (*state).field_names(table.new.names + from);
            (0..NAMES_AT_ONCE).find(|i| *names.add(*i) == name)
        };
        if let Some(i) = found {
            return table.searched.get(from + i);
        }
        from += NAMES_AT_ONCE;
    }
    None
}

#[inline(always)]
unsafe fn read(
    table: &'static Table,
    state: *const State,
    slf: *mut ffi::PyObject,
    field: &'static Field,
) -> *mut ffi::PyObject {
    // SAFETY: the object is a record of this type; borrowed, so that nothing changes it meanwhile.
    unsafe {
        let cx = Cx::new(state);
        let guard = match shared(table, slf) {
            Ok(guard) => guard,
            Err(error) => {
                error.raise(cx);
                return std::ptr::null_mut();
            }
        };
        let value = answer((field.get)(&cx, base(table, slf).add(field.offset)));
        drop(guard);
        value
    }
}

/// `tp_getattro`.
///
/// # Safety
/// Called by Python on a record; so for all functions here.
pub unsafe extern "C" fn getattro(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        let table = Table::of(slf);
        if !state.is_null()
            && let Some(field) = find(table, state, name)
        {
            return read(table, state, slf, field);
        }
        ffi::PyObject_GenericGetAttr(slf, name)
    }
}

/// `tp_setattro`, of records that are not frozen.
///
/// # Safety
/// See [`getattro`].
pub unsafe extern "C" fn setattro(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        let table = Table::of(slf);
        if !value.is_null()
            && !state.is_null()
            && let Some(field) = find(table, state, name)
        {
            return write(table, state, slf, field, value);
        }
        ffi::PyObject_GenericSetAttr(slf, name, value)
    }
}

unsafe fn write(
    table: &'static Table,
    state: *const State,
    slf: *mut ffi::PyObject,
    field: &'static Field,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: the object is a record of this type; the proof is asked for after conversion, right before the change.
    unsafe {
        let cx = Cx::new(state);
        let writing = || writing(table, slf);
        let set = || {
            let at = base(table, slf).add(field.offset);
            (field.set)(&cx, at, Any::new(value), &writing)
        };
        match crate::panic::catch(table.name, Ok(()), set) {
            Ok(()) => 0,
            Err(fail) => {
                let subject = format!("{}.{}", table.name, field.text());
                expecting(fail, field.expected).raise(cx, &subject);
                -1
            }
        }
    }
}

/// The reading half of a field's descriptor; the closure is the field.
///
/// # Safety
/// Called by Python through the descriptor, which checked the type.
pub(super) unsafe extern "C" fn getter(
    slf: *mut ffi::PyObject,
    closure: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; fields are never freed.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        read(Table::of(slf), state, slf, &*closure.cast::<Field>())
    }
}

/// The writing half.
///
/// # Safety
/// See [`getter`].
pub(super) unsafe extern "C" fn setter(
    slf: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    closure: *mut c_void,
) -> c_int {
    // SAFETY: as above.
    unsafe {
        let field = &*closure.cast::<Field>();
        let table = Table::of(slf);
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return -1;
        }
        if value.is_null() {
            let Raised = raise_text(
                ffi::PyExc_AttributeError,
                &format!("{}.{} can't be deleted", table.name, field.text()),
            );
            return -1;
        }
        write(table, state, slf, field, value)
    }
}

//! Calling a live record's class: arguments to a new node, and a view of it.

use pyo3_ffi as ffi;

use super::convert::field_from_python;
use super::node::{Builder, Node, default_slot};
use super::object::{LiveType, make, make_as};
use super::slot::Slot;
use super::table::Table;
use crate::abi::types;
use crate::any::Any;
use crate::call::{Given, answer, parse, warn_deprecated, with_vectorcall};
use crate::cx::{Cx, State, state_if_ours, state_of_type, unloaded};
use crate::error::Raised;
use crate::record::expecting;

/// Places for the arguments of most records.
const FEW: usize = 16;
/// Places for those of large ones.
const MANY: usize = 64;
/// As many as a function can have.
const MOST: usize = 255;

/// `tp_vectorcall` of a record's type.
///
/// # Safety
/// Called by Python with the record's type.
pub unsafe extern "C" fn vectorcall<T: LiveType>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let given = Given {
            values: args,
            count: ffi::PyVectorcall_NARGS(nargsf) as usize,
            kwnames,
        };
        construct(
            T::TABLE,
            callable.cast(),
            state_of_type(callable.cast()),
            given,
        )
    }
}

/// `tp_new` of a record's type.
///
/// # Safety
/// Called by Python with the record's type or a subclass.
pub unsafe extern "C" fn new<T: LiveType>(
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { new_of(T::TABLE, tp, args, kwargs) }
}

#[inline(never)]
unsafe fn new_of(
    table: &'static Table,
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; the state is that of the nearest base of ours.
    unsafe {
        let mut base = tp;
        while !base.is_null() && state_if_ours(base).is_null() {
            base = types::base(base);
        }
        let state = if base.is_null() {
            std::ptr::null()
        } else {
            state_of_type(base)
        };
        with_vectorcall(args, kwargs, |given| construct(table, tp, state, given))
    }
}

#[inline(never)]
unsafe fn construct(
    table: &'static Table,
    tp: *mut ffi::PyTypeObject,
    state: *const State,
    given: Given,
) -> *mut ffi::PyObject {
    if state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    // SAFETY: as the callers promise.
    unsafe {
        if table.fields.len() <= FEW {
            let mut places = [std::ptr::null_mut(); FEW];
            filled(table, tp, state, given, &mut places)
        } else if table.fields.len() <= MANY {
            let mut places = [std::ptr::null_mut(); MANY];
            filled(table, tp, state, given, &mut places)
        } else {
            let mut places = [std::ptr::null_mut(); MOST];
            filled(table, tp, state, given, &mut places)
        }
    }
}

unsafe fn filled<const N: usize>(
    table: &'static Table,
    tp: *mut ffi::PyTypeObject,
    state: *const State,
    given: Given,
    places: &mut [*mut ffi::PyObject; N],
) -> *mut ffi::PyObject {
    let sig = table.signature();
    // SAFETY: a live state; the signature's names begin where it says.
    let parsed = unsafe { parse::<N>(sig, (*state).field_names(sig.names), given, places) };
    if parsed.is_err() || sig.deprecated.is_some() && warn_deprecated(sig).is_err() {
        return std::ptr::null_mut();
    }
    crate::panic::catch(sig.name, std::ptr::null_mut(), || {
        // SAFETY: the state is live and the thread attached; `tp` is the record's type or a subclass.
        unsafe {
            let cx = Cx::new(state);
            answer(build(cx, table, places).and_then(|node| {
                if (*state).types[table.index].get() == tp {
                    make(cx, node)
                } else {
                    make_as(tp, node)
                }
            }))
        }
    })
}

fn build(cx: Cx<'_>, table: &'static Table, places: &[*mut ffi::PyObject]) -> Result<Node, Raised> {
    let mut builder = Builder::new(table);
    let fields = builder.slots().iter_mut().zip(table.fields);
    for (i, ((slot, field), place)) in fields.zip(places).enumerate() {
        *slot = if place.is_null() {
            match &field.default {
                Some(default) => default_slot(&field.kind, default),
                None => Slot::Absent,
            }
        } else {
            // SAFETY: an argument, alive during the call.
            let value = unsafe { Any::new(*place) };
            field_from_python(cx, field, value).map_err(|fail| {
                let subject = format!("{}() argument '{}'", table.name(), table.field_name(i));
                expecting(fail, field.expected()).raise(cx, &subject)
            })?
        };
    }
    Ok(builder.finish())
}

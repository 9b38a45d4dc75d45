//! Making a record: every field from its argument or default, straight into the object.

use pyo3_ffi as ffi;

use super::Table;
use super::life::{Blank, Partial};
use crate::any::Any;
use crate::call::{Given, answer, parse, warn_deprecated, with_vectorcall};
use crate::conv::{F64, Fail, FailKind, FromPy as _};
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::Raised;

/// The annotation says more than the innermost converter.
#[cold]
pub(crate) fn expecting(fail: Fail, expected: &'static str) -> Fail {
    Fail(Box::new(match *fail.0 {
        FailKind::Type { got, .. } => FailKind::Type { expected, got },
        other => other,
    }))
}

/// Fill the struct at `base`.
///
/// # Safety
/// `base` points to room for the struct; `places` has one entry per field.
unsafe fn fill(
    cx: Cx<'_>,
    table: &'static Table,
    base: *mut u8,
    places: &[*mut ffi::PyObject],
) -> Result<(), Raised> {
    let mut partial = Partial {
        base,
        fields: table.fields,
        done: 0,
    };
    for (field, place) in table.fields.iter().zip(places) {
        // SAFETY: inside the struct; a missing argument without default was refused by the parser.
        unsafe {
            let at = base.add(field.offset);
            if place.is_null() {
                if let Some(default) = field.default {
                    default(at);
                }
            } else if field.is_float
                && let Some(value) = F64::quick(Any::new(*place))
            {
                at.cast::<f64>().write(value);
            } else {
                (field.init)(&cx, at, Any::new(*place)).map_err(|fail| {
                    let subject = format!("{}() argument '{}'", table.name, field.text());
                    expecting(fail, field.expected).raise(cx, &subject)
                })?;
            }
        }
        partial.done += 1;
    }
    partial.keep();
    Ok(())
}

/// `tp_vectorcall` of the types of records with `N` fields.
///
/// # Safety
/// Called by Python with the record's type as callable.
pub unsafe extern "C" fn vectorcall<const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(callable.cast());
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let given = Given {
            values: args,
            count: ffi::PyVectorcall_NARGS(nargsf) as usize,
            kwnames,
        };
        construct::<N>(state, Table::of_type(callable.cast()), given)
    }
}

unsafe fn construct<const N: usize>(
    state: *const State,
    table: &'static Table,
    given: Given,
) -> *mut ffi::PyObject {
    let sig = &table.new;
    let mut places = [std::ptr::null_mut(); N];
    // SAFETY: a live state; the signature's names begin where it says.
    let parsed = unsafe { parse::<N>(sig, (*state).field_names(sig.names), given, &mut places) };
    if parsed.is_err() || sig.deprecated.is_some() && warn_deprecated(sig).is_err() {
        return std::ptr::null_mut();
    }
    crate::panic::catch(sig.name, std::ptr::null_mut(), || {
        // SAFETY: the state is live and the thread attached.
        let cx = unsafe { Cx::new(state) };
        // Converting may run Python, which can't find the half-made record: nothing refers to it yet.
        answer(Blank::new(cx, table).and_then(|blank| {
            // SAFETY: every field of the struct has a row in the table, the generated code proved that; filled.
            unsafe {
                fill(cx, table, blank.base(), &places)?;
                Ok(blank.finish())
            }
        }))
    })
}

/// `tp_new` of records, for calls that do not come by vectorcall.
///
/// # Safety
/// Called by Python with the record's type.
pub unsafe extern "C" fn new(
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; records can't be subclassed, so `tp` is ours, and has a vectorcall.
    unsafe {
        let table = Table::of_type(tp);
        let Some(vectorcall) = crate::module::vectorcall_of(table.index) else {
            unloaded();
            return std::ptr::null_mut();
        };
        with_vectorcall(args, kwargs, |given| {
            vectorcall(tp.cast(), given.values, given.count, given.kwnames)
        })
    }
}

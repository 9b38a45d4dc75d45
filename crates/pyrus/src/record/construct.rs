//! Making a record: every field from its argument or default, straight into the object.

use pyo3_ffi as ffi;

use super::{FieldSpec, Record};
use crate::any::Any;
use crate::call::{Given, Signature, answer, parse, warn_deprecated, with_vectorcall};
use crate::class::Blank;
use crate::conv::{Fail, FailKind};
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::Raised;

/// Fields before this one are alive; dropped when construction stops half-way.
struct Partial {
    base: *mut u8,
    fields: &'static [FieldSpec],
    done: usize,
}

impl Drop for Partial {
    fn drop(&mut self) {
        for field in &self.fields[..self.done] {
            // SAFETY: these fields were written, and nobody else knows them.
            unsafe { (field.ops.drop)(self.base.add(field.offset)) };
        }
    }
}

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
    sig: &'static Signature,
    fields: &'static [FieldSpec],
    base: *mut u8,
    places: &[*mut ffi::PyObject],
) -> Result<(), Raised> {
    let mut partial = Partial {
        base,
        fields,
        done: 0,
    };
    for (i, (field, place)) in fields.iter().zip(places).enumerate() {
        // SAFETY: inside the struct; a missing argument without default was refused by the parser.
        unsafe {
            let at = base.add(field.offset);
            if place.is_null() {
                if let Some(default) = field.default {
                    default(at);
                }
            } else {
                (field.ops.init)(cx, at, Any::new(*place)).map_err(|fail| {
                    let subject = format!("{}() argument '{}'", sig.name, sig.params[i].name);
                    expecting(fail, field.expected).raise(cx, &subject)
                })?;
            }
        }
        partial.done = i + 1;
    }
    partial.done = 0;
    Ok(())
}

/// `tp_vectorcall` of the record's type.
///
/// # Safety
/// Called by Python with the record's type as callable. The record has `N` fields.
pub unsafe extern "C" fn vectorcall<R: Record, const N: usize>(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    kwnames: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        let state = state_of_type(callable.cast());
        let given = Given {
            values: args,
            count: ffi::PyVectorcall_NARGS(nargsf) as usize,
            kwnames,
        };
        construct::<R, N>(state, given)
    }
}

unsafe fn construct<R: Record, const N: usize>(
    state: *const State,
    given: Given,
) -> *mut ffi::PyObject {
    if state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    let sig = R::SPEC.new;
    let mut places = [std::ptr::null_mut(); N];
    // SAFETY: a live state; the signature's names begin where it says.
    let parsed = unsafe {
        parse::<N>(
            sig,
            (*state).names.as_ptr().add(sig.names),
            given,
            &mut places,
        )
    };
    if parsed.is_err() || sig.deprecated.is_some() && warn_deprecated(sig).is_err() {
        return std::ptr::null_mut();
    }
    crate::panic::catch(sig.name, std::ptr::null_mut(), || {
        // SAFETY: the state is live and the thread attached.
        let cx = unsafe { Cx::new(state) };
        // Converting may run Python, which can't find the half-made record: nothing refers to it yet.
        answer(Blank::<R>::new(cx).and_then(|mut blank| {
            let base = blank.payload().cast();
            // SAFETY: every field of the struct has a row in the table, the generated code proved that; filled.
            unsafe {
                fill(cx, sig, R::SPEC.fields, base, &places)?;
                Ok(blank.finish())
            }
        }))
    })
}

/// `tp_new` of the record's type, for calls that do not come by vectorcall.
///
/// # Safety
/// Called by Python with the record's type.
pub unsafe extern "C" fn new<R: Record, const N: usize>(
    tp: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; records can't be subclassed, so `tp` is ours.
    unsafe {
        with_vectorcall(args, kwargs, |given| {
            construct::<R, N>(state_of_type(tp), given)
        })
    }
}

//! What the C functions that Python calls have in common. Panics end here.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::parse::Extra;
use super::signature::Signature;
use crate::abi::types;
use crate::any::Object;
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::Raised;

/// A new reference, or an exception that is set.
pub type Outcome = Result<Object, Raised>;

/// The object a method was called on. Its class was checked.
#[derive(Clone, Copy)]
pub struct Slf<'py> {
    pub(crate) ptr: *mut ffi::PyObject,
    borrowed: PhantomData<&'py ()>,
}

/// One argument: an object that the caller keeps alive, or nothing.
#[derive(Clone, Copy)]
pub struct Arg<'py> {
    pub(crate) ptr: *mut ffi::PyObject,
    borrowed: PhantomData<&'py ()>,
}

/// The places of all parameters.
pub trait Args: Copy {
    /// How many.
    const COUNT: usize;
}

impl<const N: usize> Args for [Arg<'_>; N] {
    const COUNT: usize = N;
}

/// A function as generated: what to call, and how.
pub trait Function<const N: usize>: 'static {
    /// Its facts.
    const SIG: &'static Signature;
    /// It needs the extension's state.
    const STATE: bool = true;

    /// Convert, call, convert.
    fn call<'py>(cx: Cx<'py>, slf: Slf<'py>, args: [Arg<'py>; N], extra: Extra<'py>) -> Outcome;
}

impl Slf<'_> {
    pub(crate) fn new(ptr: *mut ffi::PyObject) -> Self {
        Self {
            ptr,
            borrowed: PhantomData,
        }
    }
}

impl Arg<'_> {
    pub(crate) fn new(ptr: *mut ffi::PyObject) -> Self {
        Self {
            ptr,
            borrowed: PhantomData,
        }
    }
}

/// Nothing extra.
pub const fn no_extra<'py>() -> Extra<'py> {
    Extra {
        positional: &[],
        kwnames: std::ptr::null_mut(),
        kwvalues: std::ptr::null(),
        names: std::ptr::null(),
    }
}

#[inline(always)]
pub(crate) fn answer(outcome: Outcome) -> *mut ffi::PyObject {
    match outcome {
        Ok(object) => object.into_ptr(),
        Err(Raised) => std::ptr::null_mut(),
    }
}

/// The common body of all shells.
///
/// # Safety
/// The thread is attached; `state` is live if the function needs it; the pointers live during the call.
#[inline(always)]
pub(crate) unsafe fn run<F: Function<N>, const N: usize>(
    state: *const State,
    slf: *mut ffi::PyObject,
    places: [*mut ffi::PyObject; N],
    extra: Extra<'_>,
) -> *mut ffi::PyObject {
    if F::STATE && state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    crate::panic::catch(F::SIG.name, std::ptr::null_mut(), || {
        if F::SIG.deprecated.is_some() && warn_deprecated(F::SIG).is_err() {
            return std::ptr::null_mut();
        }
        // SAFETY: as promised.
        let cx = unsafe { Cx::new(state) };
        answer(F::call(cx, Slf::new(slf), places.map(Arg::new), extra))
    })
}

#[cold]
pub(crate) fn warn_deprecated(sig: &'static Signature) -> Result<(), Raised> {
    let text = format!(
        "{}() is deprecated: {}",
        sig.name,
        sig.deprecated.unwrap_or_default()
    );
    let text = text.replace('\0', " ");
    let text = std::ffi::CString::new(text).unwrap_or_default();
    // SAFETY: a C string; level 1 is the caller.
    match unsafe { ffi::PyErr_WarnEx(ffi::PyExc_DeprecationWarning, text.as_ptr(), 1) } {
        0 => Ok(()),
        _ => Err(Raised),
    }
}

/// The interned names of a signature.
///
/// # Safety
/// `state` is null or live.
#[inline(always)]
pub(super) unsafe fn names_of(
    sig: &'static Signature,
    state: *const State,
) -> *const *mut ffi::PyObject {
    if sig.takes_keywords() && !state.is_null() {
        // SAFETY: a live state; the generated table is long enough for every signature.
        unsafe { (*state).names.as_ptr().add(sig.names) }
    } else {
        std::ptr::null()
    }
}

/// The state of the nearest base that is ours.
///
/// # Safety
/// `tp` is alive.
pub(super) unsafe fn nearest_state(mut tp: *mut ffi::PyTypeObject) -> *const State {
    // SAFETY: the chain of bases ends at `object`; ours are heap types with a module whose definition is ours.
    unsafe {
        loop {
            if ffi::PyType_HasFeature(tp, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
                return std::ptr::null();
            }
            if crate::module::is_ours(tp) {
                return state_of_type(tp);
            }
            tp = types::base(tp);
        }
    }
}

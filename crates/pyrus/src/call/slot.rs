//! Shells for the slots behind Python's protocols.

use std::ffi::c_int;

use pyo3_ffi as ffi;

use super::parse::Extra;
use super::signature::Signature;
use super::trampoline::{Arg, Function, Outcome, Slf, answer, no_extra, run};
use crate::abi::types;
use crate::class::Class;
use crate::conv::fresh;
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::{Raised, raise_text};

/// A protocol method whose result is no Python object.
pub trait Scalar<const N: usize>: 'static {
    /// The result.
    type Out;
    /// Its facts.
    const SIG: &'static Signature;
    /// Call it.
    fn call<'py>(cx: Cx<'py>, slf: Slf<'py>, args: [Arg<'py>; N]) -> Result<Self::Out, Raised>;
}

/// The state of the nearest base that is ours; for slots, which subclasses inherit.
unsafe fn slot_state(object: *mut ffi::PyObject) -> *const State {
    // SAFETY: the object is of one of our types or a subclass.
    unsafe {
        let mut tp = ffi::Py_TYPE(object);
        while !crate::module::is_ours(tp) {
            tp = types::base(tp);
            if tp.is_null() {
                return std::ptr::null();
            }
        }
        state_of_type(tp)
    }
}

unsafe fn scalar<S: Scalar<N>, const N: usize, R>(
    slf: *mut ffi::PyObject,
    args: [*mut ffi::PyObject; N],
    failed: R,
    convert: impl FnOnce(S::Out) -> R,
) -> R
where
    R: Copy,
{
    // SAFETY: called by Python with objects that live during the call.
    let state = unsafe { slot_state(slf) };
    if state.is_null() {
        unloaded();
        return failed;
    }
    crate::panic::catch(S::SIG.name, failed, || {
        // SAFETY: the state is live and the thread attached.
        let cx = unsafe { Cx::new(state) };
        S::call(cx, Slf::new(slf), args.map(Arg::new)).map_or(failed, convert)
    })
}

/// `nb_bool`.
///
/// # Safety
/// Called by Python on an object of the class of `S`; so for all functions here.
pub unsafe extern "C" fn truth<S: Scalar<0, Out = bool>>(slf: *mut ffi::PyObject) -> c_int {
    // SAFETY: as promised.
    unsafe { scalar::<S, 0, _>(slf, [], -1, c_int::from) }
}

/// `mp_length`.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn index_len<S: Scalar<0, Out = usize>>(
    slf: *mut ffi::PyObject,
) -> ffi::Py_ssize_t {
    // SAFETY: as promised.
    unsafe {
        scalar::<S, 0, _>(slf, [], -1, |len| {
            isize::try_from(len).unwrap_or(isize::MAX)
        })
    }
}

/// `tp_hash`: -1 means failure to Python, so it becomes -2 as everywhere in CPython.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn hash<S: Scalar<0, Out = u64>>(slf: *mut ffi::PyObject) -> ffi::Py_hash_t {
    // SAFETY: as promised.
    unsafe {
        scalar::<S, 0, _>(slf, [], -1, |hash| {
            if hash as isize == -1 {
                -2
            } else {
                hash as isize
            }
        })
    }
}

/// `sq_contains`.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn contains<S: Scalar<1, Out = bool>>(
    slf: *mut ffi::PyObject,
    item: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as promised.
    unsafe { scalar::<S, 1, _>(slf, [item], -1, c_int::from) }
}

/// Slots of one operand: `tp_iter`, `nb_negative`, `tp_repr`…
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn unary<F: Function<0>>(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { run::<F, 0>(slot_state(slf), slf, [], no_extra()) }
}

/// `tp_repr` and `tp_str`.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn repr_like<F: Function<0>>(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { unary::<F>(slf) }
}

/// `tp_iternext`: a failure without exception is the end.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn next<F: Function<0>>(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { unary::<F>(slf) }
}

/// Slots of an object and an operand: `mp_subscript`, in-place arithmetic.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn with_operand<F: Function<1>>(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { run::<F, 1>(slot_state(slf), slf, [other], no_extra()) }
}

/// `mp_ass_subscript`.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn del_or_set_item<D: Function<1>, S: Function<2>>(
    slf: *mut ffi::PyObject,
    key: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as promised.
    unsafe {
        let state = slot_state(slf);
        let done = if value.is_null() {
            run::<D, 1>(state, slf, [key], no_extra())
        } else {
            run::<S, 2>(state, slf, [key, value], no_extra())
        };
        if done.is_null() {
            return -1;
        }
        ffi::Py_DECREF(done);
        0
    }
}

/// Stands for a protocol method that a class does not have.
pub struct Unsupported;

static UNSUPPORTED: Signature = Signature {
    name: "this operation",
    origin: "",
    params: &[],
    positional_only: 0,
    positional: 0,
    var_positional: false,
    var_keyword: false,
    names: 0,
    required: 0,
    deprecated: None,
};

impl<const N: usize> Function<N> for Unsupported {
    const SIG: &'static Signature = &UNSUPPORTED;

    fn call<'py>(_cx: Cx<'py>, slf: Slf<'py>, _args: [Arg<'py>; N], _extra: Extra<'py>) -> Outcome {
        // SAFETY: the object is alive.
        unsafe {
            let name = crate::any::Any::new(slf.ptr).type_name();
            let what = if N == 1 { "deletion" } else { "assignment" };
            Err(raise_text(
                ffi::PyExc_TypeError,
                &format!("'{name}' object does not support item {what}"),
            ))
        }
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Op {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

/// The comparisons of a class.
pub trait Compare: 'static {
    /// For messages of panics.
    const NAME: &'static str;
    /// Answer `op`, or [`not_implemented`].
    fn compare<'py>(cx: Cx<'py>, slf: Slf<'py>, other: Arg<'py>, op: Op) -> Outcome;
}

/// `tp_richcompare`.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn rich_compare<K: Compare>(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    let op = match op {
        ffi::Py_LT => Op::Lt,
        ffi::Py_LE => Op::Le,
        ffi::Py_EQ => Op::Eq,
        ffi::Py_NE => Op::Ne,
        ffi::Py_GT => Op::Gt,
        _ => Op::Ge,
    };
    // SAFETY: as promised.
    let state = unsafe { slot_state(slf) };
    if state.is_null() {
        unloaded();
        return std::ptr::null_mut();
    }
    crate::panic::catch(K::NAME, std::ptr::null_mut(), || {
        // SAFETY: the state is live and the thread attached.
        let cx = unsafe { Cx::new(state) };
        answer(K::compare(cx, Slf::new(slf), Arg::new(other), op))
    })
}

/// `NotImplemented`.
pub fn not_implemented(_cx: Cx<'_>) -> Outcome {
    // SAFETY: the singleton is alive.
    unsafe {
        ffi::Py_INCREF(ffi::Py_NotImplemented());
        fresh(ffi::Py_NotImplemented())
    }
}

/// The opposite of an answer to `==`, for `!=`.
pub fn negate(cx: Cx<'_>, answer: Outcome) -> Outcome {
    let object = answer?;
    // SAFETY: singletons are compared by address.
    unsafe {
        if object.as_any().as_ptr() == ffi::Py_NotImplemented() {
            return Ok(object);
        }
        <crate::conv::Bool as crate::conv::ToPy<bool>>::to_py(
            cx,
            object.as_any().as_ptr() != ffi::Py_True(),
        )
    }
}

/// Stands for an operator that a class does not have: Python asks the other side.
pub struct Absent;

impl Function<1> for Absent {
    const SIG: &'static Signature = &UNSUPPORTED;

    fn call<'py>(cx: Cx<'py>, _slf: Slf<'py>, _args: [Arg<'py>; 1], _extra: Extra<'py>) -> Outcome {
        not_implemented(cx)
    }
}

/// Is the object of class `C`? The state comes from the object itself.
unsafe fn of_class<C: Class>(object: *mut ffi::PyObject) -> Option<*const State> {
    // SAFETY: types are alive as long as their objects; the chain of bases ends with null.
    unsafe {
        let mut tp = ffi::Py_TYPE(object);
        while !tp.is_null() {
            if crate::module::is_ours(tp) {
                let state = state_of_type(tp);
                return (!state.is_null() && (*state).types[C::INDEX].get() == tp).then_some(state);
            }
            tp = types::base(tp);
        }
        None
    }
}

/// A binary operator: `F` for an object on the left, `R` for one on the right.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn binary<C: Class, F: Function<1>, R: Function<1>>(
    left: *mut ffi::PyObject,
    right: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; the class of each side is checked before it is used.
    unsafe {
        if let Some(state) = of_class::<C>(left) {
            let answer = run::<F, 1>(state, left, [right], no_extra());
            if answer != ffi::Py_NotImplemented() {
                return answer;
            }
            ffi::Py_DECREF(answer);
        }
        if let Some(state) = of_class::<C>(right) {
            return run::<R, 1>(state, right, [left], no_extra());
        }
        ffi::Py_INCREF(ffi::Py_NotImplemented());
        ffi::Py_NotImplemented()
    }
}

/// `nb_power`, without a modulus.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn ternary_pow<C: Class, F: Function<1>, R: Function<1>>(
    left: *mut ffi::PyObject,
    right: *mut ffi::PyObject,
    modulus: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        if modulus != ffi::Py_None() {
            ffi::Py_INCREF(ffi::Py_NotImplemented());
            return ffi::Py_NotImplemented();
        }
        binary::<C, F, R>(left, right)
    }
}

/// In-place power, without a modulus.
///
/// # Safety
/// See [`truth`].
pub unsafe extern "C" fn inplace_pow<F: Function<1>>(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    modulus: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        if modulus != ffi::Py_None() {
            ffi::Py_INCREF(ffi::Py_NotImplemented());
            return ffi::Py_NotImplemented();
        }
        with_operand::<F>(slf, other)
    }
}

/// The object itself, as the answer of an in-place operator or of `__enter__`.
pub fn itself(_cx: Cx<'_>, slf: Slf<'_>) -> Outcome {
    // SAFETY: the object is alive.
    Ok(unsafe { crate::any::Any::new(slf.ptr) }.to_object())
}

/// The end of an iteration: a failure without exception.
pub fn stop_iteration() -> Outcome {
    Err(Raised)
}

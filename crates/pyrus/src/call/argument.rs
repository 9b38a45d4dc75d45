//! Single arguments and the result, between the parser and the converters.

use pyo3_ffi as ffi;

use super::parse::{Extra, find};
use super::signature::{Param, Signature};
use super::trampoline::{Arg, Outcome, Slf};
use crate::abi::items;
use crate::any::Any;
use crate::conv::{Fail, FailKind, FromPy, OfClass, ToPy};
use crate::cx::Cx;
use crate::error::{Error, Raised, raise_text};

/// The value of a parameter that was given.
#[inline(always)]
pub fn arg<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    i: usize,
    arg: Arg<'py>,
) -> Result<C::Out, Raised> {
    // SAFETY: the parser gave an error if a required argument is missing, so this one points to an object that the
    // caller keeps alive.
    let object = unsafe { Any::new(arg.ptr) };
    C::from_py(cx, object).map_err(|fail| refuse(cx, sig, i, fail))
}

/// The value of a parameter of the receiver's own class, which has no subclasses: the receiver's type is the one wanted,
/// so no state is needed to find it.
#[inline(always)]
pub fn arg_alike<'py, C: OfClass<'py>>(
    cx: Cx<'py>,
    slf: Slf<'py>,
    sig: &'static Signature,
    i: usize,
    arg: Arg<'py>,
) -> Result<C::Out, Raised> {
    // SAFETY: the parser gave an error if the argument is missing; both objects are alive, and of one class when their
    // types are the same.
    unsafe {
        let object = Any::new(arg.ptr);
        let converted = if object.type_ptr() == ffi::Py_TYPE(slf.ptr) {
            C::known(object)
        } else {
            Err(Fail::wrong_type(C::NAME, object))
        };
        converted.map_err(|fail| refuse(cx, sig, i, fail))
    }
}

/// The value of a parameter, or its default.
#[inline(always)]
pub fn arg_or<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    i: usize,
    given: Arg<'py>,
    default: impl FnOnce() -> C::Out,
) -> Result<C::Out, Raised> {
    if given.ptr.is_null() {
        Ok(default())
    } else {
        arg::<C>(cx, sig, i, given)
    }
}

/// The operand of a protocol method, `None` if it is of another type: then Python asks the other side.
#[inline]
pub fn operand<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    given: Arg<'py>,
) -> Result<Option<C::Out>, Raised> {
    // SAFETY: operands are always given.
    let object = unsafe { Any::new(given.ptr) };
    match C::from_py(cx, object) {
        Ok(value) => Ok(Some(value)),
        Err(fail) if fail.is_type() => Ok(None),
        Err(fail) => Err(refuse(cx, sig, 0, fail)),
    }
}

#[cold]
fn refuse(cx: Cx<'_>, sig: &'static Signature, i: usize, fail: Fail) -> Raised {
    let param = &sig.params[i];
    if let Some(text) = refusal(param, &fail) {
        // SAFETY: the symbol is an exception class; the context proves an attached thread.
        return unsafe { raise_text(ffi::PyExc_TypeError, text) };
    }
    let fail = match *fail.0 {
        // The annotation says more than the innermost converter.
        FailKind::Type { got, .. } => Fail(Box::new(FailKind::Type {
            expected: param.expected,
            got,
        })),
        other => Fail(Box::new(other)),
    };
    fail.raise(cx, &format!("{}() argument '{}'", sig.name, param.name))
}

/// What the declaration says of such a failure.
fn refusal(param: &Param, fail: &Fail) -> Option<&'static str> {
    match &*fail.0 {
        FailKind::Inside { inner, .. } if inner.is_refusal() => param.refused.item,
        _ if fail.is_refusal() => param.refused.value,
        _ => None,
    }
}

/// The extra positional arguments.
pub fn extra_positional<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    name: &'static str,
    extra: Extra<'py>,
) -> Result<Vec<C::Out>, Raised> {
    let convert = |(i, ptr): (usize, &*mut ffi::PyObject)| {
        // SAFETY: the caller keeps its arguments alive.
        let object = unsafe { Any::new(*ptr) };
        C::from_py(cx, object)
            .map_err(|fail| fail.raise(cx, &format!("{}() argument '*{name}'[{i}]", sig.name)))
    };
    extra.positional.iter().enumerate().map(convert).collect()
}

/// The extra keyword arguments, in call order.
pub fn extra_keywords<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    extra: Extra<'py>,
) -> Result<Vec<(String, C::Out)>, Raised> {
    let mut pairs = Vec::new();
    if extra.kwnames.is_null() {
        return Ok(pairs);
    }
    // SAFETY: indices stay within the tuple; the caller keeps names and values alive.
    unsafe {
        for k in 0..items::tuple_len(extra.kwnames) {
            let name = items::tuple_item(extra.kwnames, k);
            if find(sig, extra.names, name)?.is_some() {
                continue;
            }
            let key = crate::conv::OwnedStr::from_py(cx, Any::new(name))
                .map_err(|fail| fail.raise(cx, &format!("{}() keyword", sig.name)))?;
            let value = C::from_py(cx, Any::new(*extra.kwvalues.add(k as usize)))
                .map_err(|fail| fail.raise(cx, &format!("{}() argument '{key}'", sig.name)))?;
            pairs.push((key, value));
        }
    }
    Ok(pairs)
}

/// The result, converted.
#[inline(always)]
pub fn ret<C: ToPy<T>, T>(cx: Cx<'_>, value: T) -> Outcome {
    C::to_py(cx, value)
}

/// Raise what the Rust item returned.
#[cold]
pub fn raised_by<E: Into<Error>>(cx: Cx<'_>, error: E) -> Raised {
    error.into().raise(cx)
}

/// Raise what kept `self` from being used.
#[cold]
pub fn fail_self(cx: Cx<'_>, error: Error) -> Raised {
    error.raise(cx)
}

/// The answer to a setter.
#[inline(always)]
pub fn finish(_cx: Cx<'_>) -> Outcome {
    crate::conv::Null::to_py(_cx, ())
}

/// The value given to a setter, converted.
#[inline(always)]
pub fn set_value<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    sig: &'static Signature,
    given: Arg<'py>,
) -> Result<C::Out, Raised> {
    // SAFETY: setters are called with an object; deletion was refused before.
    let object = unsafe { Any::new(given.ptr) };
    C::from_py(cx, object).map_err(|fail| refuse_value(cx, sig, fail))
}

#[cold]
fn refuse_value(cx: Cx<'_>, sig: &'static Signature, fail: Fail) -> Raised {
    let fail = match *fail.0 {
        FailKind::Type { got, .. } => Fail(Box::new(FailKind::Type {
            expected: sig.params[0].expected,
            got,
        })),
        other => Fail(Box::new(other)),
    };
    fail.raise(cx, sig.name)
}

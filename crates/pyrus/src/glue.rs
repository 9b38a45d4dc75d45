//! Small helpers that generated code calls.

use std::ffi::{CStr, c_void};
use std::fmt;
use std::hash::{Hash, Hasher};

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::call::{Arg, Op, Outcome, Slf};
use crate::class::{Class, Inst, Slots as _, ViewClass, owner_of};
use crate::conv::ToPy;
use crate::cx::Cx;
use crate::enums::{EnumClass, EnumValue};
use crate::error::Raised;

/// `None`, borrowed.
pub fn none(_cx: Cx<'_>) -> Any<'_> {
    // SAFETY: `None` outlives everything.
    unsafe { Any::new(ffi::Py_None()) }
}

/// `None`, owned. Called by constructors of records only, on an attached thread.
pub fn none_object() -> Object {
    // SAFETY: `None` is alive, and the thread attached.
    unsafe { Any::new(ffi::Py_None()).to_object() }
}

/// An object made of a plain value, borrowed until the call ends. `None` for want of memory.
#[cold]
pub fn constant<C: ToPy<T>, T>(cx: Cx<'_>, value: T) -> Any<'_> {
    let object = C::to_py(cx, value).unwrap_or_else(|Raised| forgotten());
    cx.keep(object)
}

/// The same, owned. Called by constructors of records only, on an attached thread.
#[cold]
pub fn owned_constant<C: ToPy<T>, T>(value: T) -> Object {
    // SAFETY: the thread is attached; the converters of plain values use no state.
    let cx = unsafe { Cx::new(std::ptr::null()) };
    C::to_py(cx, value).unwrap_or_else(|Raised| forgotten())
}

/// `None` instead of what could not be made.
fn forgotten() -> Object {
    // SAFETY: an exception is set, on an attached thread.
    unsafe { ffi::PyErr_Clear() };
    none_object()
}

/// Text of a value that has no `Display`.
pub fn debug<T: fmt::Debug>(value: &T) -> String {
    format!("{value:?}")
}

/// Text of a member of an enum: the value of a text, the name of a number, the bits of flags.
pub fn member<E: EnumClass>(value: E::Rust) -> String {
    let code = E::to_code(value);
    match E::SPEC.members.get(code as usize) {
        Some((_, EnumValue::Str(text))) if !E::SPEC.flag => (*text).to_owned(),
        Some((name, _)) if !E::SPEC.flag => (*name).to_owned(),
        _ => code.to_string(),
    }
}

/// Compiles for types that may be dropped on another thread.
pub const fn assert_send<T: Send>() {}

/// Compiles for types that threads may use at once.
pub const fn assert_sync<T: Sync>() {}

/// A hash from Rust's `Hash`: the same in every process.
pub fn hash_of<T: Hash>(value: &T) -> u64 {
    #[allow(deprecated)]
    let mut hasher = std::hash::SipHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Gives one attribute of an exception.
type Attribute<'a> = (&'static CStr, &'a dyn Fn(Cx<'_>) -> Outcome);

/// Raise a declared error with its attributes.
#[cold]
pub fn raise_declared(
    cx: Cx<'_>,
    index: usize,
    message: &str,
    attributes: &[Attribute<'_>],
) -> Raised {
    let class = match cx.state().error_at(index) {
        Ok(class) => class,
        Err(Raised) => return Raised,
    };
    match make_error(cx, class, message, attributes) {
        // SAFETY: an instance of the exception class.
        Ok(error) => unsafe { ffi::PyErr_SetObject(class, error.as_any().as_ptr()) },
        Err(Raised) => {}
    }
    Raised
}

fn make_error(
    cx: Cx<'_>,
    class: *mut ffi::PyObject,
    message: &str,
    attributes: &[Attribute<'_>],
) -> Outcome {
    let text = Object::from_str(message).map_err(|error| error.raise(cx))?;
    // SAFETY: a live class and live values.
    unsafe {
        let error = Any::new(class)
            .call(&[text.as_any()])
            .map_err(|error| error.raise(cx))?;
        for (name, value) in attributes {
            let value = value(cx)?;
            if ffi::PyObject_SetAttrString(
                error.as_any().as_ptr(),
                name.as_ptr(),
                value.as_any().as_ptr(),
            ) < 0
            {
                return Err(Raised);
            }
        }
        Ok(error)
    }
}

/// A property's descriptor.
pub const fn property(
    name: &'static CStr,
    doc: &'static CStr,
    get: ffi::getter,
    set: Option<ffi::setter>,
    closure: usize,
) -> ffi::PyGetSetDef {
    let doc = if doc.is_empty() {
        std::ptr::null()
    } else {
        doc.as_ptr()
    };
    ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set,
        doc,
        closure: std::ptr::without_provenance_mut::<c_void>(closure),
    }
}

/// A `METH_NOARGS` method of the runtime.
pub const fn noargs_raw(
    name: &'static CStr,
    function: ffi::PyCFunction,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: doc.as_ptr(),
    }
}

/// A `METH_O` method of the runtime.
pub const fn one_raw(
    name: &'static CStr,
    function: ffi::PyCFunction,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: ffi::METH_O,
        ml_doc: doc.as_ptr(),
    }
}

/// A `METH_O` class method of the runtime.
pub const fn class_one_raw(
    name: &'static CStr,
    function: ffi::PyCFunction,
    doc: &'static CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: ffi::METH_O | ffi::METH_CLASS,
        ml_doc: doc.as_ptr(),
    }
}

/// `__enter__` of classes that can be destroyed.
///
/// # Safety
/// Called by Python.
pub unsafe extern "C" fn enter(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { itself_slot(slf) }
}

/// `tp_iter` of iterators.
///
/// # Safety
/// Called by Python.
pub unsafe extern "C" fn itself_slot(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { ffi::Py_INCREF(slf) };
    slf
}

/// Let the hidden references of an object go.
pub fn clear_slots<C: Class>(_cx: Cx<'_>, slf: Slf<'_>) {
    // SAFETY: an object of the class; each reference is taken out before it is dropped.
    unsafe {
        for slot in Inst::<C>::of(slf.ptr).slots.all() {
            drop(slot.replace(slf.ptr, None));
        }
    }
}

/// The context for functions that return views of an argument.
pub fn owned_by_argument<'py>(cx: Cx<'py>, arg: Arg<'py>) -> Cx<'py> {
    cx.owned_by(arg.ptr)
}

/// The context for functions that return views of the owner of an argument, itself a view of class `C`.
pub fn owned_by_argument_owner<'py, C: ViewClass>(cx: Cx<'py>, arg: Arg<'py>) -> Cx<'py> {
    // SAFETY: the argument was converted, so it is a view of this class (or `None`, where no view will be made).
    unsafe {
        if arg.ptr.is_null() || arg.ptr == ffi::Py_None() {
            return cx;
        }
        cx.owned_by(owner_of::<C>(arg.ptr))
    }
}

/// `==` and `!=` of a record that declares another comparison.
pub fn record_equality(_cx: Cx<'_>, slf: Slf<'_>, other: Arg<'_>, op: Op) -> Outcome {
    let op = if op == Op::Eq { ffi::Py_EQ } else { ffi::Py_NE };
    // SAFETY: called from the record's own slot.
    unsafe { crate::conv::fresh(crate::record::rich_compare(slf.ptr, other.ptr, op)) }
}

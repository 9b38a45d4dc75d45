//! `bool`, `float`, `None` and `object`.

use pyo3_ffi as ffi;

use super::{Fail, FailKind, FromPy, ToPy};
use crate::abi::{number, types};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;

/// A new reference from a C function that can only fail for want of memory.
#[inline(always)]
pub(crate) fn fresh(ptr: *mut ffi::PyObject) -> Result<Object, Raised> {
    if ptr.is_null() {
        return Err(Raised);
    }
    // SAFETY: not null, and a new reference by this function's contract.
    Ok(unsafe { Object::steal(ptr) })
}

/// `bool`.
pub struct Bool;

impl<'py> FromPy<'py> for Bool {
    type Out = bool;
    const NAME: &'static str = "bool";
    const BORROWS: bool = false;

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<bool, Fail> {
        // SAFETY: only the addresses of the two singletons are read.
        unsafe {
            if object.as_ptr() == ffi::Py_True() {
                Ok(true)
            } else if object.as_ptr() == ffi::Py_False() {
                Ok(false)
            } else {
                Err(Fail::wrong_type(Self::NAME, object))
            }
        }
    }

    #[inline]
    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyBool_Check(object.as_ptr()) != 0 }
    }
}

impl ToPy<bool> for Bool {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: bool) -> Result<Object, Raised> {
        // SAFETY: the singletons are alive.
        unsafe {
            let ptr = if value {
                ffi::Py_True()
            } else {
                ffi::Py_False()
            };
            ffi::Py_INCREF(ptr);
            Ok(Object::steal(ptr))
        }
    }
}

/// `truth`: any object, by its truth value.
pub struct Truth;

impl<'py> FromPy<'py> for Truth {
    type Out = bool;
    const NAME: &'static str = "bool";
    const BORROWS: bool = false;

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<bool, Fail> {
        object.truth().map_err(Fail::error)
    }

    fn is_exact(_cx: Cx<'py>, _object: Any<'py>) -> bool {
        true
    }
}

/// `f64`: anything with `__float__` or `__index__`.
pub struct F64;

impl<'py> FromPy<'py> for F64 {
    type Out = f64;
    const NAME: &'static str = "float";
    const BORROWS: bool = false;

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<f64, Fail> {
        match Self::quick(object) {
            Some(value) => Ok(value),
            None => slow_float(object),
        }
    }

    #[inline(always)]
    fn quick(object: Any<'py>) -> Option<f64> {
        // SAFETY: the object is alive, and a `float` where it is read as one.
        unsafe {
            (ffi::PyFloat_CheckExact(object.as_ptr()) != 0).then(|| number::float(object.as_ptr()))
        }
    }

    #[inline]
    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyFloat_Check(object.as_ptr()) != 0 }
    }
}

#[cold]
fn slow_float(object: Any<'_>) -> Result<f64, Fail> {
    // SAFETY: the object is alive; the slots belong to its type.
    unsafe {
        let convertible =
            ffi::PyFloat_Check(object.as_ptr()) != 0 || types::is_real(object.type_ptr());
        if !convertible {
            return Err(Fail::wrong_type(F64::NAME, object));
        }
        let value = ffi::PyFloat_AsDouble(object.as_ptr());
        if value == -1.0 && !ffi::PyErr_Occurred().is_null() {
            return Err(Fail::fetch());
        }
        Ok(value)
    }
}

impl ToPy<f64> for F64 {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: f64) -> Result<Object, Raised> {
        // SAFETY: the context proves an attached thread.
        fresh(unsafe { ffi::PyFloat_FromDouble(value) })
    }
}

/// `f32`: as `f64`, rounded; finite values beyond its range raise `OverflowError`.
pub struct F32;

impl<'py> FromPy<'py> for F32 {
    type Out = f32;
    const NAME: &'static str = "float";
    const BORROWS: bool = false;

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<f32, Fail> {
        let wide = F64::from_py(cx, object)?;
        let narrow = wide as f32;
        if narrow.is_infinite() && wide.is_finite() {
            return Err(Fail(Box::new(FailKind::Overflow { kind: "f32" })));
        }
        Ok(narrow)
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        F64::is_exact(cx, object)
    }
}

impl ToPy<f32> for F32 {
    fn to_py(cx: Cx<'_>, value: f32) -> Result<Object, Raised> {
        F64::to_py(cx, f64::from(value))
    }
}

/// `None`.
pub struct Null;

impl<'py> FromPy<'py> for Null {
    type Out = ();
    const NAME: &'static str = "None";

    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<(), Fail> {
        if object.is_none() {
            Ok(())
        } else {
            Err(Fail::wrong_type(Self::NAME, object))
        }
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        object.is_none()
    }
}

impl ToPy<()> for Null {
    #[inline(always)]
    fn to_py(_cx: Cx<'_>, (): ()) -> Result<Object, Raised> {
        // SAFETY: `None` is alive.
        unsafe {
            ffi::Py_INCREF(ffi::Py_None());
            Ok(Object::steal(ffi::Py_None()))
        }
    }
}

/// `object`, type variables, `type[T]`.
pub struct Obj;

impl<'py> FromPy<'py> for Obj {
    type Out = Any<'py>;
    const NAME: &'static str = "object";

    #[inline(always)]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<Any<'py>, Fail> {
        Ok(object)
    }

    fn is_exact(_cx: Cx<'py>, _object: Any<'py>) -> bool {
        true
    }
}

impl ToPy<Object> for Obj {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: Object) -> Result<Object, Raised> {
        Ok(value)
    }
}

impl ToPy<Any<'_>> for Obj {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: Any<'_>) -> Result<Object, Raised> {
        Ok(value.to_object())
    }
}

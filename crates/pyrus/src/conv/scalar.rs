//! Numbers, `bool`, `None` and `object`.

use pyo3_ffi as ffi;

use super::{Fail, FailKind, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;
use crate::int::Int;

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

/// The integer behind an object, as far as 64 bits go.
enum Wide {
    Signed(i64),
    Unsigned(u64),
    TooLarge,
}

/// `operator.index(object)` within 64 bits.
#[inline]
fn wide(object: Any<'_>, expected: &'static str) -> Result<Wide, Fail> {
    // SAFETY: the object is alive.
    if unsafe { ffi::PyLong_Check(object.as_ptr()) } != 0 {
        return wide_int(object);
    }
    index(object, expected).and_then(|int| wide_int(int.as_any()))
}

/// `operator.index(object)`.
#[cold]
fn index(object: Any<'_>, expected: &'static str) -> Result<Object, Fail> {
    // SAFETY: the object is alive.
    unsafe {
        if ffi::PyIndex_Check(object.as_ptr()) == 0 {
            return Err(Fail::wrong_type(expected, object));
        }
        Object::from_new(ffi::PyNumber_Index(object.as_ptr())).map_err(Fail::error)
    }
}

/// An `int` within 64 bits.
#[inline]
fn wide_int(object: Any<'_>) -> Result<Wide, Fail> {
    let mut overflow = 0;
    // SAFETY: the object is an `int`, so the call only fails by overflow, which it tells.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if overflow == 0 {
        return Ok(Wide::Signed(value));
    }
    wide_unsigned(object, overflow)
}

#[cold]
fn wide_unsigned(object: Any<'_>, overflow: std::ffi::c_int) -> Result<Wide, Fail> {
    if overflow < 0 {
        return Ok(Wide::TooLarge);
    }
    // SAFETY: a positive `int`; overflow is reported by an exception, which is taken away.
    unsafe {
        let value = ffi::PyLong_AsUnsignedLongLong(object.as_ptr());
        if value == u64::MAX && !ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_Clear();
            return Ok(Wide::TooLarge);
        }
        Ok(Wide::Unsigned(value))
    }
}

macro_rules! integers {
    ($($name:ident $rust:ident $make:ident $c:ty),* $(,)?) => {$(
        #[doc = concat!("`", stringify!($rust), "`: anything with `__index__`, range checked.")]
        pub struct $name;

        impl<'py> FromPy<'py> for $name {
            type Out = $rust;
            const NAME: &'static str = "int";
            const BORROWS: bool = false;

            #[inline]
            fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<$rust, Fail> {
                let wide = wide(object, Self::NAME)?;
                let fits = match wide {
                    Wide::Signed(value) => $rust::try_from(value).ok(),
                    Wide::Unsigned(value) => $rust::try_from(value).ok(),
                    Wide::TooLarge => None,
                };
                fits.ok_or_else(|| out_of_range(wide, stringify!($rust), $rust::MIN as i64, $rust::MAX as u64))
            }

            #[inline]
            fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
                is_int(object)
            }
        }

        impl ToPy<$rust> for $name {
            #[inline]
            fn to_py(_cx: Cx<'_>, value: $rust) -> Result<Object, Raised> {
                // SAFETY: the context proves an attached thread.
                fresh(unsafe { ffi::$make(value as $c) })
            }
        }
    )*};
}

integers! {
    I8 i8 PyLong_FromLong std::ffi::c_long,
    I16 i16 PyLong_FromLong std::ffi::c_long,
    I32 i32 PyLong_FromLong std::ffi::c_long,
    I64 i64 PyLong_FromLongLong i64,
    U8 u8 PyLong_FromLong std::ffi::c_long,
    U16 u16 PyLong_FromLong std::ffi::c_long,
    U32 u32 PyLong_FromLongLong i64,
    U64 u64 PyLong_FromUnsignedLongLong u64,
}

/// An `int`, and not a `bool`.
#[inline]
fn is_int(object: Any<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::PyLong_Check(object.as_ptr()) != 0 && ffi::PyBool_Check(object.as_ptr()) == 0 }
}

#[cold]
fn out_of_range(value: Wide, kind: &'static str, min: i64, max: u64) -> Fail {
    let got = match value {
        Wide::Signed(value) => value.to_string(),
        // Above 2**63 - 1: a narrow type speaks of overflow, as `int`'s own conversions do.
        Wide::Unsigned(_) | Wide::TooLarge => return Fail(Box::new(FailKind::Overflow { kind })),
    };
    Fail(Box::new(FailKind::Range {
        kind,
        min,
        max,
        got,
    }))
}

/// `int` of any size.
pub struct BigInt;

impl<'py> FromPy<'py> for BigInt {
    type Out = Int;
    const NAME: &'static str = "int";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Int, Fail> {
        match wide(object, Self::NAME)? {
            Wide::Signed(value) => Ok(Int::from(value)),
            Wide::Unsigned(value) => Ok(Int::from(value)),
            Wide::TooLarge => {
                let int = index(object, Self::NAME)?;
                Int::from_python(cx, int.as_any()).map_err(Fail::error)
            }
        }
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        is_int(object)
    }
}

impl ToPy<Int> for BigInt {
    fn to_py(cx: Cx<'_>, value: Int) -> Result<Object, Raised> {
        value.to_python().map_err(|error| error.raise(cx))
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
        // SAFETY: the object is alive, and a `float` where it is read as one.
        unsafe {
            if ffi::PyFloat_CheckExact(object.as_ptr()) != 0 {
                return Ok(ffi::PyFloat_AS_DOUBLE(object.as_ptr()));
            }
        }
        slow_float(object)
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
        let numbers = (*object.type_ptr()).tp_as_number;
        let convertible = ffi::PyFloat_Check(object.as_ptr()) != 0
            || !numbers.is_null()
                && ((*numbers).nb_float.is_some() || (*numbers).nb_index.is_some());
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

//! `int`: fixed widths, range checked, and any size.

use pyo3_ffi as ffi;

use super::digits::native;
use super::scalar::fresh;
use super::{Fail, FailKind, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;
use crate::int::Int;

/// The integer behind an object, as far as 64 bits go.
enum Wide {
    Signed(i64),
    Unsigned(u64),
    TooLarge,
}

/// `operator.index(object)` within 64 bits.
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
                if let Some(value) = Self::quick(object) {
                    return Ok(value);
                }
                let wide = wide(object, Self::NAME)?;
                let fits = match wide {
                    Wide::Signed(value) => $rust::try_from(value).ok(),
                    Wide::Unsigned(value) => $rust::try_from(value).ok(),
                    Wide::TooLarge => None,
                };
                fits.ok_or_else(|| out_of_range(wide, stringify!($rust), $rust::MIN as i64, $rust::MAX as u64))
            }

            #[inline(always)]
            fn quick(object: Any<'py>) -> Option<$rust> {
                // SAFETY: the object is alive, and an `int` where it is read as one.
                unsafe {
                    if ffi::PyLong_Check(object.as_ptr()) == 0 {
                        return None;
                    }
                    native(object.as_ptr()).and_then(|value| value.try_into().ok())
                }
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

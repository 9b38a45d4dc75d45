//! `str` and `bytes`.

use pyo3_ffi as ffi;

use super::scalar::fresh;
use super::{Fail, FromPy, ToPy};
use crate::abi::text::{ascii, new_text};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;

/// `str`, borrowed: `&str`. Embedded NULs are kept; a lone surrogate raises `UnicodeEncodeError`.
pub struct Str;

/// The UTF-8 of a `str`.
#[inline]
fn utf8<'py>(object: Any<'py>) -> Result<&'py str, Fail> {
    // SAFETY: the object is alive during `'py` and a `str` where it is read as one. The UTF-8 form is kept by the
    // object, never changes, and CPython promises that it is valid.
    unsafe {
        if ffi::PyUnicode_Check(object.as_ptr()) == 0 {
            return Err(Fail::wrong_type(Str::NAME, object));
        }
        if let Some(bytes) = ascii(object) {
            return Ok(std::str::from_utf8_unchecked(bytes));
        }
        let mut size = 0;
        let data = ffi::PyUnicode_AsUTF8AndSize(object.as_ptr(), &raw mut size);
        if data.is_null() {
            return Err(Fail::text());
        }
        let bytes = std::slice::from_raw_parts(data.cast(), size as usize);
        Ok(std::str::from_utf8_unchecked(bytes))
    }
}

impl<'py> FromPy<'py> for Str {
    type Out = &'py str;
    const NAME: &'static str = "str";

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<&'py str, Fail> {
        utf8(object)
    }

    #[inline]
    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyUnicode_Check(object.as_ptr()) != 0 }
    }
}

impl ToPy<&str> for Str {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: &str) -> Result<Object, Raised> {
        new_text(value)
    }
}

impl ToPy<String> for Str {
    #[inline]
    fn to_py(cx: Cx<'_>, value: String) -> Result<Object, Raised> {
        Str::to_py(cx, value.as_str())
    }
}

/// `str`, copied: `String`. Used inside containers.
pub struct OwnedStr;

impl<'py> FromPy<'py> for OwnedStr {
    type Out = String;
    const NAME: &'static str = Str::NAME;
    const BORROWS: bool = false;

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<String, Fail> {
        utf8(object).map(str::to_owned)
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        Str::is_exact(cx, object)
    }
}

impl<T> ToPy<T> for OwnedStr
where
    Str: ToPy<T>,
{
    #[inline]
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        Str::to_py(cx, value)
    }
}

/// `bytes`, borrowed: `&[u8]`.
pub struct Bytes;

impl<'py> FromPy<'py> for Bytes {
    type Out = &'py [u8];
    const NAME: &'static str = "bytes";

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<&'py [u8], Fail> {
        // SAFETY: the object is alive during `'py`, immutable, and `bytes` where it is read as such.
        unsafe {
            if ffi::PyBytes_Check(object.as_ptr()) == 0 {
                return Err(Fail::wrong_type(Self::NAME, object));
            }
            let data = ffi::PyBytes_AsString(object.as_ptr());
            let size = ffi::PyBytes_Size(object.as_ptr());
            Ok(std::slice::from_raw_parts(data.cast(), size as usize))
        }
    }

    #[inline]
    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyBytes_Check(object.as_ptr()) != 0 }
    }
}

impl ToPy<&[u8]> for Bytes {
    #[inline]
    fn to_py(_cx: Cx<'_>, value: &[u8]) -> Result<Object, Raised> {
        // SAFETY: the slice has that length.
        fresh(unsafe {
            ffi::PyBytes_FromStringAndSize(value.as_ptr().cast(), value.len() as ffi::Py_ssize_t)
        })
    }
}

impl ToPy<Vec<u8>> for Bytes {
    #[inline]
    fn to_py(cx: Cx<'_>, value: Vec<u8>) -> Result<Object, Raised> {
        Bytes::to_py(cx, value.as_slice())
    }
}

/// `bytes`, copied: `Vec<u8>`. Used inside containers.
pub struct OwnedBytes;

impl<'py> FromPy<'py> for OwnedBytes {
    type Out = Vec<u8>;
    const NAME: &'static str = Bytes::NAME;
    const BORROWS: bool = false;

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Vec<u8>, Fail> {
        Bytes::from_py(cx, object).map(<[u8]>::to_vec)
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        Bytes::is_exact(cx, object)
    }
}

impl<T> ToPy<T> for OwnedBytes
where
    Bytes: ToPy<T>,
{
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        Bytes::to_py(cx, value)
    }
}

//! Values of `float`s, and `int`s of any size as bytes.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use pyo3_ffi as ffi;

    use crate::any::{Any, Object};
    use crate::error::{Error, Result};

    #[cfg(not(Py_3_13))]
    unsafe extern "C" {
        /// Exported by CPython, not declared by `pyo3-ffi`.
        fn _PyLong_NumBits(int: *mut ffi::PyObject) -> usize;
    }

    pub(crate) use ffi::PyFloat_AS_DOUBLE as float;

    /// The two's complement of an `int`, lowest byte first, with room for its sign.
    ///
    /// # Safety
    /// `int` is an `int`; the thread is attached.
    pub(crate) unsafe fn int_to_bytes(int: Any<'_>) -> Result<Vec<u8>> {
        // SAFETY: as promised, and the buffer has room for every bit and the sign.
        unsafe {
            let mut bytes = vec![0u8; size(int)];
            if write(int, &mut bytes) < 0 {
                return Err(Error::fetch());
            }
            Ok(bytes)
        }
    }

    /// How many bytes hold every bit of an `int` and its sign. Asks the digits: a subclass may lie about its length.
    unsafe fn size(int: Any<'_>) -> usize {
        // SAFETY: reads the digits only.
        unsafe {
            #[cfg(Py_3_13)]
            let size = ffi::PyLong_AsNativeBytes(
                int.as_ptr(),
                std::ptr::null_mut(),
                0,
                ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN,
            )
            .max(0) as usize;
            #[cfg(not(Py_3_13))]
            let size = _PyLong_NumBits(int.as_ptr()) / 8 + 1;
            size
        }
    }

    /// Negative with an exception.
    unsafe fn write(int: Any<'_>, bytes: &mut [u8]) -> isize {
        // SAFETY: writes into the buffer only.
        unsafe {
            #[cfg(Py_3_13)]
            return ffi::PyLong_AsNativeBytes(
                int.as_ptr(),
                bytes.as_mut_ptr().cast(),
                bytes.len() as ffi::Py_ssize_t,
                ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN,
            );
            #[cfg(not(Py_3_13))]
            return ffi::_PyLong_AsByteArray(
                int.as_ptr().cast(),
                bytes.as_mut_ptr(),
                bytes.len(),
                1,
                1,
            ) as isize;
        }
    }

    /// A new `int` of such bytes.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn int_from_bytes(bytes: &[u8]) -> Result<Object> {
        // SAFETY: reads from the buffer only.
        unsafe {
            #[cfg(Py_3_13)]
            let int = ffi::PyLong_FromNativeBytes(
                bytes.as_ptr().cast(),
                bytes.len(),
                ffi::Py_ASNATIVEBYTES_LITTLE_ENDIAN,
            );
            #[cfg(not(Py_3_13))]
            let int = ffi::_PyLong_FromByteArray(bytes.as_ptr(), bytes.len(), 1, 1);
            Object::from_new(int)
        }
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use std::ffi::CStr;

    use pyo3_ffi as ffi;

    use crate::any::{Any, Object};
    use crate::error::{Error, Result};

    pub(crate) use ffi::PyFloat_AsDouble as float;

    /// The two's complement of an `int`, lowest byte first, with room for its sign.
    ///
    /// # Safety
    /// `int` is an `int`; the thread is attached.
    pub(crate) unsafe fn int_to_bytes(int: Any<'_>) -> Result<Vec<u8>> {
        let mut overflow = 0;
        // SAFETY: as promised; the answer of `to_bytes` is `bytes`.
        unsafe {
            let value = ffi::PyLong_AsLongLongAndOverflow(int.as_ptr(), &raw mut overflow);
            if overflow == 0 {
                return Ok(value.to_le_bytes().to_vec());
            }
            // Those of `int` itself: a subclass may lie.
            let bits = method(c"bit_length")?.as_any().call(&[int])?;
            let size = ffi::PyLong_AsSize_t(bits.as_any().as_ptr()) / 8 + 1;
            let to_bytes = method(c"to_bytes")?;
            let args = Object::from_new(ffi::Py_BuildValue(
                c"(Ons)".as_ptr(),
                int.as_ptr(),
                size as ffi::Py_ssize_t,
                c"little".as_ptr(),
            ))?;
            let bytes = Object::from_new(ffi::PyObject_Call(
                to_bytes.as_any().as_ptr(),
                args.as_any().as_ptr(),
                signed()?.as_any().as_ptr(),
            ))?;
            let data = ffi::PyBytes_AsString(bytes.as_any().as_ptr());
            if data.is_null() {
                return Err(Error::fetch());
            }
            Ok(std::slice::from_raw_parts(data.cast(), size).to_vec())
        }
    }

    /// A new `int` of such bytes.
    ///
    /// # Safety
    /// The thread is attached.
    pub(crate) unsafe fn int_from_bytes(bytes: &[u8]) -> Result<Object> {
        // SAFETY: live objects; the slice has that length.
        unsafe {
            let bytes = Object::from_new(ffi::PyBytes_FromStringAndSize(
                bytes.as_ptr().cast(),
                bytes.len() as ffi::Py_ssize_t,
            ))?;
            let args = Object::from_new(ffi::Py_BuildValue(
                c"(Os)".as_ptr(),
                bytes.as_any().as_ptr(),
                c"little".as_ptr(),
            ))?;
            Object::from_new(ffi::PyObject_Call(
                method(c"from_bytes")?.as_any().as_ptr(),
                args.as_any().as_ptr(),
                signed()?.as_any().as_ptr(),
            ))
        }
    }

    /// A method of `int`, not bound to an object.
    unsafe fn method(name: &CStr) -> Result<Object> {
        // SAFETY: a live type and a C string.
        unsafe {
            let int = (&raw mut ffi::PyLong_Type).cast();
            Object::from_new(ffi::PyObject_GetAttrString(int, name.as_ptr()))
        }
    }

    /// `{"signed": True}`.
    unsafe fn signed() -> Result<Object> {
        // SAFETY: `BuildValue` makes a reference of its own.
        unsafe {
            Object::from_new(ffi::Py_BuildValue(
                c"{sO}".as_ptr(),
                c"signed".as_ptr(),
                ffi::Py_True(),
            ))
        }
    }
}

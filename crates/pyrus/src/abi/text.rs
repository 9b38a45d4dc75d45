//! Characters of `str` objects.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

use pyo3_ffi as ffi;

use crate::any::Object;
use crate::conv::fresh;
use crate::error::Raised;

/// A `str` as CPython makes it. The thread must be attached.
#[inline(never)]
fn decoded(text: &str) -> Result<Object, Raised> {
    // SAFETY: the text is UTF-8 of that length; the callers' threads are attached.
    fresh(unsafe {
        ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t)
    })
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use super::{Object, Raised, decoded};
    use crate::any::Any;

    /// The characters of a `str` whose UTF-8 is at hand. Only CPython knows.
    ///
    /// # Safety
    /// `object` is a `str`.
    pub(crate) unsafe fn ascii<'py>(_object: Any<'py>) -> Option<&'py [u8]> {
        None
    }

    /// A `str` of this text. The thread must be attached.
    #[inline]
    pub(crate) fn new_text(text: &str) -> Result<Object, Raised> {
        decoded(text)
    }
}

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use super::{Object, Raised, decoded, ffi, fresh};
    use crate::any::Any;
    use crate::pages::prefer_large;

    /// The characters of a compact ASCII `str`, which are its UTF-8. From 3.14 on `pyo3-ffi` does not look at such flags.
    ///
    /// # Safety
    /// `object` is a `str`.
    #[inline(always)]
    pub(crate) unsafe fn ascii<'py>(object: Any<'py>) -> Option<&'py [u8]> {
        #[cfg(not(Py_3_14))]
        // SAFETY: as promised; the characters of such a string lie behind its header.
        unsafe {
            let ptr = object.as_ptr();
            if ffi::PyUnicode_IS_COMPACT_ASCII(ptr) != 0 {
                let data = ptr.cast::<ffi::PyASCIIObject>().add(1).cast();
                let size = ffi::PyUnicode_GET_LENGTH(ptr) as usize;
                return Some(std::slice::from_raw_parts(data, size));
            }
        }
        let _ = object;
        None
    }

    // New objects: CPython's own way checks and measures UTF-8 that Rust knows to be valid; here it is measured once and
    // copied once.

    /// A `str` of this text. The thread must be attached.
    #[inline]
    pub(crate) fn new_text(text: &str) -> Result<Object, Raised> {
        if text.len() < 2 {
            // Strings of no or one character may be the interpreter's own, which are made once.
            return decoded(text);
        }
        if !text.is_ascii() {
            return wide(text);
        }
        // SAFETY: a new compact string of that many ASCII characters, which lie behind its header.
        unsafe {
            let object = fresh(ffi::PyUnicode_New(text.len() as ffi::Py_ssize_t, 0x7F))?;
            let data = object.as_any().as_ptr().cast::<ffi::PyASCIIObject>().add(1);
            prefer_large(std::slice::from_raw_parts_mut(data.cast(), text.len()));
            std::ptr::copy_nonoverlapping(text.as_ptr(), data.cast(), text.len());
            Ok(object)
        }
    }

    /// Bytes from which on CPython's decoder is faster: it takes what is ASCII in words.
    const LONG: usize = 256;

    /// Text with characters beyond ASCII.
    #[inline(never)]
    fn wide(text: &str) -> Result<Object, Raised> {
        if text.len() > LONG {
            return decoded(text);
        }
        // Every byte that continues no character begins one; the greatest of those tells the widest character.
        let count = text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
        if count < 2 {
            return decoded(text);
        }
        // SAFETY: the widths hold the characters that such bytes begin: up to U+00FF, U+FFFF, and all.
        unsafe {
            match text.bytes().max().unwrap_or_default() {
                ..=0xC3 => filled(text, count, 0xFF, |c| c as u8),
                0xC4..=0xEF => filled(text, count, 0xFFFF, |c| c as u16),
                0xF0.. => filled(text, count, 0x0010_FFFF, |c| c),
            }
        }
    }

    /// A string of `count` characters up to `max`, each stored as a `T`.
    ///
    /// # Safety
    /// The text has that many characters, is not ASCII, and `T` is what CPython stores such characters in.
    unsafe fn filled<T>(
        text: &str,
        count: usize,
        max: ffi::Py_UCS4,
        narrow: impl Fn(u32) -> T,
    ) -> Result<Object, Raised> {
        // SAFETY: a new compact string, whose characters lie behind its header.
        unsafe {
            let object = fresh(ffi::PyUnicode_New(count as ffi::Py_ssize_t, max))?;
            let data = object
                .as_any()
                .as_ptr()
                .cast::<ffi::PyCompactUnicodeObject>();
            let data = data.add(1).cast::<T>();
            for (i, c) in text.chars().enumerate() {
                data.add(i).write(narrow(u32::from(c)));
            }
            Ok(object)
        }
    }
}

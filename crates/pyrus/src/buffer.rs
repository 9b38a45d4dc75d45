//! Buffers: memory of other objects, read and written one element at a time.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use crate::any::Any;
use crate::conv::{Fail, FromPy};
use crate::cx::Cx;

mod sealed {
    pub trait Sealed: Copy + 'static {}
}

/// What buffers can hold.
pub trait Element: sealed::Sealed {
    /// The `struct` codes that mean this type in native size.
    const CODES: &'static [u8];
    /// For messages.
    const NAME: &'static str;
}

macro_rules! elements {
    ($($rust:ident $codes:literal),* $(,)?) => {$(
        impl sealed::Sealed for $rust {}
        impl Element for $rust {
            const CODES: &'static [u8] = $codes;
            const NAME: &'static str = concat!("buffer[", stringify!($rust), "]");
        }
    )*};
}

elements! {
    i8 b"b", u8 b"BcC", i16 b"h", u16 b"H", i32 b"il", u32 b"IL", i64 b"qln", u64 b"QLN", f32 b"f", f64 b"d",
}

/// A C-contiguous buffer. Other threads may write to it at any time, so there is no slice: elements are copied.
pub struct Buffer<'py, T> {
    view: Box<ffi::Py_buffer>,
    len: usize,
    element: PhantomData<(&'py (), T)>,
}

impl<T: Element> Buffer<'_, T> {
    /// How many elements, over all dimensions.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The shape.
    pub fn shape(&self) -> Vec<usize> {
        if self.view.shape.is_null() {
            return vec![self.len];
        }
        // SAFETY: the exporter keeps `ndim` entries until the buffer is released.
        unsafe {
            (0..self.view.ndim as usize)
                .map(|i| *self.view.shape.add(i) as usize)
                .collect()
        }
    }

    /// One element.
    pub fn get(&self, i: usize) -> Option<T> {
        // SAFETY: inside the buffer; any bytes are a value of these types; volatile because others may write.
        (i < self.len).then(|| unsafe { self.view.buf.cast::<T>().add(i).read_volatile() })
    }

    /// Write one element; `false` beyond the end or when the buffer is read-only.
    pub fn set(&self, i: usize, value: T) -> bool {
        if i >= self.len || self.view.readonly != 0 {
            return false;
        }
        // SAFETY: inside a writable buffer.
        unsafe { self.view.buf.cast::<T>().add(i).write_volatile(value) };
        true
    }

    /// Can it be written?
    pub fn is_writable(&self) -> bool {
        self.view.readonly == 0
    }

    /// All elements, in C order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        // SAFETY: inside the buffer, as in `get`.
        (0..self.len).map(|i| unsafe { self.view.buf.cast::<T>().add(i).read_volatile() })
    }

    /// A copy of all elements.
    pub fn to_vec(&self) -> Vec<T> {
        self.iter().collect()
    }
}

impl<T> Drop for Buffer<'_, T> {
    fn drop(&mut self) {
        // SAFETY: filled by `PyObject_GetBuffer`, released once.
        unsafe { ffi::PyBuffer_Release(&raw mut *self.view) }
    }
}

/// The converter.
pub struct Buf<T>(PhantomData<T>);

impl<'py, T: Element> FromPy<'py> for Buf<T> {
    type Out = Buffer<'py, T>;
    const NAME: &'static str = T::NAME;

    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: the object is alive. All zero is a valid empty `Py_buffer`; it is filled or left alone.
        unsafe {
            if ffi::PyObject_CheckBuffer(object.as_ptr()) == 0 {
                return Err(Fail::wrong_type(Self::NAME, object));
            }
            let mut view: Box<ffi::Py_buffer> = Box::new(std::mem::zeroed());
            let wanted = ffi::PyBUF_C_CONTIGUOUS | ffi::PyBUF_FORMAT;
            if ffi::PyObject_GetBuffer(
                object.as_ptr(),
                &raw mut *view,
                wanted | ffi::PyBUF_WRITABLE,
            ) < 0
            {
                ffi::PyErr_Clear();
                if ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut *view, wanted) < 0 {
                    return Err(Fail::fetch());
                }
            }
            let len = view.len as usize / size_of::<T>();
            let buffer = Buffer {
                view,
                len,
                element: PhantomData,
            };
            buffer.check()?;
            Ok(buffer)
        }
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) != 0 }
    }
}

impl<T: Element> Buffer<'_, T> {
    fn check(&self) -> Result<(), Fail> {
        let format = if self.view.format.is_null() {
            c"B"
        } else {
            // SAFETY: a C string that the exporter keeps until the buffer is released.
            unsafe { std::ffi::CStr::from_ptr(self.view.format) }
        };
        let text = format.to_bytes();
        let native = match text {
            [b'@' | b'=', code] | [code] => Some(code),
            [b'<', code] if cfg!(target_endian = "little") => Some(code),
            _ => None,
        };
        let fits = native.is_some_and(|code| T::CODES.contains(code))
            && self.view.itemsize as usize == size_of::<T>();
        let aligned = self.view.buf.cast::<T>().is_aligned() || self.len == 0;
        if fits && aligned {
            return Ok(());
        }
        let what = if fits { "misaligned items" } else { "items" };
        Err(Fail::value(format!(
            "expected {}, got {what} of format {format:?}",
            T::NAME
        )))
    }
}

//! `__buffer__`: a slice inside the payload, lent to Python for as long as the buffer is held.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::guard::Guard as _;
use super::layout::{Class, Inst};
use crate::buffer::Element;
use crate::error::raise_text;

/// The function behind `__buffer__`.
pub trait Export<C: Class>: 'static {
    /// The element type.
    type Item: Element;
    /// The memory. It must stay where it is while the payload is only borrowed shared.
    fn slice(target: &C::Target) -> &[Self::Item];
}

/// Shape and stride of an exported buffer, kept until it is released.
struct Shape {
    len: ffi::Py_ssize_t,
    stride: ffi::Py_ssize_t,
    format: [u8; 2],
}

/// `bf_getbuffer`.
///
/// # Safety
/// Called by Python on an object of class `C`.
pub unsafe extern "C" fn get_buffer<C: Class, X: Export<C>>(
    slf: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: as promised. The shared borrow is given back by `release_buffer`; until then nothing gets `&mut T`.
    unsafe {
        (*view).obj = std::ptr::null_mut();
        if flags & ffi::PyBUF_WRITABLE != 0 {
            raise_text(
                ffi::PyExc_BufferError,
                &format!("the buffer of a {} is read-only", C::NAME),
            );
            return -1;
        }
        let guard = match super::access::borrow::<C>(slf) {
            Ok(guard) => guard,
            Err(_) => {
                raise_text(
                    ffi::PyExc_BufferError,
                    &format!("this {} is in use or gone", C::NAME),
                );
                return -1;
            }
        };
        let slice = X::slice(&guard);
        let size = size_of::<X::Item>() as ffi::Py_ssize_t;
        let shape = Box::new(Shape {
            len: slice.len() as ffi::Py_ssize_t,
            stride: size,
            format: [X::Item::CODES[0], 0],
        });
        let shape = Box::into_raw(shape);
        (*view).buf = slice.as_ptr().cast_mut().cast::<c_void>();
        (*view).len = slice.len() as ffi::Py_ssize_t * size;
        (*view).itemsize = size;
        (*view).readonly = 1;
        (*view).ndim = 1;
        let wants = |flag: c_int| flags & flag == flag;
        (*view).format = if wants(ffi::PyBUF_FORMAT) {
            (&raw mut (*shape).format).cast()
        } else {
            std::ptr::null_mut()
        };
        (*view).shape = if wants(ffi::PyBUF_ND) {
            &raw mut (*shape).len
        } else {
            std::ptr::null_mut()
        };
        (*view).strides = if wants(ffi::PyBUF_STRIDES) {
            &raw mut (*shape).stride
        } else {
            std::ptr::null_mut()
        };
        (*view).suboffsets = std::ptr::null_mut();
        (*view).internal = shape.cast();
        guard.lend();
        ffi::Py_INCREF(slf);
        (*view).obj = slf;
        0
    }
}

/// `bf_releasebuffer`.
///
/// # Safety
/// Called by Python for a buffer that [`get_buffer`] filled.
pub unsafe extern "C" fn release_buffer<C: Class>(
    slf: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
) {
    // SAFETY: as promised.
    unsafe {
        drop(Box::from_raw((*view).internal.cast::<Shape>()));
        if let Some(flag) = Inst::<C>::of(slf).guard.flag() {
            flag.end_lending();
        }
    }
}

//! The value of an `int` read from its digits, where the interpreter's headers say that they lie as believed.

use pyo3_ffi as ffi;

/// An `int` in memory. It never changes, so threads need not agree.
#[cfg(pyrus_digits)]
#[repr(C)]
pub(crate) struct Digits {
    base: ffi::PyObject,
    /// From 3.12 on the number of digits above three bits, the lowest two of which are 0: positive, 1: zero,
    /// 2: negative. Before, the number of digits, below zero for a negative value.
    pub(crate) size: isize,
    /// Lowest first, 30 bits in each.
    pub(crate) lowest: [u32; 2],
}

/// The value, if it has at most two digits, which is 60 bits.
///
/// # Safety
/// `int` is an `int` and alive.
#[cfg(all(pyrus_digits, Py_3_12))]
#[inline(always)]
pub(super) unsafe fn native(int: *mut ffi::PyObject) -> Option<i64> {
    const ONE: usize = 1 << 3;
    let int = int.cast::<Digits>();
    // SAFETY: as promised; the first digit is always there, the second if the tag says so.
    unsafe {
        let tag = (&raw const (*int).size).read().cast_unsigned();
        let low = i64::from((&raw const (*int).lowest[0]).read());
        let value = match tag {
            _ if tag < 2 * ONE => low,
            _ if tag < 3 * ONE => low | i64::from((&raw const (*int).lowest[1]).read()) << 30,
            _ => return None,
        };
        Some((1 - (tag & 3).cast_signed() as i64) * value)
    }
}

/// As above.
///
/// # Safety
/// As above.
#[cfg(all(pyrus_digits, not(Py_3_12)))]
#[inline(always)]
pub(super) unsafe fn native(int: *mut ffi::PyObject) -> Option<i64> {
    let int = int.cast::<Digits>();
    // SAFETY: as promised; a digit is read only if the size says that it is there.
    unsafe {
        let digit = |i: usize| i64::from((&raw const (*int).lowest[i]).read());
        match (&raw const (*int).size).read() {
            0 => Some(0),
            1 => Some(digit(0)),
            -1 => Some(-digit(0)),
            2 => Some(digit(0) | digit(1) << 30),
            -2 => Some(-(digit(0) | digit(1) << 30)),
            _ => None,
        }
    }
}

/// Nothing is known of the digits.
///
/// # Safety
/// None is needed.
#[cfg(not(pyrus_digits))]
#[inline(always)]
pub(super) unsafe fn native(_int: *mut ffi::PyObject) -> Option<i64> {
    None
}

//! Text in a slot: short text inside, long text in one allocation behind a thin pointer.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ptr::NonNull;

/// Bytes of text that fit into a slot.
pub(crate) const SHORT: usize = 14;

/// Text of up to [`SHORT`] bytes.
#[derive(Clone, Copy)]
pub struct Short {
    len: u8,
    bytes: [u8; SHORT],
}

impl Short {
    /// The text, if it fits.
    #[inline]
    pub(crate) fn new(text: &str) -> Option<Self> {
        if text.len() > SHORT {
            return None;
        }
        let mut bytes = [0; SHORT];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Self {
            len: text.len() as u8,
            bytes,
        })
    }

    /// The text.
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // SAFETY: `new` copied a whole `str` of that length, and nothing changes it.
        unsafe { std::str::from_utf8_unchecked(self.bytes.get_unchecked(..self.len as usize)) }
    }
}

/// Longer text. The pointer leads to its length, which the bytes follow.
pub struct Long(NonNull<usize>);

// SAFETY: owns its bytes alone, and they never change.
unsafe impl Send for Long {}
// SAFETY: as above.
unsafe impl Sync for Long {}

impl Long {
    fn layout(len: usize) -> Layout {
        let size = size_of::<usize>() + len;
        Layout::from_size_align(size, align_of::<usize>()).expect("text is shorter than memory")
    }

    /// A copy of the text.
    pub(crate) fn new(text: &str) -> Self {
        let layout = Self::layout(text.len());
        // SAFETY: the layout has room for the length and the bytes, and is not empty.
        unsafe {
            let Some(place) = NonNull::new(alloc(layout).cast::<usize>()) else {
                handle_alloc_error(layout);
            };
            place.write(text.len());
            std::ptr::copy_nonoverlapping(
                text.as_ptr(),
                place.add(1).cast::<u8>().as_ptr(),
                text.len(),
            );
            Self(place)
        }
    }

    /// The text.
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // SAFETY: `new` wrote the length and that many bytes of a `str`.
        unsafe {
            let bytes = std::slice::from_raw_parts(self.0.add(1).cast().as_ptr(), self.0.read());
            std::str::from_utf8_unchecked(bytes)
        }
    }
}

impl Drop for Long {
    fn drop(&mut self) {
        // SAFETY: allocated by `new` with this layout, and dropped once.
        unsafe { dealloc(self.0.cast().as_ptr(), Self::layout(self.0.read())) }
    }
}

impl Clone for Long {
    fn clone(&self) -> Self {
        Self::new(self.as_str())
    }
}

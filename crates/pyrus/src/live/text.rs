//! Text in a slot: short text inside, long text in one allocation behind a thin pointer.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ptr::NonNull;

use super::arena::{Arena, Chunk, Gone};

/// Bytes of text that fit into a slot.
pub(crate) const SHORT: usize = 14;

/// Text of up to [`SHORT`] bytes, in two parts that are stored from registers: behind a slot's tag they stand at multiples
/// of two and eight.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Short {
    len: u8,
    head: [u8; 6],
    tail: [u8; 8],
}

impl Short {
    /// The text, if it fits.
    #[inline]
    pub(crate) fn new(text: &str) -> Option<Self> {
        if text.len() > SHORT {
            return None;
        }
        let [first, second] = words(text.as_bytes());
        let [h0, h1, h2, h3, h4, h5, ..] = first.to_le_bytes();
        Some(Self {
            len: text.len() as u8,
            head: [h0, h1, h2, h3, h4, h5],
            tail: (first >> 48 | second << 16).to_le_bytes(),
        })
    }

    /// The text.
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // SAFETY: the bytes stand behind the length without a gap. `new` copied a whole `str` of that length, and nothing
        // changes it.
        unsafe {
            let bytes = std::ptr::from_ref(self).cast::<u8>().add(1);
            std::str::from_utf8_unchecked(std::slice::from_raw_parts(bytes, self.len as usize))
        }
    }
}

/// Up to 16 bytes as two little-endian words, filled up with zeros: what overlaps is read twice, which is cheaper than a
/// copy of a length that is not known.
#[inline]
fn words(bytes: &[u8]) -> [u64; 2] {
    let n = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let last = u64::from_le_bytes(*last);
        // Twice, as a shift by 64 is none.
        [u64::from_le_bytes(*first), last >> (8 * (15 - n)) >> 8]
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last));
        [
            u64::from(u32::from_le_bytes(*first)) | last << (8 * (n - 4)),
            0,
        ]
    } else if let [first, .., last] = bytes {
        let middle = u64::from(bytes[n / 2]) << (8 * (n / 2));
        [
            u64::from(*first) | middle | u64::from(*last) << (8 * (n - 1)),
            0,
        ]
    } else {
        [bytes.first().copied().unwrap_or_default().into(), 0]
    }
}

/// Set in the length of text that is in an arena: its chunk stands before the length.
const IN_ARENA: usize = 1 << (usize::BITS - 1);

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
            Self::filled(place, text)
        }
    }

    /// A copy of the text, in an arena if it fits.
    pub(crate) fn new_in(arena: &Arena, text: &str) -> Self {
        let size = 2 * size_of::<usize>() + text.len();
        let Some((place, chunk)) = arena.take(size) else {
            return Self::new(text);
        };
        // SAFETY: room for the chunk, the length and the bytes, at a multiple of eight.
        unsafe {
            place.cast::<NonNull<Chunk>>().write(chunk);
            let place = place.cast::<usize>().add(1);
            place.write(text.len() | IN_ARENA);
            Self::filled(place, text)
        }
    }

    /// # Safety
    /// The length stands at `place`, and room for the bytes behind it.
    unsafe fn filled(place: NonNull<usize>, text: &str) -> Self {
        // SAFETY: as promised; new memory overlaps nothing.
        unsafe {
            let bytes = place.add(1).cast::<u8>();
            std::ptr::copy_nonoverlapping(text.as_ptr(), bytes.as_ptr(), text.len());
        }
        Self(place)
    }

    #[inline]
    fn len(&self) -> usize {
        // SAFETY: written when it was made.
        unsafe { self.0.read() & !IN_ARENA }
    }

    /// The text.
    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // SAFETY: the length, and that many bytes of a `str`, were written when it was made.
        unsafe {
            let bytes = std::slice::from_raw_parts(self.0.add(1).cast().as_ptr(), self.len());
            std::str::from_utf8_unchecked(bytes)
        }
    }

    /// Drop it, counting what was in an arena together with others.
    pub(crate) fn bury(self, gone: &mut Gone) {
        let text = std::mem::ManuallyDrop::new(self);
        // SAFETY: not used any more.
        unsafe {
            match text.chunk() {
                Some(chunk) => gone.add(chunk),
                None => text.free(),
            }
        }
    }

    fn chunk(&self) -> Option<NonNull<Chunk>> {
        // SAFETY: where the length says so, the chunk stands before it.
        unsafe { (self.0.read() & IN_ARENA != 0).then(|| self.0.sub(1).cast().read()) }
    }

    /// # Safety
    /// It has memory of its own, and is not used any more.
    unsafe fn free(&self) {
        // SAFETY: allocated by `new` with this layout.
        unsafe { dealloc(self.0.cast().as_ptr(), Self::layout(self.len())) }
    }
}

impl Drop for Long {
    fn drop(&mut self) {
        // SAFETY: dropped once.
        unsafe {
            match self.chunk() {
                Some(chunk) => Chunk::release(chunk, 1),
                None => self.free(),
            }
        }
    }
}

impl Clone for Long {
    fn clone(&self) -> Self {
        Self::new(self.as_str())
    }
}

//! Text in a slot: short text inside, long text in one allocation behind a thin pointer.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ops::Range;
use std::ptr::NonNull;

use super::arena::{Arena, Chunk, Gone, Inside};

/// Bytes of text that fit into a slot.
pub(crate) const SHORT: usize = 14;

/// Text of up to [`SHORT`] bytes, in parts that are stored from registers: behind a slot's tag they stand at multiples of
/// their sizes.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Short {
    len: u8,
    first: [u8; 2],
    second: [u8; 4],
    rest: [u8; 8],
}

impl Short {
    /// The text, if it fits.
    #[inline]
    pub(crate) fn new(text: &str) -> Option<Self> {
        if text.len() > SHORT {
            return None;
        }
        Some(Self::of_words(text.len(), words(text.as_bytes())))
    }

    /// The text that stands there in another, if it fits, and if enough stands behind it that 16 bytes can be read.
    #[inline]
    pub(crate) fn at(whole: &str, range: Range<usize>) -> Option<Self> {
        let window = whole.as_bytes().get(range.start..)?.first_chunk::<16>()?;
        if range.len() > SHORT {
            return None;
        }
        let text = &whole[range];
        // What does not belong to it is cut off.
        let bits = 8 * text.len() as u32;
        let text_and_zeros = u128::from_le_bytes(*window) & !(u128::MAX << bits);
        let words = [text_and_zeros as u64, (text_and_zeros >> 64) as u64];
        Some(Self::of_words(text.len(), words))
    }

    #[inline]
    fn of_words(len: usize, [first, second]: [u64; 2]) -> Self {
        Self {
            len: len as u8,
            first: (first as u16).to_le_bytes(),
            second: ((first >> 16) as u32).to_le_bytes(),
            rest: (first >> 48 | second << 16).to_le_bytes(),
        }
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

/// The number before the bytes: how many there are; in an arena, and there alone above that, where they stand in it.
type Head = u64;

/// What is longer cannot be in an arena.
const LEN_BITS: u32 = Head::BITS - Inside::BITS;

/// Longer text. The pointer leads to its head, which the bytes follow.
pub struct Long(NonNull<Head>);

// SAFETY: owns its bytes alone, and they never change.
unsafe impl Send for Long {}
// SAFETY: as above.
unsafe impl Sync for Long {}

impl Long {
    fn layout(len: usize) -> Layout {
        let size = size_of::<Head>() + len;
        Layout::from_size_align(size, align_of::<Head>()).expect("text is shorter than memory")
    }

    /// A copy of the text.
    pub(crate) fn new(text: &str) -> Self {
        let layout = Self::layout(text.len());
        // SAFETY: the layout has room for the head and the bytes, and is not empty.
        unsafe {
            let Some(place) = NonNull::new(alloc(layout)) else {
                handle_alloc_error(layout);
            };
            Self::filled(place.cast(), text, 0)
        }
    }

    /// A copy of the text, in an arena if it fits.
    pub(crate) fn new_in(arena: &Arena, text: &str) -> Self {
        let Some((place, inside)) = arena.take(size_of::<Head>() + text.len()) else {
            return Self::new(text);
        };
        // SAFETY: room for the head and the bytes, at a multiple of eight.
        unsafe { Self::filled(place.cast(), text, Head::from(inside.bits()) << LEN_BITS) }
    }

    /// # Safety
    /// There is room for the head, and for the bytes behind it.
    unsafe fn filled(place: NonNull<Head>, text: &str, inside: Head) -> Self {
        // SAFETY: as promised; new memory overlaps nothing.
        unsafe {
            place.write(text.len() as Head | inside);
            let bytes = place.add(1).cast::<u8>();
            std::ptr::copy_nonoverlapping(text.as_ptr(), bytes.as_ptr(), text.len());
        }
        Self(place)
    }

    #[inline]
    fn len(&self) -> usize {
        // SAFETY: written when it was made.
        let head = unsafe { self.0.read() };
        (head & ((1 << LEN_BITS) - 1)) as usize
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
    #[inline]
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

    #[inline]
    fn chunk(&self) -> Option<NonNull<Chunk>> {
        // SAFETY: the head was written when it was made, and says where it stands.
        unsafe {
            let inside = Inside::of((self.0.read() >> LEN_BITS) as u32)?;
            Some(inside.chunk(self.0))
        }
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

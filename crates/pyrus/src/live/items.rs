//! The items of a list in a slot, behind a thin pointer: packed into the arena of a tree that is made at once, and in a
//! vector from the first change on.

use std::ops::{Deref, Range};
use std::ptr::NonNull;

use super::arena::{Arena, Chunk, Gone, Inside};
use super::slot::Slot;

/// The number at the front. Packed items follow it: how many there are, and above that where they stand in the arena. In
/// front of a vector it is zero.
type Head = u64;

/// What an arena takes can be counted in far fewer.
const LEN_BITS: u32 = Head::BITS - Inside::BITS;

/// A vector behind a head.
#[repr(C)]
pub(super) struct Grown {
    head: Head,
    items: Vec<Slot>,
}

/// The items of a list.
pub struct Items(NonNull<Head>);

// SAFETY: owns its items alone, which may be sent.
unsafe impl Send for Items {}

/// What the items stand in.
#[derive(Clone, Copy)]
pub(super) enum Husk {
    Packed(NonNull<Chunk>),
    Grown(NonNull<Grown>),
}

impl Items {
    /// Items in a vector.
    pub(crate) fn new(items: Vec<Slot>) -> Self {
        let grown = Box::new(Grown { head: 0, items });
        Self(NonNull::from(Box::leak(grown)).cast())
    }

    /// Items of a tree that is made at once; they are taken from the vector.
    #[inline]
    pub(crate) fn new_in(arena: &Arena, items: &mut Vec<Slot>) -> Self {
        let count = items.len();
        let size = size_of::<Head>() + count * size_of::<Slot>();
        let Some((place, inside)) = arena.take(size) else {
            return Self::new(std::mem::take(items));
        };
        let place = place.cast::<Head>();
        // SAFETY: room for the head and the items, at a multiple of eight. The items move: the vector forgets them.
        unsafe {
            place.write(count as Head | Head::from(inside.bits()) << LEN_BITS);
            let to = place.add(1).cast::<Slot>();
            std::ptr::copy_nonoverlapping(items.as_ptr(), to.as_ptr(), count);
            items.set_len(0);
        }
        Self(place)
    }

    /// Pack them if they fit.
    #[cold]
    pub(super) fn pack(&mut self, arena: &Arena) {
        if let (_, Husk::Grown(_)) = self.parts() {
            let packed = Self::new_in(arena, self.edit());
            *self = packed;
        }
    }

    /// Where the items stand, to be read, and in what.
    #[inline]
    fn parts(&self) -> (Range<NonNull<Slot>>, Husk) {
        // SAFETY: the head was written when it was made, and says what stands behind it.
        unsafe {
            let head = self.0.read();
            let (first, count, husk) = match Inside::of((head >> LEN_BITS) as u32) {
                Some(inside) => {
                    let count = head & ((1 << LEN_BITS) - 1);
                    let husk = Husk::Packed(inside.chunk(self.0));
                    (self.0.add(1).cast(), count as usize, husk)
                }
                None => {
                    let grown = self.0.cast::<Grown>();
                    let items = &grown.as_ref().items;
                    // Only to be read: others may look as well.
                    let first = NonNull::new_unchecked(items.as_ptr().cast_mut());
                    (first, items.len(), Husk::Grown(grown))
                }
            };
            (first..first.add(count), husk)
        }
    }

    /// The items, to be changed in any way. O(n) the first time.
    pub(crate) fn edit(&mut self) -> &mut Vec<Slot> {
        if let (packed, Husk::Packed(chunk)) = self.parts() {
            // SAFETY: the items move into the vector, and the packed ones are forgotten.
            unsafe {
                let count = packed.end.offset_from_unsigned(packed.start);
                let mut items = Vec::with_capacity(count + 1);
                std::ptr::copy_nonoverlapping(packed.start.as_ptr(), items.as_mut_ptr(), count);
                items.set_len(count);
                std::mem::forget(std::mem::replace(self, Self::new(items)));
                Chunk::release(chunk, 1);
            }
        }
        // SAFETY: they are in a vector now.
        unsafe { &mut self.0.cast::<Grown>().as_mut().items }
    }

    /// Where the items stand, each to be read once, and what is then to be [ended](Husk::end).
    #[inline]
    pub(super) fn taken_apart(self) -> (Range<NonNull<Slot>>, Husk) {
        std::mem::ManuallyDrop::new(self).parts()
    }
}

impl Husk {
    /// Give the memory back.
    ///
    /// # Safety
    /// The items were taken out, and nothing refers to it any more.
    #[inline]
    pub(super) unsafe fn end(self, gone: &mut Gone) {
        // SAFETY: as promised.
        unsafe {
            match self {
                Self::Packed(chunk) => gone.add(chunk),
                Self::Grown(grown) => {
                    let mut grown = Box::from_raw(grown.as_ptr());
                    grown.items.set_len(0);
                }
            }
        }
    }
}

impl Deref for Items {
    type Target = [Slot];

    #[inline]
    fn deref(&self) -> &[Slot] {
        let (items, _) = self.parts();
        // SAFETY: so many items stand there as long as nobody changes them, which takes this very reference.
        unsafe {
            let count = items.end.offset_from_unsigned(items.start);
            std::slice::from_raw_parts(items.start.as_ptr(), count)
        }
    }
}

impl Drop for Items {
    fn drop(&mut self) {
        // SAFETY: dropped once.
        unsafe {
            match self.parts() {
                (items, Husk::Packed(chunk)) => {
                    let count = items.end.offset_from_unsigned(items.start);
                    let items = std::ptr::slice_from_raw_parts_mut(items.start.as_ptr(), count);
                    items.drop_in_place();
                    Chunk::release(chunk, 1);
                }
                (_, Husk::Grown(grown)) => drop(Box::from_raw(grown.as_ptr())),
            }
        }
    }
}

//! Memory for the nodes and long texts of a tree that is made at once: taken from the front of large chunks, and given
//! back chunk by chunk when the last thing in it goes.
//!
//! What stays of a tree keeps whole chunks, so only those who make whole trees use an arena; single records that Python
//! makes have memory of their own.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering, fence};

use super::slot::Slot;
use super::table::MOST_FIELDS;
use crate::pages;

/// Bytes of a chunk, its head included.
const CHUNK: usize = 128 * 1024;
/// Small trees begin with less.
const FIRST: usize = 4 * 1024;
/// Trees that have filled so much go on in large pages, of which the last is half empty on average.
const MANY: usize = pages::LARGE;
/// What is larger has memory of its own.
const LARGEST: usize = 2 * 1024;
/// Stands for what an arena that still uses the chunk may yet put into it.
const IN_USE: usize = usize::MAX / 2;

/// The head of a chunk.
pub(crate) struct Chunk {
    /// How many things in it live, and [`IN_USE`].
    live: AtomicUsize,
    size: usize,
}

const _: () = assert!(size_of::<Chunk>().is_multiple_of(8) && CHUNK < pages::LARGE);

impl Chunk {
    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).expect("a chunk is smaller than memory")
    }

    /// A chunk of ordinary memory.
    fn new(size: usize) -> NonNull<Self> {
        let layout = Self::layout(size);
        // SAFETY: not empty; the head fits.
        unsafe {
            let Some(chunk) = NonNull::new(alloc(layout)) else {
                handle_alloc_error(layout);
            };
            Self::begun(chunk, size)
        }
    }

    /// A chunk that is a large page, where there are such.
    fn large() -> Option<NonNull<Self>> {
        // SAFETY: the head fits.
        pages::take().map(|page| unsafe { Self::begun(page, pages::LARGE) })
    }

    /// # Safety
    /// So many bytes at a multiple of eight are the chunk's own.
    unsafe fn begun(place: NonNull<u8>, size: usize) -> NonNull<Self> {
        let chunk = place.cast::<Self>();
        let live = AtomicUsize::new(IN_USE);
        // SAFETY: as promised.
        unsafe { chunk.write(Self { live, size }) };
        chunk
    }

    /// `count` things in the chunk are gone.
    ///
    /// # Safety
    /// They lived until now, and each is counted once.
    pub(crate) unsafe fn release(chunk: NonNull<Self>, count: usize) {
        // SAFETY: the chunk lives as long as anything in it; whoever takes away the last one owns it.
        unsafe {
            if chunk.as_ref().live.fetch_sub(count, Ordering::Release) == count {
                fence(Ordering::Acquire);
                match chunk.as_ref().size {
                    pages::LARGE => pages::give_back(chunk.cast()),
                    size => dealloc(chunk.cast().as_ptr(), Self::layout(size)),
                }
            }
        }
    }
}

/// Where a thing stands in its chunk, so that the chunk is found from it: in few bits, as every thing keeps it.
#[derive(Clone, Copy)]
pub(crate) struct Inside(u32);

impl Inside {
    /// So many bits it has.
    pub(crate) const BITS: u32 = (pages::LARGE / 8).trailing_zeros();

    /// Not zero: the head of the chunk stands before all things.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// From [`Inside::bits`], among others; `None`: none of them is set.
    #[inline(always)]
    pub(crate) fn of(bits: u32) -> Option<Self> {
        let bits = bits & ((1 << Self::BITS) - 1);
        (bits != 0).then_some(Self(bits))
    }

    /// The chunk of the thing.
    ///
    /// # Safety
    /// It stands there.
    #[inline(always)]
    pub(crate) unsafe fn chunk<T>(self, thing: NonNull<T>) -> NonNull<Chunk> {
        // SAFETY: so far behind the chunk's head.
        unsafe { thing.byte_sub(self.0 as usize * 8).cast() }
    }
}

/// Room for the slots of any record.
pub(super) type Desk = Box<[Slot; MOST_FIELDS]>;

/// Where the next node of a tree comes from. Used by one thread; what was made in it may go anywhere.
#[derive(Default)]
pub struct Arena {
    chunk: Cell<Option<NonNull<Chunk>>>,
    /// The first free byte of the chunk, and the bytes from there to its end.
    next: Cell<Option<NonNull<u8>>>,
    left: Cell<usize>,
    /// How many things are in the chunk.
    count: Cell<usize>,
    /// Bytes of all chunks.
    size: Cell<usize>,
    /// Where records are put together before they are stored: one for each that stands open in another.
    desks: RefCell<Vec<Desk>>,
    /// Where lists are put together before they are stored; those in others take a new one.
    tray: Cell<Vec<Slot>>,
}

impl Arena {
    /// An arena without memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Memory at a multiple of eight, and where it stands in its chunk; `None`: it is too large for a chunk.
    #[inline]
    pub(crate) fn take(&self, bytes: usize) -> Option<(NonNull<u8>, Inside)> {
        let bytes = bytes.next_multiple_of(8);
        if bytes > self.left.get() {
            if bytes > LARGEST {
                return None;
            }
            self.grow();
        }
        let (place, chunk) = (self.next.get()?, self.chunk.get()?);
        // SAFETY: the chunk has that many bytes left.
        self.next.set(Some(unsafe { place.add(bytes) }));
        self.left.set(self.left.get() - bytes);
        self.count.set(self.count.get() + 1);
        let before = place.addr().get() - chunk.addr().get();
        Some((place, Inside((before / 8) as u32)))
    }

    /// Room for the slots of any record, all `Absent`.
    #[inline]
    pub(super) fn desk(&self) -> Desk {
        let free = self.desks.borrow_mut().pop();
        free.unwrap_or_else(|| Box::new([const { Slot::Absent }; MOST_FIELDS]))
    }

    /// Put back what [`Arena::desk`] gave, all `Absent` again.
    #[inline]
    pub(super) fn put_desk(&self, desk: Desk) {
        self.desks.borrow_mut().push(desk);
    }

    /// A vector without items, but with room.
    #[inline]
    pub fn tray(&self) -> Vec<Slot> {
        self.tray.take()
    }

    /// Put back what [`Arena::tray`] gave.
    #[inline]
    pub fn put_tray(&self, mut tray: Vec<Slot>) {
        tray.clear();
        self.tray.set(tray);
    }

    #[cold]
    fn grow(&self) {
        self.retire();
        let before = self.size.get();
        let large = (before >= MANY).then(Chunk::large).flatten();
        let chunk = large.unwrap_or_else(|| Chunk::new((3 * before).clamp(FIRST, CHUNK)));
        // SAFETY: the chunk is new, and has its head.
        let size = unsafe { chunk.as_ref().size };
        self.size.set(before + size);
        self.chunk.set(Some(chunk));
        // SAFETY: the head is smaller than the chunk.
        self.next.set(Some(unsafe { chunk.add(1).cast() }));
        self.left.set(size - size_of::<Chunk>());
        self.count.set(0);
    }

    /// Nothing more is put into the chunk.
    fn retire(&self) {
        if let Some(chunk) = self.chunk.take() {
            // SAFETY: the arena counted as `IN_USE` things, of which `count` were made.
            unsafe { Chunk::release(chunk, IN_USE - self.count.get()) }
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        self.retire();
    }
}

/// Things that are gone, counted chunk by chunk: neighbours mostly go together.
#[derive(Default)]
pub(crate) struct Gone {
    chunk: Option<NonNull<Chunk>>,
    count: usize,
}

impl Gone {
    /// One more thing in the chunk is gone.
    ///
    /// # Safety
    /// It lived until now, and is not used any more.
    #[inline]
    pub(crate) unsafe fn add(&mut self, chunk: NonNull<Chunk>) {
        if self.chunk != Some(chunk) {
            self.settle();
            self.chunk = Some(chunk);
        }
        self.count += 1;
    }

    fn settle(&mut self) {
        if let Some(chunk) = self.chunk.take() {
            // SAFETY: each was counted once, when it went.
            unsafe { Chunk::release(chunk, std::mem::take(&mut self.count)) }
        }
    }
}

impl Drop for Gone {
    fn drop(&mut self) {
        self.settle();
    }
}

#[cfg(test)]
mod tests {
    use super::{Arena, FIRST, Gone, MANY};
    use crate::pages;

    #[test]
    fn chunks_are_filled() {
        let (arena, mut gone) = (Arena::new(), Gone::default());
        let mut used = 0;
        for bytes in (8..=800).step_by(8).cycle() {
            let (place, inside) = arena.take(bytes).expect("small enough for a chunk");
            used += bytes;
            assert!(arena.size.get() <= FIRST + 5 * used, "{used} bytes used");
            // SAFETY: nobody uses the thing.
            unsafe { gone.add(inside.chunk(place)) };
            if used > 2 * MANY {
                break;
            }
        }
        // SAFETY: the arena still uses its chunk.
        let last = arena
            .chunk
            .get()
            .map(|chunk| unsafe { chunk.as_ref().size });
        let large = cfg!(all(target_os = "linux", not(miri)));
        assert_eq!(last == Some(pages::LARGE), large);
    }
}

//! The memory of a node, one block:
//!
//! ```text
//! header                        24 bytes
//! how many slots there are       1 byte
//! where they begin, and marks    1 byte
//! the place of each field        1 byte each, then up to a multiple of eight
//! slots                         16 bytes each
//! what no field holds           16 bytes, where the marks say so
//! ```
//!
//! A node that is made for Python has a slot for each field. One of a file has slots for what the file says alone, as most
//! fields of most records say nothing. When such a field is given a value, all slots move to a block of their own, and the
//! first of the old ones tells where.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ops::Range;
use std::ptr::NonNull;

use super::arena::{Arena, Gone};
use super::node::Header;
use super::slot::Slot;
use super::table::Table;

/// Where the slots begin, in words of eight bytes: asked for each time, it must not depend on the table.
const START: u8 = 0x3F;
/// Behind the slots stands what no field holds.
const EXTRA: u8 = 0x40;
/// The slots have moved.
const MOVED: u8 = 0x80;
/// The bytes before the places.
const MARKS: usize = 2;

const _: () = assert!(align_of::<Header>() == 8 && size_of::<Header>().is_multiple_of(8));
const _: () = assert!(align_of::<Slot>() == 8);
const _: () = assert!(Block::offset(u8::MAX as usize) / 8 <= START as usize);

/// The block of a node that lives.
#[derive(Clone, Copy)]
pub(super) struct Block(NonNull<Header>);

impl Block {
    /// # Safety
    /// The node lives as long as the block is used.
    #[inline(always)]
    pub(super) unsafe fn of(node: NonNull<Header>) -> Self {
        Self(node)
    }

    #[inline(always)]
    pub(super) fn header(self) -> NonNull<Header> {
        self.0
    }

    /// Where the slots begin in a block of so many fields.
    #[inline(always)]
    const fn offset(fields: usize) -> usize {
        size_of::<Header>() + (MARKS + fields).next_multiple_of(8)
    }

    fn layout(fields: usize, slots: usize) -> Layout {
        let size = Self::offset(fields) + slots * size_of::<Slot>();
        Layout::from_size_align(size, align_of::<Slot>()).expect("a record is smaller than memory")
    }

    #[inline(always)]
    fn fields(self) -> usize {
        // SAFETY: the node lives.
        unsafe { self.0.as_ref().table.fields.len() }
    }

    /// How many slots there are, the marks, and the places.
    #[inline(always)]
    fn bytes(self) -> NonNull<u8> {
        // SAFETY: they stand behind the header.
        unsafe { self.0.add(1).cast() }
    }

    /// The first slot, wherever the others are.
    #[inline(always)]
    fn first(self) -> NonNull<Slot> {
        let start = usize::from(self.marks() & START) * 8;
        // SAFETY: there is room for the slots.
        unsafe { self.0.byte_add(start).cast() }
    }

    #[inline(always)]
    fn count(self) -> usize {
        // SAFETY: written when the block was made.
        usize::from(unsafe { self.bytes().read() })
    }

    #[inline(always)]
    fn marks(self) -> u8 {
        // SAFETY: written when the block was made.
        unsafe { self.bytes().add(1).read() }
    }

    #[inline(always)]
    fn is(self, mark: u8) -> bool {
        self.marks() & mark != 0
    }

    /// Where the slots are now.
    #[inline(always)]
    fn slots(self) -> NonNull<Slot> {
        let first = self.first();
        if self.is(MOVED) {
            // SAFETY: it was written there when they moved.
            return unsafe { first.cast::<NonNull<Slot>>().read() };
        }
        first
    }

    /// The slot of a field; `None`: nothing was ever said of it.
    ///
    /// # Safety
    /// Nobody writes, or nobody else looks.
    #[inline(always)]
    pub(super) unsafe fn slot(self, i: usize) -> Option<NonNull<Slot>> {
        assert!(i < self.fields());
        // SAFETY: there is a place for each field, and a slot at each place from 1 on.
        unsafe {
            let place = usize::from(self.bytes().add(MARKS + i).read());
            (place > 0).then(|| self.slots().add(place - 1))
        }
    }

    /// What no field holds, if there is room for it.
    #[inline]
    pub(super) fn extra(self) -> Option<NonNull<Slot>> {
        // SAFETY: where the mark says so, it stands behind the slots.
        self.is(EXTRA)
            .then(|| unsafe { self.first().add(self.count()) })
    }

    /// All slots, in the order of their fields.
    ///
    /// # Safety
    /// Nobody else looks.
    #[inline]
    pub(super) unsafe fn all(self) -> Range<NonNull<Slot>> {
        let count = if self.is(MOVED) {
            self.fields()
        } else {
            self.count()
        };
        let start = self.slots();
        // SAFETY: so many there are.
        start..unsafe { start.add(count) }
    }
}

impl Block {
    /// A block with a slot for each field, all `Absent`, of memory of its own.
    #[inline]
    pub(super) fn with_room(table: &'static Table, extra: bool) -> Self {
        let fields = table.fields.len();
        let block = Self::alone(table, fields, extra);
        // SAFETY: the block is new, and has room for that.
        unsafe {
            block.say_all_places();
            for i in 0..fields + usize::from(extra) {
                block.first().add(i).write(Slot::Absent);
            }
        }
        block
    }

    /// A block with what is not `Absent` of `slots`, which is taken from there.
    #[inline]
    pub(super) fn packed(
        arena: &Arena,
        table: &'static Table,
        slots: &mut [Slot],
        extra: Slot,
    ) -> Self {
        let said = slots.iter().filter(|slot| !slot.is_absent()).count();
        // When they move, the first slot tells where.
        let count = said.max(1).min(slots.len());
        let block = Self::in_arena(arena, table, count, !extra.is_absent());
        // SAFETY: the block is new, and has room for so many.
        unsafe {
            let first = block.first();
            if said == 0 && count > 0 {
                first.write(Slot::Absent);
            }
            if said == slots.len() {
                block.say_all_places();
                for (i, slot) in slots.iter_mut().enumerate() {
                    first.add(i).write(std::mem::take(slot));
                }
            } else {
                block.say_some_places(slots);
            }
            if !extra.is_absent() {
                first.add(count).write(extra);
            }
        }
        block
    }

    /// Take what is not `Absent` from `slots`.
    ///
    /// # Safety
    /// The block is new, and has room for so many.
    #[inline]
    unsafe fn say_some_places(self, slots: &mut [Slot]) {
        let first = self.first();
        let mut place = 0;
        // SAFETY: as promised.
        unsafe {
            self.say_places(|i| {
                if slots[i].is_absent() {
                    return 0;
                }
                let slot = std::mem::take(&mut slots[i]);
                first.add(usize::from(place)).write(slot);
                place += 1;
                place
            });
        }
    }

    /// # Safety
    /// The block is new, and each place has a slot or will have one.
    #[inline(always)]
    unsafe fn say_places(self, mut place: impl FnMut(usize) -> u8) {
        for i in 0..self.fields() {
            // SAFETY: there is a byte for each field.
            unsafe { self.bytes().add(MARKS + i).write(place(i)) };
        }
    }

    /// Each field has the slot that stands where it is declared.
    ///
    /// # Safety
    /// As for [`Block::say_places`].
    #[inline(always)]
    unsafe fn say_all_places(self) {
        const FEW: [u8; 8 - MARKS] = [1, 2, 3, 4, 5, 6];
        // SAFETY: up to a multiple of eight, the bytes behind the places are the block's too.
        unsafe {
            if self.fields() <= FEW.len() {
                self.bytes().add(MARKS).cast::<[u8; 8 - MARKS]>().write(FEW);
            } else {
                self.say_places(|i| i as u8 + 1);
            }
        }
    }

    /// Header and marks in the arena, or alone.
    #[inline]
    fn in_arena(arena: &Arena, table: &'static Table, count: usize, extra: bool) -> Self {
        let size =
            Self::offset(table.fields.len()) + (count + usize::from(extra)) * size_of::<Slot>();
        match arena.take(size) {
            // SAFETY: room for the block, at a multiple of eight.
            Some((place, chunk)) => unsafe {
                Self::begun(place, Header::new(table, Some(chunk)), count, extra)
            },
            None => Self::alone(table, count, extra),
        }
    }

    /// Header and marks in memory of its own.
    fn alone(table: &'static Table, count: usize, extra: bool) -> Self {
        let layout = Self::layout(table.fields.len(), count + usize::from(extra));
        // SAFETY: not empty; the layout has room for the block.
        unsafe {
            let Some(place) = NonNull::new(alloc(layout)) else {
                handle_alloc_error(layout);
            };
            Self::begun(place, Header::new(table, None), count, extra)
        }
    }

    /// # Safety
    /// There is room for the block.
    #[inline(always)]
    unsafe fn begun(place: NonNull<u8>, header: Header, count: usize, extra: bool) -> Self {
        let block = Self(place.cast());
        // SAFETY: as promised.
        unsafe {
            block.0.write(header);
            block.bytes().write(count as u8);
            let start = (Self::offset(block.fields()) / 8) as u8;
            let marks = start | if extra { EXTRA } else { 0 };
            block.bytes().add(1).write(marks);
        }
        block
    }

    /// Move the slots to where there is one for each field.
    ///
    /// # Safety
    /// Nobody else looks, and some field has no slot.
    #[cold]
    pub(super) unsafe fn make_room(self) {
        let fields = self.fields();
        let layout = Self::layout_of_slots(fields);
        // SAFETY: as promised. A record with fields has a slot at least, which has room for a pointer.
        unsafe {
            let Some(slots) = NonNull::new(alloc(layout).cast::<Slot>()) else {
                handle_alloc_error(layout);
            };
            for i in 0..fields {
                let slot = self.slot(i).map_or(Slot::Absent, |slot| slot.read());
                slots.add(i).write(slot);
            }
            self.say_all_places();
            self.first().cast().write(slots);
            self.bytes().add(1).write(self.marks() | MOVED);
        }
    }

    fn layout_of_slots(fields: usize) -> Layout {
        Layout::array::<Slot>(fields).expect("a record is smaller than memory")
    }

    /// Give the memory back.
    ///
    /// # Safety
    /// Nobody refers to the node, and nothing in its slots is used any more.
    pub(super) unsafe fn end(self, gone: &mut Gone) {
        // SAFETY: as promised; each was allocated with such a layout.
        unsafe {
            let extra = self.extra();
            if let Some(extra) = extra {
                match extra.read() {
                    Slot::Long(text) => text.bury(gone),
                    other => drop(other),
                }
            }
            if self.is(MOVED) {
                let layout = Self::layout_of_slots(self.fields());
                dealloc(self.slots().cast().as_ptr(), layout);
            }
            match self.0.as_ref().chunk {
                Some(chunk) => gone.add(chunk),
                None => {
                    let slots = self.count() + usize::from(extra.is_some());
                    dealloc(self.0.cast().as_ptr(), Self::layout(self.fields(), slots));
                }
            }
        }
    }
}

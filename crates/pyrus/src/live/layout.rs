//! The memory of a node, one block:
//!
//! ```text
//! header                        24 bytes, with the bits of the first 32 fields
//! bits of further fields         4 bytes for 32 of them, then up to a multiple of eight
//! slots                         16 bytes each
//! what no field holds           16 bytes, where the marks say so
//! ```
//!
//! A field has a slot where its bit is set; the bits before it tell which. A node that is made for Python has a slot for each
//! field. One of a file has slots for what the file says alone, as most fields of most records say nothing. When such a field
//! is given a value, all slots move to a block of their own, and the first of the old ones tells where.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ops::Range;
use std::ptr::NonNull;

use super::arena::{Arena, Gone};
use super::marks::{EXTRA, MOVED, Marks};
use super::node::Header;
use super::slot::Slot;
use super::table::{MOST_FIELDS, Table};

/// Of so many fields one word tells which have a slot.
pub(super) const WORD: usize = u32::BITS as usize;

/// One bit for each field that any record can have.
pub(super) type Said = [u32; MOST_FIELDS.div_ceil(WORD)];

const _: () = assert!(Block::offset(MOST_FIELDS) <= Marks::MOST_START);
const _: () = assert!(align_of::<Header>() == 8 && size_of::<Header>().is_multiple_of(8));
const _: () = assert!(align_of::<Slot>() == 8);

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

    /// How many words the bits of so many fields have behind the header.
    #[inline(always)]
    const fn more_words(fields: usize) -> usize {
        fields.saturating_sub(1) / WORD
    }

    /// Where the slots begin in a block of so many fields.
    #[inline(always)]
    const fn offset(fields: usize) -> usize {
        size_of::<Header>() + (Self::more_words(fields) * size_of::<u32>()).next_multiple_of(8)
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

    #[inline(always)]
    fn marks(self) -> Marks {
        // SAFETY: the node lives.
        unsafe { self.0.as_ref().marks.get() }
    }

    /// The bits of the fields from 32 `i` on, for `i` up to [`Block::more_words`].
    #[inline(always)]
    fn word(self, i: usize) -> NonNull<u32> {
        // SAFETY: the first is in the header, the others stand behind it.
        unsafe {
            match i {
                0 => NonNull::new_unchecked(self.0.as_ref().said.as_ptr()),
                i => self.0.add(1).cast().add(i - 1),
            }
        }
    }

    /// The first slot, wherever the others are.
    #[inline(always)]
    fn first(self) -> NonNull<Slot> {
        // SAFETY: there is room for the slots.
        unsafe { self.0.byte_add(self.marks().start()).cast() }
    }

    /// Where the slots are now.
    #[inline(always)]
    fn slots(self) -> NonNull<Slot> {
        let first = self.first();
        if self.marks().is(MOVED) {
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
        // SAFETY: there is a bit for each field, and a slot for each bit that is set.
        unsafe {
            let word = self.word(i / WORD).read();
            let bit = 1 << (i % WORD);
            if word & bit == 0 {
                return None;
            }
            let mut place = (word & (bit - 1)).count_ones();
            for before in 0..i / WORD {
                place += self.word(before).read().count_ones();
            }
            Some(self.slots().add(place as usize))
        }
    }

    /// The slots with the numbers of their fields, in their order.
    ///
    /// # Safety
    /// Nobody writes as long as they are looked at.
    #[inline]
    pub(super) unsafe fn each(self) -> Each {
        Each {
            block: self,
            at: 0,
            // SAFETY: as promised.
            word: unsafe { self.word(0).read() },
            next: self.slots(),
        }
    }

    /// What no field holds, if there is room for it.
    #[inline]
    pub(super) fn extra(self) -> Option<NonNull<Slot>> {
        let marks = self.marks();
        // SAFETY: where the mark says so, it stands behind the slots.
        marks
            .is(EXTRA)
            .then(|| unsafe { self.first().add(marks.count()) })
    }

    /// All slots, in the order of their fields.
    ///
    /// # Safety
    /// Nobody else looks.
    #[inline]
    pub(super) unsafe fn all(self) -> Range<NonNull<Slot>> {
        let marks = self.marks();
        let count = if marks.is(MOVED) {
            self.fields()
        } else {
            marks.count()
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
            block.say_first(fields);
            for i in 0..fields + usize::from(extra) {
                block.first().add(i).write(Slot::Absent);
            }
        }
        block
    }

    /// A block in an arena with slots for the first fields, all `Absent`; `None`: it does not fit.
    ///
    /// # Panics
    ///
    /// Where there are no such fields.
    #[inline]
    pub(super) fn first_of(arena: &Arena, table: &'static Table, count: usize) -> Option<Self> {
        assert!(0 < count && count <= table.fields.len());
        let block = Self::in_arena(arena, table, count, false)?;
        // SAFETY: the block is new, and has room for that.
        unsafe {
            block.say_first(count);
            let first = block.first();
            for i in 0..count {
                first.add(i).write(Slot::Absent);
            }
        }
        Some(block)
    }

    /// A block with what is not `Absent` of `slots`, which is taken from there. All else than what `said` names is `Absent`.
    #[inline]
    pub(super) fn packed(
        arena: &Arena,
        table: &'static Table,
        slots: &mut [Slot],
        mut said: Said,
        extra: Slot,
    ) -> Self {
        let words = Self::more_words(slots.len()) + 1;
        let mut count = 0;
        for (at, word) in said[..words].iter_mut().enumerate() {
            for i in ones(*word) {
                if slots[at * WORD + i].is_absent() {
                    *word ^= 1 << i;
                } else {
                    count += 1;
                }
            }
        }
        // When they move, the first slot tells where.
        let room = count.max(1).min(slots.len());
        let has_extra = !extra.is_absent();
        let block = Self::in_arena(arena, table, room, has_extra)
            .unwrap_or_else(|| Self::alone(table, room, has_extra));
        // SAFETY: the block is new, and has room for so many.
        unsafe {
            let mut next = block.first();
            if count == 0 && room > 0 {
                next.write(Slot::Absent);
            }
            for (at, word) in said[..words].iter().enumerate() {
                block.word(at).write(*word);
                for i in ones(*word) {
                    let slot = &mut slots[at * WORD + i];
                    if let Slot::List(items) = slot {
                        items.pack(arena);
                    }
                    next.copy_from_nonoverlapping(NonNull::from(&*slot), 1);
                    std::ptr::write(slot, Slot::Absent);
                    next = next.add(1);
                }
            }
            if has_extra {
                block.first().add(room).write(extra);
            }
        }
        block
    }

    /// Each of the first fields has the slot that stands where it is declared.
    ///
    /// # Safety
    /// There are so many slots, and nobody else looks.
    #[inline(always)]
    unsafe fn say_first(self, count: usize) {
        let more = Self::more_words(self.fields());
        // SAFETY: there are words for all fields.
        unsafe {
            self.word(0).write(first_ones(count));
            for at in 1..=more {
                self.word(at)
                    .write(first_ones(count.saturating_sub(at * WORD)));
            }
        }
    }

    /// Header and marks in the arena; `None`: the block does not fit.
    #[inline]
    fn in_arena(arena: &Arena, table: &'static Table, count: usize, extra: bool) -> Option<Self> {
        let start = Self::offset(table.fields.len());
        let size = start + (count + usize::from(extra)) * size_of::<Slot>();
        let (place, inside) = arena.take(size)?;
        let marks = Marks::new(Some(inside), start, count, extra);
        // SAFETY: room for the block, at a multiple of eight.
        Some(unsafe { Self::begun(place, Header::new(table, marks)) })
    }

    /// Header and marks in memory of its own.
    fn alone(table: &'static Table, count: usize, extra: bool) -> Self {
        let fields = table.fields.len();
        let layout = Self::layout(fields, count + usize::from(extra));
        // SAFETY: not empty; the layout has room for the block.
        unsafe {
            let Some(place) = NonNull::new(alloc(layout)) else {
                handle_alloc_error(layout);
            };
            let marks = Marks::new(None, Self::offset(fields), count, extra);
            Self::begun(place, Header::new(table, marks))
        }
    }

    /// # Safety
    /// There is room for the block.
    #[inline(always)]
    unsafe fn begun(place: NonNull<u8>, header: Header) -> Self {
        let block = Self(place.cast());
        // SAFETY: as promised.
        unsafe { block.0.write(header) };
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
            self.say_first(fields);
            self.first().cast().write(slots);
            self.0.as_ref().marks.set(self.marks().and(MOVED));
        }
    }

    fn layout_of_slots(fields: usize) -> Layout {
        Layout::array::<Slot>(fields).expect("a record is smaller than memory")
    }

    /// Give the memory back.
    ///
    /// # Safety
    /// Nobody refers to the node, and nothing in its slots is used any more.
    #[inline]
    pub(super) unsafe fn end(self, gone: &mut Gone) {
        let marks = self.marks();
        // SAFETY: as promised; each was allocated with such a layout.
        unsafe {
            if marks.is(EXTRA | MOVED) {
                self.end_of_rest(gone);
            }
            match marks.inside() {
                Some(inside) => gone.add(inside.chunk(self.0)),
                None => {
                    let slots = marks.count() + usize::from(marks.is(EXTRA));
                    dealloc(self.0.cast().as_ptr(), Self::layout(self.fields(), slots));
                }
            }
        }
    }

    /// What few nodes have.
    ///
    /// # Safety
    /// See [`Block::end`].
    #[cold]
    unsafe fn end_of_rest(self, gone: &mut Gone) {
        // SAFETY: as promised.
        unsafe {
            if let Some(extra) = self.extra() {
                match extra.read() {
                    Slot::Long(text) => text.bury(gone),
                    other => drop(other),
                }
            }
            if self.marks().is(MOVED) {
                let layout = Self::layout_of_slots(self.fields());
                dealloc(self.slots().cast().as_ptr(), layout);
            }
        }
    }
}

/// See [`Block::each`].
pub(super) struct Each {
    block: Block,
    /// Which word, and what is left of it.
    at: usize,
    word: u32,
    next: NonNull<Slot>,
}

impl Iterator for Each {
    type Item = (usize, NonNull<Slot>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.word == 0 {
            if self.at == Block::more_words(self.block.fields()) {
                return None;
            }
            self.at += 1;
            // SAFETY: there are so many words, and nobody writes.
            self.word = unsafe { self.block.word(self.at).read() };
        }
        let i = self.at * WORD + self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        let slot = self.next;
        // SAFETY: there is a slot for each bit.
        self.next = unsafe { slot.add(1) };
        Some((i, slot))
    }
}

/// A word whose first bits are set: so many, or all.
#[inline(always)]
fn first_ones(count: usize) -> u32 {
    (1_u64 << count.min(WORD)).wrapping_sub(1) as u32
}

/// The numbers of the bits that are set.
#[inline(always)]
fn ones(mut word: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let i = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (i < u32::BITS).then_some(i as usize)
    })
}

//! Nodes: counted references, and a note of who is looking.

use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering, fence};

use super::arena::{Arena, Desk};
use super::free::free;
use super::layout::{Block, Said, WORD};
use super::marks::Marks;
use super::slot::Slot;
use super::table::{Default, Kind, Table};

/// More references than this are a leak, and the count must not wrap.
const MOST_REFS: u32 = u32::MAX / 2;

/// What stands at the front of a node's block.
#[repr(C)]
pub(super) struct Header {
    pub(super) table: &'static Table,
    refs: AtomicU32,
    busy: Busy,
    // Changed by whoever writes.
    pub(super) marks: Cell<Marks>,
    /// Which of the first fields have a slot, one bit each.
    pub(super) said: Cell<u32>,
}

impl Header {
    /// Of a node with one reference, at which nobody looks.
    #[inline(always)]
    pub(super) fn new(table: &'static Table, marks: Marks) -> Self {
        Self {
            table,
            refs: AtomicU32::new(1),
            busy: Busy(AtomicU32::new(0)),
            marks: Cell::new(marks),
            said: Cell::new(0),
        }
    }

    /// Give up a reference; was it the last one?
    #[inline(always)]
    pub(super) fn give_up(&self) -> bool {
        // Whoever holds the only reference need not count down: nobody else can make a second one meanwhile.
        if self.refs.load(Ordering::Acquire) == 1 {
            return true;
        }
        let last = self.refs.fetch_sub(1, Ordering::Release) == 1;
        if last {
            fence(Ordering::Acquire);
        }
        last
    }
}

/// Who looks at the slots: any number of readers, or one writer.
///
/// With the GIL a count is enough: readers of all threads take turns, and a writer that meets one is refused. Without
/// it, writers wait for readers of other threads.
struct Busy(AtomicU32);

#[cfg(not(Py_GIL_DISABLED))]
impl Busy {
    #[inline(always)]
    fn read(&self) {
        self.0
            .store(self.0.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }

    #[inline(always)]
    fn end_read(&self) {
        self.0
            .store(self.0.load(Ordering::Relaxed) - 1, Ordering::Relaxed);
    }

    #[inline(always)]
    fn write(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    #[inline(always)]
    #[allow(
        clippy::unused_self,
        reason = "there is something to do without the GIL"
    )]
    fn end_write(&self) {}
}

#[cfg(Py_GIL_DISABLED)]
impl Busy {
    const WRITER: u32 = 1 << 31;

    fn read(&self) {
        while self.0.fetch_add(1, Ordering::Acquire) & Self::WRITER != 0 {
            self.0.fetch_sub(1, Ordering::Relaxed);
            std::thread::yield_now();
        }
    }

    fn end_read(&self) {
        self.0.fetch_sub(1, Ordering::Release);
    }

    /// Waits for a while; a reader that stays is most likely this very thread.
    fn write(&self) -> bool {
        let mut patience = crate::abi::patience::Patience::new();
        let (free, taken) = (0, Self::WRITER);
        while self
            .0
            .compare_exchange(free, taken, Ordering::Acquire, Ordering::Relaxed)
            .is_err()
        {
            if !patience.wait() {
                return false;
            }
        }
        true
    }

    fn end_write(&self) {
        self.0.fetch_sub(Self::WRITER, Ordering::Release);
    }
}

/// A counted reference to a node. Its slots are only seen where the thread is attached to Python, through [`NodeRef`].
pub struct Node(NonNull<Header>);

impl Node {
    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: alive as long as anybody refers to it.
        unsafe { self.0.as_ref() }
    }

    /// What kind of record it is.
    #[inline(always)]
    pub fn table(&self) -> &'static Table {
        self.header().table
    }

    /// Is it the very same node?
    #[inline(always)]
    pub fn is(&self, other: &Node) -> bool {
        self.0 == other.0
    }

    /// A number of its own as long as it lives.
    pub fn address(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// The node, to be looked at.
    ///
    /// # Safety
    /// The thread is attached to Python during `'a`, or nobody else knows the node.
    #[inline(always)]
    pub(crate) unsafe fn attached(&self) -> NodeRef<'_> {
        NodeRef {
            node: self.0,
            life: PhantomData,
        }
    }
}

// SAFETY: the count is atomic, and dropping needs no Python. What a node holds is only seen through `NodeRef`, on
// attached threads, and other crates cannot make a second reference: they move a tree that nobody else knows.
unsafe impl Send for Node {}

impl Node {
    /// One more reference to the same node. For this crate alone: two interpreters must not share a node.
    #[inline]
    pub(crate) fn share(&self) -> Self {
        let before = self.header().refs.fetch_add(1, Ordering::Relaxed);
        if before > MOST_REFS {
            std::process::abort();
        }
        Self(self.0)
    }
}

impl Node {
    /// The node itself, whose reference is to be given up.
    #[inline(always)]
    pub(super) fn into_header(self) -> NonNull<Header> {
        std::mem::ManuallyDrop::new(self).0
    }
}

impl Drop for Node {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: one reference is given up; the last one frees the node.
        unsafe {
            if self.0.as_ref().give_up() {
                free(self.0);
            }
        }
    }
}

/// A node while the thread is attached to Python.
#[derive(Clone, Copy)]
pub struct NodeRef<'a> {
    node: NonNull<Header>,
    life: PhantomData<&'a Node>,
}

impl<'a> NodeRef<'a> {
    #[inline(always)]
    fn header(self) -> &'a Header {
        // SAFETY: made from a node that lives as long as `'a`.
        unsafe { self.node.as_ref() }
    }

    /// What kind of record it is.
    #[inline(always)]
    pub fn table(self) -> &'static Table {
        self.header().table
    }

    /// A reference of its own.
    #[inline]
    pub(crate) fn to_node(self) -> Node {
        std::mem::ManuallyDrop::new(Node(self.node)).share()
    }

    /// Is it the very same node?
    pub fn is(self, other: NodeRef<'_>) -> bool {
        self.node == other.node
    }

    /// The slots, one for each field. As long as anybody looks, nobody can change them.
    #[inline(always)]
    pub fn slots(self) -> Slots<'a> {
        self.header().busy.read();
        Slots { node: self }
    }

    /// Change the slot of a field. `None`: somebody is looking.
    #[inline]
    pub(crate) fn write<T>(self, i: usize, change: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        /// Ends the writing, come what may.
        struct End<'a>(&'a Busy);
        impl Drop for End<'_> {
            fn drop(&mut self) {
                self.0.end_write();
            }
        }
        let busy = &self.header().busy;
        if !busy.write() {
            return None;
        }
        let _end = End(busy);
        // SAFETY: nobody reads, and nobody else writes: with the GIL `change` is too short to let it go, as it runs no
        // Python; without it the flag says so.
        unsafe {
            let block = self.block();
            if let Some(mut slot) = block.slot(i) {
                return Some(change(slot.as_mut()));
            }
            let mut slot = Slot::Absent;
            let answer = change(&mut slot);
            if !slot.is_absent() {
                block.make_room();
                if let Some(place) = block.slot(i) {
                    place.write(slot);
                }
            }
            Some(answer)
        }
    }

    #[inline(always)]
    fn block(self) -> Block {
        // SAFETY: the node lives as long as `'a`.
        unsafe { Block::of(self.node) }
    }
}

/// The slots of a node, while somebody looks.
pub struct Slots<'a> {
    node: NodeRef<'a>,
}

impl Slots<'_> {
    /// How many fields there are.
    #[allow(clippy::len_without_is_empty, reason = "of interest to nobody")]
    pub fn len(&self) -> usize {
        self.node.table().fields.len()
    }

    /// The slots of all fields, in declaration order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Slot> {
        (0..self.len()).map(|i| &self[i])
    }

    /// The slots that there are, each with its field's number, in declaration order: all else is `Absent`.
    #[inline]
    pub fn said(&self) -> impl Iterator<Item = (usize, &Slot)> {
        // SAFETY: counted as a reader, so nobody writes.
        let each = unsafe { self.node.block().each() };
        // SAFETY: as above.
        each.map(|(i, slot)| (i, unsafe { slot.as_ref() }))
    }

    /// What no field holds.
    pub fn extra(&self) -> Option<&str> {
        // SAFETY: counted as a reader, so nobody writes.
        unsafe { self.node.block().extra()?.as_ref().as_str() }
    }

    /// The node in a slot.
    #[inline(always)]
    pub fn node(&self, i: usize) -> Option<NodeRef<'_>> {
        as_node(&self[i])
    }
}

/// The node in a slot that is being looked at.
#[inline(always)]
pub(crate) fn as_node(slot: &Slot) -> Option<NodeRef<'_>> {
    match slot {
        Slot::Node(node) => Some(NodeRef {
            node: node.0,
            life: PhantomData,
        }),
        _ => None,
    }
}

impl Slots<'_> {
    /// The nodes of a list.
    pub fn nodes(&self, i: usize) -> impl Iterator<Item = NodeRef<'_>> {
        self[i].items().iter().filter_map(as_node)
    }
}

impl std::ops::Index<usize> for Slots<'_> {
    type Output = Slot;

    #[inline(always)]
    fn index(&self, i: usize) -> &Slot {
        // SAFETY: counted as a reader, so nobody writes.
        unsafe {
            self.node
                .block()
                .slot(i)
                .map_or(&Slot::Absent, |slot| slot.as_ref())
        }
    }
}

impl Drop for Slots<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.node.header().busy.end_read();
    }
}

/// A node that nobody else knows yet, with room for all its fields.
pub struct Builder(Node);

impl Builder {
    /// A node whose slots are all `Absent`.
    #[inline]
    pub fn new(table: &'static Table) -> Self {
        Self(Node(Block::with_room(table, false).header()))
    }

    /// A node of a tree that is made at once, of which only so many fields have something to say: the first ones. `None`:
    /// it does not fit into an arena.
    #[inline]
    pub fn first_of(arena: &Arena, table: &'static Table, count: usize) -> Option<Self> {
        Some(Self(Node(Block::first_of(arena, table, count)?.header())))
    }

    /// The slots that there are, in declaration order.
    #[inline(always)]
    pub fn slots(&mut self) -> &mut [Slot] {
        // SAFETY: nobody else knows the node, whose slots stand in a row.
        unsafe {
            let all = Block::of(self.0.0).all();
            let len = all.end.offset_from_unsigned(all.start);
            std::slice::from_raw_parts_mut(all.start.as_ptr(), len)
        }
    }

    /// What no field holds; once.
    pub fn set_extra(&mut self, text: Option<String>) {
        let Some(text) = text else { return };
        let block = Block::with_room(self.0.table(), true);
        let mut with = Self(Node(block.header()));
        with.slots().swap_with_slice(self.slots());
        // SAFETY: nobody else knows the node, which has a place for it.
        unsafe {
            if let Some(mut extra) = block.extra() {
                extra.as_mut().set(Slot::text(&text));
            }
        }
        *self = with;
    }

    /// The node.
    #[inline]
    pub fn finish(self) -> Node {
        self.0
    }
}

/// A node of a tree that is made at once: when it is finished, it moves into the arena with what it has, which of most
/// records is little.
pub struct Draft<'a> {
    arena: &'a Arena,
    table: &'static Table,
    /// Room for any record. What was not asked for, and all in a desk that lies in the arena, is `Absent`.
    desk: Desk,
    /// Which slots were asked for.
    said: Said,
    extra: Slot,
}

impl<'a> Draft<'a> {
    /// A node whose slots are all `Absent`.
    #[inline]
    pub fn new(arena: &'a Arena, table: &'static Table) -> Self {
        Self {
            arena,
            table,
            desk: arena.desk(),
            said: Said::default(),
            extra: Slot::Absent,
        }
    }

    /// What kind of record it is.
    #[inline]
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The slot of a field of the record, to put something there.
    #[inline(always)]
    pub fn slot(&mut self, i: usize) -> &mut Slot {
        debug_assert!(i < self.table.fields.len());
        let slot = &mut self.desk[i];
        self.said[i / WORD] |= 1 << (i % WORD);
        slot
    }

    /// What no field holds.
    pub fn set_extra(&mut self, text: Option<String>) {
        self.extra = text.map_or(Slot::Absent, |text| Slot::text_in(self.arena, &text));
    }

    /// The node.
    #[inline]
    pub fn finish(mut self) -> Node {
        let slots = &mut self.desk[..self.table.fields.len()];
        let block = Block::packed(self.arena, self.table, slots, self.said, self.extra);
        self.arena.put_desk(self.desk);
        Node(block.header())
    }
}

/// A slot with the value of a default.
pub fn default_slot(kind: &Kind, default: &Default) -> Slot {
    match default {
        Default::Absent | Default::Empty => Slot::Absent,
        Default::Bool(value) => Slot::Bool(*value),
        Default::Int(value) => Slot::Int(*value),
        Default::Float(value) => Slot::Float(*value),
        Default::Str(text) => Slot::text(text),
        Default::Member(member) => Slot::Member(*member),
        Default::Node(fields) => match kind {
            Kind::Node(table) => Slot::Node(default_node(table, fields)),
            _ => Slot::Absent,
        },
    }
}

/// A record with these fields, and defaults for the others.
fn default_node(table: &'static Table, given: &'static [(u16, Default)]) -> Node {
    let mut builder = Builder::new(table);
    let slots = builder.slots();
    for (slot, field) in slots.iter_mut().zip(table.fields) {
        if let Some(default) = &field.default {
            *slot = default_slot(&field.kind, default);
        }
    }
    for (i, default) in given {
        let i = *i as usize;
        slots[i] = default_slot(&table.fields[i].kind, default);
    }
    builder.finish()
}

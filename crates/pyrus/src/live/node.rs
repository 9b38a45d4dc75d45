//! The memory of a node: one allocation, counted references, and a note of who is looking.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering, fence};

use super::arena::{Arena, Chunk, Gone};
use super::slot::Slot;
use super::table::{Default, Kind, Table};

/// More references than this are a leak, and the count must not wrap.
const MOST_REFS: u32 = u32::MAX / 2;

const _: () = assert!(align_of::<Header>() == 8 && align_of::<Slot>() == 8);

/// What stands before the slots.
#[repr(C)]
struct Header {
    refs: AtomicU32,
    busy: Busy,
    table: &'static Table,
    /// What a file said that no field holds, as text.
    extra: std::cell::UnsafeCell<Option<Box<Box<str>>>>,
    /// The chunk that it is in; `None`: it has memory of its own.
    chunk: Option<NonNull<Chunk>>,
}

impl Header {
    /// Give up a reference; was it the last one?
    #[inline(always)]
    fn give_up(&self) -> bool {
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
        for _ in 0..1_000_000 {
            let taken =
                self.0
                    .compare_exchange_weak(0, Self::WRITER, Ordering::Acquire, Ordering::Relaxed);
            if taken.is_ok() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }

    fn end_write(&self) {
        self.0.fetch_sub(Self::WRITER, Ordering::Release);
    }
}

/// A counted reference to a node. Its slots are only seen where the thread is attached to Python, through [`NodeRef`].
pub struct Node(NonNull<Header>);

impl Node {
    fn layout(fields: usize) -> Layout {
        let size = size_of::<Header>() + fields * size_of::<Slot>();
        Layout::from_size_align(size, align_of::<Header>().max(align_of::<Slot>()))
            .expect("a record is smaller than memory")
    }

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

/// What is being freed: a node up to one of its slots, or the rest of a list.
enum Dying {
    Node(NonNull<Header>, usize),
    Items(std::vec::IntoIter<Slot>),
}

/// Free a node and all that only it held, however deep that goes, in the order in which trees are made: memory is met
/// from front to back.
///
/// # Safety
/// Nobody refers to the node any more.
unsafe fn free(node: NonNull<Header>) {
    let mut gone = Gone::default();
    let mut open = vec![Dying::Node(node, 0)];
    while let Some(last) = open.last_mut() {
        let slot = match last {
            // SAFETY: as promised; each slot is read once, and the node goes after its last one.
            Dying::Node(node, next) => unsafe {
                let fields = node.as_ref().table.fields.len();
                if *next == fields {
                    end(*node, &mut gone);
                    open.pop();
                    continue;
                }
                let slot = node.add(1).cast::<Slot>().add(*next).read();
                *next += 1;
                slot
            },
            Dying::Items(items) => match items.next() {
                Some(slot) => slot,
                None => {
                    open.pop();
                    continue;
                }
            },
        };
        match slot {
            Slot::Node(node) => {
                let node = std::mem::ManuallyDrop::new(node).0;
                // SAFETY: one reference is given up; the last one frees the node.
                if unsafe { node.as_ref() }.give_up() {
                    open.push(Dying::Node(node, 0));
                }
            }
            Slot::List(items) => open.push(Dying::Items(items.into_iter())),
            Slot::Long(text) => text.bury(&mut gone),
            _ => {}
        }
    }
}

/// Free a node whose slots are gone.
///
/// # Safety
/// Nobody refers to the node, and nothing in its slots is used any more.
unsafe fn end(node: NonNull<Header>, gone: &mut Gone) {
    // SAFETY: as promised.
    unsafe {
        std::ptr::drop_in_place(node.as_ref().extra.get());
        match node.as_ref().chunk {
            Some(chunk) => gone.add(chunk),
            None => {
                let fields = node.as_ref().table.fields.len();
                dealloc(node.cast().as_ptr(), Node::layout(fields));
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

    /// Change something. `None`: somebody is looking.
    #[inline]
    pub(crate) fn write<T>(self, change: impl FnOnce(&mut [Slot]) -> T) -> Option<T> {
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
        Some(change(unsafe { self.raw() }))
    }

    /// # Safety
    /// Nobody else looks at the slots.
    #[allow(clippy::mut_from_ref, reason = "the contract says so")]
    unsafe fn raw(self) -> &'a mut [Slot] {
        // SAFETY: one initialised slot for each field follows the header.
        unsafe {
            std::slice::from_raw_parts_mut(
                self.node.add(1).cast::<Slot>().as_ptr(),
                self.table().fields.len(),
            )
        }
    }
}

/// The slots of a node, while somebody looks.
pub struct Slots<'a> {
    node: NodeRef<'a>,
}

impl Slots<'_> {
    /// What no field holds.
    pub fn extra(&self) -> Option<&str> {
        // SAFETY: written by builders only, before anybody else knows the node.
        unsafe {
            (*self.node.header().extra.get())
                .as_deref()
                .map(|text| &**text)
        }
    }

    /// The node in a slot.
    #[inline(always)]
    pub fn node(&self, i: usize) -> Option<NodeRef<'_>> {
        as_node(self.get(i)?)
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

impl std::ops::Deref for Slots<'_> {
    type Target = [Slot];

    #[inline(always)]
    fn deref(&self) -> &[Slot] {
        // SAFETY: counted as a reader, so nobody writes.
        unsafe { self.node.raw() }
    }
}

impl Drop for Slots<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.node.header().busy.end_read();
    }
}

/// A node that nobody else knows yet.
pub struct Builder(Node);

impl Builder {
    /// A node whose slots are all `Absent`.
    pub fn new(table: &'static Table) -> Self {
        let layout = Node::layout(table.fields.len());
        // SAFETY: not empty; the layout has room for the header and the slots.
        unsafe {
            let Some(node) = NonNull::new(alloc(layout).cast::<Header>()) else {
                handle_alloc_error(layout);
            };
            Self::filled(node, table, None)
        }
    }

    /// The same, in an arena if it fits: for trees that are made at once.
    #[inline]
    pub fn new_in(arena: &Arena, table: &'static Table) -> Self {
        let size = size_of::<Header>() + table.fields.len() * size_of::<Slot>();
        match arena.take(size) {
            // SAFETY: room for the header and the slots, at a multiple of eight.
            Some((node, chunk)) => unsafe { Self::filled(node.cast(), table, Some(chunk)) },
            None => Self::new(table),
        }
    }

    /// # Safety
    /// There is room for the header and the slots at `node`.
    #[inline(always)]
    unsafe fn filled(
        node: NonNull<Header>,
        table: &'static Table,
        chunk: Option<NonNull<Chunk>>,
    ) -> Self {
        // SAFETY: as promised.
        unsafe {
            node.write(Header {
                refs: AtomicU32::new(1),
                busy: Busy(AtomicU32::new(0)),
                table,
                extra: std::cell::UnsafeCell::new(None),
                chunk,
            });
            let first = node.add(1).cast::<Slot>();
            for i in 0..table.fields.len() {
                first.add(i).write(Slot::Absent);
            }
        }
        Self(Node(node))
    }

    /// What kind of record it is.
    pub fn table(&self) -> &'static Table {
        self.0.table()
    }

    /// The slots.
    #[inline(always)]
    pub fn slots(&mut self) -> &mut [Slot] {
        // SAFETY: nobody else knows the node.
        unsafe { self.0.attached().raw() }
    }

    /// What no field holds.
    pub fn set_extra(&mut self, text: Option<String>) {
        let text = text.map(|text| Box::new(text.into_boxed_str()));
        // SAFETY: nobody else knows the node.
        unsafe { *self.0.header().extra.get() = text };
    }

    /// The node.
    #[inline]
    pub fn finish(self) -> Node {
        self.0
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

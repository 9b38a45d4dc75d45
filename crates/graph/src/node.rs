//! Nodes.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use once_cell::race::OnceBox;
use parking_lot::Mutex;
use triomphe::Arc;

use crate::attributes::{AttributeCell, AttributeSnapshot, Key};
use crate::error::IdsExhausted;
use crate::host::{Anchor, HostSlot};
use crate::ids::{IdCounter, NODE_IDS};
use crate::literal::Literal;

/// A handle on a node: a process-wide record with an id and attributes.
///
/// Cloning is cheap and gives another handle on the same record. Equality, order and hash go by id.
/// The record lives as long as a handle, a view that contains it, or an edge that ends in it.
#[derive(Clone)]
pub struct Node(Arc<Record>);

/// Three words with the count. What most nodes never have is one pointer away.
struct Record {
    id: u32,
    extra: OnceBox<Extra>,
}

#[derive(Default)]
struct Extra {
    host: HostSlot,
    attributes: OnceBox<AttributeCell>,
    anchor: OnceBox<Mutex<Option<Anchor>>>,
}

impl Node {
    /// A node without attributes, in no view. O(1).
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn new() -> Result<Self, IdsExhausted> {
        Self::numbered_by(&NODE_IDS)
    }

    /// A node with these attributes, in no view. O(attributes). The attributes are drawn before an
    /// id is taken.
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn with_attributes(
        attributes: impl IntoIterator<Item = (String, Literal)>,
    ) -> Result<Self, IdsExhausted> {
        let attributes: Vec<_> = attributes.into_iter().collect();
        let node = Self::new()?;
        node.extend(attributes);
        Ok(node)
    }

    /// A node with the attributes of a snapshot, in no view. O(1): the list is shared until one of
    /// the records that have it is written to.
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn with_snapshot(attributes: &AttributeSnapshot) -> Result<Self, IdsExhausted> {
        let node = Self::new()?;
        if !attributes.is_unset() {
            let cell = Box::new(AttributeCell::from_snapshot(attributes.clone()));
            // Nobody else has the node yet.
            let _ = node.extra().attributes.set(cell);
        }
        Ok(node)
    }

    pub(crate) fn numbered_by(ids: &IdCounter) -> Result<Self, IdsExhausted> {
        Ok(Self(Arc::new(Record {
            id: ids.next()?,
            extra: OnceBox::new(),
        })))
    }

    /// The id: from 1, unique in the process, never used again.
    #[inline]
    pub fn id(&self) -> u32 {
        self.0.id
    }

    /// Whether both handles name the same node.
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether this handle is all that keeps the record alive: no other handle, view or edge.
    /// Certain only while no other thread can get at the record through this very handle.
    pub fn is_unique(&self) -> bool {
        self.0.is_unique()
    }

    /// Appends an attribute. Never replaces: [`Node::get`] still gives the first of its key.
    /// Amortised O(1).
    pub fn put(&self, key: impl Into<Key>, value: Literal) {
        self.attribute_cell().put(key.into(), value);
    }

    /// Appends every entry of a bundle, in order, at once for readers. O(bundle).
    pub fn extend(&self, bundle: impl IntoIterator<Item = (String, Literal)>) {
        let mut bundle = bundle
            .into_iter()
            .map(|(key, value)| (Key::from(key), value))
            .peekable();
        if bundle.peek().is_some() {
            self.attribute_cell().extend(bundle);
        }
    }

    /// The value of the **first** attribute with this key. O(attributes).
    pub fn get(&self, key: &str) -> Option<Literal> {
        self.existing_cell()?.first(key)
    }

    /// Reads the value of the **first** attribute with this key without copying it. No lock is held
    /// meanwhile. O(attributes).
    pub fn with_attribute<R>(&self, key: &str, read: impl FnOnce(Option<&Literal>) -> R) -> R {
        read(self.attribute_snapshot().get(key))
    }

    /// All attributes in list order, duplicates too. O(attributes), copies.
    pub fn attributes(&self) -> Vec<(String, Literal)> {
        self.attribute_snapshot().to_vec()
    }

    /// Each key once, in the order of first occurrence, with its **last** value. O(attributes).
    pub fn attribute_map(&self) -> Vec<(String, Literal)> {
        self.attribute_snapshot().to_map()
    }

    /// The attributes as they are now, without copying. O(1).
    pub fn attribute_snapshot(&self) -> AttributeSnapshot {
        self.existing_cell()
            .map(AttributeCell::snapshot)
            .unwrap_or_default()
    }

    /// Calls back with every attribute in list order until told to break. Nothing is copied and no
    /// lock is held: the callback may also put, which this visit does not see.
    pub fn visit_attributes<B>(
        &self,
        mut visit: impl FnMut(&str, &Literal) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.attribute_snapshot()
            .iter()
            .try_for_each(|(key, value)| visit(key, value))
    }

    /// The host's pointer slot. The first call on a node allocates; to look only, see
    /// [`Node::host_pointer`].
    pub fn host(&self) -> &HostSlot {
        &self.extra().host
    }

    /// What is in the host slot, or 0. Never allocates.
    #[inline]
    pub fn host_pointer(&self) -> usize {
        self.0.extra.get().map_or(0, |extra| extra.host.get())
    }

    /// Whether a host remembers something here: a pointer or an anchor. Never allocates.
    #[inline]
    pub fn is_hosted(&self) -> bool {
        self.0.extra.get().is_some() && (self.host_pointer() != 0 || self.has_anchor())
    }

    /// Gives the node a host value to own and returns the one it had. It is dropped with the record
    /// at the latest, and never while a lock of this library is held.
    pub fn anchor(&self, value: Anchor) -> Option<Anchor> {
        self.extra()
            .anchor
            .get_or_init(Box::default)
            .lock()
            .replace(value)
    }

    /// Takes the host value back.
    pub fn take_anchor(&self) -> Option<Anchor> {
        self.anchor_cell()?.lock().take()
    }

    /// Whether the node owns a host value.
    pub fn has_anchor(&self) -> bool {
        self.anchor_cell().is_some_and(|cell| cell.lock().is_some())
    }

    /// Reads the host value. A lock of this node is held meanwhile: `read` should only copy
    /// something out, and must not call the anchor methods of this node.
    pub fn with_anchor<R>(&self, read: impl FnOnce(Option<&(dyn Any + Send + Sync)>) -> R) -> R {
        match self.anchor_cell() {
            Some(cell) => read(cell.lock().as_deref()),
            None => read(None),
        }
    }

    fn extra(&self) -> &Extra {
        self.0.extra.get_or_init(Box::default)
    }

    fn attribute_cell(&self) -> &AttributeCell {
        self.extra().attributes.get_or_init(Box::default)
    }

    fn existing_cell(&self) -> Option<&AttributeCell> {
        self.0.extra.get()?.attributes.get()
    }

    fn anchor_cell(&self) -> Option<&Mutex<Option<Anchor>>> {
        self.0.extra.get()?.anchor.get()
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id().cmp(&other.id())
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node(id={:#x})", self.id())
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhaustion_is_an_error() {
        let ids = IdCounter::after(u32::MAX - 1);
        assert_eq!(Node::numbered_by(&ids).unwrap().id(), u32::MAX);
        assert_eq!(Node::numbered_by(&ids).unwrap_err(), IdsExhausted);
    }

    #[test]
    fn records_are_small() {
        assert_eq!(size_of::<Record>(), 16);
        assert_eq!(size_of::<Extra>(), 24);
        assert_eq!(size_of::<Option<Node>>(), 8);
    }
}

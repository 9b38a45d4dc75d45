//! Edges.

mod build;
mod filter;
mod flags;
mod named;
mod pattern;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use triomphe::Arc;

use crate::attributes::{AttributeCell, AttributeSnapshot, Key};
use crate::error::{EdgeError, IdsExhausted, OrderOutOfRange};
use crate::ids::{EDGE_IDS, IdCounter};
use crate::literal::Literal;
use crate::node::Node;

pub use build::{EdgeBuilder, EdgeOptions};
pub use filter::{DirectionFilter, Role};
pub(crate) use flags::EdgeFields;
use flags::Flags;
pub(crate) use named::Digest;
use named::NameDigest;
pub use pattern::EdgePattern;

/// The largest order an edge can have.
pub const MAX_ORDER: u8 = 127;

const NAME: Key = Key::Borrowed("name");

/// A handle on an edge: a process-wide record with an id, two ends, a kind and attributes.
///
/// Cloning is cheap and gives another handle on the same record. Equality, order and hash go by id.
/// An edge keeps its ends alive; ends may be equal (a loop) and need not be in any view.
#[derive(Clone)]
pub struct Edge(Arc<Record>);

struct Record {
    id: u32,
    flags: Flags,
    name: NameDigest,
    /// The ids of the ends: what looks for them need not touch the nodes, which are anywhere in memory.
    ends: [u32; 2],
    source: Node,
    target: Node,
    attributes: AttributeCell,
}

impl Edge {
    /// An undirected edge of order 0 without attributes, in no view. O(1).
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn new(source: &Node, target: &Node, kind: u8) -> Result<Self, IdsExhausted> {
        Self::numbered_by(&EDGE_IDS, source, target, kind, EdgeOptions::default())
    }

    /// Starts an edge with more properties.
    pub fn build<'a>(source: &'a Node, target: &'a Node, kind: u8) -> EdgeBuilder<'a> {
        EdgeBuilder::new(source, target, kind)
    }

    /// An edge with these properties, in no view. O(attributes).
    ///
    /// # Errors
    /// [`EdgeError::OrderOutOfRange`] for an order above 127; [`EdgeError::IdsExhausted`].
    pub fn with_options(
        source: &Node,
        target: &Node,
        kind: u8,
        options: EdgeOptions,
    ) -> Result<Self, EdgeError> {
        checked_order(options.order)?;
        Ok(Self::numbered_by(&EDGE_IDS, source, target, kind, options)?)
    }

    /// An edge like `pattern`, with its kind, direction, order, edge-specific value and attributes,
    /// between other ends and in no view. O(1): the attributes are shared until one of the edges is
    /// written to.
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn like(pattern: &EdgePattern, source: &Node, target: &Node) -> Result<Self, IdsExhausted> {
        let flags = Flags::from_word(pattern.flags);
        let attributes = pattern.attributes.clone();
        Self::assemble(&EDGE_IDS, source, target, flags, attributes)
    }

    /// The caller has checked the order.
    fn numbered_by(
        ids: &IdCounter,
        source: &Node,
        target: &Node,
        kind: u8,
        options: EdgeOptions,
    ) -> Result<Self, IdsExhausted> {
        let flags = flags_of(kind, &options);
        let name = options.name.map(|name| (NAME, Literal::String(name)));
        let rest = options
            .attributes
            .into_iter()
            .map(|(key, value)| (Key::from(key), value));
        let attributes = name.into_iter().chain(rest).collect();
        Self::assemble(ids, source, target, flags, attributes)
    }

    /// An edge with these fields and attributes, in no view. The order is at most [`MAX_ORDER`].
    pub(crate) fn with_fields(
        source: &Node,
        target: &Node,
        fields: EdgeFields,
        attributes: AttributeSnapshot,
    ) -> Result<Self, IdsExhausted> {
        Self::assemble(&EDGE_IDS, source, target, Flags::of(fields), attributes)
    }

    fn assemble(
        ids: &IdCounter,
        source: &Node,
        target: &Node,
        flags: Flags,
        attributes: AttributeSnapshot,
    ) -> Result<Self, IdsExhausted> {
        Ok(Self(Arc::new(Record {
            id: ids.next()?,
            flags,
            name: NameDigest::new(digest(attributes.get(&NAME))),
            ends: [source.id(), target.id()],
            source: source.clone(),
            target: target.clone(),
            attributes: AttributeCell::from_snapshot(attributes),
        })))
    }

    /// The id: from 1, unique among edges in the process, never used again.
    #[inline]
    pub fn id(&self) -> u32 {
        self.0.id
    }

    /// Whether both handles name the same edge.
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether this handle is all that keeps the record alive.
    pub fn is_unique(&self) -> bool {
        self.0.is_unique()
    }

    /// The first end.
    #[inline]
    pub fn source(&self) -> &Node {
        &self.0.source
    }

    /// The second end.
    #[inline]
    pub fn target(&self) -> &Node {
        &self.0.target
    }

    /// The ids of source and target.
    #[inline]
    pub(crate) fn end_ids(&self) -> [u32; 2] {
        self.0.ends
    }

    /// The end opposite to `node`: the target if `node` is the source (also for a loop), the source
    /// if it is the target, nothing if the edge does not touch it.
    #[inline]
    pub fn other_end(&self, node: &Node) -> Option<&Node> {
        if self.source().is_same(node) {
            Some(self.target())
        } else if self.target().is_same(node) {
            Some(self.source())
        } else {
            None
        }
    }

    /// The source, if the edge is directional.
    pub fn directed_source(&self) -> Option<&Node> {
        self.directional().then(|| self.source())
    }

    /// The target, if the edge is directional.
    pub fn directed_target(&self) -> Option<&Node> {
        self.directional().then(|| self.target())
    }
}

/// Flags.
impl Edge {
    /// The kind. See [`crate::kinds`].
    #[inline]
    pub fn kind(&self) -> u8 {
        self.0.flags.kind()
    }

    /// Changes the kind. Meant for before insertion: a view lists the edge under the kind it had
    /// when it was inserted there.
    pub fn set_kind(&self, kind: u8) {
        self.0.flags.set_kind(kind);
    }

    /// Whether the edge leads from source to target only.
    #[inline]
    pub fn directional(&self) -> bool {
        self.0.flags.directional()
    }

    /// Changes the direction. Takes effect in running visits too.
    pub fn set_directional(&self, directional: bool) {
        self.0.flags.set_directional(directional);
    }

    /// The order, 0 to 127.
    pub fn order(&self) -> u8 {
        self.0.flags.order()
    }

    /// Changes the order.
    ///
    /// # Errors
    /// [`OrderOutOfRange`] above 127; nothing has changed.
    pub fn set_order(&self, order: u8) -> Result<(), OrderOutOfRange> {
        self.0.flags.set_order(checked_order(order)?);
        Ok(())
    }

    /// The value that means something to the kind only; 0 unless set.
    pub fn edge_specific(&self) -> u16 {
        self.0.flags.specific()
    }

    /// Changes the edge-specific value.
    pub fn set_edge_specific(&self, value: u16) {
        self.0.flags.set_specific(value);
    }
}

/// Attributes.
impl Edge {
    /// The first attribute `name`, if that is a string. O(attributes).
    pub fn name(&self) -> Option<String> {
        self.with_name(|name| name.map(str::to_owned))
    }

    /// Reads the name without copying it. No lock is held meanwhile. O(attributes).
    pub fn with_name<R>(&self, read: impl FnOnce(Option<&str>) -> R) -> R {
        self.with_attribute(&NAME, |name| read(name.and_then(Literal::as_str)))
    }

    /// Whether this is the name. Copies nothing. O(attributes).
    pub fn has_name(&self, name: &str) -> bool {
        self.is_named(Digest::of(name), name)
    }

    /// The same for who asks many edges.
    #[inline]
    pub(crate) fn is_named(&self, digest: Digest, name: &str) -> bool {
        self.0.name.get() == digest && self.0.attributes.first_is_text(&NAME, name)
    }

    /// After attributes were appended.
    fn take_name(&self) {
        if self.0.name.get() == Digest::NONE {
            self.0.name.set(self.with_attribute(&NAME, digest));
        }
    }

    /// Appends a name; an edge that has one keeps it, as the first counts.
    pub fn set_name(&self, name: impl Into<String>) {
        self.put(NAME, Literal::String(name.into()));
    }

    /// The value of the **first** attribute with this key. O(attributes). Ends, kind and flags are
    /// not attributes.
    pub fn get(&self, key: &str) -> Option<Literal> {
        self.0.attributes.first(key)
    }

    /// Reads the value of the **first** attribute with this key without copying it. No lock is held
    /// meanwhile. O(attributes).
    pub fn with_attribute<R>(&self, key: &str, read: impl FnOnce(Option<&Literal>) -> R) -> R {
        read(self.attribute_snapshot().get(key))
    }

    /// Appends an attribute; never replaces. Amortised O(1).
    pub fn put(&self, key: impl Into<Key>, value: Literal) {
        self.0.attributes.put(key.into(), value);
        self.take_name();
    }

    /// Appends every entry of a bundle, in order, at once for readers. O(bundle).
    pub fn extend(&self, bundle: impl IntoIterator<Item = (String, Literal)>) {
        self.0.attributes.extend(
            bundle
                .into_iter()
                .map(|(key, value)| (Key::from(key), value)),
        );
        self.take_name();
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
        self.0.attributes.snapshot()
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
}

fn flags_of(kind: u8, options: &EdgeOptions) -> Flags {
    Flags::of(EdgeFields {
        kind,
        directional: options.directional,
        order: options.order,
        specific: options.edge_specific,
    })
}

/// Of the first attribute `name`.
fn digest(name: Option<&Literal>) -> Digest {
    name.and_then(Literal::as_str)
        .map_or(Digest::NONE, Digest::of)
}

fn checked_order(order: u8) -> Result<u8, OrderOutOfRange> {
    if order <= MAX_ORDER {
        Ok(order)
    } else {
        Err(OrderOutOfRange(order))
    }
}

impl PartialEq for Edge {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

impl Eq for Edge {}

impl Hash for Edge {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id().cmp(&other.id())
    }
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (source, target) = (self.source().id(), self.target().id());
        write!(
            f,
            "Edge(id={:#x}, src={source:#x}, tgt={target:#x}, kind={})",
            self.id(),
            self.kind()
        )
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhaustion_is_an_error() {
        let (ids, node) = (IdCounter::after(u32::MAX), Node::new().unwrap());
        let edge = Edge::numbered_by(&ids, &node, &node, 0, EdgeOptions::default());
        assert_eq!(edge.unwrap_err(), IdsExhausted);
    }

    #[test]
    fn records_are_small() {
        assert_eq!(size_of::<Record>(), 56);
        assert_eq!(size_of::<Option<Edge>>(), 8);
    }
}

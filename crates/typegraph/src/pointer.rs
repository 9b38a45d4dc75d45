//! Pointers: by name, or by an index that makes a sequence of them.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, DirectionFilter, Edge, GraphView, IdsExhausted, Node, kinds};

use crate::attributes::{EdgeAttributes, insert};
use crate::error::{InsertError, NotDirectional};
use crate::find;

/// The kind of these edges.
pub const TID: u8 = kinds::POINTER;

/// A place in a sequence, 0 to [`Index::MAX`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Index(u16);

impl Index {
    /// The last place: 15 bits are kept.
    pub const MAX: u16 = (1 << 15) - 1;

    /// A place, unless it is too large.
    pub fn new(index: u16) -> Option<Self> {
        (index <= Self::MAX).then_some(Self(index))
    }

    /// The number.
    pub fn get(self) -> u16 {
        self.0
    }

    /// The upper seven bits: the order of the edge.
    fn order(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// The lower eight bits: the edge's own value.
    fn specific(self) -> u16 {
        self.0 & 0xFF
    }
}

/// An edge without index, in no view.
pub fn create(from: &Node, to: &Node, name: Option<&str>) -> Result<Edge, IdsExhausted> {
    attributes(name, None).into_edge(from, to)
}

/// What such an edge is made with.
pub fn attributes(name: Option<&str>, index: Option<Index>) -> EdgeAttributes {
    EdgeAttributes {
        order: index.map_or(0, Index::order),
        edge_specific: index.map(Index::specific),
        ..EdgeAttributes::directional(TID).named(name)
    }
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// Lets a node point at another. Amortised O(1).
///
/// # Errors
/// [`InsertError`].
pub fn point_to(
    view: &GraphView,
    from: &Node,
    to: &Node,
    name: Option<&str>,
    index: Option<Index>,
) -> Result<Edge, InsertError> {
    insert(view, attributes(name, index).into_edge(from, to)?)
}

/// The index of an edge of whatever kind; 0 if it has none.
pub fn index(edge: &Edge) -> u16 {
    u16::from(edge.order()) << 8 | edge.edge_specific() & 0xFF
}

/// What an edge of whatever kind points at.
///
/// # Errors
/// [`NotDirectional`].
pub fn target(edge: &Edge) -> Result<&Node, NotDirectional> {
    edge.directed_target().ok_or(NotDirectional)
}

/// What the node's first pointer points at. That is not the one of the lowest index. O(edges before it).
pub fn first(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    let edge = find::first_outgoing(view, node, TID, Edge::directional)?;
    Ok(edge.map(|edge| edge.target().clone()))
}

/// What the node's first pointer of this name points at.
pub fn by_name(view: &GraphView, node: &Node, name: &str) -> Result<Option<Node>, DestroyedError> {
    let edge = find::first_named(view, node, TID, name, Edge::directional)?;
    Ok(edge.map(|edge| edge.target().clone()))
}

/// Calls back with the pointers of the node, in order of insertion, until told to break. A pointer
/// to itself comes twice.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit<B>(
    view: &GraphView,
    node: &Node,
    visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(node, TID, DirectionFilter::Outgoing, visit)
}

/// The same for pointers of one name.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_named<B>(
    view: &GraphView,
    node: &Node,
    name: &str,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(node, TID, DirectionFilter::Outgoing, |edge| {
        if edge.has_name(name) {
            visit(edge)
        } else {
            ControlFlow::Continue(())
        }
    })
}

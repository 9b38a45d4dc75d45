//! Chains: previous → next.

use pyrus_graph::{DestroyedError, Edge, GraphView, IdsExhausted, Node, Role, kinds};

use crate::attributes::{EdgeAttributes, insert};
use crate::error::InsertError;

/// The kind of these edges.
pub const TID: u8 = kinds::NEXT;

/// An edge from previous to next, in no view.
pub fn create(previous: &Node, next: &Node) -> Result<Edge, IdsExhausted> {
    Edge::build(previous, next, TID).directional(true).finish()
}

/// What such an edge is made with.
pub fn attributes() -> EdgeAttributes {
    EdgeAttributes::directional(TID)
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// Puts a node behind another. A second one is not refused, but the first one counts. Amortised O(1).
///
/// # Errors
/// [`InsertError`]: the source is the previous node.
pub fn add(view: &GraphView, previous: &Node, next: &Node) -> Result<Edge, InsertError> {
    insert(view, create(previous, next)?)
}

/// The first edge to a next node. O(edges from previous ones before it).
pub fn next_edge(view: &GraphView, node: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(node, TID, Role::Source)
}

/// The first edge from a previous node. O(edges to next ones before it).
pub fn previous_edge(view: &GraphView, node: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(node, TID, Role::Target)
}

/// The first next node: the target of the edge, also where that is undirected.
pub fn next_node(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    Ok(next_edge(view, node)?.map(|edge| edge.target().clone()))
}

/// The first previous node: the source of the edge, also where that is undirected.
pub fn previous_node(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    Ok(previous_edge(view, node)?.map(|edge| edge.source().clone()))
}

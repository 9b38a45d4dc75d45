//! The tree of ownership: parent → child, by name.

use std::ops::ControlFlow;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, GraphView, IdsExhausted, Node, Role, kinds,
};

use crate::attributes::{EdgeAttributes, insert};
use crate::edge_type;
use crate::error::{InsertError, NotThisKind};

pub use crate::children::{ChildQuery, QueryError, query};

/// The kind of these edges.
pub const TID: u8 = kinds::COMPOSITION;

/// An edge from parent to child, in no view.
pub fn create(parent: &Node, child: &Node, name: &str) -> Result<Edge, IdsExhausted> {
    Edge::build(parent, child, TID)
        .directional(true)
        .name(name)
        .finish()
}

/// What such an edge is made with.
pub fn attributes(name: &str) -> EdgeAttributes {
    EdgeAttributes::directional(TID).named(Some(name))
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// Makes the node a child; `""` makes it an anonymous one. Neither another parent, nor another
/// child of the same name, nor a cycle is refused. Amortised O(1).
///
/// # Errors
/// [`InsertError`]: the source is the parent.
pub fn add_child(
    view: &GraphView,
    parent: &Node,
    child: &Node,
    name: &str,
) -> Result<Edge, InsertError> {
    insert(view, create(parent, child, name)?)
}

/// The name of such an edge, `""` if it has none.
///
/// # Errors
/// [`NotThisKind`].
pub fn name(edge: &Edge) -> Result<String, NotThisKind> {
    if is_instance(edge) {
        Ok(edge.name().unwrap_or_default())
    } else {
        Err(NotThisKind {
            expected: TID,
            found: edge.kind(),
        })
    }
}

/// The first edge from a parent. O(edges to children before it).
pub fn parent_edge(view: &GraphView, node: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(node, TID, Role::Target)
}

/// The first parent.
pub fn parent(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    Ok(parent_edge(view, node)?.map(|edge| edge.source().clone()))
}

/// The first child of this name.
pub fn child(view: &GraphView, node: &Node, name: &str) -> Result<Option<Node>, DestroyedError> {
    let edge = view.first_edge_named(node, TID, Role::Source, name)?;
    Ok(edge.map(|edge| edge.target().clone()))
}

/// Calls back with the edges to children, in order, until told to break. An edge from the node to itself is left out.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_children<B>(
    view: &GraphView,
    node: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(node, TID, DirectionFilter::Outgoing, |edge| {
        if edge.target().is_same(node) {
            ControlFlow::Continue(())
        } else {
            visit(edge)
        }
    })
}

/// The same for children that are instances of a type; an edge from the node to itself is not left out.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_children_of_type<B>(
    view: &GraphView,
    node: &Node,
    child_type: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    edge_type::visit_targets_of_type(view, node, TID, child_type, &mut visit)
}

/// The first child that is an instance of a type.
pub fn first_child_of_type(
    view: &GraphView,
    node: &Node,
    child_type: &Node,
) -> Result<Option<Node>, DestroyedError> {
    view.look(|look| edge_type::first_target_of_type(look, node, TID, child_type).cloned())
}

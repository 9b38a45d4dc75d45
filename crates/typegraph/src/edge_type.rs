//! Instances of types: type → instance.

use std::ops::ControlFlow;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, GraphView, IdsExhausted, Look, Node, Role, kinds,
};

use crate::attributes::{EdgeAttributes, insert};
use crate::error::InsertError;

/// The kind of these edges.
pub const TID: u8 = kinds::TYPE;

/// An edge from type to instance, in no view.
pub fn create(type_node: &Node, instance: &Node) -> Result<Edge, IdsExhausted> {
    Edge::build(type_node, instance, TID)
        .directional(true)
        .finish()
}

/// What such an edge is made with.
pub fn attributes() -> EdgeAttributes {
    EdgeAttributes::directional(TID)
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// Makes the node an instance of the type. A second type is not refused, but the first one counts. Amortised O(1).
///
/// # Errors
/// [`InsertError`]: the source is the type.
pub fn add_instance(
    view: &GraphView,
    type_node: &Node,
    instance: &Node,
) -> Result<Edge, InsertError> {
    insert(view, create(type_node, instance)?)
}

/// The first edge from a type. O(edges to instances before it).
pub fn type_edge(view: &GraphView, node: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(node, TID, Role::Target)
}

/// The type of the node: where its first edge from a type comes from.
pub fn type_of(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    Ok(type_edge(view, node)?.map(|edge| edge.source().clone()))
}

/// The same, if that edge is directional.
pub(crate) fn directed_type_of(
    view: &GraphView,
    node: &Node,
) -> Result<Option<Node>, DestroyedError> {
    let edge = type_edge(view, node)?.filter(Edge::directional);
    Ok(edge.map(|edge| edge.source().clone()))
}

/// Whether the node's first edge from a type is directional and comes from this one.
pub fn is_instance_of(
    view: &GraphView,
    node: &Node,
    type_node: &Node,
) -> Result<bool, DestroyedError> {
    view.look(|look| directional_type(look, node).is_some_and(|of| of.is_same(type_node)))
}

/// Calls back with the edges to instances, in order, until told to break.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_instances<B>(
    view: &GraphView,
    type_node: &Node,
    visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(type_node, TID, DirectionFilter::Outgoing, visit)
}

/// The type of the node, unless its first edge from a type is undirected.
pub(crate) fn directional_type<'a>(look: Look<'a>, node: &Node) -> Option<&'a Node> {
    let edge = look.first_edge(node, TID, Role::Target)?;
    edge.directed_source()
}

/// Where the first outgoing edge of a kind leads whose target is an instance of a type.
pub(crate) fn first_target_of_type<'a>(
    look: Look<'a>,
    node: &Node,
    kind: u8,
    type_node: &Node,
) -> Option<&'a Node> {
    let targets = look.edges(node, kind, DirectionFilter::Outgoing);
    let mut targets = targets.map(Edge::target);
    targets.find(|target| directional_type(look, target).is_some_and(|of| of.is_same(type_node)))
}

/// Calls back with the outgoing edges of a kind whose target is an instance of a type, in order.
pub(crate) fn visit_targets_of_type<B>(
    view: &GraphView,
    node: &Node,
    kind: u8,
    type_node: &Node,
    visit: &mut dyn FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    let visited =
        view.visit_edges(
            node,
            kind,
            DirectionFilter::Outgoing,
            |edge| match is_instance_of(view, edge.target(), type_node) {
                Ok(true) => visit(edge).map_break(Ok),
                Ok(false) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(Err(error)),
            },
        )?;
    transpose(visited)
}

/// A visit that may break with an error of its own.
pub(crate) fn transpose<B, E>(visited: ControlFlow<Result<B, E>>) -> Result<ControlFlow<B>, E> {
    match visited {
        ControlFlow::Continue(()) => Ok(ControlFlow::Continue(())),
        ControlFlow::Break(value) => value.map(ControlFlow::Break),
    }
}

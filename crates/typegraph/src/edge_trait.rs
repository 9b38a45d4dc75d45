//! Traits: owner → trait instance.

use std::ops::ControlFlow;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, GraphView, IdsExhausted, Look, Node, Role, kinds,
};

use crate::attributes::{EdgeAttributes, insert};
use crate::edge_type;
use crate::error::InsertError;

/// The kind of these edges.
pub const TID: u8 = kinds::TRAIT;

/// An edge from owner to trait instance, in no view.
pub fn create(owner: &Node, trait_instance: &Node) -> Result<Edge, IdsExhausted> {
    Edge::build(owner, trait_instance, TID)
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

/// Gives the owner a trait instance. Amortised O(1).
///
/// # Errors
/// [`InsertError`]: the source is the owner.
pub fn add_trait_instance(
    view: &GraphView,
    owner: &Node,
    trait_instance: &Node,
) -> Result<Edge, InsertError> {
    insert(view, create(owner, trait_instance)?)
}

/// The first edge from an owner. O(edges to trait instances before it).
pub fn owner_edge(view: &GraphView, node: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(node, TID, Role::Target)
}

/// The first owner.
pub fn owner(view: &GraphView, node: &Node) -> Result<Option<Node>, DestroyedError> {
    Ok(owner_edge(view, node)?.map(|edge| edge.source().clone()))
}

/// Calls back with the edges to trait instances, in order, until told to break.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_trait_instances<B>(
    view: &GraphView,
    owner: &Node,
    visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(owner, TID, DirectionFilter::Outgoing, visit)
}

/// The same for instances of one trait type.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_trait_instances_of_type<B>(
    view: &GraphView,
    owner: &Node,
    trait_type: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    edge_type::visit_targets_of_type(view, owner, TID, trait_type, &mut visit)
}

/// The first trait instance of a type. O(trait instances before it).
pub fn trait_instance_of_type(
    view: &GraphView,
    owner: &Node,
    trait_type: &Node,
) -> Result<Option<Node>, DestroyedError> {
    view.look(|look| edge_type::first_target_of_type(look, owner, TID, trait_type).cloned())
}

/// Whether the node has a trait instance of a type.
pub(crate) fn has_trait(look: Look<'_>, owner: &Node, trait_type: &Node) -> bool {
    edge_type::first_target_of_type(look, owner, TID, trait_type).is_some()
}

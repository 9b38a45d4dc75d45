//! `EdgeTrait`.

use pyrus::Any;
use pyrus::exc::OverflowError;
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::edge_trait;

use crate::api::faebryk::EdgeTraversal;
use crate::edges::error::not_inserted;
use crate::edges::visit::{Callback, done, step};
use crate::edges::{BoundNode, OrDestroyed, traversal};
use crate::graph::error::{destroyed, exhausted};

pub(crate) fn create(owner: &Node, trait_instance: &Node) -> Result<Edge, OverflowError> {
    edge_trait::create(owner, trait_instance).map_err(exhausted)
}

pub(crate) fn visit_trait_instance_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = edge_trait::visit_trait_instances(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn visit_trait_instances_of_type(
    owner: BoundNode<'_>,
    trait_type: &Node,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let (view, owner) = (owner.owner(), owner.key());
    let visited = edge_trait::visit_trait_instances_of_type(view, owner, trait_type, step);
    done(visited, destroyed)
}

pub(crate) fn try_get_trait_instance_of_type(
    bound: BoundNode<'_>,
    trait_type: &Node,
) -> OrDestroyed<Option<Node>> {
    Ok(edge_trait::trait_instance_of_type(
        bound.owner(),
        bound.key(),
        trait_type,
    )?)
}

pub(crate) fn get_owner_edge(bound: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(edge_trait::owner_edge(bound.owner(), bound.key())?)
}

pub(crate) fn get_owner_node_of(bound: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(edge_trait::owner(bound.owner(), bound.key())?)
}

pub(crate) fn add_trait_instance(
    bound: BoundNode<'_>,
    trait_instance: &Node,
) -> Result<Edge, pyrus::Error> {
    let added = edge_trait::add_trait_instance(bound.owner(), bound.key(), trait_instance);
    added.map_err(|error| {
        let owner = "Trait owner node not in graph";
        not_inserted(error, owner, "Trait instance node not in graph")
    })
}

pub(crate) fn traverse(trait_type_name: &str) -> EdgeTraversal {
    traversal(trait_type_name, edge_trait::TID)
}

pub(crate) fn get_tid() -> u8 {
    edge_trait::TID
}

//! `EdgeType`.

use pyrus::Any;
use pyrus::exc::OverflowError;
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::edge_type;

use crate::edges::error::not_inserted;
use crate::edges::visit::{Callback, done, step};
use crate::edges::{BoundNode, OrDestroyed};
use crate::graph::error::{destroyed, exhausted};

pub(crate) fn create(type_node: &Node, instance: &Node) -> Result<Edge, OverflowError> {
    edge_type::create(type_node, instance).map_err(exhausted)
}

pub(crate) fn get_type_edge(bound: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(edge_type::type_edge(bound.owner(), bound.key())?)
}

pub(crate) fn add_instance(
    type_node: BoundNode<'_>,
    instance: BoundNode<'_>,
) -> Result<Edge, pyrus::Error> {
    let added = edge_type::add_instance(type_node.owner(), type_node.key(), instance.key());
    added.map_err(|error| {
        let (source, target) = ("Type node not in graph", "Instance node not in graph");
        not_inserted(error, source, target)
    })
}

pub(crate) fn is_node_instance_of(bound: BoundNode<'_>, node_type: &Node) -> OrDestroyed<bool> {
    Ok(edge_type::is_instance_of(
        bound.owner(),
        bound.key(),
        node_type,
    )?)
}

pub(crate) fn visit_instance_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = edge_type::visit_instances(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn get_tid() -> u8 {
    edge_type::TID
}

//! `EdgeNext`.

use pyrus::exc::OverflowError;
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::{EdgeAttributes, next};

use super::{BoundNode, OrDestroyed, error};
use crate::graph::error::exhausted;

pub(crate) fn create(previous_node: &Node, next_node: &Node) -> Result<Edge, OverflowError> {
    next::create(previous_node, next_node).map_err(exhausted)
}

pub(crate) fn build() -> EdgeAttributes {
    next::attributes()
}

pub(crate) fn add_next(
    previous_node: BoundNode<'_>,
    next_node: BoundNode<'_>,
) -> Result<Edge, pyrus::Error> {
    // The next node may be bound to another view: only the first one's counts, but both must have contents.
    next_node
        .owner()
        .check_alive()
        .map_err(crate::graph::error::destroyed)?;
    let added = next::add(previous_node.owner(), previous_node.key(), next_node.key());
    added.map_err(|error| {
        let (previous, next) = ("Previous node not in graph", "Next node not in graph");
        error::not_inserted(error, previous, next)
    })
}

pub(crate) fn get_previous_node(edge: &Edge) -> Option<Node> {
    edge.directed_source().cloned()
}

pub(crate) fn get_next_node(edge: &Edge) -> Option<Node> {
    edge.directed_target().cloned()
}

pub(crate) fn get_previous_edge(node: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(next::previous_edge(node.owner(), node.key())?)
}

pub(crate) fn get_next_edge(node: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(next::next_edge(node.owner(), node.key())?)
}

pub(crate) fn get_previous_node_from_node(node: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(next::previous_node(node.owner(), node.key())?)
}

pub(crate) fn get_next_node_from_node(node: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(next::next_node(node.owner(), node.key())?)
}

pub(crate) fn get_tid() -> u8 {
    next::TID
}

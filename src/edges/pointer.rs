//! `EdgePointer`.

use pyrus::Any;
use pyrus::exc::{OverflowError, ValueError};
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::pointer::{self, Index};
use pyrus_typegraph::{EdgeAttributes, NotDirectional};

use super::visit::{Callback, done, step};
use super::{BoundNode, OrDestroyed, error, traversal};
use crate::api::faebryk::EdgeTraversal;
use crate::graph::error::{destroyed, exhausted};

pub(crate) fn create(
    from_node: &Node,
    to_node: &Node,
    identifier: Option<&str>,
) -> Result<Edge, OverflowError> {
    pointer::create(from_node, to_node, identifier).map_err(exhausted)
}

pub(crate) fn build(
    identifier: Option<&str>,
    index: Option<i64>,
) -> Result<EdgeAttributes, ValueError> {
    Ok(pointer::attributes(identifier, checked(index)?))
}

pub(crate) fn point_to(
    bound: BoundNode<'_>,
    target_node: &Node,
    identifier: Option<&str>,
    index: Option<i64>,
) -> Result<Edge, pyrus::Error> {
    let index = checked(index)?;
    let (view, node) = (bound.owner(), bound.key());
    pointer::point_to(view, node, target_node, identifier, index).map_err(|error| {
        let (source, target) = ("Source node not in graph", "Target node not in graph");
        error::not_inserted(error, source, target)
    })
}

/// An index that fits.
fn checked(index: Option<i64>) -> Result<Option<Index>, ValueError> {
    let Some(index) = index else { return Ok(None) };
    let small = u16::try_from(index).ok().and_then(Index::new);
    small
        .map(Some)
        .ok_or_else(|| ValueError::new("Index out of range"))
}

pub(crate) fn get_referenced_node(edge: &Edge) -> Result<Node, ValueError> {
    let target = pointer::target(edge).cloned();
    target.map_err(|error: NotDirectional| ValueError::new(error.to_string()))
}

pub(crate) fn get_referenced_node_from_node(bound: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(pointer::first(bound.owner(), bound.key())?)
}

pub(crate) fn get_pointed_node_by_identifier(
    bound: BoundNode<'_>,
    identifier: &str,
) -> OrDestroyed<Option<Node>> {
    Ok(pointer::by_name(bound.owner(), bound.key(), identifier)?)
}

pub(crate) fn visit_pointed_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = pointer::visit(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn visit_pointed_edges_with_identifier(
    bound: BoundNode<'_>,
    identifier: &str,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = pointer::visit_named(bound.owner(), bound.key(), identifier, step);
    done(visited, destroyed)
}

pub(crate) fn get_tid() -> u8 {
    pointer::TID
}

pub(crate) fn traverse() -> EdgeTraversal {
    traversal("", pointer::TID)
}

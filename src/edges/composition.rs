//! `EdgeComposition`.

use pyrus::exc::{OverflowError, TypeError};
use pyrus::{Any, Ref};
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::composition::ChildQuery;
use pyrus_typegraph::{EdgeAttributes, composition};

use super::visit::{Callback, done, step};
use super::{BoundNode, OrDestroyed, error, traversal};
use crate::api::faebryk::EdgeTraversal;
use crate::graph::error::{destroyed, exhausted};

pub(crate) fn create(
    parent: &Node,
    child: &Node,
    child_identifier: &str,
) -> Result<Edge, OverflowError> {
    composition::create(parent, child, child_identifier).map_err(exhausted)
}

pub(crate) fn build(child_identifier: &str) -> EdgeAttributes {
    composition::attributes(child_identifier)
}

pub(crate) fn visit_children_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = composition::visit_children(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn visit_children_of_type(
    bound: BoundNode<'_>,
    child_type: &Node,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = composition::visit_children_of_type(bound.owner(), bound.key(), child_type, step);
    done(visited, destroyed)
}

pub(crate) fn get_parent_edge(bound: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(composition::parent_edge(bound.owner(), bound.key())?)
}

pub(crate) fn get_parent_node_of(bound: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(composition::parent(bound.owner(), bound.key())?)
}

pub(crate) fn add_child(
    bound: BoundNode<'_>,
    child: &Node,
    child_identifier: &str,
) -> Result<Edge, pyrus::Error> {
    let added = composition::add_child(bound.owner(), bound.key(), child, child_identifier);
    added.map_err(|error| {
        let (parent, child) = ("Parent node not in graph", "Child node not in graph");
        error::not_inserted(error, parent, child)
    })
}

pub(crate) fn add_anon_child(bound: BoundNode<'_>, child: &Node) -> Result<Edge, pyrus::Error> {
    add_child(bound, child, "")
}

pub(crate) fn get_name(edge: &Edge) -> Result<String, TypeError> {
    composition::name(edge).map_err(error::not_this_kind)
}

pub(crate) fn get_tid() -> u8 {
    composition::TID
}

pub(crate) fn get_child_by_identifier(
    bound: BoundNode<'_>,
    child_identifier: &str,
) -> OrDestroyed<Option<Node>> {
    let child = composition::child(bound.owner(), bound.key(), child_identifier)?;
    Ok(child)
}

pub(crate) fn try_get_single_child_of_type(
    bound: BoundNode<'_>,
    child_type: &Node,
) -> OrDestroyed<Option<Node>> {
    let child = composition::first_child_of_type(bound.owner(), bound.key(), child_type)?;
    Ok(child)
}

pub(crate) fn get_children_query(
    bound: BoundNode<'_>,
    direct_only: bool,
    types: Option<Vec<Ref<'_, Node>>>,
    include_root: bool,
    sort: bool,
    required_traits: Option<Vec<Ref<'_, Node>>>,
) -> Result<Vec<Node>, pyrus::Error> {
    let query = ChildQuery {
        direct_only,
        include_root,
        sort,
        types: &nodes(types),
        required_traits: &nodes(required_traits),
    };
    composition::query(bound.owner(), bound.key(), &query).map_err(error::no_children)
}

fn nodes(given: Option<Vec<Ref<'_, Node>>>) -> Vec<Node> {
    let given = given.unwrap_or_default();
    given.iter().map(|node| Node::clone(node)).collect()
}

pub(crate) fn traverse(identifier: &str) -> EdgeTraversal {
    traversal(identifier, composition::TID)
}

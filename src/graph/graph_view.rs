//! `GraphView`.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use pyrus::exc::OverflowError;
use pyrus::{This, View};
use pyrus_graph::{Edge, GraphView, Node};

use super::{error, stored, views};
use crate::api::graph::{GraphDestroyedError, py};

/// Where a view remembers its one Python object.
pub(crate) fn place(view: &GraphView) -> &AtomicUsize {
    view.host().cell()
}

pub(crate) fn created(this: This<'_, py::GraphView>) {
    views::add(this);
    // Made by Rust with nodes in it. Without memory for the references, the objects stay where they are.
    let _ = stored::keep_all(this, &this.arc());
}

pub(crate) fn finalize(this: This<'_, py::GraphView>) {
    if let Ok(view) = this.get() {
        views::remove(&view);
    }
}

pub(crate) fn destroy(this: This<'_, py::GraphView>) {
    let view = this.arc();
    if !view.is_destroyed() {
        view.destroy();
        stored::release(this);
    }
}

pub(crate) fn create() -> Result<Arc<GraphView>, OverflowError> {
    GraphView::new().map(Arc::new).map_err(error::exhausted)
}

pub(crate) fn insert_node(
    this: This<'_, py::GraphView>,
    node: &Node,
) -> Result<Node, pyrus::Error> {
    this.get()?.insert_node(node).map_err(error::destroyed)?;
    stored::keep_if_stored(this, node)?;
    Ok(node.clone())
}

pub(crate) fn create_and_insert_node(view: &GraphView) -> Result<Node, pyrus::Error> {
    view.create_and_insert_node().map_err(error::not_made)
}

pub(crate) fn insert_edge(view: &GraphView, edge: &Edge) -> Result<Edge, pyrus::Error> {
    view.insert_edge(edge).map_err(error::not_inserted)?;
    Ok(edge.clone())
}

pub(crate) fn bind(view: &GraphView, node: &Node) -> Result<Node, GraphDestroyedError> {
    view.check_alive()?;
    Ok(node.clone())
}

pub(crate) fn node_count(view: &GraphView) -> Result<u64, GraphDestroyedError> {
    Ok(view.node_count()? as u64)
}

pub(crate) fn edge_count(view: &GraphView) -> Result<u64, GraphDestroyedError> {
    Ok(view.edge_count()? as u64)
}

pub(crate) fn nodes(view: &GraphView) -> Result<Vec<Node>, GraphDestroyedError> {
    Ok(view.nodes()?)
}

pub(crate) fn edges(view: &GraphView) -> Result<Vec<Edge>, GraphDestroyedError> {
    Ok(view.edges()?)
}

pub(crate) fn self_node(view: &GraphView) -> Node {
    view.self_node().clone()
}

pub(crate) fn subgraph(
    view: &GraphView,
    nodes: Vec<View<'_, GraphView, Node>>,
) -> Result<Arc<GraphView>, pyrus::Error> {
    let made = view.subgraph(nodes.iter().map(View::key));
    made.map(Arc::new).map_err(error::not_made)
}

pub(crate) fn insert_subgraph(
    this: This<'_, py::GraphView>,
    subgraph: &GraphView,
) -> Result<(), pyrus::Error> {
    this.get()?
        .insert_subgraph(subgraph)
        .map_err(error::destroyed)?;
    stored::keep_all(this, subgraph)
}

pub(crate) fn eq(view: &GraphView, other: &GraphView) -> bool {
    std::ptr::eq(view, other)
}

pub(crate) fn hash(view: &GraphView) -> u64 {
    view.id().into()
}

pub(crate) fn repr(view: &GraphView) -> String {
    view.to_string()
}

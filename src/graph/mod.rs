//! `pyrus.graph`: what `bindings/graph.yaml` needs beyond `pyrus_graph` itself.

pub(crate) mod bfs_path;
pub(crate) mod bound_edge;
pub(crate) mod bound_node;
pub(crate) mod edge;
pub(crate) mod error;
pub(crate) mod graph_view;
pub(crate) mod node;
pub(crate) mod store;
pub(crate) mod stored;
mod views;

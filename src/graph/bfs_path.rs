//! `BFSPath`.

use pyrus::{This, View};
use pyrus_graph::{Edge, GraphView, Node, SharedPath};

use super::stored;
use crate::api::graph::py;

type Bound<'py> = View<'py, GraphView, SharedPath>;

pub(crate) fn created(this: This<'_, py::BFSPath>) {
    stored::hold_start(this);
}

pub(crate) fn get_length(path: Bound<'_>) -> u64 {
    path.key().len() as u64
}

pub(crate) fn get_start_node(path: Bound<'_>) -> Node {
    path.key().start().clone()
}

pub(crate) fn get_end_node(path: Bound<'_>) -> Node {
    path.key().end().clone()
}

pub(crate) fn get_edges(path: Bound<'_>) -> Vec<Edge> {
    path.key()
        .edges()
        .into_iter()
        .map(|(edge, _)| edge)
        .collect()
}

pub(crate) fn repr(path: Bound<'_>) -> String {
    path.key().to_string()
}

//! `BoundEdge`.

use std::sync::Arc;

use pyrus::{This, View};
use pyrus_graph::{Edge, GraphView};

use crate::api::graph::py;

type Bound<'py> = View<'py, GraphView, Edge>;

pub(crate) fn edge(bound: Bound<'_>) -> Edge {
    bound.key().clone()
}

pub(crate) fn g(this: This<'_, py::BoundEdge>) -> Arc<GraphView> {
    this.owner().arc()
}

pub(crate) fn eq(bound: Bound<'_>, other: Bound<'_>) -> bool {
    bound.key() == other.key() && std::ptr::eq(bound.owner(), other.owner())
}

pub(crate) fn hash(bound: Bound<'_>) -> u64 {
    u64::from(bound.owner().id()) << 32 | u64::from(bound.key().id())
}

pub(crate) fn repr(bound: Bound<'_>) -> String {
    bound.owner().show_edge(bound.key()).to_string()
}

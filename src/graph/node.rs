//! `NodeReference`.

use std::sync::atomic::AtomicUsize;

use pyrus::This;
use pyrus::exc::OverflowError;
use pyrus_graph::{Literal, Node};

use super::{error, stored};
use crate::api::graph::py;

/// Where a node remembers its one reference.
pub(crate) fn place(node: &Node) -> &AtomicUsize {
    node.host().cell()
}

pub(crate) fn finalize(this: This<'_, py::NodeReference>) {
    stored::anchor(this);
}

pub(crate) fn create(attrs: Vec<(String, Literal)>) -> Result<Node, OverflowError> {
    Node::with_attributes(attrs).map_err(error::exhausted)
}

pub(crate) fn repr(node: &Node) -> String {
    format!("NodeReference(id={:#x})", node.id())
}

pub(crate) fn hash(node: &Node) -> u64 {
    node.id().into()
}

//! `EdgeReference`.

use pyrus::This;
use pyrus::exc::OverflowError;
use pyrus_graph::{Edge, Literal, Node};

use super::{error, stored};
use crate::api::graph::py;

pub(crate) fn created(this: This<'_, py::EdgeReference>) {
    stored::hold_ends(this);
}

pub(crate) fn create(
    source: &Node,
    target: &Node,
    edge_type: u8,
    directional: Option<bool>,
    name: Option<&str>,
    attrs: Vec<(String, Literal)>,
) -> Result<Edge, OverflowError> {
    let mut edge = Edge::build(source, target, edge_type)
        .directional(directional.unwrap_or(false))
        .attributes(attrs);
    if let Some(name) = name {
        edge = edge.name(name);
    }
    edge.finish().map_err(error::exhausted)
}

pub(crate) fn source(edge: &Edge) -> Node {
    edge.source().clone()
}

pub(crate) fn target(edge: &Edge) -> Node {
    edge.target().clone()
}

pub(crate) fn repr(edge: &Edge) -> String {
    let (source, target) = (edge.source().id(), edge.target().id());
    format!(
        "EdgeReference(id={:#x}, src={source:#x}, tgt={target:#x}, type={})",
        edge.id(),
        edge.kind()
    )
}

pub(crate) fn hash(edge: &Edge) -> u64 {
    edge.id().into()
}

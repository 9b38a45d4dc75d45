//! `EdgeCreationAttributes`.

use pyrus::exc::OverflowError;
use pyrus_graph::{Edge, GraphView, Literal, Node};
use pyrus_typegraph::EdgeAttributes;

use super::error;
use crate::api::edgebuilder::EdgeAttribute;
use crate::graph::error::exhausted;

pub(crate) fn create(
    edge_type: u8,
    directional: Option<bool>,
    name: Option<&str>,
    dynamic: Option<Vec<(String, EdgeAttribute)>>,
) -> EdgeAttributes {
    EdgeAttributes {
        directional,
        attributes: literals(dynamic),
        ..EdgeAttributes::of_kind(edge_type).named(name)
    }
}

/// What is stored of attributes.
pub(crate) fn literals(dynamic: Option<Vec<(String, EdgeAttribute)>>) -> Vec<(String, Literal)> {
    let dynamic = dynamic.unwrap_or_default().into_iter();
    dynamic.map(|(key, value)| (key, literal(value))).collect()
}

fn literal(value: EdgeAttribute) -> Literal {
    match value {
        EdgeAttribute::Bool(value) => value.into(),
        EdgeAttribute::Float(value) => value.into(),
        EdgeAttribute::String(value) => value.into(),
    }
}

pub(crate) fn create_edge(
    attributes: &EdgeAttributes,
    source: &Node,
    target: &Node,
) -> Result<Edge, OverflowError> {
    attributes.create_edge(source, target).map_err(exhausted)
}

pub(crate) fn insert_edge(
    attributes: &EdgeAttributes,
    g: &GraphView,
    source: &Node,
    target: &Node,
) -> Result<Edge, pyrus::Error> {
    let inserted = attributes.insert_edge(g, source, target);
    inserted.map_err(|error| {
        let (source, target) = (
            "Edge source node not in graph",
            "Edge target node not in graph",
        );
        error::not_inserted(error, source, target)
    })
}

pub(crate) fn get_tid(attributes: &EdgeAttributes) -> u8 {
    attributes.kind
}

pub(crate) fn repr(attributes: &EdgeAttributes) -> String {
    let name = attributes.name.as_deref();
    let name = name.map_or_else(String::new, |name| format!(", name={name:?}"));
    let count = attributes.attributes.len();
    format!(
        "EdgeCreationAttributes(edge_type={}{name}, attributes={count})",
        attributes.kind
    )
}

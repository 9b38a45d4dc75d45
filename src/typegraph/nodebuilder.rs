//! `NodeCreationAttributes`.

use pyrus_typegraph::NodeAttributes;

use crate::api::edgebuilder::EdgeAttribute;
use crate::edges::edgebuilder::literals;

pub(crate) fn init(dynamic: Option<Vec<(String, EdgeAttribute)>>) -> NodeAttributes {
    NodeAttributes(literals(dynamic))
}

pub(crate) fn repr(attributes: &NodeAttributes) -> String {
    format!("NodeCreationAttributes(attributes={})", attributes.0.len())
}

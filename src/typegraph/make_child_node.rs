//! `MakeChildNode`.

use pyrus_graph::Literal;
use pyrus_typegraph::NodeAttributes;

pub(crate) fn build(value: Option<&str>) -> NodeAttributes {
    let value = value.map(|value| ("value".to_owned(), Literal::from(value)));
    NodeAttributes(value.into_iter().collect())
}

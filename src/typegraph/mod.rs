//! Type graphs, `pyrus.faebryk.typegraph` and its neighbours: what their declarations need beyond `pyrus_typegraph` itself.

pub(crate) mod edge_trait;
mod error;
pub(crate) mod linker;
pub(crate) mod make_child_node;
pub(crate) mod node_type;
pub(crate) mod nodebuilder;
pub(crate) mod traits;
pub(crate) mod type_graph;

use pyrus_typegraph::{Bound, TypeGraph};

use crate::edges::BoundNode;

/// The key of the Python class is the node.
type TypeGraphView<'py> = BoundNode<'py>;

/// The same, as the library sees it.
fn library<'a>(types: &'a TypeGraphView<'_>) -> TypeGraph<'a> {
    TypeGraph::of(types.owner(), types.key())
}

/// The same, as the library sees it.
fn bound<'a>(node: &'a BoundNode<'_>) -> Bound<'a> {
    Bound::new(node.owner(), node.key())
}

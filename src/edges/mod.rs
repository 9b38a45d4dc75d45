//! `pyrus.faebryk`: what `bindings/faebryk.yaml` and the files it includes need beyond `pyrus_typegraph` itself.

pub(crate) mod composition;
pub(crate) mod edgebuilder;
pub(crate) mod ends;
pub(crate) mod error;
pub(crate) mod interface;
pub(crate) mod next;
pub(crate) mod operand;
pub(crate) mod pointer;
pub(crate) mod visit;

use pyrus::View;
use pyrus_graph::{Edge, GraphView, Node};

use crate::api::faebryk::EdgeTraversal;
use crate::api::graph::GraphDestroyedError;

/// A node in a view.
pub(crate) type BoundNode<'py> = View<'py, GraphView, Node>;
/// An edge in a view.
pub(crate) type BoundEdge<'py> = View<'py, GraphView, Edge>;
/// What may have lost its view.
pub(crate) type OrDestroyed<T> = Result<T, GraphDestroyedError>;

/// A segment of a path.
pub(crate) fn traversal(identifier: &str, edge_type: u8) -> EdgeTraversal {
    EdgeTraversal {
        identifier: identifier.to_owned(),
        edge_type,
    }
}

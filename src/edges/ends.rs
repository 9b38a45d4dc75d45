//! The ends of an edge, whatever its kind.

use pyrus_graph::{Edge, Node};

pub(crate) fn target_unless(edge: &Edge, node: &Node) -> Option<Node> {
    (!edge.target().is_same(node)).then(|| edge.target().clone())
}

pub(crate) fn source_unless(edge: &Edge, node: &Node) -> Option<Node> {
    (!edge.source().is_same(node)).then(|| edge.source().clone())
}

pub(crate) fn other(edge: &Edge, node: &Node) -> Option<Node> {
    edge.other_end(node).cloned()
}

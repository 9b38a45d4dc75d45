//! How views, and records seen in a view, are shown.

use std::fmt;

use crate::edge::Edge;
use crate::node::Node;
use crate::view::GraphView;

impl fmt::Display for GraphView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.read(|contents| (contents.nodes.len(), contents.edges.len()));
        match counts {
            Ok((nodes, edges)) => {
                write!(
                    f,
                    "GraphView(id={:#x}, |V|={nodes}, |E|={edges})",
                    self.id()
                )
            }
            Err(_) => write!(f, "GraphView(id={:#x}, destroyed)", self.id()),
        }
    }
}

impl fmt::Debug for GraphView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl GraphView {
    /// `BoundNode(node=0x…, graph=0x…)`. Works on a destroyed view.
    pub fn show_node(&self, node: &Node) -> impl fmt::Display {
        let (node, graph) = (node.id(), self.id());
        fmt::from_fn(move |f| write!(f, "BoundNode(node={node:#x}, graph={graph:#x})"))
    }

    /// `BoundEdge(src=0x…, tgt=0x…, graph=0x…)`. Works on a destroyed view.
    pub fn show_edge(&self, edge: &Edge) -> impl fmt::Display {
        let (source, target) = (edge.source().id(), edge.target().id());
        let graph = self.id();
        fmt::from_fn(move |f| {
            write!(
                f,
                "BoundEdge(src={source:#x}, tgt={target:#x}, graph={graph:#x})"
            )
        })
    }
}

//! Short names for what every test does.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ops::ControlFlow;

use pyrus_graph::{DirectionFilter, Edge, GraphView, Literal, Node};

/// So many rounds, and few where an interpreter runs them step by step.
pub(crate) const fn rounds(count: usize) -> usize {
    if cfg!(miri) && count > 20 { 20 } else { count }
}

/// To the next of many: every one, and every n-th where an interpreter runs them step by step.
pub(crate) const fn step(there: usize) -> usize {
    if cfg!(miri) { there } else { 1 }
}

pub(crate) fn view() -> GraphView {
    GraphView::new().unwrap()
}

pub(crate) fn node() -> Node {
    Node::new().unwrap()
}

/// Nodes that are in the view.
pub(crate) fn nodes<const N: usize>(view: &GraphView) -> [Node; N] {
    std::array::from_fn(|_| view.create_and_insert_node().unwrap())
}

pub(crate) fn edge(source: &Node, target: &Node, kind: u8) -> Edge {
    Edge::new(source, target, kind).unwrap()
}

/// An edge that is in the view.
pub(crate) fn link(view: &GraphView, source: &Node, target: &Node, kind: u8) -> Edge {
    let edge = edge(source, target, kind);
    assert_eq!(view.insert_edge(&edge), Ok(true));
    edge
}

pub(crate) fn text(text: &str) -> Literal {
    Literal::String(text.to_owned())
}

/// What a visit of all edges yields, which every other way to read the list must agree with.
pub(crate) fn list(view: &GraphView, node: &Node, kind: u8) -> Vec<Edge> {
    let seen = visit(view, node, kind, DirectionFilter::Any);
    let iterated: Vec<Edge> = view
        .edges_of(node, kind)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(seen, iterated);
    seen
}

pub(crate) fn visit(view: &GraphView, node: &Node, kind: u8, filter: DirectionFilter) -> Vec<Edge> {
    let mut seen = Vec::new();
    let end = view.visit_edges(node, kind, filter, |edge| {
        seen.push(edge.clone());
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(end, Ok(ControlFlow::Continue(())));
    seen
}

//! Walks.

use std::fmt;

use crate::edge::Edge;
use crate::node::Node;

/// A walk: a start node and edges, each walked forward (source to target) or backward.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    start: Node,
    steps: Vec<(Edge, bool)>,
}

impl Path {
    /// The path of length 0.
    pub fn new(start: &Node) -> Self {
        Self {
            start: start.clone(),
            steps: Vec::new(),
        }
    }

    pub(crate) fn from_steps(start: &Node, steps: Vec<(Edge, bool)>) -> Self {
        Self {
            start: start.clone(),
            steps,
        }
    }

    pub(crate) fn into_steps(self) -> (Node, Vec<(Edge, bool)>) {
        (self.start, self.steps)
    }

    /// Walks on over an edge that touches the end. Says whether it does; else nothing changes.
    pub fn push(&mut self, edge: &Edge) -> bool {
        if edge.other_end(self.end()).is_none() {
            return false;
        }
        let forward = edge.source().is_same(self.end());
        self.steps.push((edge.clone(), forward));
        true
    }

    /// The number of edges.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no edge.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Where the walk starts.
    pub fn start(&self) -> &Node {
        &self.start
    }

    /// Where the walk ends; the start if there is no edge.
    pub fn end(&self) -> &Node {
        let last = self.steps.last();
        last.map_or(&self.start, |(edge, forward)| far_end(edge, *forward))
    }

    /// The edges in walking order, each with whether it is walked forward.
    pub fn edges(&self) -> &[(Edge, bool)] {
        &self.steps
    }

    /// The nodes in walking order, the start first.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        let ends = self.steps.iter();
        let ends = ends.map(|(edge, forward)| far_end(edge, *forward));
        std::iter::once(&self.start).chain(ends)
    }

    /// Whether the node is an end of an edge of the path. A path of length 0 contains nothing.
    /// O(length).
    pub fn contains_node(&self, node: &Node) -> bool {
        self.steps
            .iter()
            .any(|(edge, _)| edge.other_end(node).is_some())
    }
}

/// Where an edge leads that is walked forward or not.
pub(crate) fn far_end(edge: &Edge, forward: bool) -> &Node {
    if forward {
        edge.target()
    } else {
        edge.source()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start.id(), self.end().id());
        write!(
            f,
            "BFSPath(start={start:#x}, end={end:#x}, length={})",
            self.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_both_ways_but_never_jumps() {
        let [a, b, c] = std::array::from_fn(|_| Node::new().unwrap());
        let (ab, cb) = (Edge::new(&a, &b, 0).unwrap(), Edge::new(&c, &b, 0).unwrap());
        let mut path = Path::new(&a);
        assert!(!path.contains_node(&a));
        assert!(!path.push(&cb));
        assert!(path.push(&ab) && path.push(&cb));
        assert_eq!(path.edges(), [(ab, true), (cb, false)]);
        assert!(path.nodes().eq([&a, &b, &c]));
        assert!(path.contains_node(&a) && path.end() == &c);
    }
}

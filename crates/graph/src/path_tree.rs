//! Walks that share their beginnings.

use std::fmt;

use triomphe::Arc;

use crate::edge::Edge;
use crate::node::Node;
use crate::path::{Path, far_end};

/// Walks from one start, each an earlier one and one more edge. 16 bytes for each.
pub struct PathTree {
    start: Node,
    steps: Vec<Step>,
}

struct Step {
    edge: Edge,
    /// What was walked before.
    parent: PathId,
    /// Number of edges, times 2, plus 1 if the edge is walked forward.
    length_and_forward: u32,
}

/// Names a walk of one [`PathTree`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathId(u32);

impl PathId {
    /// The walk that stays at the start.
    pub const ROOT: Self = Self(0);
}

impl PathTree {
    /// A tree with the walk that stays at the start.
    pub fn new(start: &Node) -> Self {
        Self {
            start: start.clone(),
            steps: Vec::new(),
        }
    }

    /// Where all walks start.
    pub fn start(&self) -> &Node {
        &self.start
    }

    /// Walks on. The edge is walked forward, to its target, if its source is where the walk ends;
    /// else backward, to its source, also if it does not touch the end. Amortised O(1).
    pub fn extend(&mut self, path: PathId, edge: &Edge) -> PathId {
        let forward = edge.source().is_same(self.end(path));
        let length = self.len(path) as u32 + 1;
        self.steps.push(Step {
            edge: edge.clone(),
            parent: path,
            length_and_forward: length << 1 | u32::from(forward),
        });
        assert!(
            self.steps.len() < 1 << 31,
            "a tree holds fewer than 2^31 paths"
        );
        PathId(self.steps.len() as u32)
    }

    /// The number of edges. O(1).
    pub fn len(&self, path: PathId) -> usize {
        self.step(path)
            .map_or(0, |step| (step.length_and_forward >> 1) as usize)
    }

    /// Where the walk ends. O(1).
    pub fn end(&self, path: PathId) -> &Node {
        self.step(path)
            .map_or(&self.start, |step| far_end(&step.edge, step.forward()))
    }

    /// The edges in walking order, each with whether it is walked forward. O(length).
    pub fn edges(&self, path: PathId) -> Vec<(Edge, bool)> {
        let mut edges = Vec::with_capacity(self.len(path));
        let mut at = path;
        while let Some(step) = self.step(at) {
            edges.push((step.edge.clone(), step.forward()));
            at = step.parent;
        }
        edges.reverse();
        edges
    }

    /// A copy of one walk. O(length).
    pub fn to_path(&self, path: PathId) -> Path {
        Path::from_steps(&self.start, self.edges(path))
    }

    /// Some of the walks; they keep the whole tree. O(walks).
    pub fn into_paths(self, paths: impl IntoIterator<Item = PathId>) -> Vec<SharedPath> {
        let tree = Arc::new(self);
        let shared = |at| SharedPath {
            tree: tree.clone(),
            at,
        };
        paths.into_iter().map(shared).collect()
    }

    /// One of the walks, without the rest of the tree. O(length).
    pub fn into_path(self, path: PathId) -> SharedPath {
        SharedPath::from(self.to_path(path))
    }

    fn step(&self, path: PathId) -> Option<&Step> {
        Some(&self.steps[path.0.checked_sub(1)? as usize])
    }
}

impl Step {
    fn forward(&self) -> bool {
        self.length_and_forward & 1 == 1
    }
}

/// A walk of a [`PathTree`]: it may share its beginning with others, so that it takes O(1) memory
/// of its own. Cloning is cheap.
#[derive(Clone)]
pub struct SharedPath {
    tree: Arc<PathTree>,
    at: PathId,
}

impl SharedPath {
    /// The number of edges. O(1).
    pub fn len(&self) -> usize {
        self.tree.len(self.at)
    }

    /// Whether there is no edge.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the walk starts.
    pub fn start(&self) -> &Node {
        self.tree.start()
    }

    /// Where the walk ends; the start if there is no edge. O(1).
    pub fn end(&self) -> &Node {
        self.tree.end(self.at)
    }

    /// The edges in walking order, each with whether it is walked forward. O(length).
    pub fn edges(&self) -> Vec<(Edge, bool)> {
        self.tree.edges(self.at)
    }
}

impl From<Path> for SharedPath {
    fn from(path: Path) -> Self {
        let (start, steps) = path.into_steps();
        let step = |(i, (edge, forward)): (usize, (Edge, bool))| Step {
            edge,
            parent: PathId(i as u32),
            length_and_forward: (i as u32 + 1) << 1 | u32::from(forward),
        };
        let steps: Vec<Step> = steps.into_iter().enumerate().map(step).collect();
        let at = PathId(steps.len() as u32);
        let tree = Arc::new(PathTree { start, steps });
        Self { tree, at }
    }
}

impl fmt::Display for SharedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start().id(), self.end().id());
        write!(
            f,
            "BFSPath(start={start:#x}, end={end:#x}, length={})",
            self.len()
        )
    }
}

impl fmt::Debug for SharedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_share_their_beginning() {
        let [a, b, c] = std::array::from_fn(|_| Node::new().unwrap());
        let (ab, cb) = (Edge::new(&a, &b, 0).unwrap(), Edge::new(&c, &b, 0).unwrap());
        let mut tree = PathTree::new(&a);
        let to_b = tree.extend(PathId::ROOT, &ab);
        let to_c = tree.extend(to_b, &cb);
        let back = tree.extend(to_b, &ab);
        assert_eq!(tree.end(back), &a);
        let paths = tree.into_paths([PathId::ROOT, to_b, to_c]);
        assert!(paths[0].is_empty() && paths[0].end() == &a);
        assert_eq!((paths[1].len(), paths[1].end()), (1, &b));
        assert_eq!(paths[2].edges(), [(ab, true), (cb, false)]);
        assert_eq!((paths[2].start(), paths[2].end()), (&a, &c));
    }

    #[test]
    fn a_walk_without_its_tree_is_the_same() {
        let [a, b] = std::array::from_fn(|_| Node::new().unwrap());
        let edge = Edge::new(&b, &a, 0).unwrap();
        let mut tree = PathTree::new(&a);
        let there = tree.extend(PathId::ROOT, &edge);
        let back = tree.extend(there, &edge);
        let path = tree.into_path(back);
        assert_eq!(path.edges(), [(edge.clone(), false), (edge, true)]);
        assert_eq!(path.end(), &a);
        assert_eq!(size_of::<Step>(), 16);
    }
}

//! Whole sets in and out of a view.

use crate::contents::Contents;
use crate::edge::Edge;
use crate::error::{DestroyedError, Error, InsertEdgeError};
use crate::node::Node;
use crate::sets::{EdgeSet, NodeSet};
use crate::view::GraphView;

impl GraphView {
    /// A new view with the given nodes and the edges of this view between them.
    ///
    /// Nodes go in in the given order, also those that are not in this view. Then, for each given
    /// node in order and each of its kinds ascending, the edges of its list whose other end is in
    /// the new view. O(nodes + their degrees). Independent of this view afterwards.
    ///
    /// # Errors
    /// [`Error::Destroyed`], [`Error::IdsExhausted`].
    pub fn subgraph<'a>(
        &self,
        nodes: impl IntoIterator<Item = &'a Node>,
    ) -> Result<GraphView, Error> {
        self.check_alive()?;
        let self_node = Node::new()?;
        let mut contents = Contents::with_self_node(&self_node);
        let nodes = nodes.into_iter();
        contents.nodes.reserve(nodes.size_hint().0);
        for node in nodes {
            contents.nodes.insert(node);
        }
        self.read(|from| copy_edges(from, &mut contents))?;
        Ok(GraphView::with_contents(self_node, contents))
    }

    /// Inserts all nodes of another view, its self node among them, then all its edges in the order
    /// in which they were inserted there. In a fresh view every list comes out equal. O(other).
    /// Inserting a view into itself does nothing.
    ///
    /// # Errors
    /// [`DestroyedError`] if either view is destroyed.
    pub fn insert_subgraph(&self, other: &GraphView) -> Result<(), DestroyedError> {
        self.check_alive()?;
        if std::ptr::eq(self, other) {
            return Ok(());
        }
        // Copied out first: two locks at once could deadlock with a thread that does the reverse.
        let (mut nodes, mut edges) = other.read(|contents| {
            (
                contents.nodes.as_slice().to_vec(),
                contents.edges.as_slice().to_vec(),
            )
        })?;
        // Lent: where the view was destroyed meanwhile, nothing ends under its lock.
        self.write(|contents| apply(contents, nodes.drain(..), edges.drain(..)))
    }

    /// Inserts nodes, then edges, in the order of the sets: all or nothing. For copying, which
    /// collects on the side. O(nodes + edges).
    ///
    /// # Errors
    /// [`InsertEdgeError`] if an edge has an end neither in the view nor in the nodes; nothing has
    /// changed then.
    pub fn insert_all(&self, nodes: &NodeSet, edges: &EdgeSet) -> Result<(), InsertEdgeError> {
        self.write(|contents| {
            edges
                .iter()
                .try_for_each(|edge| check_ends(contents, nodes, edge))?;
            apply(contents, nodes.iter().cloned(), edges.iter().cloned());
            Ok(())
        })?
    }
}

/// The edges between the nodes of a new view, which has none yet. Each is met at both ends, and goes in at the one that comes
/// first.
fn copy_edges(from: &Contents, to: &mut Contents) {
    let Contents {
        nodes,
        edges,
        adjacency,
        ..
    } = to;
    for (node, place) in nodes.iter().zip(0..) {
        for (_, list) in from.lists_of(node) {
            for edge in from.all_list_edges(list) {
                let [Some(source), Some(target)] = edge.end_ids().map(|id| nodes.place(id)) else {
                    continue;
                };
                let is_loop = source == target;
                if source.min(target) < place || is_loop && edges.contains(edge) {
                    continue;
                }
                let new = edges.push_new(edge.clone());
                adjacency.push(source, edge.kind(), new);
                adjacency.push(target, edge.kind(), new);
            }
        }
    }
}

fn check_ends(contents: &Contents, nodes: &NodeSet, edge: &Edge) -> Result<(), InsertEdgeError> {
    let known = |node| contents.nodes.contains(node) || nodes.contains(node);
    if !known(edge.source()) {
        Err(InsertEdgeError::SourceMissing)
    } else if !known(edge.target()) {
        Err(InsertEdgeError::TargetMissing)
    } else {
        Ok(())
    }
}

/// The ends of the edges must be among the nodes or in the contents.
fn apply(
    contents: &mut Contents,
    nodes: impl IntoIterator<Item = Node>,
    edges: impl IntoIterator<Item = Edge>,
) {
    let (nodes, edges) = (nodes.into_iter(), edges.into_iter());
    contents.nodes.reserve(nodes.size_hint().0);
    contents.edges.reserve(edges.size_hint().0);
    for node in nodes {
        if !contents.nodes.contains(&node) {
            contents.nodes.push_new(node);
        }
    }
    for edge in edges {
        let ends = contents.ends_of_new(&edge);
        debug_assert!(ends.is_ok(), "both ends were inserted before");
        if let Ok(Some(ends)) = ends {
            contents.push_edge(edge, ends);
        }
    }
}

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
    pub fn subgraph(&self, nodes: &[Node]) -> Result<GraphView, Error> {
        self.check_alive()?;
        let self_node = Node::new()?;
        let mut contents = Contents::with_self_node(&self_node);
        contents.nodes.reserve(nodes.len());
        for node in nodes {
            contents.nodes.insert(node);
        }
        self.read(|from| {
            for node in nodes {
                copy_edges(from, node, &mut contents);
            }
        })?;
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
        let (nodes, edges) = other.read(|contents| {
            (
                contents.nodes.as_slice().to_vec(),
                contents.edges.as_slice().to_vec(),
            )
        })?;
        self.write(|contents| apply(contents, &nodes, &edges))
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
            apply(contents, nodes.as_slice(), edges.as_slice());
            Ok(())
        })?
    }
}

fn copy_edges(from: &Contents, node: &Node, to: &mut Contents) {
    for (_, list) in from.lists_of(node) {
        for edge in from.all_list_edges(list) {
            let other = edge.other_end(node);
            if other.is_some_and(|other| to.nodes.contains(other)) {
                let inserted = to.insert_edge(edge);
                debug_assert!(inserted.is_ok(), "both ends are in the new view");
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
fn apply(contents: &mut Contents, nodes: &[Node], edges: &[Edge]) {
    contents.nodes.reserve(nodes.len());
    contents.edges.reserve(edges.len());
    for node in nodes {
        contents.nodes.insert(node);
    }
    for edge in edges {
        let inserted = contents.insert_edge(edge);
        debug_assert!(inserted.is_ok(), "both ends were inserted before");
    }
}

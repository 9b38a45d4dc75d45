//! Children, and all descendants, that fit.

use std::fmt;

use hashbrown::HashSet;
use pyrus_graph::{DestroyedError, DirectionFilter, Edge, GraphView, Look, Node, NodeSet};

use crate::{composition, edge_trait, edge_type};

/// Which descendants are asked for.
#[derive(Clone, Copy, Default, Debug)]
pub struct ChildQuery<'a> {
    /// Whether to leave out the children's descendants.
    pub direct_only: bool,
    /// Whether the root comes first, if it fits.
    pub include_root: bool,
    /// Whether siblings come by name, in the order of its bytes; of equal names, and otherwise, in order of insertion.
    pub sort: bool,
    /// Nodes must be instances of one of these; of any if there is none.
    pub types: &'a [Node],
    /// Nodes must have a trait instance of each of these.
    pub required_traits: &'a [Node],
}

/// Why a query has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QueryError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// A node is its own descendant.
    Cyclic {
        /// The node.
        node: u32,
    },
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::Cyclic { node } => {
                write!(
                    f,
                    "composition is cyclic: node {node:#x} is its own descendant"
                )
            }
        }
    }
}

impl std::error::Error for QueryError {}

impl From<DestroyedError> for QueryError {
    fn from(error: DestroyedError) -> Self {
        Self::Destroyed(error)
    }
}

/// The descendants of a node that fit, each before its own descendants. A node that is reached in
/// several ways comes once for each of them, with all that is below it. O(ways to all descendants),
/// in any depth.
///
/// # Errors
/// [`QueryError`].
pub fn query(
    view: &GraphView,
    root: &Node,
    query: &ChildQuery<'_>,
) -> Result<Vec<Node>, QueryError> {
    view.look(|look| {
        let mut walk = Walk {
            look,
            query,
            types: query.types.iter().cloned().collect(),
            found: Vec::new(),
        };
        if query.include_root {
            walk.take(root);
        }
        walk.children(root, query.direct_only)?;
        Ok(walk.found)
    })?
}

struct Walk<'a> {
    look: Look<'a>,
    query: &'a ChildQuery<'a>,
    types: NodeSet,
    found: Vec<Node>,
}

/// A node whose children are being walked.
struct Opened<'a> {
    node: u32,
    children: std::vec::IntoIter<&'a Node>,
}

impl<'a> Walk<'a> {
    fn children(&mut self, root: &Node, direct_only: bool) -> Result<(), QueryError> {
        if direct_only {
            for child in self.children_of(root) {
                self.take(child);
            }
            return Ok(());
        }
        self.descend(root)
    }

    /// Walks the tree below a node without recursion.
    fn descend(&mut self, root: &Node) -> Result<(), QueryError> {
        let mut above = HashSet::new();
        let mut stack = Vec::new();
        self.open(root, &mut above, &mut stack)?;
        while let Some(opened) = stack.last_mut() {
            if let Some(child) = opened.children.next() {
                self.take(child);
                self.open(child, &mut above, &mut stack)?;
            } else {
                above.remove(&opened.node);
                stack.pop();
            }
        }
        Ok(())
    }

    /// Begins to walk the children of a node, if it has some.
    fn open(
        &self,
        node: &Node,
        above: &mut HashSet<u32>,
        stack: &mut Vec<Opened<'a>>,
    ) -> Result<(), QueryError> {
        let children = self.children_of(node);
        if children.is_empty() {
            return Ok(());
        }
        let node = node.id();
        if !above.insert(node) {
            return Err(QueryError::Cyclic { node });
        }
        stack.push(Opened {
            node,
            children: children.into_iter(),
        });
        Ok(())
    }

    fn children_of(&self, node: &Node) -> Vec<&'a Node> {
        let edges = self
            .look
            .edges(node, composition::TID, DirectionFilter::Outgoing);
        let edges = edges.filter(|edge| !edge.target().is_same(node));
        if !self.query.sort {
            return edges.map(Edge::target).collect();
        }
        let mut named: Vec<(String, &Node)> = edges
            .map(|edge| (edge.name().unwrap_or_default(), edge.target()))
            .collect();
        named.sort_by(|(a, _), (b, _)| a.cmp(b));
        named.into_iter().map(|(_, child)| child).collect()
    }

    fn take(&mut self, node: &Node) {
        if self.fits(node) {
            self.found.push(node.clone());
        }
    }

    fn fits(&self, node: &Node) -> bool {
        let of_type = self.types.is_empty()
            || edge_type::directional_type(self.look, node)
                .is_some_and(|type_node| self.types.contains(type_node));
        let mut traits = self.query.required_traits.iter();
        of_type && traits.all(|of| edge_trait::has_trait(self.look, node, of))
    }
}

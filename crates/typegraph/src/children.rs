//! Children, and all descendants, that fit.

use std::fmt;
use std::ops::ControlFlow;

use hashbrown::HashSet;
use pyrus_graph::{DestroyedError, GraphView, Node, NodeSet};

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
    /// The view was destroyed, before or during the query.
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
    let mut walk = Walk {
        view,
        query,
        types: query.types.iter().cloned().collect(),
        found: Vec::new(),
    };
    if query.include_root {
        walk.take(root)?;
    }
    if query.direct_only {
        for child in walk.children(root)? {
            walk.take(&child)?;
        }
    } else {
        walk.descend(root)?;
    }
    Ok(walk.found)
}

struct Walk<'a> {
    view: &'a GraphView,
    query: &'a ChildQuery<'a>,
    types: NodeSet,
    found: Vec<Node>,
}

/// A node whose children are being walked.
struct Opened {
    node: u32,
    children: std::vec::IntoIter<Node>,
}

impl Walk<'_> {
    /// Walks the tree below a node without recursion.
    fn descend(&mut self, root: &Node) -> Result<(), QueryError> {
        let mut above = HashSet::new();
        let mut stack = Vec::new();
        self.open(root, &mut above, &mut stack)?;
        while let Some(opened) = stack.last_mut() {
            if let Some(child) = opened.children.next() {
                self.take(&child)?;
                self.open(&child, &mut above, &mut stack)?;
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
        stack: &mut Vec<Opened>,
    ) -> Result<(), QueryError> {
        let children = self.children(node)?;
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

    fn children(&self, node: &Node) -> Result<Vec<Node>, DestroyedError> {
        if self.query.sort {
            return self.sorted_children(node);
        }
        let mut children = Vec::new();
        let _ = composition::visit_children(self.view, node, |edge| {
            children.push(edge.target().clone());
            ControlFlow::<()>::Continue(())
        })?;
        Ok(children)
    }

    fn sorted_children(&self, node: &Node) -> Result<Vec<Node>, DestroyedError> {
        let mut children = Vec::new();
        let _ = composition::visit_children(self.view, node, |edge| {
            children.push((edge.name().unwrap_or_default(), edge.target().clone()));
            ControlFlow::<()>::Continue(())
        })?;
        children.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(children.into_iter().map(|(_, child)| child).collect())
    }

    fn take(&mut self, node: &Node) -> Result<(), DestroyedError> {
        if self.fits(node)? {
            self.found.push(node.clone());
        }
        Ok(())
    }

    fn fits(&self, node: &Node) -> Result<bool, DestroyedError> {
        if !self.types.is_empty() {
            let edge = edge_type::type_edge(self.view, node)?;
            let fits =
                |edge: pyrus_graph::Edge| edge.directional() && self.types.contains(edge.source());
            if !edge.is_some_and(fits) {
                return Ok(false);
            }
        }
        for trait_type in self.query.required_traits {
            if edge_trait::trait_instance_of_type(self.view, node, trait_type)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

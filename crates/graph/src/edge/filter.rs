//! Which edges of a list a caller wants.

use crate::edge::Edge;
use crate::node::Node;

/// Which way the edges of a visit lead, seen from the visited node. Undirected edges, and loops,
/// pass every filter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DirectionFilter {
    /// Every edge.
    #[default]
    Any,
    /// Of the directional edges, those that start here.
    Outgoing,
    /// Of the directional edges, those that end here.
    Incoming,
}

impl DirectionFilter {
    /// Whether an edge passes, seen from `node`.
    #[inline]
    pub fn passes(self, edge: &Edge, node: &Node) -> bool {
        match self {
            Self::Any => true,
            _ if !edge.directional() => true,
            Self::Outgoing => edge.source().is_same(node),
            Self::Incoming => edge.target().is_same(node),
        }
    }
}

/// The part a node plays in an edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    /// Either end.
    #[default]
    Any,
    /// The source, or an end of an undirected edge.
    Source,
    /// The target, or an end of an undirected edge.
    Target,
}

impl From<Role> for DirectionFilter {
    fn from(role: Role) -> Self {
        match role {
            Role::Any => Self::Any,
            Role::Source => Self::Outgoing,
            Role::Target => Self::Incoming,
        }
    }
}

//! Reading much at once.

use crate::contents::Contents;
use crate::edge::{DirectionFilter, Edge, Role};
use crate::error::DestroyedError;
use crate::node::Node;
use crate::view::GraphView;

/// A view while it is being read: nothing changes meanwhile, edges are borrowed, and no question takes a lock of its own.
#[derive(Clone, Copy)]
pub struct Look<'a>(&'a Contents);

impl<'a> Look<'a> {
    /// The edges of a kind at a node that pass a filter, in order of insertion into the view. A loop comes twice. A node that
    /// is not in the view has none.
    pub fn edges<'n>(
        self,
        node: &'n Node,
        kind: u8,
        filter: DirectionFilter,
    ) -> impl Iterator<Item = &'a Edge> + use<'a, 'n> {
        let list = self.0.list(node, kind).into_iter();
        let edges = list.flat_map(move |list| self.0.all_list_edges(list));
        edges.filter(move |edge| filter.passes(edge, node))
    }

    /// The first edge of a kind in which the node plays a role. O(edges before it).
    #[inline]
    pub fn first_edge(self, node: &Node, kind: u8, role: Role) -> Option<&'a Edge> {
        self.edges(node, kind, role.into()).next()
    }

    /// The first edge of a kind and name in which the node plays a role. As [`GraphView::first_edge_named`].
    pub fn first_edge_named(
        self,
        node: &Node,
        kind: u8,
        role: Role,
        name: &str,
    ) -> Option<&'a Edge> {
        let filter = DirectionFilter::from(role);
        let list = self.0.list(node, kind)?;
        let mut edges = self.0.list_edges_from(list, name);
        edges.find(|edge| edge.has_name(name) && filter.passes(edge, node))
    }
}

impl GraphView {
    /// Reads much at once, under one lock. `read` must be brief, and must not run foreign code or call anything of a view:
    /// who waits to write would wait for it, and it for them.
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn look<R>(&self, read: impl FnOnce(Look<'_>) -> R) -> Result<R, DestroyedError> {
        self.read(|contents| read(Look(contents)))
    }
}

//! What a view holds, without its lock.
//!
//! Nothing here drops a record while there is a lock: what is taken out is returned, so that the caller
//! can drop it after releasing the lock.

use crate::adjacency::{Adjacency, GAP, ListId};
use crate::edge::Edge;
use crate::error::{InsertEdgeError, ReplaceEdgeError};
use crate::names::Names;
use crate::node::Node;
use crate::sets::{EdgeSet, NodeSet};

#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) nodes: NodeSet,
    pub(crate) edges: EdgeSet,
    pub(crate) adjacency: Adjacency,
    names: Names,
}

impl Contents {
    pub(crate) fn with_self_node(node: &Node) -> Self {
        let mut contents = Self::default();
        contents.nodes.insert(node);
        contents
    }

    /// Drops everything and gives the ids of the nodes that live on, ascending. O(nodes + edges), and
    /// more if the ids are out of order. Not under a lock.
    pub(crate) fn release(self) -> Vec<u32> {
        let Self {
            nodes,
            edges,
            adjacency,
            names: _,
        } = self;
        drop((edges, adjacency));
        let mut survivors: Vec<u32> = nodes
            .into_items()
            .filter(|node| !node.is_unique())
            .map(|node| node.id())
            .collect();
        survivors.shrink_to_fit();
        survivors.sort_unstable();
        survivors
    }

    /// Whether the edge is new; in the set already, its ends are not looked at.
    pub(crate) fn insert_edge(&mut self, edge: &Edge) -> Result<bool, InsertEdgeError> {
        let ends = self.ends_of_new(edge)?;
        if let Some(ends) = ends {
            self.push_edge(edge.clone(), ends);
        }
        Ok(ends.is_some())
    }

    /// The places of an edge's source and target, if the edge is new.
    pub(crate) fn ends_of_new(&self, edge: &Edge) -> Result<Option<(u32, u32)>, InsertEdgeError> {
        if self.edges.contains(edge) {
            return Ok(None);
        }
        let places = edge.end_ids().map(|id| self.nodes.place(id));
        let source = places[0].ok_or(InsertEdgeError::SourceMissing)?;
        let target = places[1].ok_or(InsertEdgeError::TargetMissing)?;
        Ok(Some((source, target)))
    }

    /// Adds a new edge, whose ends have these places.
    pub(crate) fn push_edge(&mut self, edge: Edge, (source, target): (u32, u32)) {
        let kind = edge.kind();
        let place = self.edges.push_new(edge);
        self.list_edge(source, target, kind, place);
    }

    /// Appends an edge to the lists of its ends. All by place.
    pub(crate) fn list_edge(&mut self, source: u32, target: u32, kind: u8, edge: u32) {
        self.adjacency.push(source, kind, edge);
        self.adjacency.push(target, kind, edge);
    }

    /// The list of (node, kind).
    #[inline]
    pub(crate) fn list(&self, node: &Node, kind: u8) -> Option<ListId> {
        self.adjacency.find(self.nodes.place(node.id())?, kind)
    }

    /// The edges of a list, from a position to another.
    pub(crate) fn list_edges(
        &self,
        list: ListId,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = &Edge> {
        let items = &self.adjacency.items(list)[range];
        items
            .iter()
            .filter(|place| **place != GAP)
            .map(|place| self.edges.at(*place))
    }

    /// All edges of a list.
    pub(crate) fn all_list_edges(&self, list: ListId) -> impl Iterator<Item = &Edge> {
        self.list_edges(list, 0..self.adjacency.items(list).len())
    }

    /// The edges of a list from the first one of a name on, others among them. O(1) expected.
    pub(crate) fn list_edges_from(&self, list: ListId, name: &str) -> impl Iterator<Item = &Edge> {
        let items = self.adjacency.items(list);
        let edge = |place| self.edges.at(place);
        let first = self.names.first(list, name, items, edge);
        self.list_edges(list, first.unwrap_or(items.len())..items.len())
    }

    /// The lists of a node with their kinds, ascending; none if it is not in the view.
    pub(crate) fn lists_of(&self, node: &Node) -> impl Iterator<Item = (u8, ListId)> + '_ {
        let lists = self
            .nodes
            .place(node.id())
            .map(|place| self.adjacency.lists_of(place));
        lists
            .into_iter()
            .flatten()
            .map(|list| (self.adjacency.kind(list), list))
    }

    /// Puts `new` in the place of `old`, which is returned: in the edge set, and in the source's
    /// list. It goes to the end of its target's list, unless that is `old`'s target.
    pub(crate) fn replace_edge(
        &mut self,
        old: &Edge,
        new: &Edge,
    ) -> Result<Edge, ReplaceEdgeError> {
        let (place, source_list) = self.check_replacement(old, new)?;
        self.names.forget(source_list);
        if let Some(target_list) = self.list(old.target(), new.kind()) {
            self.names.forget(target_list);
        }
        if !new.target().is_same(old.target()) {
            self.move_target(place, source_list, old, new);
        }
        Ok(self.edges.replace_at(place, new.clone()))
    }

    fn check_replacement(&self, old: &Edge, new: &Edge) -> Result<(u32, ListId), ReplaceEdgeError> {
        let place = self
            .edges
            .place(old.id())
            .ok_or(ReplaceEdgeError::OldMissing)?;
        if self.edges.contains(new) {
            return Err(ReplaceEdgeError::NewPresent);
        }
        if !new.source().is_same(old.source()) {
            return Err(ReplaceEdgeError::SourceDiffers);
        }
        if self.nodes.place(new.target().id()).is_none() {
            return Err(ReplaceEdgeError::TargetMissing);
        }
        // The kind of `old` may have been changed since, so ask for the new one's list only.
        let list = self.list(new.source(), new.kind());
        let list = list.filter(|list| self.adjacency.items(*list).contains(&place));
        Ok((place, list.ok_or(ReplaceEdgeError::KindDiffers)?))
    }

    fn move_target(&mut self, place: u32, source_list: ListId, old: &Edge, new: &Edge) {
        // A loop stands twice in its list: as source, then as target.
        let (list, keep) = if old.source().is_same(old.target()) {
            (Some(source_list), 1)
        } else {
            (self.list(old.target(), new.kind()), 0)
        };
        if let Some(list) = list {
            let items = self.adjacency.items_mut(list).iter_mut();
            items
                .filter(|item| **item == place)
                .skip(keep)
                .for_each(|item| *item = GAP);
        }
        if let Some(target) = self.nodes.place(new.target().id()) {
            self.adjacency.push(target, new.kind(), place);
        }
    }
}

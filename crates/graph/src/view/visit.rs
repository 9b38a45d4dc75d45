//! Walking adjacency lists.
//!
//! Lists only grow (see [`crate::adjacency`]), so "the list as it is now" is a list and a length.
//! Edges are copied out in batches: the lock is taken once per batch and never held by a callback.

use std::ops::ControlFlow;

use smallvec::SmallVec;

use crate::adjacency::ListId;
use crate::contents::Contents;
use crate::edge::{Digest, DirectionFilter, Edge, Role};
use crate::error::DestroyedError;
use crate::node::Node;
use crate::view::GraphView;

/// Most lists fit in one batch.
const BATCH: usize = 16;
type Batch = SmallVec<[Edge; BATCH]>;

/// A part of a list that was not read yet.
#[derive(Clone)]
struct Rest {
    list: ListId,
    next: usize,
    end: usize,
}

impl Rest {
    fn of(contents: &Contents, node: &Node, kind: u8) -> Option<Self> {
        let list = contents.list(node, kind)?;
        Some(Self {
            list,
            next: 0,
            end: contents.adjacency.items(list).len(),
        })
    }

    fn is_empty(&self) -> bool {
        self.next == self.end
    }

    /// Moves on by a batch of positions, into an empty batch.
    #[inline]
    fn fill(&mut self, contents: &Contents, batch: &mut Batch) {
        let stop = self.end.min(self.next + BATCH);
        batch.extend(contents.list_edges(self.list, self.next..stop).cloned());
        self.next = stop;
    }
}

/// The edges of one node and kind as they were when it was made, to be read one by one.
///
/// Belongs to no lifetime: each step is told the view, which must be the one it was made by.
#[derive(Clone)]
pub struct EdgeCursor {
    rest: Option<Rest>,
    batch: smallvec::IntoIter<[Edge; BATCH]>,
}

impl EdgeCursor {
    /// The next edge, or `None` at the end. A few ns, and a lock every 16 edges.
    ///
    /// # Errors
    /// [`DestroyedError`] if the view was destroyed meanwhile.
    pub fn next(&mut self, view: &GraphView) -> Result<Option<Edge>, DestroyedError> {
        view.check_alive()?;
        loop {
            if let Some(edge) = self.batch.next() {
                return Ok(Some(edge));
            }
            let Some(rest) = self.rest.as_mut().filter(|rest| !rest.is_empty()) else {
                return Ok(None);
            };
            let mut batch = Batch::new();
            view.read(|contents| rest.fill(contents, &mut batch))?;
            self.batch = batch.into_iter();
        }
    }

    /// How many edges are left at most (taken-out edges are counted).
    pub fn remaining(&self) -> usize {
        self.batch.len() + self.rest.as_ref().map_or(0, |rest| rest.end - rest.next)
    }
}

/// An [`EdgeCursor`] with its view: an iterator. It ends after the first error.
pub struct Snapshot<'a> {
    view: &'a GraphView,
    cursor: EdgeCursor,
    failed: bool,
}

impl Iterator for Snapshot<'_> {
    type Item = Result<Edge, DestroyedError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.cursor.next(self.view).transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.cursor.remaining() + 1))
    }
}

impl GraphView {
    /// The edges of a kind at a node, as they are now: edges inserted later do not show. O(1), and
    /// no allocation. A node that is not in the view has no edges.
    ///
    /// # Errors
    /// [`DestroyedError`], now or from the iterator.
    pub fn edges_of(&self, node: &Node, kind: u8) -> Result<Snapshot<'_>, DestroyedError> {
        let cursor = self.edge_cursor(node, kind)?;
        Ok(Snapshot {
            view: self,
            cursor,
            failed: false,
        })
    }

    /// The same without holding on to the view.
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn edge_cursor(&self, node: &Node, kind: u8) -> Result<EdgeCursor, DestroyedError> {
        let rest = self.read(|contents| Rest::of(contents, node, kind))?;
        Ok(EdgeCursor {
            rest,
            batch: Batch::new().into_iter(),
        })
    }

    /// Calls back with the edges of a kind at a node that pass a filter, in order of insertion into
    /// this view, until told to break. A loop comes twice.
    ///
    /// The list is taken as it is when the visit begins. No lock is held while the callback runs: it
    /// may insert, visit again, or destroy the view. A few ns per edge.
    ///
    /// # Errors
    /// [`DestroyedError`] if the view is destroyed, or is when the callback returns (unless it
    /// breaks).
    pub fn visit_edges<B>(
        &self,
        node: &Node,
        kind: u8,
        filter: DirectionFilter,
        mut visit: impl FnMut(Edge) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B>, DestroyedError> {
        let mut batch = Batch::new();
        let begin = |contents: &Contents| {
            let mut rest = Rest::of(contents, node, kind)?;
            rest.fill(contents, &mut batch);
            Some(rest)
        };
        let Some(mut rest) = self.read(begin)? else {
            return Ok(ControlFlow::Continue(()));
        };
        loop {
            for edge in batch.drain(..).filter(|edge| filter.passes(edge, node)) {
                if let ControlFlow::Break(value) = visit(edge) {
                    return Ok(ControlFlow::Break(value));
                }
                self.check_alive()?;
            }
            if rest.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            self.read(|contents| rest.fill(contents, &mut batch))?;
        }
    }

    /// The first edge of a kind in which the node plays a role. O(edges before it).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn first_edge(
        &self,
        node: &Node,
        kind: u8,
        role: Role,
    ) -> Result<Option<Edge>, DestroyedError> {
        let filter = DirectionFilter::from(role);
        self.read(|contents| {
            let list = contents.list(node, kind)?;
            contents
                .all_list_edges(list)
                .find(|edge| filter.passes(edge, node))
                .cloned()
        })
    }

    /// The first edge of a kind and name in which the node plays a role. O(1) expected, and O(edges before it) if edges come
    /// before it that have the name, but in which the node plays another role. The first search of a list is O(edges), and so
    /// are searches among edges without name.
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn first_edge_named(
        &self,
        node: &Node,
        kind: u8,
        role: Role,
        name: &str,
    ) -> Result<Option<Edge>, DestroyedError> {
        let (filter, digest) = (DirectionFilter::from(role), Digest::of(name));
        self.read(|contents| {
            let list = contents.list(node, kind)?;
            contents
                .list_edges_from(list, name)
                .find(|edge| edge.is_named(digest, name) && filter.passes(edge, node))
                .cloned()
        })
    }

    /// The kinds of which the node has edges in this view, ascending. O(kinds).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn kinds_of(&self, node: &Node) -> Result<Vec<u8>, DestroyedError> {
        self.read(|contents| {
            let lists = contents.lists_of(node);
            let used = lists.filter(|(_, list)| contents.all_list_edges(*list).next().is_some());
            used.map(|(kind, _)| kind).collect()
        })
    }
}

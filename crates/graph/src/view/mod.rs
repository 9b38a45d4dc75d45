//! Views.

mod insert;
mod look;
mod merge;
mod search;
mod show;
mod visit;

use std::sync::atomic::{AtomicBool, Ordering};

use once_cell::race::OnceBox;
use parking_lot::RwLock;

use crate::contents::Contents;
use crate::edge::Edge;
use crate::error::{DestroyedError, IdsExhausted};
use crate::host::HostSlot;
use crate::ids::{IdCounter, NODE_IDS};
use crate::node::Node;

pub use look::Look;
pub use search::{DEFAULT_MAX_PATHS, PathCursor, SearchOptions, Verdict};
pub use visit::{EdgeCursor, Snapshot};

/// A set of nodes and a set of edges with adjacency lists of its own.
///
/// Nothing is ever removed, except all at once by [`GraphView::destroy`], and single edges by
/// [`GraphView::replace_edge`]. Meant to be shared behind an `Arc`: every method takes `&self`.
///
/// After `destroy`, whatever needs the contents answers [`DestroyedError`]; identity, the self node
/// and formatting keep working.
pub struct GraphView {
    self_node: Node,
    host: HostSlot,
    /// Mirrors `contents.is_none()`, so that a running visit can look at every step without the lock.
    destroyed: AtomicBool,
    /// `None` once destroyed. Never locked while a callback runs or a record may be dropped, and
    /// never together with the lock of another view.
    contents: RwLock<Option<Contents>>,
    /// Filled by `destroy`: the ids of nodes that did not go with the contents, ascending.
    survivors: OnceBox<Vec<u32>>,
}

impl GraphView {
    /// A view with a fresh self node, its only member. O(1) in time and memory.
    ///
    /// # Errors
    /// [`IdsExhausted`] when no node id is left.
    pub fn new() -> Result<Self, IdsExhausted> {
        Self::numbered_by(&NODE_IDS)
    }

    fn numbered_by(ids: &IdCounter) -> Result<Self, IdsExhausted> {
        let self_node = Node::numbered_by(ids)?;
        let contents = Contents::with_self_node(&self_node);
        Ok(Self::with_contents(self_node, contents))
    }

    pub(crate) fn with_contents(self_node: Node, contents: Contents) -> Self {
        Self {
            self_node,
            host: HostSlot::default(),
            destroyed: AtomicBool::new(false),
            contents: RwLock::new(Some(contents)),
            survivors: OnceBox::new(),
        }
    }

    /// The host's pointer slot. Works on a destroyed view.
    pub fn host(&self) -> &HostSlot {
        &self.host
    }

    /// The node made with the view; by it a view is recognised. Works on a destroyed view.
    pub fn self_node(&self) -> &Node {
        &self.self_node
    }

    /// The id of the self node. Works on a destroyed view.
    pub fn id(&self) -> u32 {
        self.self_node.id()
    }

    /// Releases the contents now, though handles on the view live on. The second call does nothing.
    /// O(view). Host values of nodes may be dropped here, after the lock is released.
    pub fn destroy(&self) {
        let contents = {
            let mut slot = self.contents.write();
            self.destroyed.store(true, Ordering::Release);
            slot.take()
        };
        let survivors = contents.map(Contents::release).unwrap_or_default();
        if !survivors.is_empty() {
            // Only one call had the contents.
            let _ = self.survivors.set(Box::new(survivors));
        }
    }

    /// Whether the node was in the view when it was destroyed, and lived on because something else
    /// named it: a handle, another view, an edge elsewhere. Never true of a view with contents.
    /// O(log nodes).
    pub fn has_left(&self, node: &Node) -> bool {
        let survivors = self.survivors.get();
        survivors.is_some_and(|ids| ids.binary_search(&node.id()).is_ok())
    }

    /// Whether [`GraphView::destroy`] was called.
    #[inline]
    pub fn is_destroyed(&self) -> bool {
        self.destroyed.load(Ordering::Acquire)
    }

    /// An error if the view is destroyed.
    ///
    /// # Errors
    /// [`DestroyedError`].
    #[inline]
    pub fn check_alive(&self) -> Result<(), DestroyedError> {
        if self.is_destroyed() {
            Err(self.destroyed_error())
        } else {
            Ok(())
        }
    }

    /// The number of nodes, the self node among them. O(1).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn node_count(&self) -> Result<usize, DestroyedError> {
        self.read(|contents| contents.nodes.len())
    }

    /// The number of edges. O(1).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn edge_count(&self) -> Result<usize, DestroyedError> {
        self.read(|contents| contents.edges.len())
    }

    /// Whether the node is in the view. O(1).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn contains_node(&self, node: &Node) -> Result<bool, DestroyedError> {
        self.read(|contents| contents.nodes.contains(node))
    }

    /// Whether the edge is in the view. O(1).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn contains_edge(&self, edge: &Edge) -> Result<bool, DestroyedError> {
        self.read(|contents| contents.edges.contains(edge))
    }

    /// The nodes in order of insertion, the self node first. O(nodes).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn nodes(&self) -> Result<Vec<Node>, DestroyedError> {
        self.read(|contents| contents.nodes.as_slice().to_vec())
    }

    /// The nodes about which a host remembers something: a pointer or an anchor. O(nodes).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn hosted_nodes(&self) -> Result<Vec<Node>, DestroyedError> {
        self.read(|contents| {
            let nodes = contents.nodes.as_slice().iter();
            nodes.filter(|node| node.is_hosted()).cloned().collect()
        })
    }

    /// The edges in order of insertion. A replaced edge has left its place to its replacement.
    /// O(edges).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn edges(&self) -> Result<Vec<Edge>, DestroyedError> {
        self.read(|contents| contents.edges.as_slice().to_vec())
    }

    /// Reads the contents under the shared lock. `read` must not run foreign code or drop records.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&Contents) -> R) -> Result<R, DestroyedError> {
        self.contents
            .read()
            .as_ref()
            .map(read)
            .ok_or_else(|| self.destroyed_error())
    }

    /// The same under the exclusive lock.
    fn write<R>(&self, write: impl FnOnce(&mut Contents) -> R) -> Result<R, DestroyedError> {
        self.contents
            .write()
            .as_mut()
            .map(write)
            .ok_or_else(|| self.destroyed_error())
    }

    fn destroyed_error(&self) -> DestroyedError {
        DestroyedError {
            graph_id: self.id(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exhaustion_is_an_error() {
        let ids = IdCounter::after(u32::MAX - 1);
        assert_eq!(GraphView::numbered_by(&ids).unwrap().id(), u32::MAX);
        assert_eq!(GraphView::numbered_by(&ids).unwrap_err(), IdsExhausted);
    }

    #[test]
    fn a_view_is_small() {
        assert!(size_of::<GraphView>() <= 320, "{}", size_of::<GraphView>());
    }
}

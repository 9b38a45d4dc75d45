//! Adding to a view.

use crate::edge::Edge;
use crate::error::{DestroyedError, Error, InsertEdgeError, ReplaceEdgeError};
use crate::node::Node;
use crate::view::GraphView;

impl GraphView {
    /// Adds a node and says whether it is new. Amortised O(1).
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn insert_node(&self, node: &Node) -> Result<bool, DestroyedError> {
        self.write(|contents| contents.nodes.insert(node))
    }

    /// Makes a node and adds it. Amortised O(1).
    ///
    /// # Errors
    /// [`Error::Destroyed`], without taking an id unless another thread destroys the view meanwhile;
    /// [`Error::IdsExhausted`].
    pub fn create_and_insert_node(&self) -> Result<Node, Error> {
        self.check_alive()?;
        let node = Node::new()?;
        self.insert_node(&node)?;
        Ok(node)
    }

    /// Adds an edge to the list of its kind at its source, then at its target, and says whether it
    /// is new. A loop thus stands twice in one list. The kind is read at this moment. Amortised
    /// O(1).
    ///
    /// # Errors
    /// [`InsertEdgeError`], source before target. Nothing has changed then; a later attempt may
    /// work.
    pub fn insert_edge(&self, edge: &Edge) -> Result<bool, InsertEdgeError> {
        self.write(|contents| contents.insert_edge(edge))?
    }

    /// Takes an edge out and puts another with the same source and kind at its place: in the order
    /// of edges and in the source's list. It goes to the end of its target's list, or to the same
    /// place if the target is the same. O(degree). Other views keep the old edge.
    ///
    /// A visit that runs meanwhile skips what was taken out and may meet the replacement.
    ///
    /// # Errors
    /// [`ReplaceEdgeError`]; nothing has changed then.
    pub fn replace_edge(&self, old: &Edge, new: &Edge) -> Result<(), ReplaceEdgeError> {
        // The view's handle on the old edge outlives the lock: dropping it may end the edge.
        let _released = self.write(|contents| contents.replace_edge(old, new))??;
        Ok(())
    }
}

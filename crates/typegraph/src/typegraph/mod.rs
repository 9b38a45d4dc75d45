//! Types whose instances are trees, kept in the graph itself.
//!
//! A [`TypeGraph`] is a node; its children are the types. A type has *make-children* (every
//! instance gets this child) and *make-links* (every instance gets this edge), which are nodes as
//! well. There is no table beside the graph: two type graphs with the same nodes, edges, attributes
//! and orders are the same.
//!
//! ```
//! use pyrus_graph::GraphView;
//! use pyrus_typegraph::{Bound, TypeGraph, composition};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let view = GraphView::new()?;
//! let types = TypeGraph::create(&view)?;
//! let pin = types.add_type("Pin")?;
//! let resistor = types.add_type("Resistor")?;
//! for name in ["p1", "p2"] {
//!     types.add_make_child(Bound::new(&view, &resistor), Bound::new(&view, &pin), Some(name), &[])?;
//! }
//! for made in [&pin, &resistor] {
//!     types.mark_constructable(Bound::new(&view, made))?;
//! }
//! let r1 = types.instantiate("Resistor")?;
//! assert!(composition::child(&view, &r1, "p2")?.is_some());
//! # Ok(())
//! # }
//! ```

mod batch;
mod bootstrap;
mod children;
mod collect;
mod copy;
mod error;
mod instantiate;
mod linker;
mod links;
mod merge;
mod names;
mod overview;
mod plan;
mod references;
mod resolve;
mod source_chunk;
mod traits;
mod types;
mod validate;
mod walk;

use pyrus_graph::{DestroyedError, GraphView, Literal, Node};

pub use children::{make_child_type_reference, make_child_type_reference_by_identifier};
pub use collect::{MakeChild, MakeLink};
pub use copy::copy_node_into;
pub use error::{
    Error, InstantiationError, InstantiationErrorKind, PathError, PathErrorKind, ResolveError,
    ResolveErrorKind, Result,
};
pub use linker::{link_type_reference, resolved_type, update_type_reference};
pub use references::{Segment, reference_path};
pub use resolve::resolve;
pub use traits::{add_trait_instance_to, add_trait_to, mark_as_trait, visit_implementers};
pub use types::{type_identifier, type_name};
pub use walk::resolve_child_path;

use crate::{composition, edge_type};
use names::Own;

/// A node seen in a view.
#[derive(Clone, Copy)]
pub struct Bound<'a> {
    /// The view.
    pub view: &'a GraphView,
    /// The node; it need not be in the view.
    pub node: &'a Node,
}

impl<'a> Bound<'a> {
    /// A node in a view.
    pub fn new(view: &'a GraphView, node: &'a Node) -> Self {
        Self { view, node }
    }

    /// The same view, another node.
    fn at<'b>(self, node: &'b Node) -> Bound<'b>
    where
        'a: 'b,
    {
        Bound::new(self.view, node)
    }

    fn is_member_of(self, view: &GraphView) -> Result<bool, DestroyedError> {
        Ok(std::ptr::eq(self.view, view) && view.contains_node(self.node)?)
    }
}

/// A handle on the node of a type graph in a view. It says nothing about what the node really is:
/// where a type that every type graph has is missing, what needs it is refused, and what only looks
/// finds nothing.
#[derive(Clone)]
pub struct TypeGraph<'a> {
    view: &'a GraphView,
    node: Node,
}

impl<'a> TypeGraph<'a> {
    /// A new type graph: 22 nodes and 49 edges. Those that are in one view already are independent of it.
    pub fn create(view: &'a GraphView) -> Result<Self> {
        bootstrap::create(view)
    }

    /// The type graph that a node is. Unchecked.
    pub fn of(view: &'a GraphView, node: &Node) -> Self {
        let node = node.clone();
        Self { view, node }
    }

    /// The type graph of a type: its parent, unchecked.
    pub fn of_type(view: &'a GraphView, type_node: &Node) -> Result<Option<Self>, DestroyedError> {
        let parent = composition::parent(view, type_node)?;
        Ok(parent.map(|node| Self { view, node }))
    }

    /// The type graph of an instance: that of its type.
    pub fn of_instance(
        view: &'a GraphView,
        instance: &Node,
    ) -> Result<Option<Self>, DestroyedError> {
        match edge_type::type_of(view, instance)? {
            Some(type_node) => Self::of_type(view, &type_node),
            None => Ok(None),
        }
    }

    /// The view.
    pub fn view(&self) -> &'a GraphView {
        self.view
    }

    /// The node that the types hang on.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// The first type of a name: any child of the node. O(1) expected.
    pub fn type_by_name(&self, name: &str) -> Result<Option<Node>, DestroyedError> {
        composition::child(self.view, &self.node, name)
    }

    /// One of the types that every type graph has.
    fn own(&self, own: Own) -> Result<Node> {
        let found = self.type_by_name(own.name())?;
        found.ok_or(Error::Refused("The node is not a TypeGraph"))
    }

    fn is_initialized(&self) -> bool {
        is_initialized(&self.node)
    }
}

fn is_initialized(type_graph: &Node) -> bool {
    type_graph.with_attribute(names::INITIALIZED, |value| {
        value == Some(&Literal::Bool(true))
    })
}

/// The first attribute of a key, if it is text.
fn text(node: &Node, key: &str) -> Option<String> {
    node.with_attribute(key, |value| {
        value.and_then(Literal::as_str).map(str::to_owned)
    })
}

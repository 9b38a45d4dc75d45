//! Edges with a meaning over the property graph. Pure Rust, usable on its own.
//!
//! A class of edges is a module of functions over plain edges of one kind: there are no tables
//! beside the graph, and any edge of the kind counts, whoever made it.
//!
//! | module | kind | from | to | name |
//! |---|---|---|---|---|
//! | [`composition`] | 130 | parent | child | always; `""` is anonymous |
//! | [`pointer`] | 78 | whatever points | what it points at | optional |
//! | [`next`] | 41 | previous | next | none |
//! | [`operand`] | 193 | set of operands | operand | optional |
//! | [`edge_type`] | 0 | type | instance | none |
//! | [`edge_trait`] | 34 | owner | trait instance | none |
//! | [`interface`] | 85 | undirected | | none |
//!
//! [`pathfinder`] says which interfaces are connected, and by which path.
//!
//! ```
//! use pyrus_graph::GraphView;
//! use pyrus_typegraph::composition;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let view = GraphView::new()?;
//! let resistor = view.create_and_insert_node()?;
//! let pad = view.create_and_insert_node()?;
//! composition::add_child(&view, &resistor, &pad, "p1")?;
//! assert_eq!(composition::child(&view, &resistor, "p1")?, Some(pad));
//! # Ok(())
//! # }
//! ```
//!
//! # Rules that hold everywhere
//!
//! - **First match wins**, in the order in which edges were inserted into the view. Nothing enforces that names, types,
//!   parents or successors are unique.
//! - An undirected edge of a directed kind counts as outgoing and as incoming at both ends.
//! - A node that is not in the view has no edges there; that is no error.
//! - Names are compared as bytes. An edge without a name has no name that could be asked for, not even `""`.
//! - A visit sees the edges that were there when it began, and holds no lock while it calls back.

#![forbid(unsafe_code)]

mod attributes;
mod children;
pub mod composition;
pub mod edge_trait;
pub mod edge_type;
mod error;
mod find;
pub mod interface;
pub mod next;
pub mod operand;
pub mod pathfinder;
pub mod pointer;
mod typegraph;

pub use attributes::{EdgeAttributes, NodeAttributes};
pub use error::{ConnectError, InsertError, NotDirectional, NotThisKind, OperandError};
pub use typegraph::{
    Bound, Error, InstantiationError, InstantiationErrorKind, MakeChild, MakeLink, PathError,
    PathErrorKind, ResolveError, ResolveErrorKind, Result, Segment, TypeGraph,
    add_trait_instance_to, add_trait_to, copy_node_into, link_type_reference,
    make_child_type_reference, make_child_type_reference_by_identifier, mark_as_trait,
    reference_path, resolve, resolve_child_path, resolved_type, type_identifier, type_name,
    update_type_reference, visit_implementers,
};

//! A property graph with cheap views. Pure Rust, usable on its own.
//!
//! [`Node`]s and [`Edge`]s are process-wide records with unique ids and attributes; a handle on
//! one is a counted pointer. A [`GraphView`] is a set of nodes and a set of edges with adjacency
//! lists of its own: the same record may be in any number of views.
//!
//! ```
//! use pyrus_graph::{DirectionFilter, Edge, GraphView, Literal, Node, kinds};
//! use std::ops::ControlFlow;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let view = GraphView::new()?;
//! let part = view.create_and_insert_node()?;
//! part.put("value", Literal::Int(10));
//!
//! let edge = Edge::build(view.self_node(), &part, kinds::COMPOSITION).name("r1").finish()?;
//! view.insert_edge(&edge)?;
//!
//! let mut names = Vec::new();
//! let _ = view.visit_edges(view.self_node(), kinds::COMPOSITION, DirectionFilter::Outgoing, |edge| {
//!     names.push(edge.name());
//!     ControlFlow::<()>::Continue(())
//! })?;
//! assert_eq!(names, [Some("r1".to_owned())]);
//! # Ok(())
//! # }
//! ```
//!
//! # Promises
//!
//! - **Order is contract.** Nodes, edges and adjacency lists come out in the order in which they
//!   were inserted into *this* view; nothing depends on hashing.
//! - **Cost follows use.** A new view is O(1) in time and memory, whatever was made before; records
//!   are freed with the last handle or view that names them.
//! - **Foreign code never runs under a lock.** Callbacks may call anything here, also on the same
//!   view; host values ([`Node::anchor`]) are dropped only after every lock is released.
//! - **Everything is `Send + Sync`,** and every method takes `&self`.

#![forbid(unsafe_code)]

mod adjacency;
mod attributes;
mod contents;
mod edge;
mod error;
pub mod export;
mod host;
mod ids;
mod index;
pub mod kinds;
mod literal;
mod names;
mod node;
mod path;
mod path_tree;
mod sets;
pub mod store;
mod view;

pub use attributes::{AttributeSnapshot, Key};
pub use edge::{DirectionFilter, Edge, EdgeBuilder, EdgeOptions, EdgePattern, MAX_ORDER, Role};
pub use error::{
    DestroyedError, EdgeError, Error, IdsExhausted, InsertEdgeError, OrderOutOfRange,
    ReplaceEdgeError, SearchError,
};
pub use host::{Anchor, HostSlot};
pub use literal::Literal;
pub use node::Node;
pub use path::Path;
pub use path_tree::{PathId, PathTree, SharedPath};
pub use sets::{EdgeSet, IdSet, Identified, NodeMap, NodeSet};
pub use view::{
    DEFAULT_MAX_PATHS, EdgeCursor, GraphView, Look, PathCursor, SearchOptions, Snapshot, Verdict,
};

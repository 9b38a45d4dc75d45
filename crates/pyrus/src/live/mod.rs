//! Live records: trees of nodes that Python sees through views, driven by one static table per record.
//!
//! A node is one block: a header, and a slot for each field or for those that have something to say. Records in records
//! are nodes of their own, held by their parent's slot; a list is a vector of slots. Python objects are made when
//! something is touched, and hold the node, never the place where it stands, so a node that was replaced or removed
//! lives on under its views.
//!
//! | module | what lives there |
//! |---|---|
//! | `table` | what is known of a record at compile time |
//! | `slot`, `text`, `items` | one value, 16 bytes |
//! | `arena` | memory of trees that are made at once |
//! | `layout`, `marks` | the block of a node |
//! | `node` | reference counts, who is looking, making nodes |
//! | `free` | freeing whole trees |
//! | `tree` | copying and comparing whole trees, with an end to depth |
//! | `pack` | trees to bytes and back, for pickling |
//! | `convert` | slots to Python and back |
//! | `object`, `methods` | the Python object around a node |
//! | `construct` | calling a record's class |
//! | `state` | what objects of Python subclasses keep besides |
//! | `list`, `list_methods` | the Python object around a list |
//!
//! All up to `pack` know no Python.

mod arena;
mod construct;
mod convert;
mod free;
mod items;
mod layout;
mod list;
mod list_methods;
mod marks;
mod methods;
mod names;
mod node;
mod object;
mod pack;
mod slot;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub use arena::Arena;
pub use construct::{new, vectorcall};
pub(crate) use list::list_type;
pub(crate) use methods::{FIELD_NAMES, METHODS, RESTORE, hash, names, repr, rich_compare};
pub(crate) use names::NameMap;
pub use node::{Builder, Draft, Node, NodeRef, Slots, default_slot};
pub(crate) use object::SIZE;
pub use object::{Live, LiveClass, LiveIn, LiveType};
pub(crate) use object::{dealloc, getter, setter, slots};
pub use slot::Slot;
pub use table::{Default, Field, Flag, Key, Kind, Made, Members, Table, Word};
pub use tree::TooDeep;

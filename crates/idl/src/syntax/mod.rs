//! The declarations as written: what YAML holds, before any name is looked up. The JSON schema is generated from these
//! structs, so their doc comments are what editors show.
//!
//! Places are not kept here: whoever needs one walks the source tree beside these structs.

mod items;
#[cfg(test)]
mod made;
mod members;
mod module;
mod schema;
mod sexp;

pub(crate) use items::*;
pub(crate) use members::*;
pub(crate) use module::*;
pub(crate) use schema::{VERSION, include_schema, root_schema};
pub(crate) use sexp::*;

use indexmap::IndexMap;

/// A mapping in declaration order.
pub(crate) type Map<T> = IndexMap<String, T>;

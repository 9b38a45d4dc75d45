//! Records: plain Rust structs inside Python objects, driven by one static table each.

mod attr;
mod construct;
mod field;
mod methods;

pub use attr::{getattro, getter, setattro, setter};
pub use construct::{new, vectorcall};
pub use field::{FieldConv, FieldOps, FieldSpec};
pub use methods::{clear, copy, deepcopy, field_names, hash, reduce, repr, rich_compare, traverse};

use crate::call::Signature;
use crate::class::{Class, Flag, Value};

/// A record, as the generated marker type describes it.
pub trait Record:
    Class<Payload = Value<Self::Struct>, Target = Self::Struct, Guard = Flag>
{
    /// The struct.
    type Struct: Clone + 'static;
    /// Its table.
    const SPEC: &'static RecordSpec;
}

/// How many freed objects of each record are kept: enough for what a function makes and drops on its way.
pub const RECORD_POOL: usize = 128;

/// The static facts of a record.
pub struct RecordSpec {
    /// Python name.
    pub name: &'static str,
    /// Fields in order. No more than the constructor's parameters.
    pub fields: &'static [FieldSpec],
    /// No setters.
    pub frozen: bool,
    /// The constructor's signature: one parameter per field, in order.
    pub new: &'static Signature,
}

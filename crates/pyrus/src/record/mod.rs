//! Records: plain Rust structs inside Python objects, driven by one static table each. Nothing here is compiled once per
//! record: the functions that Python calls find the table through the type.

mod attr;
mod construct;
mod field;
mod life;
mod methods;
mod spec;
mod table;

pub use attr::{getattro, setattro};
pub(crate) use construct::expecting;
pub use construct::{new, vectorcall};
pub use field::{FieldConv, FieldOps};
pub(crate) use life::{clear, dealloc, traverse, wrap_moved};
pub(crate) use methods::{METHODS, STATICS, names_tuple};
pub use methods::{hash, repr, rich_compare};
pub use spec::{FieldSpec, RecordSpec, Shape};
pub(crate) use table::{Table, slots};

use crate::class::{Class, HeadGuard, Value};

/// A record, as the generated marker type describes it.
pub trait Record:
    Class<Payload = Value<Self::Struct>, Target = Self::Struct, Guard: HeadGuard>
{
    /// The struct.
    type Struct: Clone + 'static;
    /// Its table.
    const SPEC: &'static RecordSpec;
}

/// How many freed objects of each record are kept: enough for what a function makes and drops on its way.
pub const RECORD_POOL: usize = 128;

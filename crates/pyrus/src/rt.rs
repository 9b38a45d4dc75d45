//! What generated code uses. Not for people: it changes with every release.

pub use pyo3_ffi as ffi;

pub use crate::any::{Any, Object};
pub use crate::buffer::Buf;
pub use crate::call::*;
pub use crate::class::*;
pub use crate::conv::*;
pub use crate::cx::{Cx, Keep};
pub use crate::enums::{EnumClass, EnumSpec, EnumValue};
pub use crate::error::{Error, Raise, Raised};
pub use crate::glue::*;
pub use crate::iter::It;
pub use crate::live;
pub use crate::live::{LiveClass, LiveIn, LiveType};
pub use crate::module::*;
pub use crate::record;
pub use crate::record::{FieldConv, FieldOps, FieldSpec, RECORD_POOL, Record, RecordSpec, Shape};
pub use crate::registry::{ExternClass, Foreign, Publication, SharedForeign};

//! One row per type: what it is called and how it is converted, for both languages.
//!
//! Glue and stub read the same row, so a wrapper and its stub cannot disagree about a type.

pub(crate) mod live;
pub mod names;
pub mod python;
pub mod rust;
pub(crate) mod spell;

use pyrus_idl::model::{Api, ModuleId, Type};

/// Everything the renderers know about a type.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the stub shows.
    pub python: python::Annotations,
    /// What the glue does.
    pub rust: rust::Codec,
}

/// The row of a type, as seen from a module.
pub fn row(api: &Api, ty: &Type, scope: ModuleId) -> Row {
    Row {
        python: python::annotations(api, ty, scope),
        rust: rust::codec(api, ty, scope),
    }
}

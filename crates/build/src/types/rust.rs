//! The Rust half of a row.

use pyrus_idl::model::{Api, ModuleId, Type};

/// How the glue converts a type.
#[derive(Clone, Debug, Default)]
pub struct Codec;

/// The codec of a type.
pub fn codec(_api: &Api, _ty: &Type, _scope: ModuleId) -> Codec {
    Codec
}

//! The library's errors as Python exceptions.

use pyrus::exc::{OverflowError, ValueError};
use pyrus_graph::store::FormatError;
use pyrus_graph::{DestroyedError, IdsExhausted, InsertEdgeError};

use crate::api::graph::{GraphDestroyedError, GraphFormatError};

impl From<DestroyedError> for GraphDestroyedError {
    fn from(error: DestroyedError) -> Self {
        Self {
            message: error.to_string(),
            graph_id: error.graph_id,
        }
    }
}

impl From<FormatError> for GraphFormatError {
    fn from(error: FormatError) -> Self {
        Self {
            message: error.to_string(),
            offset: error.offset,
            reason: error.damage.to_string(),
        }
    }
}

pub(crate) fn exhausted(error: IdsExhausted) -> OverflowError {
    OverflowError::new(error.to_string())
}

pub(crate) fn destroyed(error: DestroyedError) -> pyrus::Error {
    GraphDestroyedError::from(error).into()
}

pub(crate) fn not_made(error: pyrus_graph::Error) -> pyrus::Error {
    match error {
        pyrus_graph::Error::Destroyed(error) => destroyed(error),
        pyrus_graph::Error::IdsExhausted(error) => exhausted(error).into(),
    }
}

pub(crate) fn not_inserted(error: InsertEdgeError) -> pyrus::Error {
    match error {
        InsertEdgeError::Destroyed(error) => destroyed(error),
        InsertEdgeError::SourceMissing | InsertEdgeError::TargetMissing => {
            ValueError::new(error.to_string()).into()
        }
    }
}

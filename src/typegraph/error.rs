//! The library's errors as Python exceptions.

use pyrus::exc::ValueError;
use pyrus_graph::Node;
use pyrus_typegraph::Error;

use crate::api::typegraph::{
    TypeGraphInstantiationError, TypeGraphPathError, TypeGraphResolveError,
};
use crate::edges::BoundNode;
use crate::graph::error::{destroyed, exhausted};

/// One that names no node.
pub(super) fn failed(error: Error) -> pyrus::Error {
    match error {
        Error::Destroyed(error) => destroyed(error),
        Error::IdsExhausted(error) => exhausted(error).into(),
        Error::Refused(text) => ValueError::new(text).into(),
        error => ValueError::new(error.to_string()).into(),
    }
}

/// One that may be about a path.
pub(super) fn path_failed(error: Error, message: &str) -> pyrus::Error {
    match error {
        Error::Path(error) => TypeGraphPathError {
            kind: error.kind.name().to_owned(),
            path: error.path,
            failing_segment: error.failing_segment,
            failing_segment_index: error.failing_segment_index as u64,
            index_value: None,
            message: message.to_owned(),
        }
        .into(),
        error => failed(error),
    }
}

/// One that may name a node, which is in the view of `seen`.
pub(super) fn failed_in(error: Error, seen: &BoundNode<'_>) -> pyrus::Error {
    let bind = |node: Node| seen.bind(node);
    match error {
        Error::Instantiation(error) => TypeGraphInstantiationError {
            node: bind(error.node),
            kind: error.kind.name().to_owned(),
            identifier: error.identifier,
            message: error.message.to_owned(),
        }
        .into(),
        Error::Resolve(error) => TypeGraphResolveError {
            node: bind(error.node),
            kind: error.kind.name().to_owned(),
            identifier: error.identifier,
            message: error.kind.message().to_owned(),
        }
        .into(),
        error => failed(error),
    }
}

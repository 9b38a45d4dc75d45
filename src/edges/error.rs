//! The library's errors as Python exceptions.

use pyrus::exc::{TypeError, ValueError};
use pyrus_typegraph::composition::QueryError;
use pyrus_typegraph::pathfinder::SearchError;
use pyrus_typegraph::{ConnectError, InsertError, NotThisKind, OperandError};

use crate::graph::error::{destroyed, exhausted};

/// An edge was not made and inserted; said are the texts for a missing source and target.
pub(crate) fn not_inserted(error: InsertError, source: &str, target: &str) -> pyrus::Error {
    match error {
        InsertError::Destroyed(error) => destroyed(error),
        InsertError::IdsExhausted(error) => exhausted(error).into(),
        InsertError::SourceMissing => ValueError::new(source).into(),
        InsertError::TargetMissing => ValueError::new(target).into(),
    }
}

/// An operand was not added or not visited.
pub(super) fn no_operands(error: OperandError) -> pyrus::Error {
    match error {
        OperandError::Insert(error) => not_inserted(
            error,
            "Operands set node not in graph",
            "Operand node not in graph",
        ),
        OperandError::NoSet | OperandError::NoExpression => {
            ValueError::new(error.to_string()).into()
        }
    }
}

/// Two nodes were not connected.
pub(super) fn not_connected(error: ConnectError, text: &str) -> pyrus::Error {
    match error {
        ConnectError::Insert(error) => not_inserted(error, text, text),
        ConnectError::TypesDiffer => ValueError::new(text).into(),
    }
}

pub(super) fn no_children(error: QueryError) -> pyrus::Error {
    match error {
        QueryError::Destroyed(error) => destroyed(error),
        QueryError::Cyclic { .. } => ValueError::new(error.to_string()).into(),
    }
}

pub(super) fn not_searched(error: SearchError) -> pyrus::Error {
    match error {
        SearchError::Destroyed(error) => destroyed(error),
        SearchError::Cyclic { .. } => ValueError::new(error.to_string()).into(),
    }
}

pub(super) fn not_this_kind(error: NotThisKind) -> TypeError {
    TypeError::new(error.to_string())
}

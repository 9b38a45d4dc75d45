//! What can go wrong. All wording is here.

use std::fmt;

use pyrus_graph::{DestroyedError, IdsExhausted, InsertEdgeError};

/// Why an edge was not made and inserted. The view has not changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InsertError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// No id was left.
    IdsExhausted(IdsExhausted),
    /// The source is not in the view. Tested before the target.
    SourceMissing,
    /// The target is not in the view.
    TargetMissing,
}

impl fmt::Display for InsertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::IdsExhausted(error) => error.fmt(f),
            Self::SourceMissing => InsertEdgeError::SourceMissing.fmt(f),
            Self::TargetMissing => InsertEdgeError::TargetMissing.fmt(f),
        }
    }
}

impl From<InsertEdgeError> for InsertError {
    fn from(error: InsertEdgeError) -> Self {
        match error {
            InsertEdgeError::Destroyed(error) => Self::Destroyed(error),
            InsertEdgeError::SourceMissing => Self::SourceMissing,
            InsertEdgeError::TargetMissing => Self::TargetMissing,
        }
    }
}

/// An edge of another kind than the one asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotThisKind {
    /// The kind it should have.
    pub expected: u8,
    /// The kind it has.
    pub found: u8,
}

impl fmt::Display for NotThisKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = pyrus_graph::kinds::name(self.expected).unwrap_or("?");
        write!(f, "edge is not an Edge{name} edge")
    }
}

/// An edge that leads nowhere, where its target was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotDirectional;

impl fmt::Display for NotDirectional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("edge is not directional")
    }
}

/// Why the operands of an expression could not be worked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OperandError {
    /// The edge to the operand was not made and inserted.
    Insert(InsertError),
    /// The expression has no child named `operands`.
    NoSet,
    /// The set of operands has no parent.
    NoExpression,
}

impl fmt::Display for OperandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insert(error) => error.fmt(f),
            Self::NoSet => f.write_str("Expression node has no operands set"),
            Self::NoExpression => f.write_str("Operands set has no expression node"),
        }
    }
}

/// Why two interfaces were not connected. Nothing has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConnectError {
    /// The edge was not made and inserted.
    Insert(InsertError),
    /// One has a type and the other has none, or they have different ones.
    TypesDiffer,
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Insert(error) => error.fmt(f),
            Self::TypesDiffer => f.write_str("the nodes are instances of different types"),
        }
    }
}

macro_rules! errors {
    ($($error:ident),+) => {$( impl std::error::Error for $error {} )+};
}

macro_rules! from {
    ($($cause:ident => $error:ident :: $variant:ident),+ $(,)?) => {$(
        impl From<$cause> for $error {
            fn from(error: $cause) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}

macro_rules! from_destroyed {
    ($($error:ident),+) => {$(
        impl From<DestroyedError> for $error {
            fn from(error: DestroyedError) -> Self {
                Self::Insert(error.into())
            }
        }
    )+};
}

errors!(
    InsertError,
    NotThisKind,
    NotDirectional,
    OperandError,
    ConnectError
);
from! {
    DestroyedError => InsertError::Destroyed,
    IdsExhausted => InsertError::IdsExhausted,
    InsertError => OperandError::Insert,
    InsertError => ConnectError::Insert,
}
from_destroyed!(OperandError, ConnectError);

//! What can go wrong. All wording is here.

use std::fmt;

/// The view was destroyed; its contents are gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DestroyedError {
    /// The id of the view, which is the id of its self node.
    pub graph_id: u32,
}

impl fmt::Display for DestroyedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The graph {:#x} was destroyed", self.graph_id)
    }
}

/// All 2³² − 1 ids of nodes, or of edges, were handed out in this process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IdsExhausted;

impl fmt::Display for IdsExhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("No ids are left for new nodes or edges")
    }
}

/// An order above 127.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OrderOutOfRange(pub u8);

impl fmt::Display for OrderOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edge order {} is out of range (0 to 127)", self.0)
    }
}

/// Why an edge was not made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EdgeError {
    /// The order is above 127.
    OrderOutOfRange(OrderOutOfRange),
    /// No id was left.
    IdsExhausted(IdsExhausted),
}

impl fmt::Display for EdgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrderOutOfRange(error) => error.fmt(f),
            Self::IdsExhausted(error) => error.fmt(f),
        }
    }
}

/// Why a view could not make something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Error {
    /// The view, or the one given, was destroyed.
    Destroyed(DestroyedError),
    /// No id was left.
    IdsExhausted(IdsExhausted),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::IdsExhausted(error) => error.fmt(f),
        }
    }
}

/// Why an edge was not inserted. Nothing has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InsertEdgeError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// The source is not in the view. Tested before the target.
    SourceMissing,
    /// The target is not in the view.
    TargetMissing,
}

impl fmt::Display for InsertEdgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::SourceMissing => f.write_str("Edge source node not in graph"),
            Self::TargetMissing => f.write_str("Edge target node not in graph"),
        }
    }
}

/// Why an edge was not replaced. Nothing has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplaceEdgeError {
    /// The view was destroyed.
    Destroyed(DestroyedError),
    /// The edge to take out is not in the view.
    OldMissing,
    /// The edge to put in is already in the view.
    NewPresent,
    /// The two edges have different sources.
    SourceDiffers,
    /// The new edge is not of the kind under which the old one is listed.
    KindDiffers,
    /// The new target is not in the view.
    TargetMissing,
}

impl fmt::Display for ReplaceEdgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::OldMissing => f.write_str("Edge to replace not in graph"),
            Self::NewPresent => f.write_str("Replacing edge already in graph"),
            Self::SourceDiffers => f.write_str("Replacing edge has another source"),
            Self::KindDiffers => f.write_str("Replacing edge is of another kind"),
            Self::TargetMissing => f.write_str("Target node not in graph"),
        }
    }
}

/// Why a search ended early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SearchError {
    /// The view was destroyed, before or during the search.
    Destroyed(DestroyedError),
    /// More paths were found than the search was allowed to remember.
    TooManyPaths,
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::TooManyPaths => f.write_str("The search found too many paths"),
        }
    }
}

macro_rules! errors {
    ($($error:ident),+) => {$( impl std::error::Error for $error {} )+};
}

macro_rules! from_destroyed {
    ($($error:ident),+) => {$(
        impl From<DestroyedError> for $error {
            fn from(error: DestroyedError) -> Self {
                Self::Destroyed(error)
            }
        }
    )+};
}

errors!(
    DestroyedError,
    IdsExhausted,
    OrderOutOfRange,
    EdgeError,
    Error
);
errors!(InsertEdgeError, ReplaceEdgeError, SearchError);
from_destroyed!(Error, InsertEdgeError, ReplaceEdgeError, SearchError);

macro_rules! from_cause {
    ($($cause:ident => $error:ident),+ $(,)?) => {$(
        impl From<$cause> for $error {
            fn from(cause: $cause) -> Self {
                Self::$cause(cause)
            }
        }
    )+};
}

from_cause! {
    IdsExhausted => Error,
    IdsExhausted => EdgeError,
    OrderOutOfRange => EdgeError,
}

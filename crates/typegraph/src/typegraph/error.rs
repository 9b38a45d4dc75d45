//! What can go wrong with type graphs. All wording is here or where it is refused.

use std::fmt;

use pyrus_graph::{DestroyedError, IdsExhausted, InsertEdgeError, Node, ReplaceEdgeError};

use crate::InsertError;

/// Why a type graph could not do something.
#[derive(Clone, PartialEq, Debug)]
pub enum Error {
    /// A view was destroyed.
    Destroyed(DestroyedError),
    /// No id was left.
    IdsExhausted(IdsExhausted),
    /// What was asked for is not possible; nothing has changed.
    Refused(&'static str),
    /// A path through types leads nowhere.
    Path(PathError),
    /// A type could not be instantiated.
    Instantiation(InstantiationError),
    /// A reference could not be resolved on a node.
    Resolve(ResolveError),
}

/// The result of what a type graph does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Where a path through types leads nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathError {
    /// What is missing.
    pub kind: PathErrorKind,
    /// The identifiers of the path.
    pub path: Vec<String>,
    /// The identifier that failed; `""` in an empty path.
    pub failing_segment: String,
    /// Its place in the path.
    pub failing_segment_index: usize,
}

/// What a path through types lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathErrorKind {
    /// There is no such child, or no such trait type.
    MissingChild,
    /// The same, where the segment looks like an index.
    InvalidIndex,
}

impl PathErrorKind {
    /// For programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingChild => "missing_child",
            Self::InvalidIndex => "invalid_index",
        }
    }
}

/// Why a type was not instantiated. What was built before stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstantiationError {
    /// What is wrong: a type, a make-child, a make-link, or the type graph.
    pub node: Node,
    /// In which way.
    pub kind: InstantiationErrorKind,
    /// More about it, or `""`.
    pub identifier: String,
    /// What people read.
    pub message: &'static str,
}

/// In which way instantiating failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InstantiationErrorKind {
    /// The type is not there.
    InvalidArgument,
    /// A type reference was not linked.
    UnresolvedTypeReference,
    /// A make-link lacks an end.
    MissingOperandReference,
    /// A reference could not be resolved.
    UnresolvedReference,
    /// Anything else.
    Other,
}

impl InstantiationErrorKind {
    /// For programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidArgument => "invalid_argument",
            Self::UnresolvedTypeReference => "unresolved_type_reference",
            Self::MissingOperandReference => "missing_operand_reference",
            Self::UnresolvedReference => "unresolved_reference",
            Self::Other => "other",
        }
    }
}

/// Why a reference was not resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResolveError {
    /// The reference of the segment that failed.
    pub node: Node,
    /// In which way.
    pub kind: ResolveErrorKind,
    /// The segment, or `""`.
    pub identifier: String,
}

/// In which way resolving failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResolveErrorKind {
    /// The node is no reference of a type graph.
    TypegraphNotFound,
    /// The type graph has no type of the name behind `<<`.
    TypeNotFound,
    /// There is no such child.
    CompositionChildNotFound,
    /// The type graph has no such trait type.
    TraitTypeNotFound,
    /// There is no trait instance of the type.
    TraitInstanceNotFound,
    /// There is no pointer.
    PointerDereferenceFailed,
    /// There is no such operand.
    OperandNotFound,
    /// Nothing can be looked up by this kind of edge.
    UnknownEdgeType,
    /// The chain leads back into itself.
    CyclicReference,
}

impl ResolveErrorKind {
    /// For programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::TypegraphNotFound => "typegraph_not_found",
            Self::TypeNotFound => "type_not_found",
            Self::CompositionChildNotFound => "composition_child_not_found",
            Self::TraitTypeNotFound => "trait_type_not_found",
            Self::TraitInstanceNotFound => "trait_instance_not_found",
            Self::PointerDereferenceFailed => "pointer_dereference_failed",
            Self::OperandNotFound => "operand_not_found",
            Self::UnknownEdgeType => "unknown_edge_type",
            Self::CyclicReference => "cyclic_reference",
        }
    }

    /// For people.
    pub fn message(self) -> &'static str {
        match self {
            Self::TypegraphNotFound => "Failed to get TypeGraph from reference node",
            Self::TypeNotFound => "Type node not found for enum type",
            Self::CompositionChildNotFound => "Child not found",
            Self::TraitTypeNotFound => "trait type not found in TypeGraph",
            Self::TraitInstanceNotFound => "trait not found on",
            Self::PointerDereferenceFailed => "pointer dereference failed from node",
            Self::OperandNotFound => "operand not found on node",
            Self::UnknownEdgeType => "Unknown edge type",
            Self::CyclicReference => "Reference chain leads back into itself",
        }
    }
}

impl Error {
    /// The same, but what is not about the view or ids is refused with this text.
    pub(super) fn refused_as(self, text: &'static str) -> Self {
        match self {
            Self::Destroyed(_) | Self::IdsExhausted(_) => self,
            _ => Self::Refused(text),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destroyed(error) => error.fmt(f),
            Self::IdsExhausted(error) => error.fmt(f),
            Self::Refused(text) => f.write_str(text),
            Self::Path(error) => error.fmt(f),
            Self::Instantiation(error) => error.fmt(f),
            Self::Resolve(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (segment, index) = (&self.failing_segment, self.failing_segment_index);
        write!(f, "no {segment:?} at {index} in {:?}", self.path)
    }
}

impl fmt::Display for InstantiationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message())
    }
}

macro_rules! errors {
    ($($error:ident),+) => {$( impl std::error::Error for $error {} )+};
}

errors!(Error, PathError, InstantiationError, ResolveError);

macro_rules! from {
    ($($cause:ident => $variant:ident),+ $(,)?) => {$(
        impl From<$cause> for Error {
            fn from(error: $cause) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}

from! {
    DestroyedError => Destroyed,
    IdsExhausted => IdsExhausted,
    PathError => Path,
    InstantiationError => Instantiation,
    ResolveError => Resolve,
}

impl From<pyrus_graph::Error> for Error {
    fn from(error: pyrus_graph::Error) -> Self {
        match error {
            pyrus_graph::Error::Destroyed(error) => error.into(),
            pyrus_graph::Error::IdsExhausted(error) => error.into(),
        }
    }
}

const NO_SOURCE: &str = "Source node not in graph";
const NO_TARGET: &str = "Target node not in graph";

impl From<InsertEdgeError> for Error {
    fn from(error: InsertEdgeError) -> Self {
        match error {
            InsertEdgeError::Destroyed(error) => error.into(),
            InsertEdgeError::SourceMissing => Self::Refused(NO_SOURCE),
            InsertEdgeError::TargetMissing => Self::Refused(NO_TARGET),
        }
    }
}

impl From<InsertError> for Error {
    fn from(error: InsertError) -> Self {
        match error {
            InsertError::Destroyed(error) => error.into(),
            InsertError::IdsExhausted(error) => error.into(),
            InsertError::SourceMissing => Self::Refused(NO_SOURCE),
            InsertError::TargetMissing => Self::Refused(NO_TARGET),
        }
    }
}

impl From<ReplaceEdgeError> for Error {
    fn from(error: ReplaceEdgeError) -> Self {
        match error {
            ReplaceEdgeError::Destroyed(error) => error.into(),
            ReplaceEdgeError::TargetMissing => Self::Refused(NO_TARGET),
            _ => Self::Refused("Edge changed meanwhile"),
        }
    }
}

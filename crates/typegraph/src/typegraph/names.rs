//! Attribute keys and names with a meaning.

/// On a type: its name. On a type reference: the name of the wanted type.
pub(super) const TYPE_IDENTIFIER: &str = "type_identifier";
/// On a make-child: the name of the child. On a reference: the segment.
pub(super) const CHILD_IDENTIFIER: &str = "child_identifier";
/// On a reference whose segment is no composition: the kind of edge to follow.
pub(super) const EDGE_TYPE_TID: &str = "edge_type_tid";
/// On the node of a type graph, once it is complete.
pub(super) const INITIALIZED: &str = "initialized";

/// On a make-link: what the edge is made with.
pub(super) const EDGE_TYPE: &str = "edge_type";
pub(super) const DIRECTIONAL: &str = "directional";
pub(super) const NAME: &str = "name";
pub(super) const ORDER: &str = "order";
pub(super) const EDGE_SPECIFIC: &str = "edge_specific";

/// The child of a make-child that is its type reference.
pub(super) const TYPE_REF: &str = "type_ref";
/// The pointer from a type reference to its type.
pub(super) const RESOLVED: &str = "resolved";
/// The children of a make-link that are its ends.
pub(super) const LHS: &str = "lhs";
pub(super) const RHS: &str = "rhs";

/// The pointer to a source chunk.
pub(super) const SOURCE: &str = "source";
/// The type of the trait that leads from an instance to its source chunk.
pub(super) const HAS_SOURCE_CHUNK: &str = "has_source_chunk";
/// The child of that trait which points to the chunk.
pub(super) const SOURCE_PTR: &str = "source_ptr";

/// A segment that begins so names a type.
pub(super) const ENUM_PREFIX: &str = "<<";

/// The types that every type graph begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Own {
    ImplementsType,
    ImplementsTrait,
    MakeChild,
    MakeLink,
    Reference,
    TypeReference,
    IsConstructable,
}

impl Own {
    /// The name of the type.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::ImplementsType => "ImplementsType",
            Self::ImplementsTrait => "ImplementsTrait",
            Self::MakeChild => "MakeChild",
            Self::MakeLink => "MakeLink",
            Self::Reference => "Reference",
            Self::TypeReference => "TypeReference",
            Self::IsConstructable => "is_constructable",
        }
    }
}

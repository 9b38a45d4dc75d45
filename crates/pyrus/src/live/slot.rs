//! One value of a field or list.

use super::arena::Arena;
use super::node::Node;
use super::text::{Long, Short};

/// A value. The variants that hold text are made by [`Slot::text`].
#[derive(Default)]
pub enum Slot {
    /// `None`; for a list, an empty one.
    #[default]
    Absent,
    /// `bool`.
    Bool(bool),
    /// `int`.
    Int(i64),
    /// `float`.
    Float(f64),
    /// A member of an enum, by position.
    Member(u16),
    /// Short text.
    Short(Short),
    /// Long text.
    Long(Long),
    /// A record.
    Node(Node),
    /// A list. Empty ones are `Absent` until somebody looks.
    List(Box<Vec<Slot>>),
}

const _: () = assert!(size_of::<Slot>() == 16);

impl Slot {
    /// Text.
    #[inline]
    pub fn text(text: &str) -> Self {
        Short::new(text).map_or_else(|| Self::Long(Long::new(text)), Self::Short)
    }

    /// Text of a tree that is made at once.
    #[inline]
    pub fn text_in(arena: &Arena, text: &str) -> Self {
        Short::new(text).map_or_else(|| Self::Long(Long::new_in(arena, text)), Self::Short)
    }

    /// A list.
    pub fn list(items: Vec<Slot>) -> Self {
        if items.is_empty() {
            Self::Absent
        } else {
            Self::List(Box::new(items))
        }
    }

    /// Put a value here. What was here is mostly nothing, of which there is nothing to drop.
    #[inline(always)]
    pub fn set(&mut self, value: Slot) {
        let before = std::mem::replace(self, value);
        if !before.is_absent() {
            drop(before);
        }
    }

    /// The text, if it is one.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Short(text) => Some(text.as_str()),
            Self::Long(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The items of a list; none of anything else.
    #[inline]
    pub fn items(&self) -> &[Slot] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The record, to be looked at as long as the slot is.
    #[inline]
    pub fn node(&self) -> Option<super::node::NodeRef<'_>> {
        super::node::as_node(self)
    }

    /// Is it nothing?
    #[inline]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The same value; of a node, the very same node.
    pub(crate) fn share(&self) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Bool(value) => Self::Bool(*value),
            Self::Int(value) => Self::Int(*value),
            Self::Float(value) => Self::Float(*value),
            Self::Member(value) => Self::Member(*value),
            Self::Short(text) => Self::Short(*text),
            Self::Long(text) => Self::Long(text.clone()),
            Self::Node(node) => Self::Node(node.share()),
            Self::List(items) => Self::list(items.iter().map(Self::share).collect()),
        }
    }
}

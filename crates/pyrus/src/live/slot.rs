//! One value of a field or list.

use std::ops::Range;

use super::arena::Arena;
use super::items::Items;
use super::node::Node;
use super::text::{Long, Short};

/// A value. The variants that hold text are made by [`Slot::text`].
#[derive(Default)]
#[repr(u8)]
pub enum Slot {
    /// `None`; for a list, an empty one.
    #[default]
    Absent = 0,
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
    List(Items),
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

    /// Text that stands there in another: as [`Slot::text_in`], and quicker.
    ///
    /// # Panics
    ///
    /// Where the range is none of the text.
    #[inline]
    pub fn text_at(arena: &Arena, whole: &str, range: Range<usize>) -> Self {
        let short = Short::at(whole, range.clone());
        short.map_or_else(|| Self::text_in(arena, &whole[range]), Self::Short)
    }

    /// A list.
    pub fn list(items: Vec<Slot>) -> Self {
        if items.is_empty() {
            Self::Absent
        } else {
            Self::List(Items::new(items))
        }
    }

    /// A list of a tree that is made at once; the items are taken from the vector.
    #[inline]
    pub fn list_in(arena: &Arena, items: &mut Vec<Slot>) -> Self {
        if items.is_empty() {
            Self::Absent
        } else {
            Self::List(Items::new_in(arena, items))
        }
    }

    /// A new item at the end of a list, or of a new one.
    #[inline]
    pub fn pushed(&mut self) -> &mut Slot {
        if !matches!(self, Self::List(_)) {
            self.set(Self::List(Items::new(Vec::new())));
        }
        let Self::List(items) = self else {
            unreachable!("it was just made one");
        };
        Self::pushed_to(items.edit())
    }

    /// A new item at the end of a vector.
    #[inline]
    pub fn pushed_to(items: &mut Vec<Slot>) -> &mut Slot {
        items.reserve(1);
        let end = items.len();
        // SAFETY: there is room for one more, and zeros are `Absent`. To push that would copy a whole slot of which only the
        // tag was written, and wait for it.
        unsafe {
            items.as_mut_ptr().add(end).write_bytes(0, 1);
            items.set_len(end + 1);
        }
        &mut items[end]
    }

    /// Put a value here. What was here is mostly nothing, of which there is nothing to drop.
    #[inline(always)]
    pub fn set(&mut self, value: Slot) {
        if self.is_absent() {
            // SAFETY: it is overwritten, and owned nothing.
            unsafe { std::ptr::write(self, value) }
        } else {
            *self = value;
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

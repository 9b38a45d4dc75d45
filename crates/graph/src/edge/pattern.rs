//! Edges that differ in their ends only.

use crate::attributes::{AttributeSnapshot, Key};
use crate::edge::flags::Flags;
use crate::edge::{EdgeOptions, NAME, checked_order, flags_of};
use crate::error::OrderOutOfRange;
use crate::literal::Literal;

/// Everything about an edge besides its ends, ready to be used many times: see [`crate::Edge::like`].
#[derive(Clone)]
pub struct EdgePattern {
    pub(super) flags: u32,
    pub(super) attributes: AttributeSnapshot,
}

impl EdgePattern {
    /// The edges that [`crate::Edge::with_options`] makes. O(attributes).
    ///
    /// # Errors
    /// [`OrderOutOfRange`] for an order above 127.
    pub fn new(kind: u8, options: EdgeOptions) -> Result<Self, OrderOutOfRange> {
        checked_order(options.order)?;
        let flags = flags_of(kind, &options).word();
        let name = options.name.map(|name| (NAME, Literal::String(name)));
        let rest = options.attributes.into_iter();
        let rest = rest.map(|(key, value)| (Key::from(key), value));
        Ok(Self {
            flags,
            attributes: name.into_iter().chain(rest).collect(),
        })
    }

    /// The kind of the edges.
    pub fn kind(&self) -> u8 {
        Flags::from_word(self.flags).kind()
    }

    /// Whether the edges lead from source to target only.
    pub fn directional(&self) -> bool {
        Flags::from_word(self.flags).directional()
    }
}

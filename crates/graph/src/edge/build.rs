//! Making edges with more than two ends and a kind.

use crate::edge::{Edge, checked_order};
use crate::error::{IdsExhausted, OrderOutOfRange};
use crate::ids::EDGE_IDS;
use crate::literal::Literal;
use crate::node::Node;

/// Everything about an edge besides its ends and its kind. The default is what [`Edge::new`] gives.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct EdgeOptions {
    /// Whether the edge leads from source to target only.
    pub directional: bool,
    /// 0 to 127.
    pub order: u8,
    /// Free for the kind to use.
    pub edge_specific: u16,
    /// Stored first, as the attribute `name`.
    pub name: Option<String>,
    /// Stored after the name, in order.
    pub attributes: Vec<(String, Literal)>,
}

/// Collects the properties of an edge; made by [`Edge::build`].
#[derive(Debug)]
#[must_use = "an edge is made by `finish`"]
pub struct EdgeBuilder<'a> {
    source: &'a Node,
    target: &'a Node,
    kind: u8,
    options: EdgeOptions,
}

impl<'a> EdgeBuilder<'a> {
    pub(super) fn new(source: &'a Node, target: &'a Node, kind: u8) -> Self {
        Self {
            source,
            target,
            kind,
            options: EdgeOptions::default(),
        }
    }

    /// Whether the edge leads from source to target only. Default: no.
    pub fn directional(mut self, directional: bool) -> Self {
        self.options.directional = directional;
        self
    }

    /// The order, 0 to 127. Default: 0.
    ///
    /// # Errors
    /// [`OrderOutOfRange`] above 127.
    pub fn order(mut self, order: u8) -> Result<Self, OrderOutOfRange> {
        self.options.order = checked_order(order)?;
        Ok(self)
    }

    /// The edge-specific value. Default: 0.
    pub fn edge_specific(mut self, value: u16) -> Self {
        self.options.edge_specific = value;
        self
    }

    /// The name, stored before all other attributes.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.options.name = Some(name.into());
        self
    }

    /// One more attribute.
    pub fn attribute(mut self, key: impl Into<String>, value: Literal) -> Self {
        self.options.attributes.push((key.into(), value));
        self
    }

    /// More attributes, in order.
    pub fn attributes(mut self, bundle: impl IntoIterator<Item = (String, Literal)>) -> Self {
        self.options.attributes.extend(bundle);
        self
    }

    /// Makes the edge. O(attributes).
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn finish(self) -> Result<Edge, IdsExhausted> {
        Edge::numbered_by(&EDGE_IDS, self.source, self.target, self.kind, self.options)
    }
}

//! Make-links: every instance of the type gets this edge.

use pyrus_graph::{AttributeSnapshot, Literal, MAX_ORDER, Node};

use super::batch::Batch;
use super::names::{self, Own};
use super::{Bound, Error, Result, TypeGraph};
use crate::{EdgeAttributes, composition};

impl TypeGraph<'_> {
    /// Gives every instance of a type an edge between what two references lead to. The references
    /// may be any nodes: they are looked at when they are used. O(attributes).
    ///
    /// # Errors
    /// [`Error::Refused`] if one of the nodes is not in the view of the type graph.
    pub fn add_make_link(
        &self,
        type_node: Bound<'_>,
        lhs: Bound<'_>,
        rhs: Bound<'_>,
        edge: &EdgeAttributes,
    ) -> Result<Node> {
        for node in [type_node, lhs, rhs] {
            if !node.is_member_of(self.view)? {
                return Err(Error::Refused("add_make_link failed"));
            }
        }
        let mut batch = Batch::default();
        let made = self.make_link(&mut batch, type_node.node, [lhs.node, rhs.node], edge)?;
        batch.insert(self.view)?;
        Ok(made)
    }

    pub(super) fn make_link(
        &self,
        batch: &mut Batch,
        type_node: &Node,
        [lhs, rhs]: [&Node; 2],
        edge: &EdgeAttributes,
    ) -> Result<Node> {
        let node = batch.instance(&self.own(Own::MakeLink)?)?;
        store(edge, &node);
        batch.child(&node, lhs, names::LHS)?;
        batch.child(&node, rhs, names::RHS)?;
        batch.child(type_node, &node, "")?;
        Ok(node)
    }
}

fn store(edge: &EdgeAttributes, make_link: &Node) {
    let put = |key: &'static str, value: Literal| make_link.put(key, value);
    put(names::EDGE_TYPE, Literal::Int(edge.kind.into()));
    if let Some(directional) = edge.directional {
        put(names::DIRECTIONAL, Literal::Bool(directional));
    }
    if let Some(name) = &edge.name {
        put(names::NAME, Literal::String(name.clone()));
    }
    put(names::ORDER, Literal::Int(edge.order.into()));
    if let Some(value) = edge.edge_specific {
        put(names::EDGE_SPECIFIC, Literal::Uint(value.into()));
    }
    make_link.extend(edge.attributes.iter().cloned());
}

/// What the edges of a make-link are made with, without its other attributes; nothing if it does
/// not say of what kind they are. What is of another type or out of range counts as absent.
pub(super) fn edge_attributes(stored: &AttributeSnapshot) -> Option<EdgeAttributes> {
    let number = |key| match stored.get(key) {
        Some(Literal::Int(value)) => u64::try_from(*value).ok(),
        Some(Literal::Uint(value)) => Some(*value),
        _ => None,
    };
    let order = number(names::ORDER).and_then(|order| u8::try_from(order).ok());
    let specific = number(names::EDGE_SPECIFIC);
    Some(EdgeAttributes {
        kind: u8::try_from(number(names::EDGE_TYPE)?).ok()?,
        directional: match stored.get(names::DIRECTIONAL) {
            Some(Literal::Bool(directional)) => Some(*directional),
            _ => None,
        },
        name: stored
            .get(names::NAME)
            .and_then(Literal::as_str)
            .map(str::to_owned),
        order: order.filter(|order| *order <= MAX_ORDER).unwrap_or(0),
        edge_specific: specific.and_then(|value| u16::try_from(value).ok()),
        attributes: Vec::new(),
    })
}

/// The references at the ends of a make-link, where they are there.
pub(super) fn ends(make_link: Bound<'_>) -> Result<Option<[Node; 2]>> {
    let end = |name| composition::child(make_link.view, make_link.node, name);
    match end(names::LHS)? {
        Some(lhs) => Ok(end(names::RHS)?.map(|rhs| [lhs, rhs])),
        None => Ok(None),
    }
}

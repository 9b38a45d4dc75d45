//! Make-children: every instance of the type gets this child.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, Edge, Literal, Node};

use super::batch::Batch;
use super::names::{self, Own};
use super::{Bound, Error, Result, TypeGraph, type_identifier};
use crate::{composition, edge_type};

impl TypeGraph<'_> {
    /// Gives every instance of a type a child. O(attributes).
    ///
    /// # Errors
    /// [`Error::Refused`] if one of the types is not in the view of the type graph, or the child's type has no name.
    pub fn add_make_child(
        &self,
        type_node: Bound<'_>,
        child_type: Bound<'_>,
        identifier: Option<&str>,
        attributes: &[(String, Literal)],
    ) -> Result<Node> {
        const TEXT: &str = "add_make_child failed";
        if !child_type.is_member_of(self.view)? {
            return Err(Error::Refused(TEXT));
        }
        let name = type_identifier(child_type.node).ok_or(Error::Refused(TEXT))?;
        let mut batch = Batch::default();
        let made = self.make_child(&mut batch, type_node, &name, identifier, attributes, TEXT)?;
        batch.pointer(&made.type_reference, child_type.node, Some(names::RESOLVED))?;
        batch.insert(self.view)?;
        Ok(made.node)
    }

    /// The same for a type that may not be there yet: its type reference is to be linked before instances are made.
    ///
    /// # Errors
    /// [`Error::Refused`] if the type is not in the view of the type graph.
    pub fn add_make_child_deferred(
        &self,
        type_node: Bound<'_>,
        child_type: &str,
        identifier: Option<&str>,
        attributes: &[(String, Literal)],
    ) -> Result<Node> {
        const TEXT: &str = "add_make_child_deferred failed";
        let mut batch = Batch::default();
        let made = self.make_child(
            &mut batch, type_node, child_type, identifier, attributes, TEXT,
        )?;
        batch.insert(self.view)?;
        Ok(made.node)
    }

    /// A type reference that belongs to nothing.
    pub fn add_type_reference(&self, type_identifier: &str) -> Result<Node> {
        let of = self.own(Own::TypeReference)?;
        let mut batch = Batch::default();
        let node = batch.instance(&of)?;
        node.put(names::TYPE_IDENTIFIER, Literal::from(type_identifier));
        batch.insert(self.view)?;
        Ok(node)
    }

    pub(super) fn make_child(
        &self,
        batch: &mut Batch,
        type_node: Bound<'_>,
        child_type: &str,
        identifier: Option<&str>,
        attributes: &[(String, Literal)],
        refused: &'static str,
    ) -> Result<NewMakeChild> {
        let (of, reference_of) = (self.own(Own::MakeChild)?, self.own(Own::TypeReference)?);
        if !type_node.is_member_of(self.view)? {
            return Err(Error::Refused(refused));
        }
        let node = batch.instance(&of)?;
        if let Some(identifier) = identifier {
            node.put(names::CHILD_IDENTIFIER, Literal::from(identifier));
        }
        node.extend(attributes.iter().cloned());
        let type_reference = batch.instance(&reference_of)?;
        type_reference.put(names::TYPE_IDENTIFIER, Literal::from(child_type));
        batch.child(&node, &type_reference, names::TYPE_REF)?;
        batch.pointer(&node, &type_reference, identifier)?;
        batch.child(type_node.node, &node, identifier.unwrap_or(""))?;
        Ok(NewMakeChild {
            node,
            type_reference,
        })
    }
}

pub(super) struct NewMakeChild {
    pub(super) node: Node,
    pub(super) type_reference: Node,
}

/// The type reference of a make-child.
///
/// # Errors
/// [`Error::Refused`] if the node has none.
pub fn make_child_type_reference(make_child: Bound<'_>) -> Result<Node> {
    let found = type_reference(make_child)?;
    found.ok_or(Error::Refused("The node is not a make-child"))
}

pub(super) fn type_reference(make_child: Bound<'_>) -> Result<Option<Node>, DestroyedError> {
    composition::child(make_child.view, make_child.node, names::TYPE_REF)
}

/// The type reference of the first make-child of a name.
pub fn make_child_type_reference_by_identifier(
    type_node: Bound<'_>,
    identifier: &str,
) -> Result<Option<Node>, DestroyedError> {
    Ok(by_name(type_node, identifier)?.map(|(_, type_reference)| type_reference))
}

/// The first child of a name that has a type reference, and that. O(1) expected.
pub(super) fn by_name(
    type_node: Bound<'_>,
    name: &str,
) -> Result<Option<(Node, Node)>, DestroyedError> {
    let Some(first) = composition::child(type_node.view, type_node.node, name)? else {
        return Ok(None);
    };
    if let Some(found) = type_reference(type_node.at(&first))? {
        return Ok(Some((first, found)));
    }
    // A child of another sort stands before it, such as the anonymous trait that every type has.
    first_child(type_node, |edge| {
        if !edge.has_name(name) {
            return Ok(None);
        }
        let found = type_reference(type_node.at(edge.target()))?;
        Ok(found.map(|found| (edge.target().clone(), found)))
    })
}

/// The first edge to a child for which something is found.
pub(super) fn first_child<T>(
    node: Bound<'_>,
    mut find: impl FnMut(Edge) -> Result<Option<T>, DestroyedError>,
) -> Result<Option<T>, DestroyedError> {
    let visited =
        composition::visit_children(node.view, node.node, |edge| match find(edge).transpose() {
            Some(found) => ControlFlow::Break(found),
            None => ControlFlow::Continue(()),
        })?;
    visited.break_value().transpose()
}

/// The children that are instances of a type, in order.
pub(super) fn children_of_type(node: Bound<'_>, of: &Node) -> Result<Vec<Node>, DestroyedError> {
    let mut found = Vec::new();
    first_child::<()>(node, |edge| {
        if edge_type::is_instance_of(node.view, edge.target(), of)? {
            found.push(edge.target().clone());
        }
        Ok(None)
    })?;
    Ok(found)
}

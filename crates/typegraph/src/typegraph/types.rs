//! Types: adding, naming, and allowing instances.

use pyrus_graph::{DestroyedError, Node};

use super::batch::Batch;
use super::names::{self, Own};
use super::{Bound, Error, Result, TypeGraph, text};
use crate::edge_trait;

impl TypeGraph<'_> {
    /// A new type, which cannot be instantiated until it is marked. Any text is a name.
    ///
    /// # Errors
    /// [`Error::Refused`] if there is a type of that name.
    pub fn add_type(&self, name: &str) -> Result<Node> {
        if self.type_by_name(name)?.is_some() {
            return Err(Error::Refused("Type with this name already exists"));
        }
        let implements_type = self.own(Own::ImplementsType)?;
        let mut batch = Batch::default();
        let node = batch.new_type(&self.node, name)?;
        let instance = batch.instance(&implements_type)?;
        batch.give_trait(&node, &instance)?;
        batch.child(&node, &instance, "")?;
        batch.insert(self.view)?;
        Ok(node)
    }

    /// The first type of a name, or a new one.
    pub fn get_or_create_type(&self, name: &str) -> Result<Node> {
        match self.type_by_name(name)? {
            Some(node) => Ok(node),
            None => self.add_type(name),
        }
    }

    /// Allows instances of a type. Each call adds one more mark.
    ///
    /// # Errors
    /// [`Error::Refused`] if the type is not in the view of the type graph.
    pub fn mark_constructable(&self, type_node: Bound<'_>) -> Result<()> {
        let mark = self.own(Own::IsConstructable)?;
        if !type_node.is_member_of(self.view)? {
            return Err(Error::Refused("mark_constructable failed"));
        }
        let mut batch = Batch::default();
        let instance = batch.instance(&mark)?;
        batch.give_trait(type_node.node, &instance)?;
        batch.insert(self.view)
    }

    /// Whether a type carries a mark of this very type graph.
    pub fn is_constructable(&self, type_node: Bound<'_>) -> Result<bool, DestroyedError> {
        let Some(mark) = self.type_by_name(Own::IsConstructable.name())? else {
            return Ok(false);
        };
        is_marked(type_node, &mark)
    }
}

pub(super) fn is_marked(type_node: Bound<'_>, mark: &Node) -> Result<bool, DestroyedError> {
    let found = edge_trait::trait_instance_of_type(type_node.view, type_node.node, mark)?;
    Ok(found.is_some())
}

/// The name of a type, or of the type that a type reference wants.
pub fn type_identifier(node: &Node) -> Option<String> {
    text(node, names::TYPE_IDENTIFIER)
}

/// The same, where it must have one.
///
/// # Errors
/// [`Error::Refused`] if it has none.
pub fn type_name(node: &Node) -> Result<String> {
    type_identifier(node).ok_or(Error::Refused("The node has no type_identifier"))
}

//! Giving and marking traits.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, Node};

use super::batch::Batch;
use super::names::Own;
use super::{Bound, Error, Result, TypeGraph};
use crate::{edge_trait, edge_type};

/// Makes an instance of a trait type, with all that it consists of, and gives it to a node. It gets no parent.
///
/// # Errors
/// [`Error::Refused`] if the trait type cannot be instantiated or the node is not in its view. What was built of the instance
/// stays then.
pub fn add_trait_to(target: Bound<'_>, trait_type: Bound<'_>) -> Result<Node> {
    const TEXT: &str = "add_trait_to failed";
    if !target.is_member_of(trait_type.view)? {
        return Err(Error::Refused(TEXT));
    }
    let types =
        TypeGraph::of_type(trait_type.view, trait_type.node)?.ok_or(Error::Refused(TEXT))?;
    let instance = types
        .instantiate_node(trait_type, &[])
        .map_err(|error| error.refused_as(TEXT))?;
    edge_trait::add_trait_instance(target.view, target.node, &instance)?;
    Ok(instance)
}

/// Gives a node a trait instance that is there already. A second owner is not refused, but the first one counts.
///
/// # Errors
/// [`Error::Refused`] if one of them is not in the view of the target.
pub fn add_trait_instance_to(target: Bound<'_>, trait_instance: &Node) -> Result<()> {
    edge_trait::add_trait_instance(target.view, target.node, trait_instance)
        .map_err(|error| Error::from(error).refused_as("add_trait_instance_to failed"))?;
    Ok(())
}

/// Says that a type is one of traits. Each call adds one more mark.
///
/// # Errors
/// [`Error::Refused`] if the node is no type.
pub fn mark_as_trait(trait_type: Bound<'_>) -> Result<()> {
    const TEXT: &str = "mark_as_trait failed";
    let types =
        TypeGraph::of_type(trait_type.view, trait_type.node)?.ok_or(Error::Refused(TEXT))?;
    let mark = types
        .own(Own::ImplementsTrait)
        .map_err(|error| error.refused_as(TEXT))?;
    let mut batch = Batch::default();
    let instance = batch.instance(&mark)?;
    batch.give_trait(trait_type.node, &instance)?;
    batch
        .insert(trait_type.view)
        .map_err(|error| error.refused_as(TEXT))
}

/// Calls back with the owner of every instance of a trait type, in the order of the instances,
/// until told to break. Instances without an owner are left out, and who owns two comes twice.
pub fn visit_implementers<B>(
    trait_type: Bound<'_>,
    mut visit: impl FnMut(Node) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    let view = trait_type.view;
    let visited =
        edge_type::visit_instances(view, trait_type.node, |edge| {
            match edge_trait::owner(view, edge.target()) {
                Ok(Some(owner)) => visit(owner).map_break(Ok),
                Ok(None) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(Err(error)),
            }
        })?;
    edge_type::transpose(visited)
}

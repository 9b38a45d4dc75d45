//! What a new type graph consists of.

use pyrus_graph::{GraphView, Literal, Node};

use super::batch::Batch;
use super::names::{self, Own};
use super::{Result, TypeGraph};

/// Adds the node of a type graph with its own types: 22 nodes, 49 edges.
///
/// The order is contract: the nodes get their ids in it.
pub(super) fn create(view: &GraphView) -> Result<TypeGraph<'_>> {
    let mut batch = Batch::default();
    let node = batch.node()?;
    let own = |batch: &mut Batch, own: Own| batch.new_type(&node, own.name());

    let implements_type = own(&mut batch, Own::ImplementsType)?;
    let implements_trait = own(&mut batch, Own::ImplementsTrait)?;
    let both = [&implements_type, &implements_trait];
    for owner in both {
        add_traits(&mut batch, owner, &both)?;
    }
    let make_child = own(&mut batch, Own::MakeChild)?;
    add_traits(&mut batch, &make_child, &[&implements_type])?;
    let make_link = own(&mut batch, Own::MakeLink)?;
    let reference = own(&mut batch, Own::Reference)?;
    let type_reference = own(&mut batch, Own::TypeReference)?;
    let is_constructable = own(&mut batch, Own::IsConstructable)?;
    add_traits(&mut batch, &is_constructable, &both)?;
    let types = [
        &implements_type,
        &implements_trait,
        &make_child,
        &make_link,
        &reference,
        &type_reference,
        &is_constructable,
    ];
    for owner in types {
        add_traits(&mut batch, owner, &[&is_constructable])?;
    }
    batch.insert(view)?;
    node.put(names::INITIALIZED, Literal::Bool(true));
    Ok(TypeGraph { view, node })
}

fn add_traits(batch: &mut Batch, owner: &Node, traits: &[&Node]) -> Result<()> {
    for of in traits {
        let instance = batch.instance(of)?;
        batch.child(owner, &instance, "")?;
        batch.give_trait(owner, &instance)?;
    }
    Ok(())
}

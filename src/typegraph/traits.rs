//! `Trait`.

use std::ops::ControlFlow;

use pyrus::{Any, Object};
use pyrus_graph::Node;
use pyrus_typegraph::edge_trait;

use super::bound;
use super::error::failed;
use crate::edges::visit::done;
use crate::edges::{BoundNode, OrDestroyed};
use crate::graph::error::destroyed;

pub(crate) fn add_trait_to(
    target: BoundNode<'_>,
    trait_type: BoundNode<'_>,
) -> Result<Node, pyrus::Error> {
    pyrus_typegraph::add_trait_to(bound(&target), bound(&trait_type)).map_err(failed)
}

pub(crate) fn add_trait_instance_to(
    target: BoundNode<'_>,
    trait_instance: BoundNode<'_>,
) -> Result<Node, pyrus::Error> {
    pyrus_typegraph::add_trait_instance_to(bound(&target), trait_instance.key()).map_err(failed)?;
    Ok(trait_instance.key().clone())
}

pub(crate) fn mark_as_trait(trait_type: BoundNode<'_>) -> Result<(), pyrus::Error> {
    pyrus_typegraph::mark_as_trait(bound(&trait_type)).map_err(failed)
}

pub(crate) fn try_get_trait(
    target: BoundNode<'_>,
    trait_type: BoundNode<'_>,
) -> OrDestroyed<Option<Node>> {
    first(&target, &trait_type)
}

pub(crate) fn try_get_traits(
    target: BoundNode<'_>,
    trait_types: Vec<BoundNode<'_>>,
) -> OrDestroyed<Vec<Option<Node>>> {
    target.owner().check_alive()?;
    trait_types.iter().map(|of| first(&target, of)).collect()
}

fn first(target: &BoundNode<'_>, trait_type: &BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(edge_trait::trait_instance_of_type(
        target.owner(),
        target.key(),
        trait_type.key(),
    )?)
}

pub(crate) fn visit_implementers(
    trait_type: BoundNode<'_>,
    f: &dyn Fn(Option<Object>, Node) -> pyrus::Result<Object>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |owner: Node| match f(ctx.map(Any::to_object), owner) {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    };
    let visited = pyrus_typegraph::visit_implementers(bound(&trait_type), step);
    done(visited, destroyed)
}

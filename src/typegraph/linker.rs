//! `Linker`.

use pyrus_graph::{GraphView, Node};

use super::error::failed;
use super::{TypeGraphView, bound, library};
use crate::edges::{BoundNode, OrDestroyed};

pub(crate) fn link_type_reference(
    g: &GraphView,
    type_reference: BoundNode<'_>,
    target: BoundNode<'_>,
) -> Result<(), pyrus::Error> {
    let (type_reference, target) = (bound(&type_reference), bound(&target));
    pyrus_typegraph::link_type_reference(g, type_reference, target).map_err(failed)
}

pub(crate) fn update_type_reference(
    g: &GraphView,
    type_reference: BoundNode<'_>,
    target: BoundNode<'_>,
) -> Result<(), pyrus::Error> {
    let (type_reference, target) = (bound(&type_reference), bound(&target));
    pyrus_typegraph::update_type_reference(g, type_reference, target).map_err(failed)
}

pub(crate) fn get_resolved_type(type_reference: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(pyrus_typegraph::resolved_type(bound(&type_reference))?)
}

pub(crate) fn collect_unresolved_type_references(
    type_graph: TypeGraphView<'_>,
) -> Result<Vec<(Node, Node)>, pyrus::Error> {
    library(&type_graph)
        .unresolved_type_references()
        .map_err(failed)
}

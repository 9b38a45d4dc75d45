//! `TypeGraph`.

use std::sync::Arc;

use pyrus::exc::ValueError;
use pyrus::{Any, Bound, Either, Ref, This};
use pyrus_graph::{GraphView, Literal, Node, NodeSet};
use pyrus_typegraph::{EdgeAttributes, Error, NodeAttributes, Segment, TypeGraph};

use super::error::{failed, failed_in, path_failed};
use super::{TypeGraphView, bound, library};
use crate::api::edgebuilder::EdgeAttribute;
use crate::api::faebryk::EdgeTraversal;
use crate::api::typegraph::py;
use crate::edges::edgebuilder::literals;
use crate::edges::{BoundNode, OrDestroyed};
use crate::graph::stored;

type Outcome<T> = Result<T, pyrus::Error>;
/// A make-link with the identifiers of its left and of its right path.
type LinkAndPaths = (Node, Vec<String>, Vec<String>);
/// A segment as Python gives it.
type Step<'py> = Either<String, Ref<'py, EdgeTraversal>>;

pub(crate) fn create(g: &GraphView) -> Outcome<Node> {
    Ok(TypeGraph::create(g).map_err(failed)?.node().clone())
}

pub(crate) fn of(node: BoundNode<'_>) -> Node {
    node.key().clone()
}

pub(crate) fn of_type(type_node: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    let found = TypeGraph::of_type(type_node.owner(), type_node.key())?;
    Ok(found.map(|types| types.node().clone()))
}

pub(crate) fn of_instance(instance: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    let found = TypeGraph::of_instance(instance.owner(), instance.key())?;
    Ok(found.map(|types| types.node().clone()))
}

pub(crate) fn add_type(types: TypeGraphView<'_>, identifier: &str) -> Outcome<Node> {
    library(&types).add_type(identifier).map_err(failed)
}

pub(crate) fn get_or_create_type(types: TypeGraphView<'_>, identifier: &str) -> Outcome<Node> {
    library(&types)
        .get_or_create_type(identifier)
        .map_err(failed)
}

pub(crate) fn get_type_by_name(
    types: TypeGraphView<'_>,
    identifier: &str,
) -> OrDestroyed<Option<Node>> {
    Ok(library(&types).type_by_name(identifier)?)
}

pub(crate) fn get_type_name(type_node: BoundNode<'_>) -> Result<String, ValueError> {
    pyrus_typegraph::type_name(type_node.key()).map_err(|error| ValueError::new(error.to_string()))
}

pub(crate) fn get_type_reference_identifier(
    type_reference: BoundNode<'_>,
) -> Result<String, ValueError> {
    get_type_name(type_reference)
}

pub(crate) fn mark_constructable(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
) -> Outcome<()> {
    library(&types)
        .mark_constructable(bound(&type_node))
        .map_err(failed)
}

pub(crate) fn is_constructable(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
) -> OrDestroyed<bool> {
    Ok(library(&types).is_constructable(bound(&type_node))?)
}

pub(crate) fn add_make_child(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    child_type: BoundNode<'_>,
    identifier: Option<&str>,
    attributes: Option<&NodeAttributes>,
    _mount_reference: Any<'_>,
) -> Outcome<Node> {
    let (type_node, child_type) = (bound(&type_node), bound(&child_type));
    library(&types)
        .add_make_child(type_node, child_type, identifier, listed(attributes))
        .map_err(failed)
}

pub(crate) fn add_make_child_deferred(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    child_type: &str,
    identifier: Option<&str>,
    attributes: Option<&NodeAttributes>,
) -> Outcome<Node> {
    library(&types)
        .add_make_child_deferred(
            bound(&type_node),
            child_type,
            identifier,
            listed(attributes),
        )
        .map_err(failed)
}

fn listed(attributes: Option<&NodeAttributes>) -> &[(String, Literal)] {
    attributes.map_or(&[], |attributes| &attributes.0)
}

pub(crate) fn add_type_reference(types: TypeGraphView<'_>, identifier: &str) -> Outcome<Node> {
    library(&types)
        .add_type_reference(identifier)
        .map_err(failed)
}

pub(crate) fn get_make_child_type_reference(make_child: BoundNode<'_>) -> Outcome<Node> {
    pyrus_typegraph::make_child_type_reference(bound(&make_child)).map_err(failed)
}

pub(crate) fn get_make_child_type_reference_by_identifier(
    _types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    identifier: &str,
) -> OrDestroyed<Option<Node>> {
    let type_node = bound(&type_node);
    Ok(pyrus_typegraph::make_child_type_reference_by_identifier(
        type_node, identifier,
    )?)
}

pub(crate) fn resolve_child_path(
    _types: TypeGraphView<'_>,
    start_type: BoundNode<'_>,
    path: Vec<String>,
) -> OrDestroyed<Option<Node>> {
    start_type.owner().check_alive()?;
    Ok(pyrus_typegraph::resolve_child_path(
        bound(&start_type),
        &path,
    )?)
}

fn segments(path: Vec<Step<'_>>) -> Vec<Segment> {
    let segment = |step: Step<'_>| match step {
        Either::A(identifier) => Segment::child(identifier),
        Either::B(step) => Segment {
            identifier: step.identifier.clone(),
            kind: step.edge_type,
        },
    };
    path.into_iter().map(segment).collect()
}

pub(crate) fn ensure_child_reference(
    types: TypeGraphView<'_>,
    _type_node: BoundNode<'_>,
    path: Vec<Step<'_>>,
    _validate: bool,
) -> Outcome<Node> {
    library(&types)
        .add_reference(&segments(path))
        .map_err(|error| path_failed(error, "path resolution failed"))
}

pub(crate) fn debug_add_reference(
    types: TypeGraphView<'_>,
    _type_node: BoundNode<'_>,
    path: Vec<Step<'_>>,
) -> Outcome<Node> {
    let added = library(&types).add_reference(&segments(path));
    added.map_err(|error| match error {
        Error::Path(_) => ValueError::new("debug_add_reference failed").into(),
        error => failed(error),
    })
}

pub(crate) fn get_reference_path(
    _types: TypeGraphView<'_>,
    reference: BoundNode<'_>,
) -> Outcome<Vec<String>> {
    let path = pyrus_typegraph::reference_path(bound(&reference)).map_err(failed)?;
    Ok(identifiers(path))
}

fn identifiers(path: Vec<Segment>) -> Vec<String> {
    path.into_iter().map(|segment| segment.identifier).collect()
}

pub(crate) fn add_make_link(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    lhs: BoundNode<'_>,
    rhs: BoundNode<'_>,
    edge: &EdgeAttributes,
) -> Outcome<Node> {
    let (type_node, lhs, rhs) = (bound(&type_node), bound(&lhs), bound(&rhs));
    library(&types)
        .add_make_link(type_node, lhs, rhs, edge)
        .map_err(failed)
}

pub(crate) fn collect_make_children(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
) -> OrDestroyed<Vec<(Option<String>, Node)>> {
    let found = library(&types)
        .make_children(bound(&type_node))?
        .into_iter();
    Ok(found.map(|child| (child.identifier, child.node)).collect())
}

pub(crate) fn collect_make_links(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
) -> Outcome<Vec<LinkAndPaths>> {
    let found = library(&types).make_links(bound(&type_node));
    let found = found.map_err(failed)?.into_iter();
    let found = found.map(|link| (link.node, identifiers(link.lhs), identifiers(link.rhs)));
    Ok(found.collect())
}

pub(crate) fn collect_pointer_members(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    container: Vec<String>,
) -> Outcome<Vec<(u16, Node)>> {
    library(&types)
        .pointer_members(bound(&type_node), &container)
        .map_err(|error| path_failed(error, "pointer sequence member not found"))
}

pub(crate) fn validate_type(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
) -> OrDestroyed<Vec<(Node, String)>> {
    Ok(library(&types).validate_type(bound(&type_node))?)
}

pub(crate) fn merge_types(
    types: TypeGraphView<'_>,
    target: BoundNode<'_>,
    source: BoundNode<'_>,
) -> Outcome<()> {
    library(&types)
        .merge_types(bound(&target), bound(&source))
        .map_err(failed)
}

pub(crate) fn instantiate(
    types: TypeGraphView<'_>,
    identifier: &str,
    _attributes: Any<'_>,
) -> Outcome<Node> {
    library(&types)
        .instantiate(identifier)
        .map_err(|error| failed_in(error, &types))
}

pub(crate) fn instantiate_node(
    types: TypeGraphView<'_>,
    type_node: BoundNode<'_>,
    attributes: Option<Vec<(String, EdgeAttribute)>>,
) -> Outcome<Node> {
    library(&types)
        .instantiate_node(bound(&type_node), &literals(attributes))
        .map_err(|error| failed_in(error, &type_node))
}

pub(crate) fn reference_resolve(
    _types: TypeGraphView<'_>,
    reference: BoundNode<'_>,
    base: BoundNode<'_>,
) -> Outcome<Bound<GraphView, Node>> {
    let found = pyrus_typegraph::resolve(bound(&reference), bound(&base));
    let (view, node) = found.map_err(|error| failed_in(error, &reference))?;
    let home = if std::ptr::eq(view, base.owner()) {
        &base
    } else {
        &reference
    };
    Ok(home.bind(node))
}

pub(crate) fn get_graph_view(this: This<'_, py::TypeGraph>) -> Arc<GraphView> {
    this.owner().arc()
}

pub(crate) fn get_self_node(types: TypeGraphView<'_>) -> Node {
    types.key().clone()
}

pub(crate) fn get_type_instance_overview(
    types: TypeGraphView<'_>,
) -> OrDestroyed<Vec<(String, u64)>> {
    Ok(library(&types).instance_overview()?)
}

pub(crate) fn copy_into(
    types: TypeGraphView<'_>,
    target: &GraphView,
    minimal: bool,
) -> Outcome<Node> {
    let new = library(&types).copy_into(target, minimal).map_err(failed)?;
    keep_stored(&types, target, &new)?;
    Ok(types.key().clone())
}

pub(crate) fn copy_node_into(start: BoundNode<'_>, target: &GraphView) -> Outcome<()> {
    let new = pyrus_typegraph::copy_node_into(bound(&start), target).map_err(failed)?;
    keep_stored(&start, target, &new)
}

/// The view is one more home of what is stored for its new nodes.
fn keep_stored(proof: &BoundNode<'_>, view: &GraphView, new: &NodeSet) -> Outcome<()> {
    use crate::api::graph::py::GraphView;
    let Some(view) = proof.find::<GraphView>(view) else {
        return Ok(());
    };
    for node in new.iter().filter(|node| node.is_hosted()) {
        stored::keep_if_stored(view.this(), node)?;
    }
    Ok(())
}

pub(crate) fn repr(types: TypeGraphView<'_>) -> String {
    let (node, view) = (types.key().id(), types.owner().id());
    format!("TypeGraph(id={node:#x}, g={view:#x})")
}

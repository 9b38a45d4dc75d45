//! Resolving: where a reference leads from a node.

use pyrus_graph::{GraphView, Node};

use super::error::ResolveErrorKind as Kind;
use super::references::{Chain, Link};
use super::{Bound, ResolveError, Result, TypeGraph, names};
use crate::{composition, edge_trait, operand, pointer};

/// Where a reference leads from a node, and in which view that was found: that of the node, or,
/// once a segment has named a type, that of the reference. O(path).
///
/// `""` as name of a child is the first anonymous child, and only without one the node itself.
///
/// # Errors
/// [`ResolveError`] with the reference of the segment that failed.
pub fn resolve<'a>(reference: Bound<'a>, base: Bound<'a>) -> Result<(&'a GraphView, Node)> {
    let chain = Chain::read(reference)?;
    let mut at = (base.view, base.node.clone());
    for link in &chain.links {
        at = step(reference.view, link, at)?;
    }
    check_end(&chain, reference.node)?;
    Ok(at)
}

/// A chain without end is resolved to nothing.
pub(super) fn check_end(chain: &Chain, first: &Node) -> Result<()> {
    if chain.is_cyclic {
        let error = ResolveError {
            node: first.clone(),
            kind: Kind::CyclicReference,
            identifier: String::new(),
        };
        return Err(error.into());
    }
    Ok(())
}

/// One segment. `view` is that of the reference, in which types are found.
pub(super) fn step<'a>(
    view: &'a GraphView,
    link: &Link,
    (here, node): (&'a GraphView, Node),
) -> Result<(&'a GraphView, Node)> {
    let identifier = link.segment.identifier.as_str();
    let Some(type_graph) = &link.type_graph else {
        return failed(link, Kind::TypegraphNotFound, "");
    };
    let types = TypeGraph {
        view,
        node: type_graph.clone(),
    };
    if let Some(name) = identifier.strip_prefix(names::ENUM_PREFIX) {
        let found = types.type_by_name(name)?;
        return found.map_or_else(
            || failed(link, Kind::TypeNotFound, name),
            |node| Ok((view, node)),
        );
    }
    let (found, missing) = match link.segment.kind {
        composition::TID => {
            let child = composition::child(here, &node, identifier)?;
            let or_itself = child.or_else(|| identifier.is_empty().then_some(node));
            (or_itself, Kind::CompositionChildNotFound)
        }
        edge_trait::TID => {
            let Some(of) = types.type_by_name(identifier)? else {
                return failed(link, Kind::TraitTypeNotFound, identifier);
            };
            let found = edge_trait::trait_instance_of_type(here, &node, &of)?;
            (found, Kind::TraitInstanceNotFound)
        }
        pointer::TID => (pointer::first(here, &node)?, Kind::PointerDereferenceFailed),
        operand::TID => (
            operand::by_name(here, &node, identifier)?,
            Kind::OperandNotFound,
        ),
        _ => (None, Kind::UnknownEdgeType),
    };
    match found {
        Some(node) => Ok((here, node)),
        None => failed(link, missing, identifier),
    }
}

fn failed<T>(link: &Link, kind: Kind, identifier: &str) -> Result<T> {
    let error = ResolveError {
        node: link.node.clone(),
        kind,
        identifier: identifier.to_owned(),
    };
    Err(error.into())
}

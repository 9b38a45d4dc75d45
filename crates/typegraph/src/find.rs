//! The first edge that fits.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, DirectionFilter, Edge, GraphView, Node, Role};

/// The first outgoing edge of a kind that is accepted. O(edges before it).
pub(crate) fn first_outgoing(
    view: &GraphView,
    node: &Node,
    kind: u8,
    accept: impl Fn(&Edge) -> bool,
) -> Result<Option<Edge>, DestroyedError> {
    match view.first_edge(node, kind, Role::Source)? {
        Some(edge) if !accept(&edge) => search(view, node, kind, accept),
        first => Ok(first),
    }
}

/// The first outgoing edge of a kind and name that is accepted. O(edges before it).
pub(crate) fn first_named(
    view: &GraphView,
    node: &Node,
    kind: u8,
    name: &str,
    accept: impl Fn(&Edge) -> bool,
) -> Result<Option<Edge>, DestroyedError> {
    match view.first_edge_named(node, kind, Role::Source, name)? {
        Some(edge) if !accept(&edge) => {
            search(view, node, kind, |edge| edge.has_name(name) && accept(edge))
        }
        first => Ok(first),
    }
}

/// What the quick way does not find: an edge behind others that are not accepted.
#[cold]
fn search(
    view: &GraphView,
    node: &Node,
    kind: u8,
    accept: impl Fn(&Edge) -> bool,
) -> Result<Option<Edge>, DestroyedError> {
    let found = view.visit_edges(node, kind, DirectionFilter::Outgoing, |edge| {
        if accept(&edge) {
            ControlFlow::Break(edge.clone())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(found.break_value())
}

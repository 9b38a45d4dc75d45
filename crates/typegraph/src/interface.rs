//! Connections between interfaces: undirected, and shallow or not.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, DirectionFilter, Edge, GraphView, Literal, Node, kinds};

use crate::attributes::{EdgeAttributes, insert};
use crate::edge_type;
use crate::error::{ConnectError, InsertError};

/// The kind of these edges.
pub const TID: u8 = kinds::INTERFACE_CONNECTION;
/// The attribute that says whether a connection is shallow.
const SHALLOW: &str = "shallow";

/// What such an edge is made with.
pub fn attributes(shallow: bool) -> EdgeAttributes {
    EdgeAttributes {
        directional: Some(false),
        attributes: vec![(SHALLOW.to_owned(), Literal::Bool(shallow))],
        ..EdgeAttributes::of_kind(TID)
    }
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// Whether the connection holds on its own level only. An edge that does not say so is not shallow.
pub fn is_shallow(edge: &Edge) -> bool {
    edge.with_attribute(SHALLOW, |value| value == Some(&Literal::Bool(true)))
}

/// Connects two nodes of one view. Both must be instances of the same type, or both of none.
/// Nothing else is checked: neither that they are interfaces, nor whether they are connected
/// already, or one and the same. Amortised O(1).
///
/// # Errors
/// [`ConnectError`]; nothing has changed.
pub fn connect(
    view: &GraphView,
    first: &Node,
    second: &Node,
    shallow: bool,
) -> Result<Edge, ConnectError> {
    connect_across(view, first, (view, second), shallow)
}

/// The same for a second node whose type is looked up in another view; it must be in the first one nevertheless.
///
/// # Errors
/// [`ConnectError`]; nothing has changed.
pub fn connect_across(
    view: &GraphView,
    first: &Node,
    (other_view, second): (&GraphView, &Node),
    shallow: bool,
) -> Result<Edge, ConnectError> {
    if edge_type::type_of(view, first)? != edge_type::type_of(other_view, second)? {
        return Err(ConnectError::TypesDiffer);
    }
    let edge = attributes(shallow)
        .into_edge(first, second)
        .map_err(InsertError::from)?;
    Ok(insert(view, edge)?)
}

/// Calls back with all connections of the node, in order, until told to break. One with itself comes twice.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit<B>(
    view: &GraphView,
    node: &Node,
    visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(node, TID, DirectionFilter::Any, visit)
}

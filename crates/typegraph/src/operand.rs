//! Expressions: the operands of an expression hang on a set, its child `operands`.
//!
//! ```text
//! expression ──Composition `operands`──▶ set ──Operand──▶ operands
//! ```
//!
//! The set belongs to its first parent.

use std::ops::ControlFlow;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, GraphView, IdsExhausted, Node, Role, kinds,
};

use crate::attributes::{EdgeAttributes, insert};
use crate::error::{NotThisKind, OperandError};
use crate::{composition, edge_type, find};

/// The kind of these edges.
pub const TID: u8 = kinds::OPERAND;
/// The name of an expression's child from which its operands hang.
pub const SET: &str = "operands";

/// An edge from a set to an operand, in no view.
pub fn create(set: &Node, operand: &Node, name: Option<&str>) -> Result<Edge, IdsExhausted> {
    attributes(name).into_edge(set, operand)
}

/// What such an edge is made with.
pub fn attributes(name: Option<&str>) -> EdgeAttributes {
    EdgeAttributes::directional(TID).named(name)
}

/// Whether the edge is one of these.
pub fn is_instance(edge: &Edge) -> bool {
    edge.kind() == TID
}

/// The name of such an edge.
///
/// # Errors
/// [`NotThisKind`].
pub fn name(edge: &Edge) -> Result<Option<String>, NotThisKind> {
    if is_instance(edge) {
        Ok(edge.name())
    } else {
        Err(NotThisKind {
            expected: TID,
            found: edge.kind(),
        })
    }
}

/// The set from which the operands of an expression hang.
pub fn set(view: &GraphView, expression: &Node) -> Result<Option<Node>, DestroyedError> {
    composition::child(view, expression, SET)
}

/// Gives an expression an operand. Amortised O(1), but for finding the set.
///
/// # Errors
/// [`OperandError::NoSet`]; [`OperandError::Insert`]: the target is the operand.
pub fn add(
    view: &GraphView,
    expression: &Node,
    operand: &Node,
    name: Option<&str>,
) -> Result<Edge, OperandError> {
    let set = set(view, expression)?.ok_or(OperandError::NoSet)?;
    let edge = create(&set, operand, name).map_err(crate::InsertError::from)?;
    Ok(insert(view, edge)?)
}

/// The operand of an expression by name; only a directional edge counts, and none from the set to itself.
pub fn by_name(
    view: &GraphView,
    expression: &Node,
    name: &str,
) -> Result<Option<Node>, DestroyedError> {
    let Some(set) = set(view, expression)? else {
        return Ok(None);
    };
    let leads_on = |edge: &Edge| edge.directional() && !edge.target().is_same(&set);
    let edge = find::first_named(view, &set, TID, name, leads_on)?;
    Ok(edge.map(|edge| edge.target().clone()))
}

/// The expression of an edge: the first parent of the set it starts from.
pub fn expression(view: &GraphView, edge: &Edge) -> Result<Option<Node>, DestroyedError> {
    composition::parent(view, edge.source())
}

/// The first edge from a set to this operand. O(edges to operands before it).
pub fn expression_edge(view: &GraphView, operand: &Node) -> Result<Option<Edge>, DestroyedError> {
    view.first_edge(operand, TID, Role::Target)
}

/// Calls back with the edges to operands of a **set**, in order, until told to break. An edge to itself is left out.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit<B>(
    view: &GraphView,
    set: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(set, TID, DirectionFilter::Outgoing, |edge| {
        if edge.target().is_same(set) {
            ControlFlow::Continue(())
        } else {
            visit(edge)
        }
    })
}

/// Calls back with the edges to operands of an **expression** that are instances of a type; an edge
/// to itself is not left out.
///
/// # Errors
/// [`OperandError::NoSet`]; [`DestroyedError`], before or during the visit.
pub fn visit_of_type<B>(
    view: &GraphView,
    expression: &Node,
    operand_type: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, OperandError> {
    let set = set(view, expression)?.ok_or(OperandError::NoSet)?;
    let visited = edge_type::visit_targets_of_type(view, &set, TID, operand_type, &mut visit)?;
    Ok(visited)
}

/// Calls back with the edges that end in an operand, in order, until told to break. An edge from itself is left out.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_expressions<B>(
    view: &GraphView,
    operand: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    view.visit_edges(operand, TID, DirectionFilter::Incoming, |edge| {
        if edge.source().is_same(operand) {
            ControlFlow::Continue(())
        } else {
            visit(edge)
        }
    })
}

/// Calls back with the edges that end in an operand and whose expression is an instance of a type;
/// an edge from itself is not left out, and one without expression is.
///
/// # Errors
/// [`DestroyedError`], before or during the visit.
pub fn visit_expressions_of_type<B>(
    view: &GraphView,
    operand: &Node,
    expression_type: &Node,
    mut visit: impl FnMut(Edge) -> ControlFlow<B>,
) -> Result<ControlFlow<B>, DestroyedError> {
    let is_of_type = |edge: &Edge| match expression(view, edge)? {
        Some(found) => edge_type::is_instance_of(view, &found, expression_type),
        None => Ok(false),
    };
    let visited = view.visit_edges(
        operand,
        TID,
        DirectionFilter::Incoming,
        |edge| match is_of_type(&edge) {
            Ok(true) => visit(edge).map_break(Ok),
            Ok(false) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Err(error)),
        },
    )?;
    edge_type::transpose(visited)
}

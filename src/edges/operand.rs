//! `EdgeOperand`.

use pyrus::Any;
use pyrus::exc::{OverflowError, TypeError};
use pyrus_graph::{Edge, Node};
use pyrus_typegraph::{EdgeAttributes, OperandError, operand};

use super::visit::{Callback, done, step};
use super::{BoundEdge, BoundNode, OrDestroyed, error, traversal};
use crate::api::faebryk::EdgeTraversal;
use crate::graph::error::{destroyed, exhausted};

pub(crate) fn create(
    expression: &Node,
    operand: &Node,
    operand_identifier: Option<&str>,
) -> Result<Edge, OverflowError> {
    operand::create(expression, operand, operand_identifier).map_err(exhausted)
}

pub(crate) fn build(operand_identifier: Option<&str>) -> EdgeAttributes {
    operand::attributes(operand_identifier)
}

pub(crate) fn add_operand(
    bound: BoundNode<'_>,
    operand: &Node,
    operand_identifier: Option<&str>,
) -> Result<Edge, pyrus::Error> {
    let added = operand::add(bound.owner(), bound.key(), operand, operand_identifier);
    added.map_err(error::no_operands)
}

pub(crate) fn get_operands_set_node(bound: BoundNode<'_>) -> OrDestroyed<Option<Node>> {
    Ok(operand::set(bound.owner(), bound.key())?)
}

pub(crate) fn visit_operand_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = operand::visit(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn visit_operands_of_type(
    bound: BoundNode<'_>,
    operand_type: &Node,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = operand::visit_of_type(bound.owner(), bound.key(), operand_type, step);
    done(visited, error::no_operands)
}

pub(crate) fn visit_expression_edges(
    bound: BoundNode<'_>,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let visited = operand::visit_expressions(bound.owner(), bound.key(), step);
    done(visited, destroyed)
}

pub(crate) fn visit_expression_edges_of_type(
    bound: BoundNode<'_>,
    expression_type: &Node,
    f: Callback<'_>,
    ctx: Option<Any<'_>>,
) -> Result<(), pyrus::Error> {
    let step = |edge: Edge| step(f, ctx, edge);
    let (view, node) = (bound.owner(), bound.key());
    let visited = operand::visit_expressions_of_type(view, node, expression_type, step);
    done(visited, destroyed)
}

pub(crate) fn get_expression_edge(bound: BoundNode<'_>) -> OrDestroyed<Option<Edge>> {
    Ok(operand::expression_edge(bound.owner(), bound.key())?)
}

pub(crate) fn get_expression_node(bound_edge: BoundEdge<'_>) -> Result<Node, pyrus::Error> {
    operand::expression(bound_edge.owner(), bound_edge.key())
        .map_err(destroyed)?
        .ok_or_else(|| error::no_operands(OperandError::NoExpression))
}

pub(crate) fn get_expression_of(
    bound_edge: BoundEdge<'_>,
    node: &Node,
) -> OrDestroyed<Option<Node>> {
    let expression = operand::expression(bound_edge.owner(), bound_edge.key())?;
    Ok(expression.filter(|_| !bound_edge.key().source().is_same(node)))
}

pub(crate) fn get_name(edge: &Edge) -> Result<Option<String>, TypeError> {
    operand::name(edge).map_err(error::not_this_kind)
}

pub(crate) fn get_operand_by_identifier(
    node: BoundNode<'_>,
    operand_identifier: &str,
) -> OrDestroyed<Option<Node>> {
    let operand = operand::by_name(node.owner(), node.key(), operand_identifier)?;
    Ok(operand)
}

pub(crate) fn get_tid() -> u8 {
    operand::TID
}

pub(crate) fn traverse(identifier: &str) -> EdgeTraversal {
    traversal(identifier, operand::TID)
}

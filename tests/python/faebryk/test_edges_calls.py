"""Scenarios A: how the edge classes are called."""

import pytest
from edges_tools import add, fails, view
from pyrus.faebryk import composition, operand
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.operand import EdgeOperand
from pyrus.faebryk.pointer import EdgePointer
from pyrus.graph import Edge

CLASSES = [EdgeComposition, EdgePointer, EdgeNext, EdgeOperand, EdgeInterfaceConnection]


def test_a1_positional_argument():
    fails(TypeError, None, EdgeComposition.get_tid, 7)


def test_a2_no_argument():
    error = fails(TypeError, None, EdgeComposition.get_parent_edge)
    assert "get_parent_edge" in str(error) and "bound_node" in str(error)


def test_a3_required_argument_missing():
    _, [n0] = view(1)
    fails(TypeError, None, EdgeComposition.get_parent_edge, node=n0)


def test_a4_unknown_keyword():
    _, [n0] = view(1)
    error = fails(TypeError, None, EdgeComposition.get_parent_edge, bound_node=n0, colour="red")
    assert "colour" in str(error)


def test_a5_other_classes():
    _, [n0, n1] = view(2)
    bound = add(n0, n1, "x")
    fails(TypeError, None, EdgeComposition.get_parent_edge, bound_node=n0.node())
    fails(TypeError, None, EdgePointer.get_referenced_node_from_node, node=None)
    fails(TypeError, None, EdgeComposition.get_child_node, edge=bound)
    fails(TypeError, None, EdgeNext.create, previous_node=n0, next_node=n1.node())
    fails(TypeError, None, EdgeOperand.get_expression_node, bound_edge=bound.edge())


@pytest.mark.parametrize("cls", CLASSES)
def test_a6_classes_are_not_called(cls):
    with pytest.raises(TypeError):
        cls()
    with pytest.raises(TypeError):
        cls.__new__(cls)


def test_a7_one_operand_class():
    assert composition.EdgeOperand is operand.EdgeOperand


def test_a8_types():
    assert EdgeComposition.get_tid() == 130
    assert EdgePointer.get_tid() == 78
    assert EdgeNext.build().get_tid() == 41 == EdgeNext.get_tid()
    assert EdgeOperand.get_tid() == 193
    assert EdgeInterfaceConnection.get_tid() == 85
    fails(TypeError, None, EdgeComposition.get_tid, anything=1)


def test_a9_all_arguments_omitted():
    _, [a, b] = view(2)
    ends = {"source": a.node(), "target": b.node()}
    assert EdgeOperand.build().create_edge(**ends).name() is None
    assert EdgeInterfaceConnection.build().create_edge(**ends).get_attr(key="shallow") is False


def test_a10_arguments_of_functions_without_parameters():
    fails(TypeError, None, EdgeNext.build, 1, k=2)
    fails(TypeError, None, EdgePointer.traverse, 1, 2, k=3)


@pytest.mark.parametrize("cls", CLASSES)
def test_classes_say_where_they_are(cls):
    module = {"EdgeInterfaceConnection": "interface"}.get(cls.__name__, cls.__name__[4:].lower())
    assert cls.__module__ == f"pyrus.faebryk.{module}"
    assert cls.__qualname__ == cls.__name__


def test_plain_edges_count():
    _, [a, b] = view(2)
    edge = Edge.create(source=a.node(), target=b.node(), edge_type=130)
    assert EdgeComposition.is_instance(edge=edge)

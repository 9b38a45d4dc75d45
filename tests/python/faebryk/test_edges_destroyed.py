"""What the edge classes do with a view that was destroyed."""

import inspect

import pytest
from edges_tools import OPERAND, POINTER, add, link, put, ty, view
from pyrus.faebryk.composition import EdgeComposition, EdgeOperand
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.pointer import EdgePointer
from pyrus.graph import GraphDestroyedError

CLASSES = [EdgeComposition, EdgePointer, EdgeNext, EdgeOperand, EdgeInterfaceConnection]
READS_NOTHING = {
    "create", "build", "is_instance", "get_parent_node", "get_child_node", "get_child_of", "get_parent_of", "get_name",
    "get_tid", "traverse", "get_index", "get_referenced_node", "get_previous_node", "get_next_node",
    "get_operand_node", "get_operand_of", "get_other_connected_node",
}  # fmt: skip


def setting():
    """A view in which every visit of `a` meets two edges, and what to call all functions with."""
    g, [a, b, t] = view(3)
    ty(t, b)
    ty(t, a)
    bound = add(a, b, "operands")
    add(a, b, "operands")
    add(b, a, "set")
    for _ in range(2):
        put(a, b, POINTER, directional=True, name="x")
        put(a, b, OPERAND, directional=True)
        put(b, a, OPERAND, directional=True)
        link(a, a)
    given = {
        "bound_node": a, "node": a, "source": a, "target": b, "bn1": a, "bn2": b, "bound_edge": bound,
        "previous_node": a, "next_node": b, "child": b.node(), "target_node": b.node(), "operand": b.node(),
        "child_type": t.node(), "operand_type": t.node(), "expression_type": t.node(), "child_identifier": "x",
        "identifier": "x", "operand_identifier": "x", "index": 1, "direct_only": False, "f": print,
    }  # fmt: skip
    return g, given


def arguments(function, given):
    """Those that the function has; where a node goes with a bound edge, it is not bound."""
    names = inspect.signature(function).parameters
    chosen = {name: given[name] for name in names if name in given}
    return {**chosen, "node": given["child"]} if {"bound_edge", "node"} <= set(names) else chosen


def functions(prefix=""):
    """The functions that read or write a view."""
    for cls in CLASSES:
        for name in vars(cls):
            if name.startswith(prefix) and not name.startswith("_") and name not in READS_NOTHING:
                yield pytest.param(getattr(cls, name), id=f"{cls.__name__}.{name}")


@pytest.mark.parametrize("function", [*functions()])
def test_a_destroyed_view_is_refused(function):
    g, given = setting()
    g.destroy()
    with pytest.raises(GraphDestroyedError) as caught:
        function(**arguments(function, given))
    assert caught.value.graph_id == g.get_self_node().node().get_uuid()


@pytest.mark.parametrize("function", [*functions("visit")])
def test_destroyed_from_inside_a_visit(function):
    g, given = setting()
    calls = []

    def f(_ctx, edge):
        calls.append(edge)
        g.destroy()

    with pytest.raises(GraphDestroyedError):
        function(**arguments(function, {**given, "f": f}))
    assert len(calls) == 1


@pytest.mark.parametrize("function", [*functions("visit")])
def test_an_exception_wins(function):
    g, given = setting()

    def f(_ctx, _edge):
        g.destroy()
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        function(**arguments(function, {**given, "f": f}))


def test_attributes_of_a_destroyed_view():
    g, given = setting()
    g.destroy()
    node = given["child"]
    made = EdgeCreationAttributes.create(edge_type=1, directional=None, name=None, dynamic=None)
    with pytest.raises(GraphDestroyedError):
        made.insert_edge(g=g, source=node, target=node)
    assert made.create_edge(source=node, target=node).edge_type() == 1
    assert EdgeComposition.get_name(edge=given["bound_edge"].edge()) == "operands"

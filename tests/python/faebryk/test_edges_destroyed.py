"""What the edge classes do with a view that was destroyed."""

import pytest
from edges_tools import add, link, ty, view
from pyrus.faebryk.composition import EdgeComposition, EdgeOperand
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.pointer import EdgePointer
from pyrus.graph import GraphDestroyedError

CLASSES = [EdgeComposition, EdgePointer, EdgeNext, EdgeOperand, EdgeInterfaceConnection]


def setting():
    g, [a, b, t] = view(3)
    bound = add(a, b, "operands")
    add(a, b, "operands")
    ty(t, b)
    link(a, a)
    given = {
        "g": g, "bound_node": a, "node": a, "source": a, "target": b, "bn1": a, "bn2": b, "bound_edge": bound,
        "previous_node": a, "next_node": b, "child": b.node(), "target_node": b.node(), "operand": b.node(),
        "child_type": t.node(), "operand_type": t.node(), "expression_type": t.node(), "child_identifier": "x",
        "identifier": "x", "operand_identifier": "x", "index": 1, "direct_only": False, "f": print,
    }  # fmt: skip
    return g, given, b


READS_NOTHING = {
    "create", "build", "is_instance", "get_parent_node", "get_child_node", "get_child_of", "get_parent_of", "get_name",
    "get_tid", "traverse", "get_index", "get_referenced_node", "get_previous_node", "get_next_node",
    "get_operand_node", "get_operand_of", "get_other_connected_node",
}  # fmt: skip


def cases():
    for cls in CLASSES:
        for name in vars(cls):
            if not name.startswith("_") and name not in READS_NOTHING:
                yield pytest.param(getattr(cls, name), id=f"{cls.__name__}.{name}")


def parameters(function):
    import inspect

    return list(inspect.signature(function).parameters)


@pytest.mark.parametrize("function", list(cases()))
def test_a_destroyed_view_is_refused(function):
    g, given, b = setting()
    if "get_expression_of" in repr(function):
        given["node"] = b.node()
    g.destroy()
    arguments = {name: given[name] for name in parameters(function) if name in given}
    with pytest.raises(GraphDestroyedError) as caught:
        function(**arguments)
    assert caught.value.graph_id == g.get_self_node().node().get_uuid()


@pytest.mark.parametrize("function", [case for case in cases() if ".visit" in case.id])
def test_destroyed_from_inside_a_visit(function):
    g, given, b = setting()
    if "expression_edges" in repr(function):
        # What ends in an operand.
        EdgeOperand.add_operand(bound_node=given["bound_node"], operand=given["bound_node"].node())
        ty(g.bind(node=given["child_type"]), given["bound_node"])
    elif "operand" in repr(function):
        EdgeOperand.add_operand(bound_node=given["bound_node"], operand=b.node())
        if "of_type" not in repr(function):
            EdgeOperand.create  # noqa: B018
            given["bound_node"] = b
            EdgeOperand.add_operand(bound_node=given["source"], operand=given["source"].node())
    elif "pointed" in repr(function):
        for _ in range(2):
            EdgePointer.point_to(bound_node=given["bound_node"], target_node=b.node(), identifier="x", index=None)
    calls = []

    def f(_ctx, edge):
        calls.append(edge)
        g.destroy()

    arguments = {name: given[name] for name in parameters(function) if name in given}
    with pytest.raises(GraphDestroyedError):
        function(**{**arguments, "f": f})
    assert len(calls) == 1


def test_attributes_of_a_destroyed_view():
    g, given, b = setting()
    g.destroy()
    made = EdgeCreationAttributes.create(edge_type=1, directional=None, name=None, dynamic=None)
    with pytest.raises(GraphDestroyedError):
        made.insert_edge(g=g, source=b.node(), target=b.node())
    assert made.create_edge(source=b.node(), target=b.node()).edge_type() == 1
    assert EdgeComposition.get_name(edge=given["bound_edge"].edge()) == "operands"

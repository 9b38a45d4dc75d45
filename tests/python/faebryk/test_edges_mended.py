"""Scenarios H: where the original crashed, hung or lied. K: the attributes of edges to be made."""

from itertools import combinations

import pytest
from edges_tools import (
    OPERAND,
    POINTER,
    Interfaces,
    add,
    fails,
    link,
    path,
    put,
    reached,
    run,
    shallow,
    view,
)
from pyrus.faebryk.composition import EdgeComposition as C
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.operand import EdgeOperand as O
from pyrus.faebryk.pointer import EdgePointer as P
from pyrus.graph import BoundEdge, BoundNode, Edge, GraphView, Node

CYCLIC = r"interface hierarchy is cyclic: node 0x[0-9a-f]+ is connected with its own ancestor"


def child(bound, name):
    return C.get_child_by_identifier(bound_node=bound, child_identifier=name)


def test_h1_missing_argument():
    _, [n0] = view(1)
    error = fails(TypeError, None, C.get_children_query, bound_node=n0)
    assert "direct_only" in str(error)


def test_h2_a_cycle():
    _, [n0, n1] = view(2)
    add(n0, n1, "a")
    add(n1, n0, "b")
    with pytest.raises(ValueError, match="composition is cyclic"):
        C.get_children_query(bound_node=n0, direct_only=False)
    assert C.get_children_query(bound_node=n0, direct_only=True) == [n1]


def test_h3_a_deep_tree():
    g, [root] = view(1)
    node = root
    for _ in range(39_999):
        kid = g.create_and_insert_node()
        add(node, kid, "c")
        node = kid
    found = C.get_children_query(bound_node=root, direct_only=False)
    assert len(found) == 39_999 and found[-1] == node


def test_h4_operands_of_a_node_without_set():
    _, [n0, t] = view(2)
    fails(ValueError, None, O.visit_operands_of_type, bound_node=n0, operand_type=t.node(), f=print)


def test_h5_an_expression_that_is_none():
    _, [n0, n1] = view(2)
    bound = put(n0, n1, OPERAND, directional=True)
    fails(ValueError, None, O.get_expression_node, bound_edge=bound)
    assert O.get_expression_of(bound_edge=bound, node=n1.node()) is None


def test_h6_an_operand_of_a_node_without_set():
    g, [n0, n1] = view(2)
    fails(ValueError, None, O.add_operand, bound_node=n0, operand=n1.node())
    assert g.get_edge_count() == 0


def test_h7_what_an_edge_without_direction_points_at():
    _, [n0, n1] = view(2)
    edge = put(n0, n1, POINTER).edge()
    fails(ValueError, None, P.get_referenced_node, edge=edge)


def test_h8_a_pointer_without_direction():
    _, [n0, n1] = view(2)
    put(n0, n1, POINTER)
    assert P.get_referenced_node_from_node(node=n0) is None


def test_h9_connected_with_its_parent():
    w = Interfaces()
    p, c = w.interfaces(*"pc")
    add(p, c, "c")
    link(p, c)
    for source, target in ((p, c), (c, p)):
        with pytest.raises(ValueError, match=CYCLIC):
            path(source, target)
        with pytest.raises(ValueError, match=CYCLIC):
            reached(source)


def test_h10_each_the_parent_of_the_other():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    add(a, b, "x")
    add(b, a, "x")
    with pytest.raises(ValueError, match=CYCLIC):
        path(a, b)


def test_h11_its_own_parent():
    w = Interfaces()
    [a] = w.interfaces("a")
    add(a, a, "x")
    with pytest.raises(ValueError, match=CYCLIC):
        path(a, a)


def test_a_detour_without_end():
    w = Interfaces()
    a, b, c, d = (w.interface("E", label) for label in "abcd")
    put(a, b, C.get_tid(), name="y")
    link(c, b)
    add(a, d, "y")
    with pytest.raises(ValueError, match=CYCLIC):
        reached(a)


def test_h12_a_clique_behind_a_shallow_connection():
    w = Interfaces()
    s, *c = (w.interface() for _ in range(14))
    shallow(s, c[0])
    for pair in combinations(c, 2):
        link(*pair)
    assert reached(s) == {s, *c}


def test_h13_an_edge_inserted_by_its_attributes():
    g, [a, b] = view(2)
    bound = EdgeNext.build().insert_edge(g=g, source=a.node(), target=b.node())
    assert isinstance(bound, BoundEdge) and bound.g() is g
    assert EdgeNext.get_next_node(edge=bound.edge()) == b.node()


def test_h14_a_seventh_attribute():
    _, [a, b] = view(2)
    edge = put(a, b, 9, **{f"k{i}": i for i in range(6)}).edge()
    C.build(child_identifier="n").apply_to(edge=edge)
    assert edge.name() == "n" and len(edge.get_dynamic_attrs()) == 7


def test_h15_names_outlive_the_view():
    g, [a, b] = view(2)
    add(a, b, "name")
    part = g.get_subgraph_from_nodes(nodes=[a, b])
    g.destroy()
    assert child(part.bind(node=a.node()), "name") == b


class BadTruth:
    def __bool__(self):
        raise LookupError("neither")


def test_h16_an_exception_of_bool():
    _, [n0] = view(1)
    fails(LookupError, "neither", C.get_children_query, bound_node=n0, direct_only=BadTruth())
    fails(LookupError, "neither", EdgeInterfaceConnection.get_connected, source=n0, include_self=BadTruth())


def test_h17_an_edge_that_was_refused():
    g, [a] = view(1)
    kid = Node.create()
    edge = C.create(parent=a.node(), child=kid, child_identifier="x")
    fails(ValueError, None, g.insert_edge, edge=edge)
    fails(ValueError, None, C.add_child, bound_node=a, child=kid, child_identifier="y")
    g.insert_node(node=kid)
    g.insert_edge(edge=edge)
    assert child(a, "x").node() == kid and child(a, "y") is None


def test_h18_no_empty_handles():
    with pytest.raises(TypeError):
        BoundNode.__new__(BoundNode)


def test_k1_attributes():
    a, b = Node.create(), Node.create()
    made = EdgeCreationAttributes.create(
        edge_type=9, directional=True, name="w", dynamic={"f": 1.5, "s": "t", "b": True}
    )
    edge = made.create_edge(source=a, target=b)
    assert made.get_tid() == edge.edge_type() == 9 and edge.directional() and edge.name() == "w"
    assert [edge.get_attr(key=key) for key in "fsb"] == [1.5, "t", True]


def test_k2_apply_to_a_named_edge():
    a, b = Node.create(), Node.create()
    edge = Edge.create(source=a, target=b, edge_type=1, directional=True, name="first")
    made = EdgeCreationAttributes.create(edge_type=9, directional=None, name="second", dynamic=None)
    assert made.apply_to(edge=edge) is None
    assert (edge.edge_type(), edge.directional(), edge.name()) == (9, True, "first")


def test_k3_an_index_and_none():
    edge = Edge.create(source=Node.create(), target=Node.create(), edge_type=1)
    P.build(index=700).apply_to(edge=edge)
    assert P.get_index(edge=edge) == 700
    P.build(index=None).apply_to(edge=edge)
    assert P.get_index(edge=edge) == 188


def test_k4_ends_that_are_not_in_the_view():
    g, [a] = view(1)
    made, out = EdgeNext.build(), Node.create()
    fails(ValueError, "Edge target node not in graph", made.insert_edge, g=g, source=a.node(), target=out)
    fails(ValueError, "Edge source node not in graph", made.insert_edge, g=g, source=out, target=a.node())


def test_k5_wrong_arguments():
    good = {"edge_type": 1, "directional": None, "name": None, "dynamic": None}
    for missing in good:
        rest = {key: value for key, value in good.items() if key != missing}
        fails(TypeError, None, EdgeCreationAttributes.create, **rest)
    for name, value in (("edge_type", "1"), ("name", 5), ("dynamic", {"k": [1]})):
        fails(TypeError, None, EdgeCreationAttributes.create, **{**good, name: value})


def test_k6_insert_by_attributes():
    g, [a, b] = view(2)
    bound = C.build(child_identifier="kk").insert_edge(g=g, source=a.node(), target=b.node())
    assert isinstance(bound, BoundEdge) and child(a, "kk") == b


def test_k7_whole_numbers_and_types_out_of_range():
    def made(**change):
        given = {"edge_type": 1, "directional": None, "name": None, "dynamic": None}
        return EdgeCreationAttributes.create(**{**given, **change})

    edge = made(dynamic={"i": 3}).create_edge(source=Node.create(), target=Node.create())
    assert isinstance(edge.get_attr(key="i"), float) and edge.get_attr(key="i") == 3.0
    fails(ValueError, None, made, edge_type=300)


def test_k8_seven_attributes():
    dynamic = {f"k{i}": float(i) for i in range(7)}
    made = EdgeCreationAttributes.create(edge_type=1, directional=None, name=None, dynamic=dynamic)
    edge = made.create_edge(source=Node.create(), target=Node.create())
    assert edge.get_dynamic_attrs() == dynamic


DEEP = """
import resource
from edges_tools import *
w = Interfaces()
chain = [w.interface() for _ in range(100_000)]
link(*chain)
found = EdgeInterfaceConnection.get_connected(source=chain[0])
assert len(found) == 100_000 and found[chain[-1]].get_length() == 99_999
tower = chain[0]
for _ in range(100_000):
    above = w.interface()
    add(above, tower, "t")
    tower = above
assert path(chain[-1], chain[0]).get_length() == 99_999
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_paths_of_many_segments_take_little():
    pytest.importorskip("resource")
    assert int(run(DEEP)) < 1_000_000


def test_many_ladders_behind_a_shallow_connection():
    w = Interfaces()
    s, first, second = w.interface(), w.interface(), w.interface()
    shallow(s, first)
    link(first, second)
    everything = {s, first, second}
    for _ in range(200):
        third, fourth = w.interface(), w.interface()
        link(first, third, fourth, second)
        first, second = third, fourth
        everything |= {third, fourth}
    assert reached(s) == everything


def test_views_are_bound_to_the_first():
    g, [a, b] = view(2)
    h = GraphView.create()
    other = h.insert_node(node=b.node())
    assert EdgeInterfaceConnection.connect(bn1=a, bn2=other).g() is g

"""Scenarios N and E: chains, and operands."""

from edges_tools import COMPOSITION, NEXT, OPERAND, add, fails, loose, met, nodes, put, targets, ty, view
from pyrus.faebryk.next import EdgeNext as L
from pyrus.faebryk.operand import EdgeOperand as O
from pyrus.faebryk.pointer import EdgePointer
from pyrus.graph import Edge, GraphView, Node, NodeReference


def after(a, b):
    return L.add_next(previous_node=a, next_node=b)


def next_of(a):
    return L.get_next_node_from_node(node=a)


def previous_of(a):
    return L.get_previous_node_from_node(node=a)


def test_n1_create():
    a, b = loose(2)
    edge = L.create(previous_node=a, next_node=b)
    assert L.is_instance(edge=edge) and edge.directional() and edge.name() is None
    assert L.get_previous_node(edge=edge) == a and L.get_next_node(edge=edge) == b


def test_n2_a_chain():
    _, n = view(4)
    edges = [after(a, b) for a, b in zip(n, n[1:])]
    assert [L.get_next_edge(node=x) for x in n] == [*edges, None]
    assert [L.get_previous_edge(node=x) for x in n] == [None, *edges]
    assert [next_of(x) for x in n] == [*nodes(*n[1:]), None]
    assert [previous_of(x) for x in n] == [None, *nodes(*n[:3])]


def test_n3_nodes_are_not_bound():
    _, [a, b] = view(2)
    after(a, b)
    assert type(next_of(a)) is NodeReference is type(previous_of(b))


def test_n4_the_first():
    _, n = view(4)
    after(n[0], n[1])
    after(n[0], n[2])
    after(n[3], n[2])
    assert next_of(n[0]) == n[1].node() and previous_of(n[2]) == n[0].node()


def test_n5_nodes_that_are_not_in_the_view():
    g, [a] = view(1)
    outside = g.bind(node=Node.create())
    fails(ValueError, "Next node not in graph", after, a, outside)
    fails(ValueError, "Previous node not in graph", after, outside, a)
    fails(ValueError, "Next node not in graph", after, a, GraphView.create().create_and_insert_node())


def test_n6_without_direction():
    a, b = loose(2)
    edge = Edge.create(source=a, target=b, edge_type=NEXT)
    assert L.is_instance(edge=edge)
    assert L.get_previous_node(edge=edge) is None is L.get_next_node(edge=edge)


def test_n7_itself():
    _, [a] = view(1)
    after(a, a)
    assert next_of(a) == previous_of(a) == a.node()


def test_n8_attributes():
    a, b = loose(2)
    edge = L.build().create_edge(source=a, target=b)
    assert L.is_instance(edge=edge) and edge.directional()
    pointer = EdgePointer.create(from_node=a, to_node=b)
    assert not L.is_instance(edge=pointer) and L.get_next_node(edge=pointer) == b


def operand(expression, node, name=None):
    return O.add_operand(bound_node=expression, operand=node.node(), operand_identifier=name)


def by_name(expression, name):
    return O.get_operand_by_identifier(node=expression, operand_identifier=name)


def expressions(node):
    return met(O.visit_expression_edges, bound_node=node)


def of_type(node, type_node):
    return met(O.visit_expression_edges_of_type, bound_node=node, expression_type=type_node.node())


def setting():
    """Two expressions: n0 with set n1, and n5 with set n6."""
    _, n = view(10)
    add(n[0], n[1], "operands")
    add(n[5], n[6], "operands")
    given = [(0, 2, "lhs"), (0, 3, "rhs"), (0, 4, None), (0, 2, None), (5, 2, "rhs")]
    return n, [operand(n[a], n[b], name) for a, b, name in given]


def test_e1_edges():
    n, e = setting()
    assert [x.edge().source() for x in e] == nodes(n[1], n[1], n[1], n[1], n[6])
    assert [O.get_name(edge=x.edge()) for x in e] == ["lhs", "rhs", None, None, "rhs"]
    assert all(x.edge().directional() and O.is_instance(edge=x.edge()) for x in e)


def test_e2_operands():
    n, _ = setting()
    assert targets(met(O.visit_operand_edges, bound_node=n[1])) == nodes(n[2], n[3], n[4], n[2])
    assert met(O.visit_operand_edges, bound_node=n[0]) == []


def test_e3_expressions():
    n, e = setting()
    assert expressions(n[2]) == [e[i].edge() for i in (0, 3, 4)]


def test_e4_expression_and_set():
    n, e = setting()
    assert [O.get_expression_node(bound_edge=e[i]) for i in (0, 4)] == nodes(n[0], n[5])
    assert O.get_operands_set_node(bound_node=n[0]) == n[1]
    assert O.get_operands_set_node(bound_node=n[2]) is None


def test_e5_the_first_expression():
    n, e = setting()
    assert [O.get_expression_edge(bound_node=n[i]) for i in (2, 0, 1)] == [e[0], None, None]


def test_e6_other_ends():
    n, e = setting()
    ends = [O.get_operand_of(edge=e[0].edge(), node=n[i].node()) for i in (1, 2, 9)]
    assert ends == [n[2].node(), None, n[2].node()]
    ends = [O.get_expression_of(bound_edge=e[0], node=n[i].node()) for i in (1, 2, 0)]
    assert ends == [None, n[0].node(), n[0].node()]
    assert O.get_operand_node(edge=e[0].edge()) == n[2].node()


def test_e7_by_name():
    n, _ = setting()
    assert [by_name(n[0], name) for name in ("lhs", "rhs", "", "zz")] == [n[2], n[3], None, None]
    assert by_name(n[1], "lhs") is None


def test_e8_by_type():
    n, e = setting()
    t, u = (n[0].g().create_and_insert_node() for _ in range(2))
    ty(t, n[5])
    ty(u, n[2])
    assert of_type(n[2], t) == [e[4].edge()]
    found = [met(O.visit_operands_of_type, bound_node=n[0], operand_type=x.node()) for x in (u, t)]
    assert [targets(edges) for edges in found] == [nodes(n[2], n[2]), []]


def test_e9_create():
    a, b = loose(2)
    made = [O.create(expression=a, operand=b, **name) for name in ({}, {"operand_identifier": "u"})]
    assert [(x.source(), x.target(), x.name()) for x in made] == [(a, b, None), (a, b, "u")]
    fails(TypeError, None, O.create, expression=a, operand=b, operand_identifier=2)


def test_e10_another_type():
    a, b = loose(2)
    edge = Edge.create(source=a, target=b, edge_type=9)
    fails(TypeError, "edge is not an EdgeOperand edge", O.get_name, edge=edge)


def test_e11_add_operand():
    n, _ = setting()
    outside = n[0].g().bind(node=Node.create())
    fails(ValueError, "Operand node not in graph", operand, n[0], outside)
    fails(TypeError, "operand_identifier must be a string", operand, n[0], n[2], 5)
    assert operand(n[0], n[2], "").edge().name() == ""


def test_e12_its_own_operand():
    _, [n0, n1] = view(2)
    add(n0, n1, "operands")
    operand(n0, n1, "me")
    assert met(O.visit_operand_edges, bound_node=n1) == [] == expressions(n1)
    assert by_name(n0, "me") is None


def test_e13_traverse():
    segment = O.traverse(identifier="lhs")
    assert (segment.identifier, segment.edge_type) == ("lhs", 193)


def test_e14_neither_set_nor_parent():
    _, [n0, n1, t] = view(3)
    o = put(n0, n1, OPERAND, directional=True, name="o").edge()
    assert by_name(n0, "o") is None
    assert met(O.visit_operand_edges, bound_node=n0) == [o] == expressions(n1)
    assert of_type(n1, t) == []


def test_e15_without_direction():
    _, [n0, n1, n2] = view(3)
    put(n0, n1, COMPOSITION, directional=True, name="operands")
    q = put(n1, n2, OPERAND, name="q").edge()
    assert met(O.visit_operand_edges, bound_node=n1) == [q]
    # From the other side the target is the node itself, which is left out, so ask for what ends there.
    assert expressions(n2) == [q]
    assert by_name(n0, "q") is None

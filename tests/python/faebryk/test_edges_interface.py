"""Scenarios F: connections of interfaces."""

from edges_tools import Interfaces, fails, link, loose, met, reached, shallow, ty, view
from pyrus.faebryk.interface import EdgeInterfaceConnection as I
from pyrus.graph import Edge, Node

NORMAL, SHALLOW = "Failed to connect interface nodes", "Failed to create shallow connection"


def refused(a, b):
    """Neither way of connecting works, and nothing has changed."""
    before = a.g().get_edge_count()
    fails(ValueError, NORMAL, I.connect, bn1=a, bn2=b)
    fails(ValueError, SHALLOW, I.connect_shallow, bn1=a, bn2=b)
    assert a.g().get_edge_count() == before


def visit(a):
    return met(I.visit_connected_edges, bound_node=a)


def test_f1_connect():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    made = [*link(a, b), shallow(a, b)]
    for bound, is_shallow in zip(made, (False, True)):
        edge = bound.edge()
        assert edge.edge_type() == 85 and I.is_instance(edge=edge)
        assert not edge.directional() and edge.name() is None
        assert (edge.source(), edge.target()) == (a.node(), b.node())
        assert edge.get_attr(key="shallow") is is_shallow


def test_f2_types_differ():
    w = Interfaces()
    refused(w.interface("E"), w.interface("Z"))


def test_f3_nodes_without_type():
    w = Interfaces()
    typed, one, two = w.interface(), w.new(), w.new()
    refused(typed, one)
    refused(one, typed)
    assert link(one, two)


def test_f4_nodes_that_are_not_in_the_view():
    g, [a] = view(1)
    out, too = (g.bind(node=Node.create()) for _ in range(2))
    for ends in ((a, out), (out, a), (out, too)):
        refused(*ends)


def test_f5_the_other_end():
    w = Interfaces()
    a, b, c = w.interfaces(*"abc")
    [edge] = link(a, b)
    [loop] = link(c, c)
    other = [I.get_other_connected_node(edge=edge.edge(), node=x.node()) for x in (a, b, c)]
    assert other == [b.node(), a.node(), None]
    assert I.get_other_connected_node(edge=loop.edge(), node=c.node()) == c.node()


def test_f6_order_of_insertion():
    w = Interfaces()
    a, b, c, d = w.interfaces(*"abcd")
    made = [*link(b, a), *link(a, c), shallow(d, a)]
    link(b, c)
    assert visit(a) == [x.edge() for x in made]


def test_f7_itself():
    w = Interfaces()
    [a] = w.interfaces("a")
    [loop] = link(a, a)
    assert visit(a) == [loop.edge()] * 2
    assert reached(a) == {a}


def test_f8_truth_of_shallow():
    a, b = loose(2)
    for value, expected in ((True, True), (False, False), (None, False), (1, True), (0, False), ("", False), ("q", True)):
        edge = I.build(shallow=value).create_edge(source=a, target=b)
        assert edge.get_attr(key="shallow") is expected


def test_f9_the_first_type():
    w = Interfaces()
    a, b, c = w.interface("E"), w.interface("Z"), w.interface("Z")
    ty(w.type("E"), b)
    refused(a, b)
    assert link(b, c)


def test_f10_connected_twice():
    w = Interfaces()
    a, b = w.interfaces(*"ab")
    older, newer = *link(a, b), *link(a, b)
    assert older != newer and visit(a) == [older.edge(), newer.edge()]
    assert I.is_connected_to(source=b, target=a).get_edges() == [older.edge()]


def test_f11_equal_names_in_two_type_graphs():
    w = Interfaces()
    other = w.new_type("E", w.new())
    a, b = w.interface("E"), w.new()
    ty(other, b)
    refused(a, b)


def test_f12_another_type():
    a, b = loose(2)
    edge = Edge.create(source=a, target=b, edge_type=9)
    assert I.is_instance(edge=edge) is False
    assert I.get_other_connected_node(edge=edge, node=a) == b


def test_only_true_is_shallow():
    w = Interfaces()
    (a, ax, _), (b, bx, _) = w.device("a"), w.device("b")
    edge = Edge.create(source=a.node(), target=b.node(), edge_type=85, shallow=1)
    w.g.insert_edge(edge=edge)
    assert bx in reached(ax)

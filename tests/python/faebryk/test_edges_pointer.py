"""Scenarios C: pointers."""

from edges_tools import POINTER, add, fails, loose, met, nodes, put, targets, view
from pyrus.faebryk.pointer import EdgePointer as P
from pyrus.graph import Node


def point(source, target, name=None, index=None):
    return P.point_to(bound_node=source, target_node=target.node(), identifier=name, index=index).edge()


def first(bound):
    return P.get_referenced_node_from_node(node=bound)


def named(bound, name):
    return P.get_pointed_node_by_identifier(bound_node=bound, identifier=name)


def five():
    """The pointers of C6 to C8."""
    _, n = view(6)
    for target, name, index in ((1, "b", 2), (2, "a", 1), (3, "a", 0), (4, None, None)):
        point(n[0], n[target], name, index)
    point(n[5], n[0])
    return n


def test_c1_create():
    a, b = loose(2)
    made = [P.create(from_node=a, to_node=b, **name) for name in ({}, {"identifier": "t"}, {"identifier": ""})]
    assert [edge.name() for edge in made] == [None, "t", ""]
    for edge in made:
        assert P.is_instance(edge=edge) and edge.directional()
        assert P.get_referenced_node(edge=edge) == b and P.get_index(edge=edge) == 0


def test_c2_indexes():
    a, b = loose(2)
    cases = [*((i, i) for i in (0, 1, 127, 255, 256, 300, 511, 12345, 32767)), (None, 0), (True, 1)]
    for index, expected in cases:
        edge = P.build(index=index).create_edge(source=a, target=b)
        assert P.get_index(edge=edge) == expected


def test_c3_indexes_out_of_range():
    for index in (-1, 32768, 10**9):
        fails(ValueError, "Index out of range", P.build, index=index)
    fails(OverflowError, None, P.build, index=2**63)
    fails(TypeError, None, P.build, index=1.0)
    fails(TypeError, None, P.build)


def test_c4_point_to():
    g, [a, b] = view(2)
    edge = point(a, b, "w", 513)
    assert (edge.name(), P.get_index(edge=edge)) == ("w", 513)
    ends = {"bound_node": a, "target_node": b.node()}
    fails(TypeError, None, P.point_to, **ends)
    fails(ValueError, "Index out of range", P.point_to, **ends, index=40000)
    assert g.get_edge_count() == 1


def test_c5_ends_that_are_not_in_the_view():
    g, [a] = view(1)
    outside = g.bind(node=Node.create())
    fails(ValueError, "Target node not in graph", point, a, outside)
    fails(ValueError, "Source node not in graph", point, outside, a)
    fails(TypeError, None, point, a, a, 6)


def test_c6_order_of_insertion():
    n = five()
    assert targets(met(P.visit_pointed_edges, bound_node=n[0])) == nodes(*n[1:5])


def test_c7_by_name():
    n = five()
    found = [
        targets(met(P.visit_pointed_edges_with_identifier, bound_node=n[0], identifier=name)) for name in ("a", "")
    ]
    assert found == [nodes(n[2], n[3]), []]


def test_c8_the_first():
    n = five()
    assert first(n[0]) == n[1] and first(n[1]) is None
    assert named(n[0], "a") == n[2] and named(n[0], "nn") is None


def test_c9_another_type():
    _, [a, b] = view(2)
    edge = add(a, b, "x").edge()
    assert P.is_instance(edge=edge) is False and P.get_index(edge=edge) == 0
    assert P.get_referenced_node(edge=edge) == b.node()


def test_c10_traverse():
    assert (P.traverse().identifier, P.traverse().edge_type) == ("", 78)


def test_c11_itself():
    _, [a] = view(1)
    edge = point(a, a, "s")
    assert met(P.visit_pointed_edges, bound_node=a) == [edge, edge]
    assert first(a) == a


def test_c12_wrong_arguments():
    _, [a] = view(1)
    for identifier in (None, 1):
        fails(TypeError, None, named, a, identifier)
    fails(TypeError, None, P.get_referenced_node_from_node, bound_node=a)


def test_c13_a_plain_edge():
    _, [a, b] = view(2)
    edge = put(a, b, POINTER, directional=True, name="r").edge()
    assert P.get_index(edge=edge) == 0 and named(a, "r") == b


class BadIndex:
    def __index__(self):
        raise LookupError("no index")


def test_an_exception_of_index_comes_out():
    fails(LookupError, "no index", P.build, index=BadIndex())


def test_pointers_without_direction_are_skipped():
    _, [a, b, c] = view(3)
    put(a, b, POINTER, name="q")
    assert first(a) is None and named(a, "q") is None
    point(a, c, "q")
    assert first(a) == named(a, "q") == c

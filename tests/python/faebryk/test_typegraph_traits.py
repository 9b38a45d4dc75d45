"""Traits, edges to instances, and what nodes and edges are made with."""

import pytest
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.nodebuilder import NodeCreationAttributes
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import MakeChildNode, TypeGraph
from pyrus.graph import BoundEdge, GraphView, Node
from typegraph_tools import (
    TRAIT,
    TYPE,
    World,
    eca,
    edges,
    fails,
    is_a,
    kid,
    nca,
    owner,
    parent,
    ptr,
    trait,
)


@pytest.fixture
def w():
    return World()


def give(node, trait_type):
    return Trait.add_trait_to(target=node, trait_type=trait_type)


def new(w, count):
    return [w.g.create_and_insert_node() for _ in range(count)]


def test_t77_add_trait_to(w):
    t, u = w.typ("T"), w.tg.add_type(identifier="U")
    [o] = new(w, 1)
    before = w.size
    one = give(o, t)
    assert w.size == (before[0] + 1, before[1] + 2)
    assert parent(one) is None and [edge.name() for edge in edges(o, TRAIT)] == [None]
    two = give(o, t)
    assert two != one and trait(o, t) == one and one.g() is w.g
    before = w.size
    fails(ValueError, "add_trait_to failed", give, o, u)
    assert w.size == before


def test_a_trait_has_what_its_type_says(w):
    t, part = w.types("T", "Part")
    w.child(t, part, "x")
    w.link(t, [""], ["x"], ptr("own"))
    [o] = new(w, 1)
    assert is_a(kid(give(o, t), "x"), part)


def test_t78_get_traits(w):
    t, u = w.typ("T"), w.tg.add_type(identifier="U")
    o, other = new(w, 2)
    made = give(o, t)
    assert Trait.try_get_traits(target=o, trait_types=[u, t]) == [None, made]
    assert Trait.try_get_traits(target=o, trait_types=[]) == []
    fails(TypeError, "trait_types must be a list", Trait.try_get_traits, target=o, trait_types=(u, t))
    text = "trait_types must contain BoundNode objects"
    fails(TypeError, text, Trait.try_get_traits, target=o, trait_types=[1])
    assert Trait.add_trait_instance_to(target=other, trait_instance=made) == made
    assert trait(other, t) == trait(o, t) == made and owner(made) == o


def test_t79_mark_as_trait(w):
    t = w.typ("T")
    assert Trait.mark_as_trait(trait_type=t) is None
    mark = trait(t, w.named("ImplementsTrait"))
    assert mark is not None and parent(mark) is None
    fails(ValueError, "mark_as_trait failed", Trait.mark_as_trait, trait_type=new(w, 1)[0])


def test_t80_implementers(w):
    t = w.typ("T")
    a, b = new(w, 2)
    for node in (b, a, b):
        give(node, t)
    w.make("T")
    found = []
    Trait.visit_implementers(trait_type=t, f=lambda ctx, node: found.append((ctx, node)))
    Trait.visit_implementers(trait_type=t, f=lambda ctx, node: found.append((ctx, node)), ctx=5)
    assert found == [(None, b), (None, a), (None, b), (5, b), (5, a), (5, b)]
    assert all(node.g() is w.g for _, node in found)
    calls = []

    def raising(_, node):
        calls.append(node)
        raise KeyError("mine")

    fails(KeyError, "'mine'", Trait.visit_implementers, trait_type=t, f=raising)
    assert calls == [b]
    fails(TypeError, None, Trait.visit_implementers, trait_type=t)


def test_t81_edge_trait(w):
    o, i, x = new(w, 3)
    edge = EdgeTrait.create(owner_node=o.node(), trait_instance=i.node())
    assert (edge.edge_type(), edge.directional(), edge.name()) == (34, True, None)
    assert EdgeTrait.is_instance(edge=edge) and not EdgeType.is_instance(edge=edge)
    assert EdgeTrait.get_owner_node(edge=edge).is_same(other=o.node())
    assert EdgeTrait.get_trait_instance_node(edge=edge).is_same(other=i.node())
    for node, mine, theirs in ((o, None, i), (i, o, None), (x, o, i)):
        for found, expected in (
            (EdgeTrait.get_owner_of(edge=edge, node=node.node()), mine),
            (EdgeTrait.get_trait_instance_of(edge=edge, node=node.node()), theirs),
        ):
            assert found == (expected.node() if expected else None)
    assert owner(i) is None and EdgeTrait.get_owner_edge(bound_node=i) is None
    w.g.insert_edge(edge=edge)
    assert owner(i) == o and EdgeTrait.get_owner_edge(bound_node=i).edge().is_same(other=edge)


def test_t82_visits(w):
    t, u = w.types("T", "U")
    [o] = new(w, 1)
    one, two, three = (give(o, of) for of in (t, u, t))
    found = []

    def meet(_, edge):
        found.append(edge.g().bind(node=edge.edge().target()))

    EdgeTrait.visit_trait_instance_edges(bound_node=o, f=meet)
    assert found == [one, two, three]
    del found[:]
    EdgeTrait.visit_trait_instances_of_type(owner=o, trait_type=t.node(), f=meet)
    assert found == [one, three]
    first = EdgeTrait.try_get_trait_instance_of_type
    assert first(bound_node=o, trait_type=t.node()) == one
    assert first(bound_node=one, trait_type=t.node()) is None
    fails(TypeError, None, first, bound_node=o, trait_type=t)


def test_t83_other_views(w):
    [mine] = new(w, 1)
    foreign = World().typ("A")

    def bad(text, call, **arguments):
        fails(ValueError, text, call, **arguments)

    lost = foreign.g().bind(node=mine.node())
    bad("Trait owner node not in graph", EdgeTrait.add_trait_instance, bound_node=lost, trait_instance=foreign.node())
    bad("Trait instance node not in graph", EdgeTrait.add_trait_instance, bound_node=mine, trait_instance=foreign.node())
    bad("add_trait_instance_to failed", Trait.add_trait_instance_to, target=mine, trait_instance=foreign)
    add = EdgeType.add_instance
    bad("Type node not in graph", add, bound_type_node=lost, bound_instance_node=foreign)
    bad("Instance node not in graph", add, bound_type_node=mine, bound_instance_node=foreign)
    assert w.size == (24, 49)


def test_t84_traverse_and_build():
    segment = EdgeTrait.traverse(trait_type_name="T")
    assert (segment.identifier, segment.edge_type) == ("T", 34)
    fails(TypeError, None, EdgeTrait.traverse, trait_type_name=5)
    fails(TypeError, None, EdgeTrait.traverse)
    assert (EdgeTrait.build().get_tid(), EdgeType.build().get_tid()) == (34, 0)
    a, b = Node.create(), Node.create()
    assert EdgeTrait.build().create_edge(source=a, target=b).directional() is True


def test_t85_edge_type(w):
    t = w.typ("T")
    i, j = new(w, 2)
    edge = EdgeType.create(type_node=t.node(), instance_node=i.node())
    assert (edge.edge_type(), edge.directional(), edge.name()) == (0, True, None)
    assert EdgeType.get_type_node(edge=edge) == t.node() and EdgeType.get_instance_node(edge=edge) == i.node()
    assert EdgeType.get_type_edge(bound_node=i) is None
    added = [EdgeType.add_instance(bound_type_node=t, bound_instance_node=node) for node in (i, j)]
    found = []
    EdgeType.visit_instance_edges(bound_node=t, ctx=found, f=list.append)
    assert found == added
    assert EdgeType.get_type_edge(bound_node=i) == added[0]
    second = w.typ("Second")
    EdgeType.add_instance(bound_type_node=second, bound_instance_node=i)
    assert is_a(i, t) and not is_a(i, second)
    assert EdgeType.is_instance(edge=edge) and not EdgeTrait.is_instance(edge=edge)
    assert EdgeType.get_tid() == TYPE


def test_t86_edge_attributes(w):
    a, b = (node.node() for node in new(w, 2))
    made = eca(200, True, "n", {"k": 1, "s": "x"})
    before = w.size
    edge = made.create_edge(source=a, target=b)
    assert (edge.edge_type(), edge.directional(), edge.name()) == (200, True, "n")
    assert edge.get_attr(key="k") == 1.0 and type(edge.get_attr(key="k")) is float and w.size == before
    plain = eca(7).create_edge(source=a, target=b)
    assert (plain.directional(), plain.name()) == (False, None)
    eca(9, None, None, {"more": "m"}).apply_to(edge=edge)
    assert (edge.edge_type(), edge.directional(), edge.name()) == (9, True, "n")
    eca(9, None, "other").apply_to(edge=edge)
    assert edge.name() == "n"
    assert edge.get_dynamic_attrs() == {"name": "other", "k": 1.0, "s": "x", "more": "m"}


def test_t87_insert_edge(w):
    a, b = (node.node() for node in new(w, 2))
    edge = eca(200, True).insert_edge(g=w.g, source=a, target=b)
    assert type(edge) is BoundEdge and edge.g() is w.g and edge.edge().source() == a
    foreign = Node.create()
    before = w.size
    fails(ValueError, "Edge target node not in graph", eca(1).insert_edge, g=w.g, source=a, target=foreign)
    fails(ValueError, "Edge source node not in graph", eca(1).insert_edge, g=w.g, source=foreign, target=a)
    assert w.size == before


def test_t88_bad_attributes():
    for kind in ("x", 1.5, None, [1]):
        fails(TypeError, None, eca, kind)
    fails(OverflowError, None, eca, 1 << 70)
    fails(TypeError, None, eca, 1, None, 5)
    text = "edge_attributes values must be bool, int, float, or str"
    for value in (None, b"x", 1j, [], object(), "\ud800"):
        fails(TypeError, text, eca, 1, None, None, {"k": value})
        fails(TypeError, text, nca, k=value)
    fails(TypeError, None, eca, 1, None, None, {5: 1})
    fails(TypeError, None, NodeCreationAttributes.init, dynamic={5: 1})
    fails(TypeError, None, EdgeCreationAttributes.create, edge_type=1)
    with pytest.raises((TypeError, OverflowError)):
        nca(k=10**400)


def test_t89_attributes_from_other_objects():
    class Index:
        def __index__(self):
            return 4

    class Floating:
        def __float__(self):
            return 0.5

    class Text(str):
        pass

    node = Node.create()
    nca(a=Index(), b=Floating(), c=Text("t"), d=True, e=-3).apply_to(node=node)
    found = node.get_dynamic_attrs()
    assert found == {"a": 4.0, "b": 0.5, "c": "t", "d": True, "e": -3.0}
    assert [type(value) for value in found.values()] == [float, float, str, bool, float]


def test_t90_node_attributes():
    node = Node.create()
    nca(k=1).apply_to(node=node)
    nca(k=2).apply_to(node=node)
    assert node.get_attr(key="k") == 1.0
    made = Node.create()
    MakeChildNode.build(value="txt").apply_to(node=made)
    assert made.get_dynamic_attrs() == {"value": "txt"}
    MakeChildNode.build(value=None).apply_to(node=(empty := Node.create()))
    assert empty.get_dynamic_attrs() == {}
    fails(TypeError, None, MakeChildNode.build, value=3)
    assert TypeGraph.MakeChildNode is MakeChildNode


def test_t94_a_visit_does_not_see_what_it_adds(w):
    t = w.typ("T")
    [o] = new(w, 1)
    for _ in range(3):
        give(o, t)
    calls = []

    def more(_, edge):
        calls.append(edge)
        for _ in range(9):
            give(o, t)

    EdgeTrait.visit_trait_instance_edges(bound_node=o, f=more)
    assert len(calls) == 3 and len(edges(o, TRAIT)) == 30


def test_results_are_bound_to_the_view_of_the_argument(w):
    """A trait instance is returned as it was given, bound to its own view."""
    t = w.typ("T")
    [o] = new(w, 1)
    made = give(o, t)
    g2 = GraphView.create()
    elsewhere = g2.insert_node(node=made.node())
    assert Trait.add_trait_instance_to(target=o, trait_instance=elsewhere).g() is g2

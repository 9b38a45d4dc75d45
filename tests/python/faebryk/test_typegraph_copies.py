"""Copying type graphs and nodes into other views."""

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import TypeGraph, TypeGraphInstantiationError
from pyrus.graph import GraphView, Node
from typegraph_tools import (
    TYPE,
    World,
    edges,
    fails,
    is_a,
    kid,
    kids,
    member,
    names,
    owner,
    parent,
    reference_of,
    resolved,
    told,
    trait,
)

ALWAYS = ["ImplementsTrait", "ImplementsType", "MakeChild", "MakeLink", "Reference", "TypeReference"]


@pytest.fixture
def w():
    return World()


@pytest.fixture
def g2():
    return GraphView.create()


def copy(node, g):
    """Copy a node, and return it there."""
    assert TypeGraph.copy_node_into(start_node=node, target_graph=g) is None
    return g.bind(node=node.node())


def size(g):
    return g.get_node_count(), g.get_edge_count()


def types_in(g, tg):
    return [name for name, _ in kids(g.bind(node=tg.get_self_node().node()))]


def test_t67_minimal(w, g2):
    w.typ("Unused")
    there = w.tg.copy_into(target_graph=g2, minimal=True)
    counts = [3, 4, 0, 0, 0, 0, 7]
    assert there.get_type_instance_overview() == list(zip([*ALWAYS, "is_constructable"], counts))
    assert size(g2) == (23, 49)
    w.tg.copy_into(target_graph=g2, minimal=True)
    assert size(g2) == (23, 49)
    assert there.get_self_node() == w.tg.get_self_node() and there.get_graph_view() is g2
    assert repr(there).endswith(f"g=0x{g2.get_self_node().node().get_uuid():x})")


def test_t68_full(w, g2):
    _, b = w.types("A", "B")
    w.make("A")
    there = w.tg.copy_into(target_graph=g2, minimal=False)
    assert types_in(g2, w.tg) == names(w.tg.get_self_node())
    assert dict(there.get_type_instance_overview())["B"] == 0
    made = there.instantiate(type_identifier="B")
    assert made.g() is g2 and is_a(made, b)
    assert dict(there.get_type_instance_overview())["B"] == 1
    assert dict(w.tg.get_type_instance_overview())["B"] == 0
    before = size(g2)
    w.tg.copy_into(target_graph=g2, minimal=False)
    assert size(g2) == before


def test_t69_an_instance(w, g2):
    pin, header, board = w.types("Pin", "Header", "Board")
    w.typ("Unused")
    w.child(header, pin, "p")
    w.child(board, header, "h")
    i = kid(w.make("Board"), "h")
    there = copy(i, g2)
    assert parent(there) is None and names(there) == ["p"]
    types = TypeGraph.of_instance(instance_node=there)
    assert types.get_self_node() == w.tg.get_self_node()
    assert types_in(g2, w.tg) == [*ALWAYS, "Header", "Pin", "is_constructable"]
    assert names(types.instantiate(type_identifier="Header")) == ["p"]


def test_t70_what_comes_along(w, g2):
    def new():
        return w.g.create_and_insert_node()

    node, child, above, to, by, after, before, holder, peer = (new() for _ in range(9))
    EdgeComposition.add_child(bound_node=node, child=child.node(), child_identifier="c")
    EdgeComposition.add_child(bound_node=above, child=node.node(), child_identifier="n")
    EdgePointer.point_to(bound_node=node, target_node=to.node(), index=None)
    EdgePointer.point_to(bound_node=by, target_node=node.node(), index=None)
    EdgeNext.add_next(previous_node=node, next_node=after)
    EdgeNext.add_next(previous_node=before, next_node=node)
    EdgeTrait.add_trait_instance(bound_node=holder, trait_instance=node.node())
    EdgeInterfaceConnection.connect(bn1=node, bn2=peer)
    copy(node, g2)
    assert [member(g2, one) for one in (node, child, to, after, holder)] == [True] * 5
    assert [member(g2, one) for one in (above, by, before, peer)] == [False] * 4
    assert size(g2) == (6, 4)


def test_t71_traits(w, g2):
    _, mark, has = w.types("A", "Mark", "has_source_chunk")
    a = w.make("A")
    instance = Trait.add_trait_to(target=a, trait_type=mark)
    Trait.add_trait_to(target=a, trait_type=has)
    there = copy(instance, g2)
    assert owner(there) == a
    there = g2.bind(node=a.node())
    assert trait(there, mark) == instance and trait(there, has) is None


def collision():
    """Two views of a type graph, each with a type `Amp` of its own."""
    w, g2 = World(), GraphView.create()
    there = w.tg.copy_into(target_graph=g2, minimal=True)
    mine, theirs = w.typ("Amp"), there.add_type(identifier="Amp")
    there.mark_constructable(type_node=theirs)
    return w, g2, there, mine, theirs


def test_t72_types_of_one_name():
    w, g2, _, mine, theirs = collision()
    instance = w.make("Amp")
    there = copy(instance, g2)
    assert is_a(there, theirs) and is_a(instance, mine)
    assert not member(g2, mine)


def test_t73_types_of_one_name_that_a_make_child_needs():
    w, g2, _, mine, theirs = collision()
    box = w.typ("Box")
    made = w.child(box, mine, "x")
    there = copy(w.make("Box"), g2)
    assert member(g2, mine) and parent(g2.bind(node=mine.node())) is None
    assert is_a(kid(there, "x"), theirs)
    assert resolved(g2.bind(node=reference_of(made).node())) == mine


def test_t74_types_of_one_name_in_full():
    w, g2, there, mine, theirs = collision()
    w.tg.copy_into(target_graph=g2, minimal=False)
    assert types_in(g2, w.tg).count("Amp") == 2 and member(g2, mine)
    assert there.get_type_by_name(type_identifier="Amp") == theirs


def test_t75_types_that_are_only_named(w, g2):
    a, _ = w.types("A", "Enum")
    link = w.link(a, [""], ["<<Enum"])
    there = w.tg.copy_into(target_graph=g2, minimal=True)
    copy(a, g2)
    assert there.get_type_by_name(type_identifier="Enum") is None
    error = fails(TypeGraphInstantiationError, None, there.instantiate, type_identifier="A")
    told(error, "Type node not found for enum type", "unresolved_reference", link, "Enum")


def test_t76_instances_follow_the_view_of_the_type(w, g2):
    a = w.typ("A")
    w.tg.copy_into(target_graph=g2, minimal=False)
    made = w.tg.instantiate_node(type_node=g2.bind(node=a.node()), attributes=None)
    assert made.g() is g2 and member(g2, made) and not member(w.g, made)
    other = World()
    foreign = other.typ("A")
    error = fails(TypeGraphInstantiationError, None, w.tg.instantiate_node, type_node=foreign, attributes=None)
    assert (error.node, error.node.g() is other.g) == (foreign, True)


def test_a_node_that_was_not_inserted(w, g2):
    node = w.g.bind(node=Node.create())
    copy(node, g2)
    assert member(g2, node) and not member(w.g, node)


def test_copying_into_the_same_view(w):
    w.child(w.typ("A"), w.typ("B"), "b")
    node, before = w.make("A"), w.size
    copy(node, w.g)
    w.tg.copy_into(target_graph=w.g, minimal=False)
    w.tg.copy_into(target_graph=w.g, minimal=True)
    assert w.size == before


def test_what_is_stored_comes_along(w, g2):
    """An object stored for a node lives on in the view that the node was copied to."""
    w.typ("A")
    node = w.make("A")
    node.store(data=[1])
    copy(node, g2)
    again = g2.bind(node=node.node())
    del node
    w.g.destroy()
    assert again.load(t=list) == [1]


def test_two_type_graphs(w, g2):
    """A node of one that points to a node of another brings both."""
    second = TypeGraph.create(g=w.g)
    other = second.add_type(identifier="B")
    second.mark_constructable(type_node=other)
    w.typ("A")
    a, b = w.make("A"), second.instantiate(type_identifier="B")
    EdgePointer.point_to(bound_node=a, target_node=b.node(), index=None)
    there = copy(a, g2)
    found = [TypeGraph.of_instance(instance_node=one) for one in (there, g2.bind(node=b.node()))]
    assert [one.get_self_node() for one in found] == [w.tg.get_self_node(), second.get_self_node()]
    assert len(edges(g2.bind(node=b.node()), TYPE, False)) == 1

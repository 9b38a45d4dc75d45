"""Linking, collecting, validating and merging."""

import pytest
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import Trait
from pyrus.faebryk.typegraph import TypeGraph, TypeGraphPathError
from pyrus.graph import GraphView, Node
from typegraph_tools import (
    POINTER,
    O,
    P,
    T,
    World,
    attributes,
    eca,
    edges,
    fails,
    is_a,
    kid,
    kids,
    names,
    nca,
    ptr,
    reference_of,
    resolved,
    trait,
)


@pytest.fixture
def w():
    return World()


def link(g, reference, target):
    return Linker.link_type_reference(g=g, type_reference=reference, target_type_node=target)


def update(g, reference, target):
    return Linker.update_type_reference(g=g, type_reference=reference, target_type_node=target)


def pointers(node):
    return [(edge.name(), edge.target().get_uuid()) for edge in edges(node, POINTER)]


def test_t52_the_first_link_counts(w):
    a, b = w.types("A", "B")
    reference = w.tg.add_type_reference(type_identifier="A")
    link(w.g, reference, a)
    link(w.g, reference, b)
    assert resolved(reference) == a and len(edges(reference, POINTER)) == 2


def test_t53_update(w):
    a, b, holder = w.types("A", "B", "Holder")
    reference = reference_of(w.child(holder, a, "x"))
    assert update(w.g, reference, b) is None
    assert resolved(reference) == b and len(edges(reference, POINTER)) == 1
    assert TypeGraph.get_type_reference_identifier(type_reference=reference) == "A"
    assert is_a(kid(w.make("Holder"), "x"), b)
    lone = w.tg.add_type_reference(type_identifier="A")
    update(w.g, lone, a)
    assert resolved(lone) == a


def test_an_update_keeps_the_place_among_pointers(w):
    a, b = w.types("A", "B")
    reference = w.tg.add_type_reference(type_identifier="A")
    EdgePointer.point_to(bound_node=reference, target_node=a.node(), identifier="before", index=None)
    link(w.g, reference, a)
    EdgePointer.point_to(bound_node=reference, target_node=a.node(), identifier="after", index=None)
    update(w.g, reference, b)
    assert [edge.name() for edge in edges(reference, POINTER)] == ["before", "resolved", "after"]


@pytest.mark.parametrize("call", [link, update], ids=["link", "update"])
def test_t54_views(w, call):
    a = w.typ("A")
    reference = w.tg.add_type_reference(type_identifier="A")
    other = World()
    foreign = other.typ("A")
    stranger = w.g.bind(node=Node.create())
    before = w.size, other.size
    text = "Type reference does not belong to provided GraphView"
    fails(ValueError, text, call, w.g, other.tg.add_type_reference(type_identifier="A"), foreign)
    fails(ValueError, text, call, other.g, reference, foreign)
    text = "Target type does not belong to provided GraphView"
    fails(ValueError, text, call, w.g, reference, foreign)
    fails(ValueError, "Source node not in graph", call, w.g, stranger, a)
    fails(ValueError, "Target node not in graph", call, w.g, reference, stranger)
    if call is update:
        link(w.g, reference, a)
        before = w.size, before[1]
        fails(ValueError, "Target node not in graph", call, w.g, reference, stranger)
    assert w.size == before[0]


def test_t55_unresolved(w):
    b, a = w.types("B", "A")
    first = w.later(a, "X", "1")
    second, third = w.later(b, "X", "2"), w.later(b, "X", "3")
    found = Linker.collect_unresolved_type_references(type_graph=w.tg)
    assert found == [(b, reference_of(second)), (b, reference_of(third)), (a, reference_of(first))]


def test_t56_names_given_twice(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "d")
    second, third = w.child(a, pin, "d"), w.child(a, pin, "d")
    w.child(a, pin, None)
    w.child(a, pin, None)
    text = "Field `d` is already defined"
    assert w.tg.validate_type(type_node=a) == [(second, text), (third, text), (third, text)]


def test_t57_paths(w):
    base, part, _ = w.types("B", "I", "T")
    w.child(base, part, "i")
    w.child(part, base, "leaf")
    w.child(base, part, "7")
    for good in (["i", "leaf"], [""], ["<<Gone", "x"], ["9", "x"], ["i", P], ["i", O("lhs")], [T("T")], ["7"]):
        w.link(base, good, ["i"])
    assert w.tg.validate_type(type_node=base) == []
    bad = w.link(base, ["i", "no"], ["gone"])
    more = w.link(base, ["i", T("NoT")], ["i", P, "zz"])
    assert w.tg.validate_type(type_node=base) == [
        (bad, "Field `i.no` could not be resolved"),
        (bad, "Field `gone` could not be resolved"),
        (more, "Field `i.NoT` could not be resolved"),
        (more, "Field `i..zz` could not be resolved"),
    ]


def test_t58_where_validation_is_blind(w):
    a, b, pin = w.types("A", "B", "Pin")
    w.later(a, "X", "u")
    bad = w.link(a, ["u", "u"], ["u", "w"])
    assert w.tg.validate_type(type_node=a) == [(bad, "Field `u.w` could not be resolved")]
    w.child(b, pin, "x")
    w.link(b, ["", "z"], ["x"])
    w.link(b, ["gone"], ["x"])
    assert w.tg.validate_type(type_node=b) == []


def sequence(w):
    """A type with a sequence `xs` of three members, and links that are none."""
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "xs")
    members = [w.child(a, pin, f"xs[{i}]") for i in range(3)]
    w.child(pin, pin, "leaf")
    for index, member in ((300, 2), (0, 0), (32767, 1)):
        w.link(a, ["xs"], [f"xs[{member}]"], ptr("e", index))
    w.link(a, ["xs[0]"], ["xs[1]"], ptr("e", 1))
    w.link(a, ["xs"], ["xs[1]", "leaf"], ptr("e", 1))
    w.link(a, ["xs"], ["gone"], ptr("e", 1))
    w.link(a, ["xs"], ["xs[1]"], eca(211))
    return a, members


def collect(w, type_node, *path):
    return w.tg.collect_pointer_members(type_node=type_node, container_path=list(path))


def test_t59_members(w):
    a, members = sequence(w)
    assert collect(w, a, "xs") == [(300, members[2]), (0, members[0]), (32767, members[1])]
    assert w.tg.collect_pointer_members(type_node=a, container_path=("xs[2]",)) == []


def test_t60_no_members(w):
    a, _ = sequence(w)
    cases = {
        ("no",): ("missing_child", "no", 0),
        ("xs", "no"): ("missing_child", "no", 1),
        ("xs", "7"): ("invalid_index", "7", 1),
        ("7",): ("missing_child", "7", 0),
        (): ("missing_child", "", 0),
    }
    for path, (kind, text, place) in cases.items():
        error = fails(TypeGraphPathError, "pointer sequence member not found", collect, w, a, *path)
        found = error.kind, error.failing_segment, error.failing_segment_index, error.path, error.index_value
        assert found == (kind, text, place, list(path), None)
    fails(TypeError, None, collect, w, a, 1)
    fails(TypeError, None, w.tg.collect_pointer_members, type_node=a, container_path=None)
    w.link(a, ["xs"], ["xs[0]"], ptr("e"))
    text = "Pointer sequence member missing index (edge_specific is null)"
    fails(ValueError, text, collect, w, a, "xs")


def test_t61_members_beside_a_bad_link(w):
    a, _ = sequence(w)
    w.link(a, ["", "z"], ["xs"])
    error = fails(TypeGraphPathError, None, collect, w, a, "xs")
    assert (error.kind, error.failing_segment, error.failing_segment_index) == ("missing_child", "xs", 0)


def merge(w, target, source):
    return w.tg.merge_types(target=target, source=source)


def children(w, type_node):
    return [name for name, _ in w.tg.collect_make_children(type_node=type_node)]


def test_t62_merge_children(w):
    base, derived, pin, z = w.types("Base", "Derived", "Pin", "Z")
    w.child(base, pin, "a", nca(k=1))
    w.child(base, pin, "b")
    w.later(base, "Pin", "un")
    own = w.child(derived, z, "b")
    assert merge(w, derived, base) is None
    assert children(w, derived) == ["b", "a"]
    assert resolved(reference_of(own)) == z
    a = kid(derived, "a")
    assert attributes(a) == {"child_identifier": "a", "k": 1.0} and resolved(reference_of(a)) == pin
    before = w.size
    merge(w, derived, base)
    assert w.size == before


def test_t63_merge_again(w):
    base, derived, pin = w.types("Base", "Derived", "Pin")
    for name in (None, "t", "t"):
        w.child(base, pin, name)
    merge(w, derived, base)
    assert children(w, derived) == [None, "t", "t"]
    merge(w, derived, base)
    assert children(w, derived) == [None, "t", "t", None]


def test_t64_merge_links(w):
    base, derived, pin = w.types("Base", "Derived", "Pin")
    w.child(base, pin, "a")
    w.child(base, pin, "b")
    own = w.link(derived, ["a"], ["b"], ptr("mine"))
    w.link(base, ["a"], ["b"], ptr("theirs"))
    w.link(base, ["a"], ["b"], eca(211, True, "n", {"k": 1}))
    w.link(base, ["a"], [""], ptr("self", 515))
    merge(w, derived, base)
    found = w.tg.collect_make_links(type_node=derived)
    assert [(one[1], one[2]) for one in found] == [(("a",), ("b",)), (("a",), ("b",)), (("a",), ())]
    assert found[0][0] == own and attributes(found[0][0])["name"] == "mine"
    assert attributes(found[1][0]) == {"edge_type": 211, "directional": True, "name": "n", "order": 0}
    last = attributes(found[2][0])
    assert (last["name"], last["order"], last["edge_specific"]) == ("self", 2, 3)
    before = w.size
    merge(w, derived, base)
    assert w.size == before


def test_t65_merge_sources(w):
    base, derived, pin, mark = w.types("Base", "Derived", "Pin", "Mark")
    chunk = w.g.create_and_insert_node()
    made = [w.child(base, pin, "a"), w.link(base, ["a"], [""])]
    for node in made:
        EdgePointer.point_to(bound_node=node, target_node=chunk.node(), identifier="source", index=None)
    Trait.add_trait_to(target=base, trait_type=mark)
    merge(w, derived, base)
    copies = [kid(derived, "a"), w.tg.collect_make_links(type_node=derived)[0][0]]
    for node in copies:
        assert ("source", chunk.node().get_uuid()) in pointers(node)
    assert trait(derived, mark) is None


@pytest.mark.parametrize("bad", ["source", "target"])
def test_t66_merge_with_a_bad_link(w, bad):
    base, derived, pin = w.types("Base", "Derived", "Pin")
    w.child(base, pin, "a")
    w.link(base if bad == "source" else derived, ["", "z"], ["a"])
    before = w.size
    fails(ValueError, "merge_types failed", merge, w, derived, base)
    assert w.size == before and children(w, derived) == []


def test_merging_a_child_named_source(w):
    """The pointer to its own type reference carries its name, and is no source chunk."""
    base, derived, pin = w.types("Base", "Derived", "Pin")
    w.child(base, pin, "source")
    merge(w, derived, base)
    assert len(edges(kid(derived, "source"), POINTER)) == 1


def test_merging_a_type_into_itself(w):
    base, pin = w.types("Base", "Pin")
    w.child(base, pin, "a")
    w.child(base, pin, None)
    merge(w, base, base)
    assert children(w, base) == ["a", None, None]


def test_t98_views(w):
    other = World()
    a, mine, foreign = w.typ("A"), w.typ("Mine"), other.typ("B")
    reference, far = w.ref(a, "x"), other.ref(foreign, "x")
    before = w.size, other.size
    fails(ValueError, "add_make_child failed", w.child, foreign, mine, "x")
    fails(ValueError, "add_make_child failed", w.child, a, foreign, "x")
    fails(ValueError, "add_make_child_deferred failed", w.later, foreign, "A", "x")
    fails(ValueError, "merge_types failed", merge, w, a, foreign)
    fails(ValueError, "merge_types failed", merge, w, foreign, a)
    fails(ValueError, "mark_constructable failed", w.tg.mark_constructable, type_node=foreign)
    for ends in ((a, reference, far), (a, far, reference), (foreign, reference, reference)):
        type_node, lhs, rhs = ends
        arguments = {"type_node": type_node, "lhs_reference": lhs, "rhs_reference": rhs, "edge_attributes": ptr("w")}
        fails(ValueError, "add_make_link failed", w.tg.add_make_link, **arguments)
    assert (w.size, other.size) == before
    stranger = GraphView.create().create_and_insert_node()
    fails(ValueError, None, w.child, a, stranger, "x")
    assert names(a) == [""] and [name for name, _ in kids(w.tg.get_self_node())][-2:] == ["A", "Mine"]

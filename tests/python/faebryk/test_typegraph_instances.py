"""Make-links, and instances of types: what is built, in which order, and what stands in the way."""

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait
from pyrus.faebryk.typegraph import TypeGraphInstantiationError
from typegraph_tools import (
    INTERFACE,
    POINTER,
    TRAIT,
    TYPE,
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
    owner,
    ptr,
    reference_of,
    segment,
    told,
    trait,
)


@pytest.fixture
def w():
    return World()


def ids(*nodes):
    return [node.node().get_uuid() for node in nodes]


def tree(node):
    """A tree as text: names, attributes and types."""
    lines = []
    pending = [("", node)]
    while pending:
        name, node = pending.pop()
        lines.append((name, attributes(node), [e.source().get_uuid() for e in edges(node, TYPE, False)]))
        pending += kids(node)
    return lines


def test_t28_make_link(w):
    a = w.typ("A")
    lhs, rhs = w.ref(a, "x"), w.ref(a, "y")
    before = w.size
    link = w.tg.add_make_link(type_node=a, lhs_reference=lhs, rhs_reference=rhs, edge_attributes=ptr("wire", 515))
    assert w.size == (before[0] + 1, before[1] + 4)
    found = attributes(link)
    assert found == {"edge_type": 78, "directional": True, "name": "wire", "order": 2, "edge_specific": 3}
    assert list(found) == ["edge_type", "directional", "name", "order", "edge_specific"]
    assert (kid(link, "lhs"), kid(link, "rhs")) == (lhs, rhs)
    assert kids(a)[-1] == ("", link) and is_a(link, w.named("MakeLink"))
    assert w.tg.collect_make_links(type_node=a) == [(link, ("x",), ("y",))]


def test_t29_attributes_of_make_links(w):
    found = attributes(w.link(w.typ("A"), ["x"], ["y"], eca(211, None, None, {"w": 2})))
    assert found == {"edge_type": 211, "order": 0, "w": 2.0} and list(found) == ["edge_type", "order", "w"]


def test_t30_collect_make_links(w):
    a = w.typ("A")
    one, two = w.link(a, ["q", "r"], [""]), w.link(a, [T("T"), P], ["s"])
    assert w.tg.collect_make_links(type_node=a) == [(one, ("q", "r"), ()), (two, ("T", ""), ("s",))]
    w.link(a, ["", "z"], ["s"])
    message = "MakeLink node has an invalid reference chain"
    fails(ValueError, message, w.tg.collect_make_links, type_node=a)


def test_t31_a_link_without_ends(w):
    a = w.typ("A")
    link = w.bare("MakeLink", a)
    assert w.tg.collect_make_links(type_node=a) == []
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    told(error, "Missing operand reference in MakeLink", "missing_operand_reference", link, "")


def test_t32_instantiate(w):
    pin, header = w.types("Pin", "Header")
    for name in ("b", "a", None):
        w.child(header, pin, name)
    root = w.make("Header")
    assert names(root) == ["b", "a", ""]
    made = [node for _, node in kids(root)]
    assert is_a(root, header) and all(is_a(node, pin) for node in made)
    first = root.node().get_uuid()
    assert ids(root, *made) == [first, first + 1, first + 2, first + 3]
    assert all(attributes(node) == {} for node in (root, *made)) and root.g() is w.g


def test_t33_order_of_ids(w):
    pin, header, board = w.types("Pin", "Header", "Board")
    w.child(header, pin, "p")
    w.child(board, header, "h1")
    w.child(board, header, "h2")
    root = w.make("Board")
    h1, h2 = kid(root, "h1"), kid(root, "h2")
    first = root.node().get_uuid()
    assert ids(h1, kid(h1, "p"), h2, kid(h2, "p")) == [first + 1, first + 2, first + 3, first + 4]


def test_t34_attributes(w):
    pin, header = w.types("Pin", "Header")
    w.child(header, pin, "p", nca(k=7, s="q"))
    root = w.tg.instantiate_node(type_node=header, attributes={"top": 1, "flag": False})
    assert attributes(root) == {"top": 1.0, "flag": False} and attributes(kid(root, "p")) == {"k": 7.0, "s": "q"}
    assert attributes(w.tg.instantiate(type_identifier="Header", attributes={"top": 1})) == {}
    assert attributes(w.tg.instantiate_node(type_node=header, attributes=None)) == {}
    fails(TypeError, None, w.tg.instantiate_node, type_node=header)
    # Nothing of one instance shows in another.
    one, two = kid(root, "p"), kid(w.make("Header"), "p")
    nca(more=1).apply_to(node=one.node())
    assert "more" in attributes(one) and "more" not in attributes(two)


def two_pins(w):
    pin, header = w.types("Pin", "Header")
    w.child(header, pin, "a")
    w.child(header, pin, "b")
    return header


def test_t35_links(w):
    w.link(two_pins(w), ["a"], ["b"], ptr("w", 515))
    root = w.make("Header")
    a, b = kid(root, "a"), kid(root, "b")
    [edge] = edges(a, POINTER)
    assert edge.target().is_same(other=b.node()) and edge.directional() and edge.name() == "w"
    assert EdgePointer.get_index(edge=edge) == 515
    found = [edge.get_attr(key=key) for key in ("name", "edge_type", "directional", "order", "edge_specific")]
    assert found == ["w", 78, True, 2, 3]
    assert list(edge.get_dynamic_attrs()) == ["name", "edge_type", "directional", "order", "edge_specific"]


def test_t36_undirected_links(w):
    w.link(two_pins(w), ["a"], ["b"], eca(211, None, None, {"w": 2}))
    root = w.make("Header")
    [edge] = edges(kid(root, "a"), 211, None)
    assert not edge.directional() and edge.name() is None
    found = [edge.get_attr(key=key) for key in ("w", "edge_type", "order", "directional")]
    assert found == [2.0, 211, 0, None]


def test_t37_order_of_edges(w):
    header = two_pins(w)
    w.link(header, ["a"], ["b"], ptr("1"))
    w.link(header, ["a"], ["b"], ptr("2"))
    w.child(header, w.named("Pin"), "c")
    w.link(header, ["a"], ["c"], ptr("3"))
    root = w.make("Header")
    assert [edge.name() for edge in edges(kid(root, "a"), POINTER)] == ["1", "2", "3"]
    assert names(root) == ["a", "b", "c"]


def test_t38_a_link_to_itself(w):
    a = w.typ("A")
    reference = w.ref(a, "")
    w.tg.add_make_link(type_node=a, lhs_reference=reference, rhs_reference=reference, edge_attributes=ptr("w"))
    before = w.g.get_edge_count()
    root = w.make("A")
    assert w.g.get_edge_count() == before + 2
    found = edges(root, POINTER)
    assert len(found) == 2 and found[0].is_same(other=found[1])


NOT_CONSTRUCTABLE = "Type is not constructable (not fully linked/merged)"


def test_t39_not_constructable(w):
    nope, header = w.tg.add_type(identifier="Nope"), w.typ("Header")
    w.child(header, nope, "x")
    before = w.size
    error = fails(TypeGraphInstantiationError, None, w.make, "Nope")
    told(error, NOT_CONSTRUCTABLE, "other", nope, "Nope")
    assert w.size == before
    told(fails(TypeGraphInstantiationError, None, w.make, "Header"), NOT_CONSTRUCTABLE, "other", nope, "Nope")


def test_t40_no_such_type(w):
    error = fails(TypeGraphInstantiationError, None, w.make, "Ghost")
    told(error, "Type not found", "invalid_argument", w.tg.get_self_node(), "")
    assert isinstance(error, ValueError) and error.node.g() is w.g


def test_t41_not_linked(w):
    header, board = w.types("Header", "Board")
    w.child(board, header, "h")
    made = w.later(header, "Pin", "u")
    error = fails(TypeGraphInstantiationError, None, w.make, "Board")
    told(error, "Unresolved type reference (linking required)", "unresolved_type_reference", made, "")


@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
@pytest.mark.parametrize(
    "path, message, identifier",
    [
        (["<<No"], "Type node not found for enum type", "No"),
        (["no"], "Child not found", "no"),
        (["a", "no"], "Child not found", "no"),
        ([T("No")], "trait type not found in TypeGraph", "No"),
        ([T("Pin")], "trait not found on", "Pin"),
        (["a", P], "pointer dereference failed from node", ""),
        ([{"kind": 193, "name": "lhs"}], "operand not found on node", "lhs"),
        ([{"kind": 41, "name": "n"}], "Unknown edge type", "n"),
    ],
)
def test_t42_bad_paths(w, side, path, message, identifier):
    header = two_pins(w)
    path = [segment(one["name"], one["kind"]) if isinstance(one, dict) else one for one in path]
    ends = [["a"], ["a"]]
    ends[side] = path
    link = w.link(header, *ends)
    error = fails(TypeGraphInstantiationError, None, w.make, "Header")
    told(error, message, "unresolved_reference", link, identifier)


def test_t43_links_to_types(w):
    a = w.typ("A")
    pin = w.typ("Pin")
    w.link(a, [""], ["<<Pin"])
    root = w.make("A")
    assert EdgePointer.get_referenced_node_from_node(node=root) == pin


def test_t44_links_that_are_traits(w):
    a, marker = w.types("A", "Marker")
    w.child(a, marker, "mk")
    w.link(a, [""], ["mk"], EdgeTrait.build())
    root = w.make("A")
    assert trait(root, marker) == kid(root, "mk") and owner(kid(root, "mk")) == root


def with_chunk(w):
    """A type `A` whose child `x` came from a chunk."""
    a, pin = w.types("A", "Pin")
    chunk = w.g.create_and_insert_node()
    made = w.child(a, pin, "x")
    EdgePointer.point_to(bound_node=made, target_node=chunk.node(), identifier="source", index=None)
    return a, chunk


def test_t45_source_chunks(w):
    with_chunk(w)
    assert edges(kid(w.make("A"), "x"), TRAIT) == []
    chunk = edges(kid(w.named("A"), "x"), POINTER)[-1].target()
    has = w.typ("has_source_chunk")
    w.child(has, w.named("Pin"), "source_ptr")
    x = kid(w.make("A"), "x")
    [edge] = edges(x, TRAIT)
    assert edge.name() == "has_source_chunk"
    found = kid(trait(x, has), "source_ptr")
    pointed = EdgePointer.get_pointed_node_by_identifier(bound_node=found, identifier="source")
    assert pointed.node().is_same(other=chunk)


def test_t46_a_chunk_type_that_cannot_be_made(w):
    a, _ = with_chunk(w)
    w.tg.add_type(identifier="has_source_chunk")
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    told(error, "MakeChild instantiation failed", "other", a, "")
    outer = w.typ("Outer")
    w.child(outer, a, "a")
    told(fails(TypeGraphInstantiationError, None, w.make, "Outer"), "MakeChild instantiation failed", "other", a, "")


def test_t47_a_child_named_source(w):
    a, pin, _ = w.types("A", "Pin", "has_source_chunk")
    w.child(a, pin, "source")
    assert edges(kid(w.make("A"), "source"), TRAIT) == []


def test_t92_explicit_names_win(w):
    a, pin = w.types("A", "Pin")
    made = w.child(a, pin, "right", nca(child_identifier="wrong", k=1))
    assert made.node().get_attr(key="child_identifier") == "right"
    root = w.make("A")
    assert names(root) == ["right"] and attributes(kid(root, "right")) == {"k": 1.0}
    # Without a name of its own, the attribute is the name.
    b = w.typ("B")
    w.child(b, pin, None, nca(child_identifier="given"))
    assert names(w.make("B")) == ["given"] and w.tg.collect_make_children(type_node=b)[0][0] == "given"


def test_t93_after_a_failure(w):
    header = w.typ("Header")
    w.later(header, "Pin", "u")
    fails(TypeGraphInstantiationError, None, w.make, "Header")
    # What was built may stay.
    assert dict(w.tg.get_type_instance_overview())["Header"] in (0, 1)


def test_t95_connections(w):
    w.link(two_pins(w), ["a"], ["b"], EdgeInterfaceConnection.build(shallow=True))
    root = w.make("Header")
    [edge] = edges(kid(root, "a"), INTERFACE, None)
    assert not edge.directional() and edge.get_attr(key="shallow") is True


def test_t96_depth(w):
    inner = w.typ("0")
    for depth in range(1, 1501):
        outer = w.typ(str(depth))
        w.child(outer, inner, "x")
        inner = outer
    node, levels = w.make("1500"), 0
    while (child := kid(node, "x")) is not None:
        node, levels = child, levels + 1
    assert levels == 1500


def test_t97_children_after_the_mark(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "late")
    assert names(w.make("A")) == ["late"]


def test_links_see_all_children_and_earlier_links(w):
    pin, header, board = w.types("Pin", "Header", "Board")
    w.child(header, pin, "p")
    w.child(board, header, "h1")
    w.child(board, header, "h2")
    w.link(header, [""], ["p"], ptr("inner"))
    w.link(board, ["h1", P], ["h2", "p"], ptr("across"))
    w.link(board, [""], ["h1"], ptr("first"))
    w.link(board, [P, "p"], ["h2"], ptr("second"))
    w.link(board, ["", "h1"], ["h2"], ptr("third"))
    root = w.make("Board")
    h1, h2 = kid(root, "h1"), kid(root, "h2")
    found = {edge.name(): (edge.source(), edge.target()) for edge in edges(kid(h1, "p"), POINTER)}
    assert found["across"][1].is_same(other=kid(h2, "p").node()) and found["second"][1].is_same(other=h2.node())
    assert [edge.name() for edge in edges(h1, POINTER)] == ["inner", "third"]


def test_self_after_a_link_that_makes_a_child(w):
    """`""` is the anonymous child once a link has made one."""
    header = two_pins(w)
    w.link(header, [""], ["b"], EdgeComposition.build(child_identifier=""))
    w.link(header, [""], ["a"], ptr("w"))
    root = w.make("Header")
    assert names(root) == ["a", "b", ""] and edges(root, POINTER) == []
    assert [edge.name() for edge in edges(kid(root, "b"), POINTER)] == ["w"]


def test_relinking_changes_later_instances(w):
    a, b, c = w.types("A", "B", "C")
    reference = reference_of(w.child(a, b, "x"))
    assert is_a(kid(w.make("A"), "x"), b)
    Linker.update_type_reference(g=w.g, type_reference=reference, target_type_node=c)
    assert is_a(kid(w.make("A"), "x"), c)


def test_equal_instances_of_many(w):
    pin, header = w.types("Pin", "Header")
    for i in range(20):
        w.child(header, pin, f"p{i}", nca(number=i))
    first = tree(w.make("Header"))
    assert all(tree(w.make("Header")) == first for _ in range(20))
    assert dict(w.tg.get_type_instance_overview())["Pin"] == 21 * 20

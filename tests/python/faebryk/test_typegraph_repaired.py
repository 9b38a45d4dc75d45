"""What crashed or lied in the library that this one replaces."""

import copy
import pickle

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.nodebuilder import NodeCreationAttributes
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import (
    MakeChildNode,
    TypeGraph,
    TypeGraphInstantiationError,
    TypeGraphPathError,
    TypeGraphResolveError,
)
from pyrus.graph import BoundEdge, GraphDestroyedError, GraphView, Node
from typegraph_tools import (
    COMPOSITION,
    NEXT,
    POINTER,
    P,
    T,
    World,
    attributes,
    eca,
    edges,
    fails,
    kid,
    kids,
    member,
    names,
    nca,
    parent,
    ptr,
    put,
    reference_of,
    resolved,
    segment,
    told,
)


@pytest.fixture
def w():
    return World()


def plain(w):
    return w.g.create_and_insert_node()


# What crashed.


def test_t101_a_type_under_a_plain_node(w):
    before = w.size[1]
    fails(ValueError, None, TypeGraph.of(node=plain(w)).add_type, identifier="x")
    assert w.size[1] == before


def test_t102_a_reference_of_a_plain_node(w):
    types = TypeGraph.of(node=plain(w))
    before = w.size
    fails(ValueError, None, types.ensure_child_reference, type_node=plain(w), path=["a"])
    assert w.size == (before[0] + 1, before[1])


def test_false_type_graphs(w):
    """What needs a type that is missing is refused; what only looks finds nothing."""
    node, a = plain(w), w.typ("A")
    types = TypeGraph.of(node=node)
    before = w.size
    reference = a
    refused = [
        (types.get_or_create_type, {"type_identifier": "x"}),
        (types.mark_constructable, {"type_node": a}),
        (types.add_make_child, {"type_node": a, "child_type": a, "identifier": "x"}),
        (types.add_make_child_deferred, {"type_node": a, "child_type_identifier": "x", "identifier": "x"}),
        (types.add_type_reference, {"type_identifier": "x"}),
        (types.debug_add_reference, {"type_node": a, "path": ["x"]}),
        (
            types.add_make_link,
            {"type_node": a, "lhs_reference": reference, "rhs_reference": reference, "edge_attributes": ptr("w")},
        ),
        (types.copy_into, {"target_graph": GraphView.create(), "minimal": True}),
    ]
    for call, arguments in refused:
        fails(ValueError, None, call, **arguments)
    assert w.size == before
    assert types.get_type_by_name(type_identifier="x") is None
    assert types.is_constructable(type_node=a) is False
    assert types.collect_make_children(type_node=a) == types.collect_make_links(type_node=a) == []
    assert types.validate_type(type_node=a) == types.get_type_instance_overview() == []
    assert Linker.collect_unresolved_type_references(type_graph=types) == []
    told(
        fails(TypeGraphInstantiationError, None, types.instantiate, type_identifier="A"),
        "Type not found",
        "invalid_argument",
        node,
        "",
    )


def test_t103_the_type_reference_of_a_plain_node(w):
    fails(ValueError, None, TypeGraph.get_make_child_type_reference, make_child=plain(w))


def test_t104_the_anonymous_child_of_every_type(w):
    find = w.tg.get_make_child_type_reference_by_identifier
    a = w.typ("A")
    assert find(type_node=a, identifier="") is None
    made = w.child(a, a, "")
    assert find(type_node=a, identifier="") == reference_of(made)


def test_t105_a_path_of_anonymous_children(w):
    assert w.tg.resolve_child_path(start_type=w.typ("A"), path=[""]) is None


def test_t106_members_of_an_anonymous_child(w):
    collect = w.tg.collect_pointer_members
    error = fails(TypeGraphPathError, None, collect, type_node=w.typ("A"), container_path=[""])
    assert error.kind == "missing_child"


def test_t107_a_path_through_another_child(w):
    a, k = w.typ("A"), plain(w)
    EdgeComposition.add_child(bound_node=a, child=k.node(), child_identifier="k")
    link = w.link(a, ["k"], ["k"])
    assert w.tg.validate_type(type_node=a) == [(link, "Field `k` could not be resolved")] * 2


def test_t108_a_trait_of_a_plain_node(w):
    before = w.size
    fails(ValueError, "add_trait_to failed", Trait.add_trait_to, target=w.g.get_self_node(), trait_type=w.g.get_self_node())
    fails(ValueError, "add_trait_to failed", Trait.add_trait_to, target=w.g.get_self_node(), trait_type=World().typ("A"))
    assert w.size == before


def test_t109_a_trait_that_is_a_make_child(w):
    made = w.child(w.typ("A"), w.typ("B"), "b")
    fails(ValueError, "mark_as_trait failed", Trait.mark_as_trait, trait_type=made)


def test_t110_a_type_in_itself(w):
    a = w.typ("A")
    made = w.child(a, a, "a")
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    assert (error.kind, error.node, error.identifier) == ("other", made, "A")


def test_t111_a_type_in_itself_by_another(w):
    a, b = w.types("A", "B")
    w.child(a, b, "b")
    made = w.child(b, a, "a")
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    assert (error.kind, error.node, error.identifier) == ("other", made, "A")


def test_t112_a_long_chain(w):
    node = plain(w)
    assert w.resolve(node, reference=w.ref(node, *[""] * 20_000)) == node


def test_t113_a_chain_without_end(w):
    node = plain(w)
    reference = w.ref(node, "", "", "")
    last = reference
    while after := edges(last, NEXT):
        last = w.g.bind(node=after[0].target())
    EdgeNext.add_next(previous_node=last, next_node=reference)
    error = fails(TypeGraphResolveError, None, w.resolve, node, reference=reference)
    assert (error.kind, error.node, error.identifier) == ("cyclic_reference", reference, "")
    fails(ValueError, "reference does not contain any identifiers", w.path, reference)
    a = w.typ("A")
    link = w.tg.add_make_link(type_node=a, lhs_reference=reference, rhs_reference=reference, edge_attributes=ptr("w"))
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    assert (error.kind, error.node) == ("unresolved_reference", link)
    fails(ValueError, None, w.tg.collect_make_links, type_node=a)


SEVEN = {f"k{i}": i for i in range(7)}
FLOATS = {key: float(value) for key, value in SEVEN.items()}


def test_t114_many_attributes():
    node = Node.create()
    NodeCreationAttributes.init(dynamic=SEVEN).apply_to(node=node)
    assert node.get_dynamic_attrs() == FLOATS


def test_t115_many_attributes_of_an_instance(w):
    assert attributes(w.tg.instantiate_node(type_node=w.typ("A"), attributes=SEVEN)) == FLOATS


def test_t116_many_attributes_of_a_make_child(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "p", nca(**SEVEN))
    assert attributes(kid(w.make("A"), "p")) == FLOATS


def test_t117_t118_many_attributes_of_a_link(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "p")
    w.link(a, [""], ["p"], eca(200, True, "n", SEVEN))
    [edge] = edges(w.make("A"), 200)
    found = edge.get_dynamic_attrs()
    assert found == {"name": "n", "edge_type": 200, "directional": True, "order": 0, **FLOATS}


def test_t119_more_attributes_on_a_node():
    node = Node.create(**{f"a{i}": i for i in range(6)})
    nca(more=1).apply_to(node=node)
    assert len(node.get_dynamic_attrs()) == 7


def test_t120_the_inserted_edge(w):
    a = plain(w).node()
    edge = eca(5).insert_edge(g=w.g, source=a, target=a)
    assert type(edge) is BoundEdge and edge.edge().edge_type() == 5 and edge.g() is w.g


def relinked(w):
    """A type reference linked to `A`, then to `B`."""
    a, b = w.types("A", "B")
    reference = reference_of(w.child(w.typ("Holder"), a, "x"))
    Linker.update_type_reference(g=w.g, type_reference=reference, target_type_node=b)
    return a, b, reference


def test_t121_a_subgraph_after_an_update(w):
    _, b, reference = relinked(w)
    part = w.g.get_subgraph_from_nodes(nodes=w.g.get_nodes())
    [edge] = edges(part.bind(node=reference.node()), POINTER)
    assert edge.name() == "resolved" and edge.target() == b.node()


def brought(node):
    """Copy a node into an empty view."""
    g = GraphView.create()
    TypeGraph.copy_node_into(start_node=node, target_graph=g)
    return g


def test_t122_copy_a_type_reference(w):
    a, pin = w.types("A", "Pin")
    made = w.child(a, pin, "p")
    g = brought(reference_of(made))
    found = [member(g, node) for node in (reference_of(made), w.named("TypeReference"), w.tg.get_self_node(), pin, made)]
    assert found == [True, True, True, True, False]


def test_t123_copy_what_points_to_a_type_reference(w):
    a, pin = w.types("A", "Pin")
    made, node = w.child(a, pin, "p"), plain(w)
    EdgePointer.point_to(bound_node=node, target_node=reference_of(made).node(), index=None)
    g = brought(node)
    assert member(g, reference_of(made)) and member(g, pin) and not member(g, made)


def test_t124_copy_an_instance_of_a_type_without_parent(w):
    of, node = plain(w), plain(w)
    EdgeType.add_instance(bound_type_node=of, bound_instance_node=node)
    g = brought(node)
    assert (g.get_node_count(), g.get_edge_count()) == (3, 1) and member(g, of)


@pytest.mark.parametrize("kind", [POINTER, NEXT], ids=["t125", "t126"])
def test_copy_with_undirected_edges(w, kind):
    node, other = plain(w), plain(w)
    put(node, other, kind)
    for start in (node, other):
        assert brought(start).get_node_count() == 2


def test_t127_t128_a_bare_make_child(w):
    a = w.typ("A")
    bare = w.bare("MakeChild", a)
    fails(ValueError, None, Linker.collect_unresolved_type_references, type_graph=w.tg)
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    assert (error.kind, error.node) == ("unresolved_type_reference", bare)


def test_t129_new_without_factory():
    for one in (TypeGraph, NodeCreationAttributes, EdgeCreationAttributes):
        fails(TypeError, None, one.__new__, one)


def destroyed_calls(w):
    """Everything that reads or writes the view of a type graph."""
    a, pin = w.types("A", "Pin")
    made = w.child(a, pin, "p")
    reference = w.ref(a, "p")
    tg, node = w.tg, w.g.get_self_node()
    ends = {"lhs_reference": reference, "rhs_reference": reference, "edge_attributes": ptr("w")}
    links = {"g": w.g, "type_reference": reference, "target_type_node": a}
    visits = {"f": lambda *_: None}
    return [
        (TypeGraph.create, {"g": w.g}),
        (TypeGraph.of_type, {"type_node": a}),
        (TypeGraph.of_instance, {"instance_node": a}),
        (tg.add_type, {"identifier": "x"}),
        (tg.get_or_create_type, {"type_identifier": "x"}),
        (tg.get_type_by_name, {"type_identifier": "x"}),
        (tg.mark_constructable, {"type_node": a}),
        (tg.is_constructable, {"type_node": a}),
        (tg.add_make_child, {"type_node": a, "child_type": pin, "identifier": "x"}),
        (tg.add_make_child_deferred, {"type_node": a, "child_type_identifier": "x", "identifier": "x"}),
        (tg.add_type_reference, {"type_identifier": "x"}),
        (TypeGraph.get_make_child_type_reference, {"make_child": made}),
        (tg.get_make_child_type_reference_by_identifier, {"type_node": a, "identifier": "x"}),
        (tg.resolve_child_path, {"start_type": a, "path": ["p"]}),
        (tg.resolve_child_path, {"start_type": a, "path": []}),
        (tg.ensure_child_reference, {"type_node": a, "path": ["x"]}),
        (tg.debug_add_reference, {"type_node": a, "path": ["x"]}),
        (tg.get_reference_path, {"reference": reference}),
        (tg.add_make_link, {"type_node": a, **ends}),
        (tg.collect_make_children, {"type_node": a}),
        (tg.collect_make_links, {"type_node": a}),
        (tg.collect_pointer_members, {"type_node": a, "container_path": ["p"]}),
        (tg.validate_type, {"type_node": a}),
        (tg.merge_types, {"target": a, "source": pin}),
        (tg.instantiate, {"type_identifier": "A"}),
        (tg.instantiate_node, {"type_node": a, "attributes": None}),
        (tg.reference_resolve, {"reference_node": reference, "base_node": a}),
        (tg.get_type_instance_overview, {}),
        (tg.copy_into, {"target_graph": GraphView.create(), "minimal": False}),
        (tg.copy_into, {"target_graph": GraphView.create(), "minimal": True}),
        (TypeGraph.copy_node_into, {"start_node": a, "target_graph": GraphView.create()}),
        (Linker.link_type_reference, links),
        (Linker.update_type_reference, links),
        (Linker.get_resolved_type, {"type_reference": reference}),
        (Linker.collect_unresolved_type_references, {"type_graph": tg}),
        (Trait.add_trait_to, {"target": node, "trait_type": a}),
        (Trait.add_trait_instance_to, {"target": node, "trait_instance": a}),
        (Trait.mark_as_trait, {"trait_type": a}),
        (Trait.try_get_trait, {"target": node, "trait_type": a}),
        (Trait.try_get_traits, {"target": node, "trait_types": []}),
        (Trait.visit_implementers, {"trait_type": a, **visits}),
        (EdgeTrait.visit_trait_instance_edges, {"bound_node": a, **visits}),
        (EdgeTrait.visit_trait_instances_of_type, {"owner": a, "trait_type": a.node(), **visits}),
        (EdgeTrait.try_get_trait_instance_of_type, {"bound_node": a, "trait_type": a.node()}),
        (EdgeTrait.get_owner_edge, {"bound_node": a}),
        (EdgeTrait.get_owner_node_of, {"bound_node": a}),
        (EdgeTrait.add_trait_instance, {"bound_node": a, "trait_instance": a.node()}),
        (EdgeType.get_type_edge, {"bound_node": a}),
        (EdgeType.add_instance, {"bound_type_node": a, "bound_instance_node": a}),
        (EdgeType.is_node_instance_of, {"bound_node": a, "node_type": a.node()}),
        (EdgeType.visit_instance_edges, {"bound_node": a, **visits}),
        (eca(1).insert_edge, {"g": w.g, "source": a.node(), "target": a.node()}),
    ]


def test_t130_after_destroy(w):
    calls = destroyed_calls(w)
    shown = repr(w.tg)
    w.g.destroy()
    for call, arguments in calls:
        fails(GraphDestroyedError, None, call, **arguments)
    # What does not need the contents goes on.
    assert repr(w.tg) == shown and w.tg.get_graph_view() is w.g
    again = TypeGraph.of(node=w.tg.get_self_node())
    assert again.get_self_node() == w.tg.get_self_node()


def test_destroyed_from_inside_a_visit(w):
    t = w.typ("T")
    node = plain(w)
    for _ in range(3):
        Trait.add_trait_to(target=node, trait_type=t)
    calls = []

    def end(_, seen):
        calls.append(seen)
        w.g.destroy()

    fails(GraphDestroyedError, None, Trait.visit_implementers, trait_type=t, f=end)
    assert len(calls) == 1


def test_t131_source_chunks_in_source_chunks(w):
    has, pin = w.types("has_source_chunk", "Pin")
    made = w.child(has, pin, "source_ptr")
    EdgePointer.point_to(bound_node=made, target_node=plain(w).node(), identifier="source", index=None)
    error = fails(TypeGraphInstantiationError, None, w.make, "has_source_chunk")
    assert (error.kind, error.node, error.identifier) == ("other", made, "has_source_chunk")


def test_t132_an_attribute_that_is_a_type_name_elsewhere(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "p", nca(type_identifier="Pin"))
    node = kid(w.make("A"), "p")
    g = brought(node)
    assert parent(g.bind(node=node.node())) is None and member(g, pin)


# What lied.


def test_t133_names_of_plain_nodes(w):
    fails(ValueError, None, TypeGraph.get_type_name, type_node=plain(w))
    fails(ValueError, None, TypeGraph.get_type_reference_identifier, type_reference=plain(w))


def test_t134_what_is_no_reference(w):
    w.typ("A")
    instance = w.make("A")
    for node in (plain(w), instance):
        fails(ValueError, "reference does not contain any identifiers", w.path, node)
    error = fails(TypeGraphResolveError, None, w.resolve, instance, reference=instance)
    assert (error.kind, error.node) == ("typegraph_not_found", instance)


def test_t135_a_name_that_is_a_number(w):
    node = w.g.insert_node(node=Node.create(type_identifier=5))
    fails(ValueError, None, TypeGraph.get_type_name, type_node=node)


@pytest.mark.parametrize("kind", [300, -1, 256])
def test_t136_t137_kinds_out_of_range(w, kind):
    fails(ValueError, None, eca, kind)
    before = w.size
    fails(ValueError, None, w.ref, w.tg.get_self_node(), segment("x", kind))
    fails(TypeError, None, w.ref, w.tg.get_self_node(), segment("x", "q"))
    assert w.size == before


def test_t138_embedded_nuls(w):
    w.typ("a\0c")
    node = w.tg.add_type(identifier="a\0b")
    assert TypeGraph.get_type_name(type_node=node) == "a\0b" and w.named("a\0b") == node and w.named("a") is None
    made = Node.create()
    NodeCreationAttributes.init(dynamic={"n\0m": "1\0002"}).apply_to(node=made)
    assert made.get_dynamic_attrs() == {"n\0m": "1\0002"}
    assert w.path(w.ref(node, "x\0y")) == ("x\0y",)


CLASSES = [TypeGraph, Linker, EdgeType, EdgeTrait, Trait, MakeChildNode, NodeCreationAttributes, EdgeCreationAttributes]


@pytest.mark.parametrize("one", CLASSES)
def test_t139_calling_a_class(one):
    error = fails(TypeError, None, one)
    factories = {
        TypeGraph: "TypeGraph.create()",
        NodeCreationAttributes: "NodeCreationAttributes.init()",
        EdgeCreationAttributes: "EdgeCreationAttributes.create()",
    }
    assert factories.get(one, one.__name__) in str(error)


def test_t140_defaults():
    for made in (NodeCreationAttributes.init(), MakeChildNode.build()):
        node = Node.create()
        made.apply_to(node=node)
        assert node.get_dynamic_attrs() == {}


class Untrue:
    def __bool__(self):
        raise ArithmeticError("mine")


def test_t141_truth_that_raises(w):
    fails(ArithmeticError, "mine", eca, 1, Untrue())
    fails(ArithmeticError, "mine", w.tg.copy_into, target_graph=w.g, minimal=Untrue())


def test_t142_what_is_no_dict(w):
    for bad in (5, [("a", 1)], type.__dict__["__dict__"].__get__(int)):
        fails(TypeError, None, NodeCreationAttributes.init, dynamic=bad)
        fails(TypeError, None, eca, 1, None, None, bad)
        fails(TypeError, None, w.tg.instantiate_node, type_node=w.tg.get_self_node(), attributes=bad)


def test_t143_names_outlive_their_view(w):
    w.typ("Long name of a type")
    g = GraphView.create()
    there = w.tg.copy_into(target_graph=g, minimal=False)
    w.g.destroy()
    for _ in range(20):
        World()
    assert there.get_type_instance_overview()[-1] == ("Long name of a type", 0)
    assert there.instantiate(type_identifier="Long name of a type").g() is g


def test_t144_update_to_a_stranger(w):
    a = w.typ("A")
    reference = w.tg.add_type_reference(type_identifier="A")
    Linker.link_type_reference(g=w.g, type_reference=reference, target_type_node=a)
    stranger = w.g.bind(node=Node.create())
    call = Linker.update_type_reference
    fails(ValueError, "Target node not in graph", call, g=w.g, type_reference=reference, target_type_node=stranger)
    assert resolved(reference) == a


def test_t145_lists_after_an_update(w):
    a, b, _ = relinked(w)
    assert [len(edges(node, POINTER, None)) for node in (a, b)] == [0, 1]


def test_t146_a_refused_edge_does_not_count(w):
    before = w.size
    fails(ValueError, None, eca(1).insert_edge, g=w.g, source=w.g.get_self_node().node(), target=Node.create())
    assert w.size == before


def test_t147_a_refused_make_child_leaves_nothing(w):
    a = w.typ("A")
    foreign = World().typ("B")
    before = w.size, kids(a)
    fails(ValueError, "add_make_child failed", w.child, a, foreign, "x")
    assert (w.size, kids(a)) == before


def test_t148_an_undirected_pointer_leads_nowhere(w):
    node, other = plain(w), plain(w)
    put(node, other, POINTER)
    for start in (node, other):
        error = fails(TypeGraphResolveError, None, w.resolve, start, P)
        assert error.kind == "pointer_dereference_failed"


def test_t149_attributes_of_the_wrong_type(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "p")
    w.link(a, [""], ["p"], eca(POINTER, True, None, {"edge_specific": 5.0, "name": 5.0}))
    [edge] = edges(w.make("A"), POINTER)
    assert EdgePointer.get_index(edge=edge) == 0 and edge.name() is None
    fails(ValueError, None, w.tg.collect_pointer_members, type_node=link_from(w), container_path=["xs"])


def link_from(w):
    """A type with a sequence whose link has an index that is no whole number."""
    b = w.typ("B")
    w.child(b, w.named("Pin"), "xs")
    w.link(b, ["xs"], ["xs"], eca(POINTER, True, None, {"edge_specific": 5.0}))
    return b


def test_a_make_link_without_a_kind(w):
    a, pin = w.types("A", "Pin")
    w.child(a, pin, "p")
    link = w.bare("MakeLink", a)
    for end in ("lhs", "rhs"):
        EdgeComposition.add_child(bound_node=link, child=w.ref(a, "p").node(), child_identifier=end)
    error = fails(TypeGraphInstantiationError, None, w.make, "A")
    assert (error.kind, error.node) == ("other", link)
    assert w.tg.collect_pointer_members(type_node=a, container_path=["p"]) == []
    fails(ValueError, "merge_types failed", w.tg.merge_types, target=pin, source=a)


def test_t150_an_update_stays_in_its_view(w):
    a, b, holder = w.types("A", "B", "Holder")
    reference = reference_of(w.child(holder, a, "x"))
    g2 = brought(holder)
    Linker.update_type_reference(g=w.g, type_reference=reference, target_type_node=b)
    assert resolved(reference) == b and resolved(g2.bind(node=reference.node())) == a


def test_no_copies_and_no_pickles(w):
    for one in (w.tg, nca(a=1)):
        for call in (copy.copy, copy.deepcopy, pickle.dumps):
            fails(TypeError, None, call, one)
        assert not hasattr(one, "__dict__") and repr(one)
    fails(TypeError, None, type, "Sub", (TypeGraph,), {})


def test_compositions_that_lead_back(w):
    """A type whose children lead back to it is read and copied nevertheless."""
    a = w.typ("A")
    put(a, a, COMPOSITION, directional=True, name="me")
    put(w.tg.get_self_node(), w.tg.get_self_node(), COMPOSITION, directional=True, name="tg")
    assert names(w.make("A")) == [] and w.tg.validate_type(type_node=a) == []
    assert member(brought(a), a) and w.resolve(a, "me", "me") == a
    fails(TypeGraphResolveError, None, w.resolve, a, "me", T("No"))

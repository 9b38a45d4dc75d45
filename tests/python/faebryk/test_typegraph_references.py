"""References: paths as chains of nodes, read back and followed."""

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.operand import EdgeOperand
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait
from pyrus.faebryk.typegraph import TypeGraphPathError, TypeGraphResolveError
from typegraph_tools import (
    COMPOSITION,
    NEXT,
    POINTER,
    O,
    P,
    T,
    World,
    attributes,
    edges,
    fails,
    is_a,
    kid,
    parent,
    put,
    segment,
    told,
)


@pytest.fixture
def w():
    return World()


def chain(node):
    """The nodes of a chain."""
    found = [node]
    while after := edges(found[-1], NEXT):
        found.append(node.g().bind(node=after[0].target()))
    return found


def test_t23_chains(w):
    a = w.typ("A")
    before = w.size
    one, two = w.ref(a, "x", "y"), w.ref(a, "x", "y")
    assert w.size == (before[0] + 4, before[1] + 6)
    assert one != two and [attributes(node) for node in chain(one)] == [{"child_identifier": "x"}, {"child_identifier": "y"}]
    assert all(parent(node) is None and is_a(node, w.named("Reference")) for node in chain(one) + chain(two))
    assert w.path(one) == w.path(two) == ("x", "y")


def test_t24_kinds(w):
    reference = w.ref(w.typ("A"), T("Tr"), EdgeComposition.traverse(identifier="c"), P, O("lhs"))
    kinds = [node.node().get_attr(key="edge_type_tid") for node in chain(reference)]
    assert kinds == [34, None, 78, 193] and all(type(kind) is int for kind in kinds if kind)
    assert [node.node().get_attr(key="child_identifier") for node in chain(reference)] == ["Tr", "c", "", "lhs"]


class Numbered:
    """A sequence by its protocol alone."""

    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if self.items[i] is Numbered:
            raise RuntimeError("mine")
        return self.items[i]


def test_t25_what_a_path_is(w):
    a = w.typ("A")

    def path(path, **more):
        return w.path(w.tg.ensure_child_reference(type_node=a, path=path, **more))

    assert path([segment("x", COMPOSITION), segment("", POINTER)]) == ("x", "")
    assert path(("x", "y")) == ("x", "y") and path("ab") == ("a", "b") and path(Numbered("p", P)) == ("p", "")
    before = w.size
    for add in (w.tg.ensure_child_reference, w.tg.debug_add_reference):
        for bad in (None, 5, {}, {"a": 1}, {"a"}, iter(["a"])):
            fails(TypeError, "path must be a sequence", add, type_node=a, path=bad)
        for bad in (["a", 7], ["a", b"x"], [None], [segment]):
            fails(TypeError, "path items must be str or EdgeTraversal", add, type_node=a, path=bad)
        fails(TypeError, None, add, type_node=a, path=["a", segment(1, 2)])
    fails(RuntimeError, "mine", path, Numbered("x", Numbered))
    assert w.size == before
    assert path(["nowhere", "at all"], validate=True) == ("nowhere", "at all")


def test_t26_empty_path(w):
    a = w.typ("A")
    before = w.size
    error = fails(TypeGraphPathError, "path resolution failed", w.ref, a)
    assert (error.kind, error.path, error.failing_segment) == ("missing_child", [], "")
    assert (error.failing_segment_index, error.index_value) == (0, None)
    fails(ValueError, "debug_add_reference failed", w.tg.debug_add_reference, type_node=a, path=[])
    assert w.path(w.tg.debug_add_reference(type_node=a, path=["x"])) == ("x",)
    assert w.size == (before[0] + 1, before[1] + 1)


def test_t27_paths(w):
    a = w.typ("A")
    good = {("",): (), ("a", ""): ("a",), (P,): ("",), (P, "a"): ("", "a")}
    assert {path: w.path(w.ref(a, *path)) for path in good} == good
    for path in (["", "a"], ["a", "", "b"], [T(""), "a"]):
        fails(ValueError, "reference does not contain any identifiers", w.path, w.ref(a, *path))
    assert w.path(chain(w.ref(a, "a", "b", "c"))[1]) == ("b", "c")


@pytest.fixture
def header(w):
    """An instance of `Header`, whose child `p` is a `Pin`."""
    pin, header = w.types("Pin", "Header")
    w.child(header, pin, "p")
    return w.make("Header")


def test_t48_resolve(w, header):
    p, pin = kid(header, "p"), w.named("Pin")
    assert w.resolve(header, "p") == p
    assert w.resolve(header, "") == header
    assert w.resolve(header, "p", "") == p
    assert w.resolve(header, "<<Pin") == pin
    assert w.resolve(header, "p", "<<Header") == w.named("Header")
    assert w.resolve(header, segment("p", COMPOSITION)) == p
    assert w.resolve(w.named("Header"), "p") == kid(w.named("Header"), "p")


def test_t49_an_anonymous_child_is_itself(w):
    """`""` is the node itself only while it has no anonymous child, as a type always has."""
    base, child = w.g.create_and_insert_node(), w.g.create_and_insert_node()
    assert w.resolve(base, "") == base
    EdgeComposition.add_anon_child(bound_node=base, child=child.node())
    assert w.resolve(base, "") == child


def test_t50_other_kinds(w, header):
    p, mark, some = kid(header, "p"), w.g.create_and_insert_node(), w.g.create_and_insert_node()
    EdgeType.add_instance(bound_type_node=w.named("Pin"), bound_instance_node=mark)
    EdgeTrait.add_trait_instance(bound_node=p, trait_instance=mark.node())
    EdgePointer.point_to(bound_node=mark, target_node=header.node(), index=None)
    EdgeComposition.add_child(bound_node=header, child=some.node(), child_identifier="operands")
    EdgeOperand.add_operand(bound_node=header, operand=header.node(), operand_identifier="lhs")
    assert w.resolve(header, "p", T("Pin")) == mark
    assert w.resolve(header, "p", T("Pin"), P) == header
    assert w.resolve(header, "p", T("Pin"), P, "p") == p
    assert w.resolve(header, O("lhs"), "p") == p


def test_t51_failures(w, header):
    cases = [
        (["<<No"], 0, "Type node not found for enum type", "type_not_found", "No"),
        (["p", "x"], 1, "Child not found", "composition_child_not_found", "x"),
        (["p", T("No")], 1, "trait type not found in TypeGraph", "trait_type_not_found", "No"),
        ([T("Pin")], 0, "trait not found on", "trait_instance_not_found", "Pin"),
        (["p", P, "q"], 1, "pointer dereference failed from node", "pointer_dereference_failed", ""),
        ([O("lhs")], 0, "operand not found on node", "operand_not_found", "lhs"),
        ([segment("n", NEXT)], 0, "Unknown edge type", "unknown_edge_type", "n"),
    ]
    for path, place, message, kind, identifier in cases:
        reference = w.ref(header, *path)
        error = fails(TypeGraphResolveError, None, w.resolve, header, reference=reference)
        told(error, message, kind, chain(reference)[place], identifier)
    plain = w.g.create_and_insert_node()
    error = fails(TypeGraphResolveError, None, w.resolve, header, reference=plain)
    told(error, "Failed to get TypeGraph from reference node", "typegraph_not_found", plain, "")


def test_results_are_bound_to_where_they_were_found(w, header):
    """Children are found in the view of the base; types, and what follows them, in that of the reference."""
    other = World()
    base = other.g.insert_node(node=header.node())
    child = other.g.create_and_insert_node()
    EdgeComposition.add_child(bound_node=base, child=child.node(), child_identifier="elsewhere")
    reference = w.ref(header, "elsewhere")
    found = w.tg.reference_resolve(reference_node=reference, base_node=base)
    assert found == child and found.g() is other.g
    found = w.tg.reference_resolve(reference_node=w.ref(header, "elsewhere", "<<Pin", "gone"[:0]), base_node=base)
    assert found.g() is w.g
    error = fails(TypeGraphResolveError, None, w.tg.reference_resolve, reference_node=w.ref(header, "no"), base_node=base)
    assert error.node.g() is w.g


def test_long_paths(w):
    """Nothing is followed by recursion."""
    a = w.typ("A")
    names = ["x"] * 100_000
    reference = w.ref(a, *names)
    assert w.path(reference) == tuple(names)
    node = w.g.create_and_insert_node()
    put(node, node, COMPOSITION, directional=True, name="x")
    assert w.resolve(node, reference=reference) == node

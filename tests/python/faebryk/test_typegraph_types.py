"""Types, make-children and calls: what a type graph consists of, in which order."""

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.nodebuilder import NodeCreationAttributes
from pyrus.faebryk.operand import EdgeOperand
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait
from pyrus.faebryk.typegraph import (
    TypeGraph,
    TypeGraphInstantiationError,
    TypeGraphPathError,
    TypeGraphResolveError,
)
from pyrus.graph import GraphView
from typegraph_tools import (
    POINTER,
    TRAIT,
    World,
    attributes,
    edges,
    fails,
    is_a,
    kid,
    kids,
    names,
    nca,
    parent,
    reference_of,
    resolved,
    trait,
)

OWN = ["ImplementsType", "ImplementsTrait", "MakeChild", "MakeLink", "Reference", "TypeReference", "is_constructable"]


@pytest.fixture
def w():
    return World()


def test_t1_create(w):
    assert w.size == (23, 49)
    assert names(w.tg.get_self_node()) == OWN
    assert w.tg.get_self_node().node().get_attr(key="initialized") is True
    first = w.tg.get_self_node().node().get_uuid()
    assert [node.node().get_uuid() - first for _, node in kids(w.tg.get_self_node())] == [1, 2, 7, 9, 10, 11, 12]
    assert [node.node().get_uuid() - first for node in w.g.get_nodes()[1:]] == list(range(22))


def test_t2_overview(w):
    assert w.tg.get_type_instance_overview() == list(zip(OWN, [4, 3, 0, 0, 0, 0, 7]))


def test_t3_numbers():
    classes = (EdgeType, EdgeTrait, EdgeComposition, EdgePointer, EdgeOperand, EdgeInterfaceConnection)
    assert [one.get_tid() for one in classes] == [0, 34, 130, 78, 193, 85]


def test_t4_repr(w):
    node, view = w.tg.get_self_node().node().get_uuid(), w.g.get_self_node().node().get_uuid()
    assert repr(w.tg) == f"TypeGraph(id=0x{node:x}, g=0x{view:x})"


def test_t5_add_type(w):
    before = w.size
    motor = w.tg.add_type(identifier="Motor")
    assert w.size == (before[0] + 2, before[1] + 4)
    assert TypeGraph.get_type_name(type_node=motor) == "Motor"
    assert w.named("Motor") == motor and kids(w.tg.get_self_node())[-1] == ("Motor", motor)
    [(name, mark)] = kids(motor)
    assert name == "" and trait(motor, w.named("ImplementsType")) == mark
    assert w.tg.is_constructable(type_node=motor) is False


def test_t6_names_of_types_are_unique(w):
    w.typ("Dup")
    before = w.size
    for name in ("Dup", "Reference"):
        fails(ValueError, "Type with this name already exists", w.tg.add_type, identifier=name)
    assert w.size == before


def test_t7_any_text_is_a_name(w):
    for name in ("Ωhm", ""):
        node = w.tg.add_type(identifier=name)
        assert TypeGraph.get_type_name(type_node=node) == name and w.named(name) == node


def test_t8_by_name(w):
    assert w.named("ghost") is None
    lamp = w.tg.get_or_create_type(type_identifier="Lamp")
    assert w.tg.get_or_create_type(type_identifier="Lamp") == lamp
    assert names(w.tg.get_self_node()).count("Lamp") == 1


def test_t9_type_graphs_of_nodes(w):
    cell = w.typ("Cell")
    instance = w.make("Cell")
    node = w.tg.get_self_node()
    assert TypeGraph.of_type(type_node=cell).get_self_node() == node
    assert TypeGraph.of_instance(instance_node=instance).get_self_node() == node
    assert TypeGraph.of_type(type_node=instance) is None
    assert TypeGraph.of_instance(instance_node=node) is None
    assert TypeGraph.of_type(type_node=node) is None
    # The types that every type graph has are instances of nothing.
    assert TypeGraph.of_instance(instance_node=cell) is None


def test_t10_of(w):
    other = TypeGraph.of(node=w.tg.get_self_node())
    assert other is not w.tg and other != w.tg
    assert other.add_type(identifier="X") == w.named("X")


def test_t11_view(w):
    assert w.tg.get_graph_view() is w.g
    node = w.tg.get_graph_view().create_and_insert_node()
    assert node in w.g.get_nodes()


def test_t12_two_in_a_view(w):
    second = TypeGraph.create(g=w.g)
    second.add_type(identifier="Only2")
    assert w.named("Only2") is None
    assert w.g.get_node_count() == 45 + 2


def test_t13_marks(w):
    fan = w.tg.add_type(identifier="Fan")
    before, children = w.g.get_node_count(), kids(fan)
    for made in (1, 2):
        assert w.tg.mark_constructable(type_node=fan) is None
        assert w.tg.is_constructable(type_node=fan) is True
        assert w.g.get_node_count() == before + made
    assert kids(fan) == children and len(edges(fan, TRAIT)) == 3


def test_t14_bad_calls(w):
    fails(TypeError, None, w.tg.add_type, "x")
    fails(TypeError, None, w.tg.add_type)
    fails(TypeError, None, w.tg.add_type, name="x")
    fails(TypeError, None, w.tg.add_type, identifier=5)
    fails(TypeError, None, w.tg.add_type, identifier="x", more=1)
    fails(UnicodeEncodeError, None, w.tg.add_type, identifier="\ud800")
    fails(TypeError, None, w.tg.is_constructable, type_node=None)
    fails(TypeError, None, w.tg.is_constructable, type_node=w.g.get_self_node().node())
    assert w.size == (23, 49)


def test_t15_make_child(w):
    pin, header = w.types("Pin", "Header")
    before = w.size
    made = w.child(header, pin, "pin1")
    assert w.size == (before[0] + 2, before[1] + 6)
    assert attributes(made) == {"child_identifier": "pin1"}
    reference = kid(made, "type_ref")
    assert reference == reference_of(made) and attributes(reference) == {"type_identifier": "Pin"}
    assert resolved(reference) == pin
    assert [(e.name(), e.target().get_uuid()) for e in edges(made, POINTER)] == [("pin1", reference.node().get_uuid())]
    assert [(e.name(), e.target().get_uuid()) for e in edges(reference, POINTER)] == [("resolved", pin.node().get_uuid())]
    assert is_a(made, w.named("MakeChild")) and is_a(reference, w.named("TypeReference"))
    assert kids(header)[-1] == ("pin1", made)


def test_t16_anonymous_make_child(w):
    pin, header = w.types("Pin", "Header")
    made = w.child(header, pin, None)
    assert attributes(made) == {} and kids(header)[-1] == ("", made)
    assert [e.name() for e in edges(made, POINTER)] == [None]
    assert w.tg.collect_make_children(type_node=header) == [(None, made)]
    fails(TypeError, None, w.tg.add_make_child, type_node=header, child_type=pin)


def test_t17_attributes_of_make_children(w):
    pin, header = w.types("Pin", "Header")
    made = w.child(header, pin, "p", nca(rev=3, tag="x", on=True, v=1.5))
    found = attributes(made)
    assert found == {"child_identifier": "p", "rev": 3.0, "tag": "x", "on": True, "v": 1.5}
    assert list(found) == ["child_identifier", "rev", "tag", "on", "v"]
    assert type(found["rev"]) is float and found["on"] is True
    fails(TypeError, None, w.child, header, pin, "q", {"rev": 3})


def test_t18_deferred(w):
    header = w.typ("Header")
    made = w.later(header, "LaterOn", "x")
    reference = reference_of(made)
    unresolved = Linker.collect_unresolved_type_references(type_graph=w.tg)
    assert unresolved == [(header, reference)]
    assert TypeGraph.get_type_reference_identifier(type_reference=reference) == "LaterOn"
    later = w.typ("LaterOn")
    assert Linker.link_type_reference(g=w.g, type_reference=reference, target_type_node=later) is None
    assert Linker.collect_unresolved_type_references(type_graph=w.tg) == [] and resolved(reference) == later


def test_t19_collect_make_children(w):
    pin, header = w.types("Pin", "Header")
    made = [(name, w.child(header, pin, name)) for name in ("z", "a", None, "m", "a")]
    w.link(header, ["z"], ["a"])
    assert w.tg.collect_make_children(type_node=header) == made
    assert w.tg.collect_make_children(type_node=w.g.create_and_insert_node()) == []


def test_t20_reference_by_identifier(w):
    pin, header = w.types("Pin", "Header")
    made = w.child(header, pin, "p")
    find = w.tg.get_make_child_type_reference_by_identifier
    assert find(type_node=header, identifier="p") == reference_of(made)
    assert find(type_node=header, identifier="q") is None


def test_t21_resolve_child_path(w):
    pin, header, board = w.types("Pin", "Header", "Board")
    w.child(board, header, "h")
    w.child(header, pin, "p")
    w.later(board, "Pin", "u")

    def walk(*path):
        return w.tg.resolve_child_path(start_type=board, path=list(path))

    assert (walk(), walk("h"), walk("h", "p")) == (board, header, pin)
    assert [walk("x"), walk("h", "x"), walk("u")] == [None] * 3
    fails(TypeError, None, walk, 1)
    fails(TypeError, None, walk, EdgeComposition.traverse(identifier="h"))


def test_t22_type_reference(w):
    before = w.size
    reference = w.tg.add_type_reference(type_identifier="Foo")
    assert w.size == (before[0] + 1, before[1] + 1)
    assert parent(reference) is None and resolved(reference) is None
    assert TypeGraph.get_type_reference_identifier(type_reference=reference) == "Foo"


@pytest.mark.parametrize("error", [TypeGraphPathError, TypeGraphInstantiationError, TypeGraphResolveError])
def test_t91_exceptions(error):
    assert error.__bases__ == (ValueError,)
    # Their public home, as with every class here.
    assert error.__module__ == "pyrus.faebryk.typegraph"
    assert error.__doc__
    made = error("by hand")
    assert (made.args, str(made)) == (("by hand",), "by hand") and not hasattr(made, "kind")


def test_ignored_arguments(w):
    """Old callers give these; they mean nothing."""
    pin, header = w.types("Pin", "Header")
    made = w.tg.add_make_child(type_node=header, child_type=pin, identifier="p", mount_reference=None)
    w.tg.add_make_child(type_node=header, child_type=pin, identifier="q", mount_reference=made)
    assert w.tg.ensure_child_reference(type_node=header, path=["p"], validate=False)
    assert attributes(w.tg.instantiate(type_identifier="Pin", attributes={"a": 1})) == {}
    fails(TypeError, None, w.tg.instantiate, type_identifier="Pin", other={})


def test_empty_attributes():
    g = GraphView.create()
    node = g.create_and_insert_node()
    NodeCreationAttributes.init().apply_to(node=node.node())
    assert attributes(node) == {}

"""Small things that the tests of type graphs share."""

from types import SimpleNamespace

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.nodebuilder import NodeCreationAttributes
from pyrus.faebryk.operand import EdgeOperand
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import TypeGraph
from pyrus.graph import Edge, GraphView

TYPE, TRAIT, NEXT, POINTER, INTERFACE, COMPOSITION, OPERAND = 0, 34, 41, 78, 85, 130, 193

# Segments of paths.
P = EdgePointer.traverse()


def T(name):
    return EdgeTrait.traverse(trait_type_name=name)


def O(name):  # noqa: E743
    return EdgeOperand.traverse(identifier=name)


def segment(identifier, edge_type):
    """Something with the attributes of a segment."""
    return SimpleNamespace(identifier=identifier, edge_type=edge_type)


def ptr(name, index=None):
    return EdgePointer.build(identifier=name, index=index)


def eca(edge_type, directional=None, name=None, dynamic=None):
    return EdgeCreationAttributes.create(edge_type=edge_type, directional=directional, name=name, dynamic=dynamic)


def nca(**attributes):
    return NodeCreationAttributes.init(dynamic=attributes)


class World:
    """A type graph in a view, and short ways to fill it."""

    def __init__(self):
        self.g = GraphView.create()
        self.tg = TypeGraph.create(g=self.g)

    @property
    def size(self):
        """Nodes and edges of the view."""
        return self.g.get_node_count(), self.g.get_edge_count()

    def typ(self, name):
        """A type that can be instantiated."""
        node = self.tg.add_type(identifier=name)
        self.tg.mark_constructable(type_node=node)
        return node

    def types(self, *names):
        return [self.typ(name) for name in names]

    def child(self, type_node, child_type, identifier, attributes=None):
        """A make-child."""
        return self.tg.add_make_child(
            type_node=type_node, child_type=child_type, identifier=identifier, node_attributes=attributes
        )

    def later(self, type_node, name, identifier):
        """A make-child that is not linked."""
        return self.tg.add_make_child_deferred(type_node=type_node, child_type_identifier=name, identifier=identifier)

    def ref(self, type_node, *path):
        return self.tg.ensure_child_reference(type_node=type_node, path=list(path))

    def link(self, type_node, lhs, rhs, edge=None):
        """A make-link between two paths."""
        return self.tg.add_make_link(
            type_node=type_node,
            lhs_reference=self.ref(type_node, *lhs),
            rhs_reference=self.ref(type_node, *rhs),
            edge_attributes=edge or ptr("w"),
        )

    def bare(self, own, parent=None):
        """A hand-made instance of one of the types that every type graph has."""
        node = self.g.create_and_insert_node()
        of = self.tg.get_type_by_name(type_identifier=own)
        EdgeType.add_instance(bound_type_node=of, bound_instance_node=node)
        if parent is not None:
            EdgeComposition.add_anon_child(bound_node=parent, child=node.node())
        return node

    def make(self, name):
        return self.tg.instantiate(type_identifier=name)

    def resolve(self, base, *path, reference=None):
        reference = reference or self.ref(base, *path)
        return self.tg.reference_resolve(reference_node=reference, base_node=base)

    def path(self, reference):
        return self.tg.get_reference_path(reference=reference)

    def named(self, name):
        return self.tg.get_type_by_name(type_identifier=name)


def edges(node, kind, directed=True):
    """The edges of a kind at a bound node."""
    found = []
    node.visit_edges_of_type(edge_type=kind, ctx=found, f=lambda found, edge: found.append(edge.edge()), directed=directed)
    return found


def kids(node):
    """Name and node of each child, in order."""
    g = node.g()
    return [(edge.name(), g.bind(node=edge.target())) for edge in edges(node, COMPOSITION)]


def names(node):
    return [name for name, _ in kids(node)]


def kid(node, name):
    return EdgeComposition.get_child_by_identifier(bound_node=node, child_identifier=name)


def put(source, target, kind, /, **options):
    """Insert a plain edge between two bound nodes."""
    edge = Edge.create(source=source.node(), target=target.node(), edge_type=kind, **options)
    return source.g().insert_edge(edge=edge)


def attributes(node):
    return node.node().get_dynamic_attrs()


def resolved(type_reference):
    return Linker.get_resolved_type(type_reference=type_reference)


def reference_of(make_child):
    return TypeGraph.get_make_child_type_reference(make_child=make_child)


def is_a(node, type_node):
    return EdgeType.is_node_instance_of(bound_node=node, node_type=type_node.node())


def trait(node, trait_type):
    return Trait.try_get_trait(target=node, trait_type=trait_type)


def owner(node):
    return EdgeTrait.get_owner_node_of(bound_node=node)


def parent(node):
    return EdgeComposition.get_parent_node_of(bound_node=node)


def member(g, node):
    """Is the node in the view?"""
    return any(other == node for other in g.get_nodes())


def fails(error, text, call, /, *arguments, **keywords):
    """The call raises exactly this, with this text if one is given."""
    with pytest.raises(error) as caught:
        call(*arguments, **keywords)
    assert caught.type is error
    if text is not None:
        assert str(caught.value) == text
    return caught.value


def told(error, message, kind, node, identifier):
    """An error of instantiating or resolving says all this."""
    assert (str(error), error.args) == (message, (message,))
    assert (error.kind, error.identifier) == (kind, identifier)
    assert error.node == node, (error.node, node)

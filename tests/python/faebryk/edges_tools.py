"""Small things that the tests of the edge classes share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.graph import Edge, GraphView, Node

TYPE, TRAIT, NEXT, POINTER, INTERFACE, COMPOSITION, OPERAND = 0, 34, 41, 78, 85, 130, 193


def view(count):
    """A view, and so many nodes in it."""
    g = GraphView.create()
    return g, [g.create_and_insert_node() for _ in range(count)]


def add(parent, child, name):
    """Make a bound node a child of another."""
    return EdgeComposition.add_child(bound_node=parent, child=child.node(), child_identifier=name)


def put(source, target, kind, /, **options):
    """Insert a plain edge between two bound nodes."""
    edge = Edge.create(source=source.node(), target=target.node(), edge_type=kind, **options)
    return source.g().insert_edge(edge=edge)


def ty(type_node, instance):
    """Make a node an instance of a type."""
    return put(type_node, instance, TYPE, directional=True)


def met(visit, /, **arguments):
    """The edges that a visit meets."""
    found = []
    assert visit(f=list.append, ctx=found, **arguments) is None
    return [bound.edge() for bound in found]


def targets(edges):
    """Where edges end."""
    return [edge.target() for edge in edges]


def nodes(*bound):
    """The nodes of bound nodes."""
    return [one.node() for one in bound]


def same(found, expected):
    """Is a bound node, or `None`, the expected one?"""
    return found is None if expected is None else found is not None and found == expected


def loose(count):
    """Nodes that are in no view."""
    return [Node.create() for _ in range(count)]


def fails(error, text, call, /, *arguments, **keywords):
    """The call raises exactly this, with this text if one is given."""
    with pytest.raises(error) as caught:
        call(*arguments, **keywords)
    assert caught.type is error
    if text is not None:
        assert str(caught.value) == text
    return caught.value


class Interfaces:
    """A view with a type graph as far as paths need it: types, and the trait of interfaces."""

    def __init__(self):
        self.g = GraphView.create()
        self.types = self.new()
        self.trait = self.new_type("is_interface.node.core.faebryk")
        self.kind = {}
        self.names = {}

    def new(self):
        """A node."""
        return self.g.create_and_insert_node()

    def new_type(self, name, types=None):
        """A type of the type graph."""
        type_node = self.new()
        add(types or self.types, type_node, name)
        return type_node

    def type(self, name):
        """The type of a name, made at first use."""
        if name not in self.kind:
            self.kind[name] = self.new_type(name)
        return self.kind[name]

    def give_trait(self, owner, trait=None):
        """Make a node an interface."""
        instance = self.new()
        ty(trait or self.trait, instance)
        put(owner, instance, TRAIT, directional=True)

    def plain(self, name="E", label=None):
        """A node with a type and without trait."""
        node = self.new()
        ty(self.type(name), node)
        self.names[node] = label
        return node

    def interface(self, name="E", label=None):
        """A node with a type and the trait."""
        node = self.plain(name, label)
        self.give_trait(node)
        return node

    def interfaces(self, *labels):
        """Some interfaces of type E."""
        return [self.interface("E", label) for label in labels]

    def device(self, label):
        """An interface of type P with two interfaces of type E in it, x and y."""
        device = self.interface("P", label)
        children = [self.interface("E", f"{label}.{name}") for name in "xy"]
        for name, child in zip("xy", children):
            add(device, child, name)
        return device, *children

    def show(self, found):
        """A path in words: `a —b ^c vd =e`; `^` and `v` are steps up and down."""
        at = found.get_start_node()
        words = [self.names[at]]
        for edge in found.get_edges():
            forward = edge.source().is_same(other=at.node())
            at = self.g.bind(node=edge.target() if forward else edge.source())
            if edge.edge_type() == COMPOSITION:
                sign = "v" if forward else "^"
            else:
                sign = "=" if edge.get_attr(key="shallow") is True else "-"
            words.append(sign + self.names[at])
        assert at == found.get_end_node() and found.get_length() == len(words) - 1
        return " ".join(words)


def link(*interfaces):
    """Connect interfaces in a row."""
    return [EdgeInterfaceConnection.connect(bn1=a, bn2=b) for a, b in zip(interfaces, interfaces[1:])]


def shallow(a, b):
    """Connect two interfaces on their own level only."""
    return EdgeInterfaceConnection.connect_shallow(bn1=a, bn2=b)


def path(a, b):
    """The path from an interface to another."""
    return EdgeInterfaceConnection.is_connected_to(source=a, target=b)


def connected(a, b):
    """Is an interface connected to another?"""
    found = path(a, b)
    assert found.get_start_node() == a
    if found.get_end_node() == b:
        return True
    assert found.get_end_node() == a and found.get_edges() == []
    return False


def reached(a):
    """Everything that an interface is connected to, itself too."""
    return set(EdgeInterfaceConnection.get_connected(source=a))


def run(code, *arguments, timeout=300):
    """Run Python code in a process of its own; its output. Fails if it does not exit with 0."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, *sys.path)))}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout

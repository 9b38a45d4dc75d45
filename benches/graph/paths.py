"""Rows of the edges with a meaning: children, and paths between interfaces, on the shapes that grow."""

from __future__ import annotations

from peers import OBJECTS, networkx, rustworkx, with_peers
from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.graph import Edge, GraphView
from rows import Row, Sample, loop, once

TYPE, TRAIT = 0, 34
connect = EdgeInterfaceConnection.connect
# Milliseconds of the system that is replaced, by shape and size.
STAR = {1_000: (2.5, 2.6), 10_000: (285, 300), 100_000: (41_000, 41_000)}
HUB = {1_000: (2.6, 2.7), 10_000: (310, 350)}
CHAIN = {1_000: (6, 13), 10_000: (2_050, 2_050)}


def children() -> list[Row]:
    """Children by name and by visit."""
    g = GraphView.create()
    parent = g.get_self_node()
    for i in range(10):
        child = g.create_and_insert_node().node()
        EdgeComposition.add_child(bound_node=parent, child=child, child_identifier=f"c{i}")
    get = EdgeComposition.get_child_by_identifier
    names = {"get": get, "parent": parent, "visit": EdgeComposition.visit_children_edges, "f": lambda ctx, edge: None}
    add = """
g = GraphView.create()
parent, add = g.get_self_node(), EdgeComposition.add_child
ready = iter([g.create_and_insert_node().node() for _ in range(20_000)]).__next__
"""
    named = {"GraphView": GraphView, "EdgeComposition": EdgeComposition}
    statement = "add(bound_node=parent, child=ready(), child_identifier='c')"
    first = "get(bound_node=parent, child_identifier='c0')"
    tenth = "get(bound_node=parent, child_identifier='c9')"
    return [
        Row("child by name, first of 10", with_peers(loop(first, 20_000, **names)), (355, 370)),
        Row("child by name, tenth of 10", with_peers(loop(tenth, 20_000, **names)), (380, 410)),
        Row("add_child", with_peers(loop(statement, 20_000, add, **named)), (885, 1040)),
        Row(
            "visit_children_edges, 10 children",
            with_peers(
                loop("visit(bound_node=parent, f=f, ctx=None)", 20_000, **names),
                floor=loop("run(map(f, repeat(None), objects(ten)))", 20_000, OBJECTS, f=names["f"]),
            ),
            (1420, 1700),
        ),
    ]


class Interfaces:
    """A view with a type graph as far as paths need it."""

    def __init__(self) -> None:
        self.g = GraphView.create()
        types = self.g.create_and_insert_node()
        self.types = []
        for name in ("is_interface.node.core.faebryk", "E"):
            node = self.g.create_and_insert_node()
            EdgeComposition.add_child(bound_node=types, child=node.node(), child_identifier=name)
            self.types.append(node)

    def put(self, source, target, kind: int) -> None:
        edge = Edge.create(source=source.node(), target=target.node(), edge_type=kind, directional=True)
        self.g.insert_edge(edge=edge)

    def new(self):
        """An interface."""
        node, trait = (self.g.create_and_insert_node() for _ in range(2))
        self.put(self.types[1], node, TYPE)
        self.put(self.types[0], trait, TYPE)
        self.put(node, trait, TRAIT)
        return node


def star(size: int) -> list:
    """A hub and what is connected to it: so many interfaces."""
    world = Interfaces()
    nodes = [world.new() for _ in range(size)]
    for leaf in nodes[1:]:
        connect(bn1=nodes[0], bn2=leaf)
    return nodes


def chain(size: int) -> list:
    """So many interfaces in a row."""
    world = Interfaces()
    nodes = [world.new() for _ in range(size)]
    for one, two in zip(nodes, nodes[1:]):
        connect(bn1=one, bn2=two)
    return nodes


def is_connected(one, two, length: int) -> Sample:
    """A path of that length is found."""

    def search() -> None:
        assert EdgeInterfaceConnection.is_connected_to(source=one, target=two).get_length() == length

    return once(search)


def connected(one, count: int) -> Sample:
    """So many are found."""

    def search() -> dict:
        found = EdgeInterfaceConnection.get_connected(source=one)
        assert len(found) == count
        return found

    return once(search)


def shortest(shape: str, size: int, source: int, target: int) -> tuple[Sample | None, Sample | None]:
    """The same path by the peers, undirected and without types."""
    if rustworkx:
        rx = getattr(rustworkx.generators, {"star": "star_graph", "chain": "path_graph"}[shape])(size)
    if networkx:
        nx = networkx.star_graph(size - 1) if shape == "star" else networkx.path_graph(size)
    return (
        once(lambda: rustworkx.dijkstra_shortest_paths(rx, source, target)) if rustworkx else None,
        once(lambda: networkx.shortest_path(nx, source, target)) if networkx else None,
    )


def figure(of: dict[int, tuple[float, float]], size: int) -> tuple[float, float] | None:
    """Milliseconds as nanoseconds."""
    found = of.get(size)
    return (found[0] * 1e6, found[1] * 1e6) if found else None


def shapes(size: int) -> list[Row]:
    """Paths in a star and in a chain of this size."""
    leaves, line = star(size), chain(size)
    rounds = 7 if size <= 10_000 else 3
    pair = is_connected(leaves[1], leaves[-1], 2)
    ends = is_connected(line[0], line[-1], size - 1)
    return [
        Row(
            f"is_connected_to, star of {size:,}",
            with_peers(pair, *shortest("star", size, 1, size - 1)),
            figure(STAR, size),
            rounds=rounds,
        ),
        Row(
            f"get_connected, hub of {size:,}", with_peers(connected(leaves[0], size)), figure(HUB, size), rounds=rounds
        ),
        Row(
            f"is_connected_to, chain of {size:,}",
            with_peers(ends, *shortest("chain", size, 0, size - 1)),
            figure(CHAIN, size),
            rounds=rounds,
        ),
        Row(f"get_connected, chain of {size:,}", with_peers(connected(line[0], size)), rounds=rounds),
    ]


def rows(sizes: list[int]) -> list[Row]:
    """All of them."""
    return [*children(), *(row for size in sizes for row in shapes(size))]

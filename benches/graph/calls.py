"""Rows of the plain graph: making, inserting, visiting."""

from __future__ import annotations

import random

from peers import OBJECTS, networkx, rustworkx, with_peers
from pyrus.graph import Edge, GraphView
from rows import Row, Sample, loop, once

COUNT = 50_000


def rx(statement: str, setup: str, count: int = COUNT, divide: int = 1, **names: object) -> Sample | None:
    """A row of rustworkx, if it is there."""
    return loop(statement, count, setup, divide, rx=rustworkx, **names) if rustworkx else None


def nx(statement: str, setup: str, count: int = COUNT, divide: int = 1, **names: object) -> Sample | None:
    """A row of networkx, if it is there."""
    return loop(statement, count, setup, divide, nx=networkx, **names) if networkx else None


def nodes() -> list[Row]:
    """Nodes alone."""
    make = "g = GraphView.create(); make = g.create_and_insert_node"
    return [
        Row(
            "create and insert a node",
            with_peers(
                loop("make()", COUNT, make, GraphView=GraphView),
                rx("make(None)", "make = rx.PyDiGraph().add_node"),
                nx("make(next(i))", "from itertools import count; make, i = nx.DiGraph().add_node, count()"),
                # A method without arguments that makes an object.
                loop("make()", COUNT, "make = {}.copy"),
            ),
            (70, 140),
        ),
        Row(
            "get_nodes, per node",
            with_peers(
                loop("g.get_nodes()", 10, "pass", 10_000, g=star(9_999)[0]),
                rx("g.nodes()", "g = rx.generators.directed_star_graph(10_000)", 10, 10_000),
                nx("list(g)", "g = nx.star_graph(9_999)", 10, 10_000),
                loop("list(objects(ten_thousand))", 10, OBJECTS, 10_000),
            ),
            (25, 26),
        ),
    ]


def star(degree: int, kind: int = 1) -> tuple[GraphView, list]:
    """A view whose self node has so many edges, and its nodes."""
    g = GraphView.create()
    hub = g.get_self_node().node()
    bounds = [g.create_and_insert_node() for _ in range(degree)]
    for bound in bounds:
        g.insert_edge(edge=Edge.create(source=hub, target=bound.node(), edge_type=kind, directional=True))
    return g, bounds


def edges() -> list[Row]:
    """Making and inserting edges."""
    _, bounds = star(2)
    ends = {"a": bounds[0].node(), "b": bounds[1].node(), "create": Edge.create}
    plain = "create(source=a, target=b, edge_type=1)"
    named = "create(source=a, target=b, edge_type=1, directional=True, name='r1')"
    return [
        Row("Edge.create", with_peers(loop(plain, COUNT, **ends)), (445, 831)),
        Row("Edge.create, directional and named", with_peers(loop(named, COUNT, **ends)), (734, 1234)),
        Row(
            "insert an edge, random ends",
            with_peers(
                inserted(),
                rx(
                    "add(pick(), pick(), None)",
                    "g = rx.PyDiGraph(); g.add_nodes_from(range(n)); add = g.add_edge; "
                    "pick = iter(random.Random(1).choices(range(n), k=2 * n)).__next__",
                    n=COUNT,
                    random=random,
                ),
                nx(
                    "add(pick(), pick())",
                    "g = nx.MultiDiGraph(); g.add_nodes_from(range(n)); add = g.add_edge; "
                    "pick = iter(random.Random(1).choices(range(n), k=2 * n)).__next__",
                    n=COUNT,
                    random=random,
                ),
            ),
            (319, 401),
        ),
    ]


def inserted() -> Sample:
    """Ready edges into a view that has their ends."""
    setup = """
g = GraphView.create()
nodes = [g.create_and_insert_node().node() for _ in range(n)]
pick = iter(random.Random(1).choices(nodes, k=2 * n)).__next__
ready = iter([Edge.create(source=pick(), target=pick(), edge_type=1) for _ in range(n)]).__next__
insert = g.insert_edge
"""
    return loop("insert(edge=ready())", COUNT, setup, n=COUNT, GraphView=GraphView, Edge=Edge, random=random)


def visits() -> list[Row]:
    """Edges of a node."""
    degree = 10_000
    g, bounds = star(degree)
    hub = g.get_self_node()
    names = {"hub": hub, "f": lambda ctx, edge: None}
    append = "hub.visit_edges_of_type(edge_type=1, ctx=[], f=list.append)"
    called = "hub.visit_edges_of_type(edge_type=1, ctx=None, f=f)"
    rx_star, nx_star = "g = rx.generators.directed_star_graph(n + 1)", "g = nx.star_graph(n, nx.DiGraph)"
    return [
        Row(
            "visit per edge, list.append",
            with_peers(
                loop(append, 10, "pass", degree, **names),
                rx("g.out_edges(0)", rx_star, 10, degree, n=degree),
                nx("list(g.out_edges(0, data=True))", nx_star, 10, degree, n=degree),
                loop("run(map(append, repeat([]), objects(ten_thousand)))", 10, OBJECTS, degree, append=list.append),
            ),
            (64, 67),
        ),
        Row(
            "visit per edge, Python function",
            with_peers(
                loop(called, 10, "pass", degree, **names),
                rx("for edge in g.out_edges(0): f(None, edge)", rx_star, 10, degree, n=degree, f=names["f"]),
                nx("for edge in g.out_edges(0): f(None, edge)", nx_star, 10, degree, n=degree, f=names["f"]),
                loop("run(map(f, repeat(None), objects(ten_thousand)))", 10, OBJECTS, degree, f=names["f"]),
            ),
            (82, 88),
        ),
        Row(
            "visit without edges, whole call",
            with_peers(
                loop("leaf.visit_edges_of_type(edge_type=2, ctx=None, f=f)", COUNT, leaf=bounds[0], f=names["f"])
            ),
            (283, 426),
        ),
    ]


def views() -> list[Row]:
    """Whole views."""
    g, bounds = star(10_000)
    h, _ = star(10_000)
    return [
        Row(
            "get_subgraph_from_nodes, per node with one edge",
            with_peers(
                once(lambda: g.get_subgraph_from_nodes(nodes=[g.get_self_node(), *bounds]), 10_001),
                once(lambda: rustworkx.generators.directed_star_graph(10_001).subgraph(list(range(10_001))), 10_001)
                if rustworkx
                else None,
                once(lambda: networkx.star_graph(10_000, networkx.DiGraph).subgraph(range(10_001)).copy(), 10_001)
                if networkx
                else None,
            ),
            (63, 76),
        ),
        Row("insert_subgraph, per node with one edge", with_peers(once(lambda: inserted_into(h), 10_001))),
    ]


def inserted_into(other: GraphView) -> GraphView:
    g = GraphView.create()
    g.insert_subgraph(subgraph=other)
    return g


def rows() -> list[Row]:
    """All of them."""
    return [*nodes(), *edges(), *visits(), *views()]

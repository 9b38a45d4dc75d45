"""A property graph with cheap views.

>>> from pyrus.graph import Edge, GraphView
>>> with GraphView.create() as g:
...     a, b = g.create_and_insert_node(), g.create_and_insert_node()
...     edge = g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=1))
...     found: list = []
...     a.visit_edges_of_type(edge_type=1, ctx=found, f=list.append)
...     found == [edge]
True
"""

from pyrus.loader import load

load("pyrus._native")

from pyrus._native.graph import (
    BFSPath,
    BoundEdge,
    BoundEdgeReference,
    BoundNode,
    BoundNodeReference,
    Edge,
    EdgeReference,
    EdgeType,
    GraphDestroyedError,
    GraphFormatError,
    GraphView,
    Literal,
    Node,
    NodeReference,
)

__all__ = [
    "BFSPath",
    "BoundEdge",
    "BoundEdgeReference",
    "BoundNode",
    "BoundNodeReference",
    "Edge",
    "EdgeReference",
    "EdgeType",
    "GraphDestroyedError",
    "GraphFormatError",
    "GraphView",
    "Literal",
    "Node",
    "NodeReference",
]

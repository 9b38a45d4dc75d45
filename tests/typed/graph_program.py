"""A program that uses all of `pyrus.graph`; it type-checks strictly, and runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyrus.graph import (
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

if TYPE_CHECKING:
    from pyrus.graph import BFSPath

PARENT: EdgeType = 130
POINTER: EdgeType = 78


@dataclass
class Footprint:
    """Something that belongs to a node."""

    name: str


def part(view: GraphView, owner: BoundNode, name: str, **attrs: Literal) -> BoundNode:
    """A node below another."""
    node: NodeReference = Node.create(name=name, **attrs)
    bound: BoundNode = view.insert_node(node=node)
    edge: EdgeReference = Edge.create(
        source=owner.node(), target=node, edge_type=PARENT, directional=True, name=name, order=1
    )
    inserted: BoundEdge = view.insert_edge(edge=edge)
    assert inserted.edge() == edge and inserted.g() is view
    return bound


def children(bound: BoundNode) -> dict[str, NodeReference]:
    """What is directly below a node."""
    found: dict[str, NodeReference] = {}

    def add(into: dict[str, NodeReference], seen: BoundEdge) -> None:
        name: str | None = seen.edge().name()
        assert name is not None
        into[name] = seen.edge().target()

    bound.visit_edges_of_type(edge_type=PARENT, ctx=found, f=add, directed=True)
    return found


def describe(literal: Literal | None) -> str:
    """A text for any value."""
    if literal is None:
        return "nothing"
    if isinstance(literal, bool):
        return "yes" if literal else "no"
    return literal if isinstance(literal, str) else f"{literal:g}"


def length(path: BFSPath) -> int:
    """Paths are made by the path finder."""
    edges: list[EdgeReference] = path.get_edges()
    assert path.get_start_node() == path.get_end_node() or edges
    return path.get_length()


def main() -> None:
    """Use everything once."""
    with GraphView.create() as view:
        root = view.get_self_node()
        resistor = part(view, root, "r1", value=4700, tolerance=0.01, placed=True)
        pad: BoundNode = part(view, resistor, "pad")
        pad.store(data=Footprint("R0402"))
        footprint: Footprint = pad.load(t=Footprint)
        maybe: Footprint | None = view.bind(node=pad.node()).try_load(t=Footprint)
        assert footprint is maybe and root.try_load(t=str) is None
        assert isinstance(pad.load(t=(str, Footprint)), Footprint)

        assert list(children(root)) == ["r1"] and children(resistor) == {"pad": pad.node()}
        attributes: dict[str, Literal] = resistor.node().get_dynamic_attrs()
        assert [describe(value) for value in attributes.values()] == ["r1", "4700", "0.01", "yes"]
        assert describe(resistor.node().get_attr(key="missing")) == "nothing"

        seen: list[BoundEdge] = []
        resistor.visit_edges_of_type(edge_type=PARENT, ctx=seen, f=list[BoundEdge].append)
        assert [e.edge().get_uuid() for e in seen] == sorted({hash(e.edge()) for e in seen})
        assert all(isinstance(e, BoundEdgeReference) for e in seen)

        copy: GraphView = view.get_subgraph_from_nodes(nodes=[resistor, pad])
        nodes: list[BoundNode] = copy.get_nodes()
        assert nodes[1:] == [resistor, pad] and isinstance(nodes[0], BoundNodeReference)
        copy.insert_subgraph(subgraph=view)
        assert (copy.get_node_count(), copy.get_edge_count()) == (4, 2)
        steps: list[tuple[int, int]] = []
        data: bytes = view.to_bytes(progress=lambda done, total: steps.append((done, total)))
        loaded: GraphView = GraphView.from_bytes(data)
        assert loaded.get_edge_count() == len(view.get_edges()) == 2 and steps[-1][0] == steps[-1][1]
        exports: tuple[str, str] = (view.to_graphml(), view.to_dot())
        assert all(exports)
        try:
            GraphView.from_bytes(data[:-1])
        except GraphFormatError as error:
            place: tuple[int, str] = (error.offset, error.reason)
            assert place[0] == len(data) - 1
    try:
        view.get_nodes()
    except GraphDestroyedError as error:
        graph_id: int = error.graph_id
        assert graph_id == root.node().get_uuid()
    else:
        raise AssertionError
    assert copy.bind(node=resistor.node()).g().get_node_count() == 4
    print("ok")


if __name__ == "__main__":
    main()

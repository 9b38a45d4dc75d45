"""A ladder of RC stages, and the questions that one asks a circuit."""

from __future__ import annotations

from collections.abc import Iterator

from pyrus.faebryk.composition import EdgeComposition
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.node_type import EdgeType
from pyrus.graph import BoundNode, GraphView

from circuit.library import Library


class Ladder:
    """So many stages, each behind the one before, with one ground. It hangs on the self node of a view of its own."""

    def __init__(self, stages: int) -> None:
        self.view = GraphView.create()
        self.library = Library(self.view)
        self.root = self.view.get_self_node()
        self.stages = [self.add(f"s{i}") for i in range(stages)]
        for one, two in zip(self.stages, self.stages[1:]):
            connect(child(one, "output"), child(two, "input"))
            connect(child(one, "ground"), child(two, "ground"))

    def add(self, name: str) -> BoundNode:
        """One more stage. The type says all that is in it: a single call makes 17 nodes and 45 edges."""
        made = self.library.types.instantiate_node(type_node=self.library.stage, attributes=None)
        EdgeComposition.add_child(bound_node=self.root, child=made.node(), child_identifier=name)
        return made

    def at(self, path: str) -> BoundNode:
        """What is at `s0.r.p1`."""
        return child(self.root, path)

    def parts(self) -> list[BoundNode]:
        """All resistors and capacitors, stage by stage."""
        return [child(stage, name) for stage in self.stages for name in "rc"]

    def pins(self) -> Iterator[BoundNode]:
        """All that wires can end in."""
        for stage in self.stages:
            for path in ("input", "output", "ground", "r.p1", "r.p2", "c.p1", "c.p2"):
                yield child(stage, path)

    def nets(self) -> list[list[BoundNode]]:
        """Pins that are connected, each net from its first pin on."""
        found: list[list[BoundNode]] = []
        seen: set[BoundNode] = set()
        for pin in self.pins():
            if pin not in seen:
                net = list(EdgeInterfaceConnection.get_connected(source=pin))
                seen.update(net)
                found.append(net)
        return found


def child(of: BoundNode, path: str) -> BoundNode:
    """The descendant at a path of names."""
    for name in path.split("."):
        found = EdgeComposition.get_child_by_identifier(bound_node=of, child_identifier=name)
        if found is None:
            raise LookupError(f"{path_of(of)} has no {name!r}")
        of = found
    return of


def connect(one: BoundNode, two: BoundNode) -> None:
    """Put a wire between two pins."""
    EdgeInterfaceConnection.connect(bn1=one, bn2=two)


def path_of(node: BoundNode) -> str:
    """Names from the root down: `s0.r.p1`."""
    names = []
    while (edge := EdgeComposition.get_parent_edge(bound_node=node)) is not None:
        names.append(EdgeComposition.get_name(edge=edge.edge()))
        node = edge.g().bind(node=edge.edge().source())
    return ".".join(reversed(names))


def type_of(node: BoundNode, library: Library) -> str:
    """The name of what a node is an instance of."""
    edge = EdgeType.get_type_edge(bound_node=node)
    if edge is None:
        raise LookupError(f"{path_of(node)} has no type")
    type_node = edge.g().bind(node=EdgeType.get_type_node(edge=edge.edge()))
    return library.types.get_type_name(type_node=type_node)


def wires(one: BoundNode, two: BoundNode) -> list[str] | None:
    """The pins on the shortest way between two, or `None` if no wire leads there."""
    way = EdgeInterfaceConnection.is_connected_to(source=one, target=two)
    if way.get_end_node() != two:
        return None
    at = way.get_start_node()
    names = [path_of(at)]
    for edge in way.get_edges():
        other = edge.target() if edge.source() == at.node() else edge.source()
        at = at.g().bind(node=other)
        names.append(path_of(at))
    return names

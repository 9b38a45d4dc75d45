"""Reads a Cargo.lock into a GraphView and answers a few questions with it.

Usage: python lockfile.py Cargo.lock [folder of stubs]
"""

from __future__ import annotations

import re
import sys
from collections import deque
from pathlib import Path

from pyrus.graph import BoundEdge, BoundNode, Edge, GraphView, Node

DEPENDS = 1


def packages(text: str) -> list[dict[str, object]]:
    """The `[[package]]` tables of a lock file: name, version and the names of dependencies."""
    found: list[dict[str, object]] = []
    for block in text.split("[[package]]")[1:]:
        name = re.search(r'^name = "(.+)"$', block, re.M)
        version = re.search(r'^version = "(.+)"$', block, re.M)
        listed = re.search(r"^dependencies = \[(.*?)^\]", block, re.M | re.S)
        wanted = re.findall(r'"([^"]+)"', listed[1]) if listed else []
        if name and version:
            found.append({"name": name[1], "version": version[1], "wanted": wanted})
    return found


def read(path: Path) -> tuple[GraphView, dict[str, BoundNode]]:
    """Crates become nodes with attributes, dependencies become edges."""
    graph = GraphView.create()
    nodes: dict[str, BoundNode] = {}
    tables = packages(path.read_text(encoding="utf-8"))
    for table in tables:
        name, version = str(table["name"]), str(table["version"])
        node = graph.insert_node(node=Node.create(name=name, version=version))
        nodes[f"{name} {version}"] = nodes[name] = node
    for table in tables:
        source = nodes[f"{table['name']} {table['version']}"]
        wanted = table["wanted"]
        assert isinstance(wanted, list)
        for target in wanted:
            ends = {"source": source.node(), "target": nodes[" ".join(target.split()[:2])].node()}
            graph.insert_edge(edge=Edge.create(**ends, edge_type=DEPENDS, directional=True))
    return graph, nodes


def neighbours(node: BoundNode, directed: bool) -> list[BoundNode]:
    """What a crate needs (`directed=True`), or what needs it."""
    found: list[BoundNode] = []

    def note(graph: GraphView, edge: BoundEdge) -> None:
        end = edge.edge().target() if directed else edge.edge().source()
        found.append(graph.bind(node=end))

    node.visit_edges_of_type(edge_type=DEPENDS, ctx=node.g(), f=note, directed=directed)
    return found


def reach(start: BoundNode) -> dict[BoundNode, BoundNode]:
    """Everything a crate needs, each with the node it was reached from: a breadth-first search."""
    came_from: dict[BoundNode, BoundNode] = {start: start}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in neighbours(node, directed=True):
            if other not in came_from:
                came_from[other] = node
                queue.append(other)
    return came_from


def name_of(node: BoundNode) -> str:
    return str(node.node().get_attr(key="name"))


def path_to(came_from: dict[BoundNode, BoundNode], end: BoundNode) -> list[str]:
    names = [name_of(end)]
    while came_from[end] != end:
        end = came_from[end]
        names.append(name_of(end))
    return names[::-1]


def table(rows: list[tuple[str, str]]) -> None:
    width = max(len(left) for left, _ in rows)
    for left, right in rows:
        print(f"  {left.ljust(width)}  {right}")


def executable() -> str:
    """This interpreter, as it is reached from here."""
    path = Path(sys.executable)
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def main() -> None:
    lock = Path(sys.argv[1])
    graph, nodes = read(lock)
    crates = [node for node in graph.get_nodes() if node.node().get_attr(key="name") is not None]
    root = nodes.get("pyrus-native", crates[0])
    came_from = reach(root)
    farthest = max(came_from, key=lambda node: len(path_to(came_from, node)))
    popular = max(crates, key=lambda node: len(neighbours(node, directed=False)))
    users = len(neighbours(popular, directed=False))
    print(f"\n{lock.name} as a graph: {graph!r}\n")
    table(
        [
            ("crates", str(len(crates))),
            ("dependencies", str(sum(len(neighbours(node, directed=True)) for node in crates))),
            (f"needed by {name_of(root)}, in all", str(len(came_from) - 1)),
            ("most used", f"{name_of(popular)} (by {users} crates)"),
            ("longest way", " > ".join(path_to(came_from, farthest))),
        ]
    )
    graph.destroy()
    if len(sys.argv) > 2:
        stub = Path(sys.argv[2]) / "pyrus" / "_native" / "graph.pyi"
        text = stub.read_text(encoding="utf-8")
        shown = re.search(r"^    def insert_node\(.*?^(?=    def )", text, re.M | re.S)
        print(f"\nThe stub of a method that was just called, from {'/'.join(stub.parts[-4:])}:\n")
        print(shown[0].rstrip() if shown else text[:400])
        print(
            "\nTo add an API: declare it in bindings/graph.yaml, write the Rust function it names in src/graph/,"
            "\nrun `cargo xtask demo` again. Wrapper and stub come from the declaration. Call it:"
            f"\n\n  PYRUS_NORECOMPILE=1 PYTHONPATH=python {executable()} -c 'from pyrus.graph import GraphView; print(GraphView.create())'"
        )


if __name__ == "__main__":
    main()

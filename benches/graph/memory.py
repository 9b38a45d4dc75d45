"""Resident memory of large graphs, each in a process of its own; and how fast they are saved. Linux only."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import networkx, rustworkx, with_peers
from rows import Row

START = """
import gc, json, sys
def resident():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * 4096
count = int(sys.argv[1])
"""
PYRUS = """
from pyrus.graph import Edge, GraphView
g = GraphView.create()
before = resident()
for _ in range(count): g.create_and_insert_node()
nodes = resident() - before
previous, before = g.get_self_node().node(), resident()
handles = iter(g.get_nodes()); next(handles)
chain = [one.node() for one in handles]
del handles
full = resident()
for node in chain:
    g.insert_edge(edge=Edge.create(source=previous, target=node, edge_type=1)); previous = node
edges = resident() - full
print(json.dumps([nodes / count, edges / count]))
"""
RUSTWORKX = """
import rustworkx
g = rustworkx.PyDiGraph()
before = resident()
for _ in range(count): g.add_node(None)
nodes, before = resident() - before, resident()
for i in range(1, count): g.add_edge(i - 1, i, None)
print(json.dumps([nodes / count, (resident() - before) / count]))
"""
NETWORKX = """
import networkx
g = networkx.MultiDiGraph()
before = resident()
for i in range(count): g.add_node(i)
nodes, before = resident() - before, resident()
for i in range(1, count): g.add_edge(i - 1, i, 1)
print(json.dumps([nodes / count, (resident() - before) / count]))
"""


def measured(code: str, count: int) -> list[float]:
    """Bytes per node and per edge."""
    command = [sys.executable, "-c", START + code, str(count)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def rows(count: int) -> list[Row]:
    """Memory per node and per edge of so many of both."""
    codes = {"pyrus": PYRUS}
    if rustworkx:
        codes["rustworkx"] = RUSTWORKX
    if networkx:
        codes["networkx"] = NETWORKX
    found = {who: measured(code, count) for who, code in codes.items()}

    def row(name: str, place: int, replaced: tuple[float, float]) -> Row:
        samples = {who: (lambda value=values[place]: value) for who, values in found.items()}
        return Row(name, samples, replaced, "bytes", 1)

    return [
        row(f"memory per node, {count:,} nodes", 0, (103, 103)),
        row(f"memory per edge, a chain of {count:,}", 1, (514, 514)),
    ]


def storing(count: int) -> list[Row]:
    """Saving and loading a chain of so many nodes with attributes and named edges, in megabytes per second of CPU.

    More is better: samples are negative, so that the best is the least.
    """
    from pyrus.graph import Edge, GraphView, Node

    g = GraphView.create()
    previous = g.get_self_node().node()
    for i in range(count):
        node = Node.create(value=i, label=f"node {i}")
        g.insert_node(node=node)
        g.insert_edge(edge=Edge.create(source=previous, target=node, edge_type=1, directional=True, name=f"edge {i}"))
        previous = node
    data = g.to_bytes()
    size = len(data) / 1e6
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, "a.graph")

    def megabytes_per_second(action) -> float:
        start = time.thread_time()
        kept = action()
        taken = time.thread_time() - start
        del kept
        return size / taken

    def speed(name: str, action) -> Row:
        return Row(name, with_peers(lambda: -megabytes_per_second(action)), None, "MB/s", 5)

    g.save(path)
    return [
        speed(f"to_bytes, {size:.0f} MB", g.to_bytes),
        speed("from_bytes", lambda: GraphView.from_bytes(data)),
        speed("save to a file", lambda: (g.save(path), folder)[0]),
        speed("load from a file", lambda: GraphView.load(path)),
    ]

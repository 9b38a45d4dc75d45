"""Ten thousand calls of everything leave nothing behind: neither blocks of memory nor references."""

import copy
import gc
import os
import pickle
import subprocess
import sys

import pytest
from graph_tools import Thing, edge, view, visit
from pyrus.graph import Edge, GraphView, Node

CALLS = 10_000


class Setting:
    """What the calls work on; made once, so that only what they leave behind shows."""

    def __init__(self):
        self.g, (self.a, self.b) = view(2)
        self.node = self.a.node()
        self.edge = edge(self.a, self.b, name="ab", weight=1.5, text="text")
        self.bound = self.g.insert_edge(edge=self.edge)
        self.attributes = Node.create(a=1, b="text", c=2.5, d=True)
        self.loose = Node.create()
        self.part = GraphView.create()
        self.dead, _ = view(1)
        self.dead.destroy()
        self.raising = lambda _ctx, _edge: 1 / 0
        self.hears = lambda _done, _total: None
        self.saved = self.g.to_bytes()
        self.found = []


def refused(call, *arguments, **keywords):
    try:
        call(*arguments, **keywords)
    except Exception:  # noqa: BLE001
        return
    raise AssertionError


def cycle():
    g, [b] = view(1)
    b.store(data=Thing(g, b, b.node(), g.insert_edge(edge=edge(b, b))))


def fill_found(s):
    s.found.clear()
    s.a.visit_edges_of_type(edge_type=1, ctx=s.found, f=list.append)


CASES = {
    "Node.create": lambda s: Node.create(),
    "Node.create(**attrs)": lambda s: Node.create(a=1, b="text", c=2.5, d=True),
    "Node.create refused": lambda s: refused(Node.create, a=1, b=None),
    "get_attr": lambda s: s.attributes.get_attr(key="b"),
    "get_attr missing": lambda s: s.attributes.get_attr(key="missing"),
    "get_attr refused": lambda s: refused(s.attributes.get_attr, key=1),
    "get_dynamic_attrs": lambda s: s.attributes.get_dynamic_attrs(),
    "is_same": lambda s: s.node.is_same(other=s.loose),
    "is_same refused": lambda s: refused(s.node.is_same, other=None),
    "compare": lambda s: (s.node == s.loose, s.a == s.b, s.a != 1, hash(s.a), s.bound == s.bound, s.g == s.part),
    "repr": lambda s: (repr(s.g), repr(s.a), repr(s.bound), repr(s.node), repr(s.edge), repr(s.dead)),
    "call": lambda s: (refused(GraphView), refused(Node, 1)),
    "Edge.create": lambda s: Edge.create(source=s.node, target=s.node, edge_type=3),
    "Edge.create all": lambda s: Edge.create(
        source=s.node, target=s.loose, edge_type=3, directional=[], name="name", a=1, b="text"
    ),
    "Edge.create refused": lambda s: refused(Edge.create, source=s.node, target=s.loose, edge_type=300, a=1),
    "Edge.create refused late": lambda s: refused(Edge.create, source=s.node, target=s.loose, edge_type=3, a=1, b=b""),
    "edge": lambda s: (s.edge.source(), s.edge.target(), s.edge.name(), s.edge.get_dynamic_attrs(), s.bound.edge()),
    "bound": lambda s: (s.a.node(), s.a.g(), s.bound.g(), s.g.get_self_node()),
    "insert_node": lambda s: s.g.insert_node(node=s.node),
    "insert_edge": lambda s: s.g.insert_edge(edge=s.edge),
    "insert_edge refused": lambda s: refused(s.part.insert_edge, edge=s.edge),
    "bind": lambda s: s.g.bind(node=s.loose),
    "get_nodes": lambda s: s.g.get_nodes(),
    "visit": fill_found,
    "visit raising": lambda s: refused(s.a.visit_edges_of_type, edge_type=1, ctx=None, f=s.raising),
    "visit refused": lambda s: refused(s.a.visit_edges_of_type, edge_type=1, ctx=None),
    "visit filtered": lambda s: visit(s.a, directed=True),
    "destroyed": lambda s: (refused(s.dead.get_nodes), refused(s.dead.bind, node=s.node)),
    "view": lambda s: GraphView.create(),
    "view destroyed": lambda s: GraphView.create().destroy(),
    "view filled": lambda s: view(3),
    "create_and_insert_node": lambda s: s.part.create_and_insert_node(),
    "subgraph": lambda s: s.g.get_subgraph_from_nodes(nodes=[s.a, s.b]),
    "subgraph refused": lambda s: refused(s.g.get_subgraph_from_nodes, nodes=[s.a, 1]),
    "insert_subgraph": lambda s: GraphView.create().insert_subgraph(subgraph=s.g),
    "store": lambda s: s.a.store(data=Thing()),
    "store elsewhere": lambda s: s.g.bind(node=Node.create()).store(data=Thing()),
    "load": lambda s: (s.a.store(data=s), s.a.load(t=Setting), s.a.try_load(t=int), refused(s.b.load, t=int)),
    "waiting in the record": lambda s: GraphView.create().bind(node=s.edge.target()).store(data=Thing()),
    "cycle": lambda s: cycle(),
    "saved": lambda s: GraphView.from_bytes(s.g.to_bytes(progress=s.hears), progress=s.hears),
    "saved, stopped": lambda s: refused(s.g.to_bytes, progress=s.raising),
    "loaded, refused": lambda s: (
        refused(GraphView.from_bytes, b"none"),
        refused(GraphView.load, "no such file"),
        refused(GraphView.from_bytes, s.saved, progress=s.raising),
    ),
    "exported": lambda s: (s.g.to_dot(), s.g.to_graphml(progress=s.hears)),
    "not pickled": lambda s: (refused(pickle.dumps, s.g), refused(copy.copy, s.a), refused(copy.deepcopy, s.edge)),
    "with": lambda s: s.dead.__exit__(None, None, None),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks_and_references_are_flat(name):
    call, setting = CASES[name], Setting()

    def measure(count):
        for _ in range(count):
            call(setting)
        gc.collect()
        watched = (setting.g, setting.a, setting.node, setting.edge, setting.bound, setting.part, None, True, GraphView)
        return sys.getallocatedblocks(), [sys.getrefcount(x) for x in watched]

    measure(200)
    calls = CALLS // 10 if name in ("cycle", "waiting in the record") else CALLS
    # Threads of pytest's plugins allocate too: what leaks grows every time it is measured, what they do does not.
    for _ in range(3):
        before_blocks, before_counts = measure(10)
        blocks, counts = measure(calls)
        if blocks - before_blocks < 60:
            break
    assert blocks - before_blocks < 60, "blocks of memory are left behind"
    # What CPython itself counts on None and True varies a little.
    assert all(abs(after - before) < 40 for before, after in zip(before_counts, counts)), "references are left behind"


RESIDENT = """
import gc, os, sys, sysconfig
from test_leaks import CASES, Setting
from pyrus.graph.__main__ import resident, trim
call, setting = CASES[sys.argv[1]], Setting()
def measure(count):
    for _ in range(count):
        call(setting)
    trim()
    return resident()
measure(2000)
before = measure(2000)
grown = measure(20_000) - before
# The allocator of free-threaded builds gives back late.
limit = 4_000_000 if sysconfig.get_config_var("Py_GIL_DISABLED") else 1_000_000
assert grown < limit, f"{grown} bytes"
"""
NATIVE = ["Node.create(**attrs)", "Edge.create all", "get_dynamic_attrs", "view filled", "subgraph", "insert_subgraph"]
NATIVE += ["cycle", "store elsewhere", "store", "visit", "waiting in the record"]


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="resident memory is read from /proc")
@pytest.mark.parametrize("name", NATIVE)
def test_resident_memory_is_flat(name):
    """Rust's own memory does not show in Python's count of blocks."""
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", RESIDENT, name],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

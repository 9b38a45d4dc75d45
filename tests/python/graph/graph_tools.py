"""Small things that the tests of `pyrus.graph` share."""

import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from pyrus.graph import Edge, GraphView

slow = pytest.mark.skipif(os.environ.get("PYRUS_SLOW") != "1", reason="set PYRUS_SLOW=1 to run it")
later = "needs a module that comes later"


def edge(a, b, kind=1, /, **options):
    """An edge between two bound nodes or node references."""
    source, target = (x.node() if hasattr(x, "node") else x for x in (a, b))
    return Edge.create(source=source, target=target, edge_type=kind, **options)


def view(count):
    """A view with so many nodes besides its self node."""
    g = GraphView.create()
    return g, [g.create_and_insert_node() for _ in range(count)]


def visit(bound, kind=1, /, **options):
    """The edges that a visit meets, in order."""
    found = []
    bound.visit_edges_of_type(edge_type=kind, ctx=found, f=list.append, **options)
    return [x.edge() for x in found]


def names(bound, kind=1, /, **options):
    """Their names."""
    return [x.name() for x in visit(bound, kind, **options)]


class Thing:
    """Something to store that can be watched."""

    def __init__(self, *refers_to):
        self.refers_to = list(refers_to)


def watched(*refers_to):
    """A thing and a weak reference to it."""
    thing = Thing(*refers_to)
    return thing, weakref.ref(thing)


def collect():
    """Run the collector until it finds nothing."""
    while gc.collect():
        pass


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

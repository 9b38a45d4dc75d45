"""Several interpreters in one process, each with its own GIL."""

import subprocess
import sys

import pytest
from graph_tools import run


@pytest.mark.skipif(sys.version_info < (3, 13), reason="needs interpreters of the standard library")
def test_interpreters_of_their_own():
    run("""
import sys, threading
import _interpreters
from pyrus.graph import GraphView
CODE = f'''
import sys, gc
sys.path[:] = {sys.path!r}
from pyrus.graph import Edge, GraphView, Node
class Thing:
    def __init__(self, *x): self.x = x
    def __del__(self): repr(self.x)
for round in range(50):
    g, h = GraphView.create(), GraphView.create()
    bound = [g.create_and_insert_node() for _ in range(50)]
    for a, b in zip(bound, bound[1:]):
        g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=1))
        h.insert_node(node=a.node())
        a.store(data=Thing(g, h, b))
        assert h.bind(node=a.node()).load(t=Thing).x[0] is g
    if round % 2:
        g.destroy()
    gc.collect()
'''
failures = []
def work():
    interpreter = _interpreters.create()
    failure = _interpreters.run_string(interpreter, CODE)
    if failure:
        failures.append(str(failure))
    _interpreters.destroy(interpreter)
g = GraphView.create()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for _ in range(2000):
    g.create_and_insert_node().store(data=[g])
for thread in threads: thread.join()
assert not failures, failures
assert g.get_node_count() == 2001
""")


@pytest.mark.skipif(sys.version_info < (3, 13), reason="needs interpreters of the standard library")
def test_what_another_interpreter_destroys_leaves_the_views_of_this_one_alone():
    run("""
import sys, weakref
import _interpreters
from pyrus.graph import GraphView
class Thing: pass
thing = Thing()
gone = weakref.ref(thing)
view = GraphView.create()
bound = view.create_and_insert_node()
bound.store(data=thing)
del thing
view.destroy()
there = _interpreters.create()
failure = _interpreters.run_string(there, f'''
import sys
sys.path[:] = {sys.path!r}
from pyrus.graph import GraphView
GraphView.create().destroy()
''')
assert not failure, failure
_interpreters.destroy(there)
assert gone()
del bound
GraphView.create().destroy()
assert not gone()
""")


@pytest.mark.skipif(sys.version_info < (3, 10), reason="unions of CPython 3.9 are typing.Union")
def test_an_import_brings_nothing_of_the_standard_library():
    code = f"""
import os, sys
sys.path[:] = {sys.path!r}
before = set(sys.modules)
import pyrus.graph
print(*sorted(name for name in set(sys.modules) - before if not name.startswith("pyrus")))
"""
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "\n"

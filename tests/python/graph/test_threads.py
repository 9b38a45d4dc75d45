"""Threads hammer the same views and nodes: a new process for each test, so that a crash is seen as one. On free-threaded
builds they do so at once; with a GIL, it changes hands all the time."""

from graph_tools import run

# `hammer(*jobs)` runs each job often, in eight threads that begin at once, and gives what they returned.
HAMMER = """
import gc, random, sys, threading, traceback, weakref
sys.setswitchinterval(1e-6)
from pyrus.graph import BFSPath, Edge, GraphDestroyedError, GraphView, Node

class Thing:
    def __init__(self, *kept):
        self.kept = kept
    def __del__(self):
        repr(self.kept)

def hammer(*jobs, rounds=500, count=8):
    start, failures, results = threading.Barrier(count), [], []
    def work(i):
        job, rng = jobs[i % len(jobs)], random.Random(i)
        start.wait()
        try:
            for round in range(rounds):
                results.append(job(rng))
        except BaseException:
            failures.append(traceback.format_exc())
    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    while gc.collect():
        pass
    return [result for result in results if result is not None]
"""


def test_a_view_grows():
    run(
        HAMMER
        + """
g = GraphView.create()
hub = g.create_and_insert_node()

def grow(rng):
    node = g.create_and_insert_node()
    edge = Edge.create(source=hub.node(), target=node.node(), edge_type=1, weight=rng.random())
    g.insert_edge(edge=edge)
    assert edge.source() is hub.node() and g.bind(node=node.node()) == node and hub.g() is g
    return edge.get_uuid()

ids = hammer(grow, rounds=100)
assert len(set(ids)) == len(ids) == g.get_edge_count() == 800 and g.get_node_count() == 802
met = []
hub.visit_edges_of_type(edge_type=1, ctx=met, f=list.append)
assert len(met) == 800
"""
    )


def test_the_one_reference_of_a_node():
    """It dies and is made again all the time, and there is never a second one."""
    run(
        HAMMER
        + """
g = GraphView.create()
bound = [g.create_and_insert_node() for _ in range(4)]

def same(rng):
    one = rng.choice(bound)
    a = one.node()
    b = one.node()
    assert a is b and a == b and hash(a) == hash(b) and a.get_uuid() == b.get_uuid()
    for node in g.get_nodes():
        assert node.node() is node.node()

hammer(same, rounds=300)
"""
    )


def test_stored_objects():
    """What is stored for a node is one of the things that were stored, and goes when nothing leads to it any more."""
    run(
        HAMMER
        + """
g, h = GraphView.create(), GraphView.create()
bound = [g.create_and_insert_node() for _ in range(4)]
gone = []

def use(rng):
    one = rng.choice(bound)
    choice = rng.randrange(5)
    if choice == 0:
        thing = Thing(rng.choice(bound), g)
        gone.append(weakref.ref(thing))
        one.store(data=thing)
    elif choice == 1:
        found = one.try_load(t=Thing)
        assert found is None or found.kept[1] is g
    elif choice == 2:
        other = h.insert_node(node=one.node())
        other.try_load(t=Thing)
    elif choice == 3 and rng.random() < 0.05:
        gc.collect()
    else:
        Edge.create(source=one.node(), target=rng.choice(bound).node(), edge_type=2)

hammer(use)
del g, h, bound, use
while gc.collect():
    pass
assert not [ref for ref in gone if ref()]
"""
    )


def test_destroyed_while_it_is_visited():
    run(
        HAMMER
        + """
def make():
    g = GraphView.create()
    nodes = [g.create_and_insert_node() for _ in range(20)]
    for a, b in zip(nodes, nodes[1:]):
        g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=1))
        a.store(data=Thing(g, b))
    return g, nodes

views = [make() for _ in range(3)]

def use(rng):
    i = rng.randrange(3)
    g, nodes = views[i]
    node = rng.choice(nodes)
    try:
        choice = rng.randrange(8)
        if choice == 0 and rng.random() < 0.3:
            views[i] = make()
            g.destroy()
        elif choice == 1:
            node.visit_edges_of_type(edge_type=1, ctx=g, f=lambda ctx, edge: (edge.edge().source(), ctx.get_edge_count()))
        elif choice == 2:
            node.try_load(t=Thing)
        elif choice == 3:
            views[rng.randrange(3)][0].insert_subgraph(subgraph=g)
        elif choice == 4:
            GraphView.from_bytes(data=g.to_bytes())
        elif choice == 5:
            g.get_subgraph_from_nodes(nodes=nodes[:5])
        elif choice == 6:
            g.to_dot(), g.to_graphml()
        else:
            g.insert_node(node=node.node()), g.get_nodes(), g.get_edges()
    except GraphDestroyedError:
        pass
    repr(g), hash(node), g == g

hammer(use, rounds=150)
"""
    )


def test_attributes():
    run(
        HAMMER
        + """
values = [1, 2.5, "a", "b" * 100, True]

def make(rng):
    wanted = {f"k{i}": rng.choice(values) for i in range(rng.randrange(1, 9))}
    node = Node.create(**wanted)
    assert node.get_dynamic_attrs() == wanted and node.get_attr(key="k0") == wanted["k0"]
    shared[rng.randrange(len(shared))] = node
    other = rng.choice(shared)
    assert set(other.get_dynamic_attrs().values()) <= set(values)

shared = [Node.create(k0=1) for _ in range(8)]
hammer(make)
"""
    )

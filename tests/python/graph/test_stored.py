"""Objects stored on nodes: who sees them, how long they live, and that nothing leaks."""

import gc
import sys
import threading

import pytest
from graph_tools import Thing, collect, edge, run, view, watched
from pyrus.graph import Edge, GraphView, Node


def test_seen_through_every_view_and_handle():
    g, [b] = view(1)
    h = GraphView.create()
    c = h.insert_node(node=b.node())
    c.store(data="c")
    assert b.load(t=str) == g.bind(node=c.node()).load(t=str) == g.get_nodes()[1].load(t=str) == "c"
    b.store(data="b")
    assert c.load(t=str) == h.get_nodes()[1].load(t=str) == "b"


def test_not_a_member():
    g, n = GraphView.create(), Node.create()
    g.bind(node=n).store(data="x")
    assert g.bind(node=n).load(t=str) == GraphView.create().bind(node=n).load(t=str) == "x"
    assert g.get_node_count() == 1


def test_kept_by_the_view():
    thing, alive = watched()
    g = GraphView.create()
    g.create_and_insert_node().store(data=thing)
    del thing
    collect()
    assert g.get_nodes()[1].load(t=Thing) is alive()
    del g
    assert alive() is None


def test_kept_by_every_view_that_has_the_node():
    thing, alive = watched()
    g, [b] = view(1)
    h, i = GraphView.create(), GraphView.create()
    h.insert_node(node=b.node())
    b.store(data=thing)
    i.insert_node(node=b.node())
    del thing, g, b
    collect()
    assert h.get_nodes()[1].load(t=Thing) is i.get_nodes()[1].load(t=Thing) is alive()
    h.destroy()
    collect()
    assert i.get_nodes()[1].load(t=Thing) is alive()
    i.destroy()
    assert alive() is None


class Subject:
    """A node of a view, with an object stored there."""

    def __init__(self):
        self.view = GraphView.create()
        self.bound = self.view.get_self_node()
        self.edge = Edge.create(source=self.bound.node(), target=self.bound.node(), edge_type=1)


@pytest.mark.parametrize("wrap", [lambda handle: handle, lambda handle: (handle,), lambda handle: handle.__repr__])
@pytest.mark.parametrize("name", ["view", "bound", "edge"])
def test_handles_stored_on_their_own_node(name, wrap):
    # Found by `cargo pyrus fuzz`: the object moved into the node's record, which is kept by that very object.
    def store():
        subject = Subject()
        subject.bound.store(data=wrap(getattr(subject, name)))

    counts = []
    for _ in range(4):
        store()
        collect()
        counts.append(sys.getrefcount(GraphView))
    assert len(set(counts)) == 1


def test_kept_by_copies():
    thing, alive = watched()
    g, [b] = view(1)
    b.store(data=thing)
    part, whole = g.get_subgraph_from_nodes(nodes=[b]), GraphView.create()
    whole.insert_subgraph(subgraph=g)
    del thing, g, b
    collect()
    assert part.get_nodes()[1].load(t=Thing) is alive()
    assert whole.get_nodes()[2].load(t=Thing) is alive()
    del part
    collect()
    assert whole.get_nodes()[2].load(t=Thing) is alive()
    del whole
    assert alive() is None


def test_kept_by_a_node_reference():
    thing, alive = watched()
    n = Node.create()
    GraphView.create().bind(node=n).store(data=thing)
    del thing
    collect()
    assert GraphView.create().insert_node(node=n).load(t=Thing) is alive()
    del n
    assert alive() is None


def test_kept_by_an_edge():
    """Nothing but an edge names the node: the object waits in the record."""
    thing, alive = watched()
    g, [a, b] = view(2)
    a.store(data=thing)
    e = edge(a, b)
    del thing, g, a, b
    collect()
    g = GraphView.create()
    for _ in range(3):
        assert g.bind(node=e.source()).load(t=Thing) is alive()
        collect()
    g = None
    collect()
    assert GraphView.create().insert_node(node=e.source()).try_load(t=Thing) is alive()
    del e
    collect()
    assert alive() is None


def test_stored_anew_while_another_waits_in_the_record():
    first, alive = watched()
    n = Node.create()
    e = Edge.create(source=n, target=n, edge_type=1)
    GraphView.create().bind(node=n).store(data=first)
    del first, n
    GraphView.create().bind(node=e.source()).store(data="second")
    assert alive() is None
    collect()
    assert GraphView.create().bind(node=e.source()).load(t=str) == "second"


def test_replaced():
    thing, alive = watched()
    _, [b] = view(1)
    b.store(data=thing)
    del thing
    assert alive() is not None
    b.store(data=None)
    assert alive() is None


def test_released_with_the_contents():
    thing, alive = watched()
    g, [b] = view(1)
    b.store(data=thing)
    del thing, b
    g.destroy()
    assert alive() is None


def test_after_destroy_with_a_handle():
    thing, alive = watched()
    g, [b] = view(1)
    b.store(data=thing)
    other = g.bind(node=b.node())
    del thing
    g.destroy()
    collect()
    assert b.load(t=Thing) is other.load(t=Thing) is alive()
    del b
    assert other.load(t=Thing) is alive()
    other.store(data=None)
    assert alive() is None and other.load(t=type(None)) is None


def cycle_bound_node(g, b, thing):
    thing.refers_to.append(b)


def cycle_view(g, b, thing):
    thing.refers_to.append(g)


def cycle_node(g, b, thing):
    thing.refers_to.append(b.node())


def cycle_another_bound_node(g, b, thing):
    thing.refers_to.append(g.bind(node=b.node()))


def cycle_bound_edge(g, b, thing):
    thing.refers_to.append(g.insert_edge(edge=edge(b, g.get_self_node())))


def cycle_edge_of_the_view(g, b, thing):
    thing.refers_to.append([g, edge(b, b)])


def cycle_edge(g, b, thing):
    thing.refers_to.append(edge(b, g.get_self_node()))


def cycle_edges_of_a_visit(g, b, thing):
    g.insert_edge(edge=edge(g.get_self_node(), b))
    b.visit_edges_of_type(edge_type=1, ctx=None, f=lambda _ctx, seen: thing.refers_to.extend([seen.edge(), seen]))


def cycle_edges_from_before(g, b, thing):
    """Their ends had no references when the edges were met."""
    h = GraphView.create()
    h.insert_node(node=g.get_self_node().node())
    h.insert_node(node=b.node())
    seen = [h.insert_edge(edge=edge(g.get_self_node(), b))]
    collect()
    thing.refers_to.extend(x.edge() for x in seen)


def cycle_not_a_member(g, b, thing):
    c = GraphView.create().bind(node=b.node())
    c.store(data=thing)
    thing.refers_to.append(c)


def cycle_list(g, b, thing):
    thing.refers_to.append(thing)
    thing.refers_to.append([b, g, b.node()])


def cycle_through_another_object(g, b, thing):
    c = g.create_and_insert_node()
    c.store(data=Thing(thing, b, g))
    thing.refers_to.append(c)


def cycle_through_another_view(g, b, thing):
    h = GraphView.create()
    c = h.create_and_insert_node()
    h.insert_node(node=b.node()).store(data=thing)
    c.store(data=Thing(g, b, thing))
    thing.refers_to.append(c)


def cycle_through_a_view_it_was_inserted_in_later(g, b, thing):
    h = GraphView.create()
    h.insert_node(node=b.node())
    thing.refers_to.append(h)


CYCLES = [value for name, value in globals().items() if name.startswith("cycle_")]


@pytest.mark.parametrize("end", ["dropped", "destroyed"])
@pytest.mark.parametrize("make", CYCLES, ids=lambda make: make.__name__)
def test_cycles_are_collected(make, end):
    collect()
    g, [b] = view(1)
    thing, alive = watched()
    if make is cycle_through_a_view_it_was_inserted_in_later:
        b.store(data=thing)
        make(g, b, thing)
    else:
        make(g, b, thing)
        b.store(data=thing)
    if end == "destroyed":
        g.destroy()
    del g, b, thing
    collect()
    assert alive() is None


def test_a_cycle_through_a_view_that_had_the_node_before():
    """The object is stored through one view and refers to another that has the node as well."""
    thing, alive = watched()
    g, [b] = view(1)
    h = GraphView.create()
    h.insert_node(node=b.node())
    thing.refers_to.append(h)
    b.store(data=thing)
    del thing, h
    b = None
    g = None
    collect()
    assert alive() is None


def test_a_cycle_through_a_handle_that_never_met_the_reference():
    """An older handle on a destroyed view, while another view with the node lives on for a while."""
    thing, alive = watched()
    h, [old] = view(1)
    i = GraphView.create()
    i.insert_subgraph(subgraph=h)
    thing.refers_to.append(old)
    i.get_nodes()[2].store(data=thing)
    h.destroy()
    del h, old, thing
    collect()
    assert alive() is i.get_nodes()[2].load(t=Thing)
    i.destroy()
    del i
    collect()
    assert alive() is None


def test_a_cycle_through_handles_on_several_destroyed_views():
    """Each names the node, and only one of them meets the reference."""
    thing, alive = watched()
    views = [GraphView.create() for _ in range(3)]
    n = views[0].create_and_insert_node().node()
    for v in views[1:]:
        v.insert_node(node=n)
    del n
    first, second, third = (v.get_nodes()[-1] for v in views)
    for v in views:
        v.destroy()
    del v, views
    thing.refers_to += [second, third]
    first.store(data=thing)
    del thing, second, third
    collect()
    assert first.load(t=Thing).refers_to[0].load(t=Thing) is alive()
    del first
    collect()
    assert alive() is None


def test_garbage_in_one_view_is_alive_in_another():
    thing, alive = watched()
    g, [b] = view(1)
    h = GraphView.create()
    h.insert_node(node=b.node())
    thing.refers_to.extend([g, b])
    b.store(data=thing)
    del thing, g, b
    collect()
    assert h.get_nodes()[1].load(t=Thing) is alive()
    assert len(alive().refers_to) == 2
    del h
    collect()
    assert alive() is None


def test_many_cycles():
    collect()
    before = len(gc.get_objects())
    for _ in range(200):
        g, bound = view(5)
        for b in bound:
            b.store(data=Thing(g, *bound))
    del g, bound, b
    collect()
    assert len(gc.get_objects()) < before + 100


def test_finalizers_may_do_anything():
    log = []

    class Busy:
        def __init__(self, g, node):
            self.g, self.node = g, node

        def __del__(self):
            b = (
                self.g.bind(node=self.node)
                if "destroyed" not in repr(self.g)
                else GraphView.create().bind(node=self.node)
            )
            log.append(b.try_load(t=object))
            b.store(data="from the finalizer")
            self.g.destroy()
            log.append(b.load(t=str))

    g, [b] = view(1)
    b.store(data=Busy(g, b.node()))
    b.store(data="new")
    assert log == ["new", "from the finalizer"]
    with pytest.raises(ReferenceError):
        g.get_node_count()

    log.clear()
    h, [b] = view(1)
    b.store(data=Busy(h, b.node()))
    h.destroy()
    b.store(data=None)
    del h, b
    collect()
    assert len(log) == 2


def test_a_finalizer_that_brings_its_object_back():
    saved = []

    class Lazarus:
        def __del__(self):
            saved.append(self)

    g, [b] = view(1)
    b.store(data=Lazarus())
    g.destroy()
    del b, g
    assert len(saved) == 1
    GraphView.create().create_and_insert_node().store(data=saved.pop())
    collect()


def test_collector_at_every_step():
    run("""
import gc
from pyrus.graph import Edge, GraphView, Node
gc.set_threshold(1)
class Thing:
    def __init__(self, *x): self.x = x
for round in range(20):
    g, h = GraphView.create(), GraphView.create()
    bound = [g.create_and_insert_node() for _ in range(10)]
    for b in bound:
        h.insert_node(node=b.node()).store(data=Thing(g, h, *bound))
        assert b.load(t=Thing).x[0] is g
    edges = [g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=1)) for a, b in zip(bound, bound[1:])]
    part = g.get_subgraph_from_nodes(nodes=bound)
    assert all(b.load(t=Thing).x[1] is h for b in part.get_nodes()[1:])
    if round % 2: g.destroy()
gc.collect()
""")


CHAINS = {
    "bound nodes": """
        bound[i].store(data=bound[i + 1])
""",
    "things": """
        bound[i].store(data=[bound[i + 1]])
""",
    "waiting in records": """
        edges.append(Edge.create(source=bound[i].node(), target=bound[i].node(), edge_type=1))
        bound[i].store(data=[bound[i + 1]])
""",
}


@pytest.mark.parametrize("destroyed", [True, False])
@pytest.mark.parametrize("kind", CHAINS)
def test_long_chains_end(kind, destroyed):
    run(f"""
import gc
from pyrus.graph import Edge, GraphView
for count, several in ((100_000, False), (3000, True)):
    edges = []
    g = GraphView.create()
    bound = [(GraphView.create() if several else g).create_and_insert_node() for _ in range(count)]
    for i in range(count - 1):
        {CHAINS[kind].strip()}
    if {destroyed}:
        for b in bound[:]:
            b.g().destroy()
        del b
    del g
    while len(bound) > 1:
        bound.pop()
    bound.clear()
    edges.clear()
    gc.collect()
""")


def test_finalizers_run_at_exit():
    out = run("""
from pyrus.graph import GraphView
class Thing:
    def __del__(self): print("gone", flush=True)
g = GraphView.create()
g.create_and_insert_node().store(data=Thing())
""")
    assert out == "gone\n"


def test_exit_with_everything_alive():
    run("""
import gc
from pyrus.graph import Edge, GraphView, Node
class Thing:
    def __init__(self, *x): self.x = x
    def __del__(self):
        for y in self.x:
            repr(y)
g = GraphView.create()
b = g.create_and_insert_node()
e = g.insert_edge(edge=Edge.create(source=b.node(), target=b.node(), edge_type=1))
b.store(data=Thing(g, b, b.node(), e))
GraphView.create().bind(node=Node.create()).store(data=Thing(g))
gc.disable()
""")


def test_threads():
    g, bound = view(50)
    failures = []

    def work(seed):
        try:
            for i in range(2000):
                b = bound[(i * 7 + seed) % 50]
                b.store(data=Thing(b, g, seed))
                assert isinstance(b.load(t=Thing), Thing)
                if i % 100 == 0:
                    h = g.get_subgraph_from_nodes(nodes=bound)
                    assert h.get_nodes()[1].try_load(t=Thing)
                    h.destroy()
                    gc.collect()
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []

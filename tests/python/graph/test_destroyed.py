"""After `destroy()`: what works and what raises, for every member of every class."""

import pytest
from graph_tools import edge, names, view
from pyrus import graph
from pyrus.graph import BoundEdge, BoundNode, GraphDestroyedError, GraphView, Node

WORKS = {
    BoundNode: {"node", "g", "store", "load", "try_load", "__eq__", "__hash__", "__repr__"},
    BoundEdge: {"edge", "g", "__eq__", "__hash__", "__repr__"},
    GraphView: {"get_self_node", "__eq__", "__hash__", "__repr__", "destroy", "__enter__", "__exit__", "create"}
    | {"load", "from_bytes"},
}
RAISES = {
    BoundNode: {"visit_edges_of_type"},
    BoundEdge: set(),
    GraphView: {
        "insert_node",
        "create_and_insert_node",
        "insert_edge",
        "bind",
        "get_node_count",
        "get_edge_count",
        "get_nodes",
        "get_edges",
        "save",
        "to_bytes",
        "to_graphml",
        "to_dot",
        "get_subgraph_from_nodes",
        "insert_subgraph",
    },
}
# Python's own, and the debug handle, which works on everything.
EVERYWHERE = {"__doc__", "__module__", "__rust_address__", "__init__", "__reduce__", "__del__"}
COMPARISONS = {"__lt__", "__le__", "__gt__", "__ge__", "__ne__"}


@pytest.mark.parametrize("cls", WORKS)
def test_every_member_is_in_the_table(cls):
    assert set(vars(cls)) - EVERYWHERE - COMPARISONS == WORKS[cls] | RAISES[cls]


@pytest.fixture
def dead():
    """A destroyed view, bound nodes and a bound edge of it, and the id of its self node."""
    g, [a, b] = view(2)
    e = g.insert_edge(edge=edge(a, b, name="ab"))
    a.store(data="stored")
    self_node = g.get_self_node().node()
    g.destroy()
    return g, a, b, e, self_node


def raises(g, call):
    with pytest.raises(GraphDestroyedError) as caught:
        call()
    assert isinstance(caught.value, ReferenceError)
    assert caught.value.graph_id == g.get_self_node().node().get_uuid()
    assert str(caught.value) == f"The graph {caught.value.graph_id:#x} was destroyed"


def test_nodes_and_edges_work(dead):
    _, a, b, e, _ = dead
    n, record = a.node(), e.edge()
    assert n.get_uuid() == hash(n) and n.is_same(other=n) and n == a.node() and n != b.node()
    assert n.get_attr(key="x") is None and n.get_dynamic_attrs() == {} and repr(n)
    assert record.source() == n and record.target() == b.node() and record.edge_type() == 1
    assert record.name() == "ab" and record.directional() is False and repr(record)
    assert record == e.edge() and hash(record) == record.get_uuid() and record.is_same(other=record)
    assert record.get_attr(key="name") == "ab" and record.get_dynamic_attrs() == {"name": "ab"}


def test_bound_nodes(dead):
    g, a, b, _, self_node = dead
    assert a.node().get_uuid() == hash(a)
    assert a.g() is g and a.g() == g
    assert a == a and a != b and a == GraphView.create().insert_node(node=a.node())
    assert repr(a) == f"BoundNode(node={hash(a):#x}, graph={self_node.get_uuid():#x})"
    assert a.load(t=str) == a.try_load(t=str) == "stored"
    assert b.try_load(t=str) is None
    b.store(data=5)
    assert b.load(t=int) == 5
    raises(g, lambda: a.visit_edges_of_type(edge_type=1, ctx=None, f=print))
    raises(g, lambda: names(b, 7, directed=True))


def test_bound_edges(dead):
    g, a, b, e, self_node = dead
    assert e.edge().name() == "ab" and e.g() is g
    assert e == e and hash(e) == hash(e)
    assert repr(e) == f"BoundEdge(src={hash(a):#x}, tgt={hash(b):#x}, graph={self_node.get_uuid():#x})"


def test_views(dead):
    g, a, _, e, self_node = dead
    assert g.get_self_node().node() is self_node and g.get_self_node().g() is g
    assert g == g and g != GraphView.create() and hash(g) == self_node.get_uuid()
    assert repr(g) == f"GraphView(id={self_node.get_uuid():#x}, destroyed)"
    assert g.destroy() is None and g.destroy() is None
    other = GraphView.create()
    for call in (
        lambda: g.insert_node(node=Node.create()),
        lambda: g.insert_node(node=a.node()),
        g.create_and_insert_node,
        lambda: g.insert_edge(edge=e.edge()),
        lambda: g.bind(node=a.node()),
        g.get_node_count,
        g.get_edge_count,
        g.get_nodes,
        g.get_edges,
        g.to_bytes,
        g.to_graphml,
        g.to_dot,
        lambda: g.save("never written"),
        lambda: g.get_subgraph_from_nodes(nodes=[]),
        lambda: g.get_subgraph_from_nodes(nodes=[a]),
        lambda: g.insert_subgraph(subgraph=other),
        lambda: g.insert_subgraph(subgraph=g),
        lambda: other.insert_subgraph(subgraph=g),
    ):
        raises(g, call)
    assert other.get_node_count() == 1


def test_bad_arguments_still_come_first(dead):
    g, *_ = dead
    for method in ("insert_node", "insert_edge", "bind", "get_subgraph_from_nodes", "insert_subgraph"):
        with pytest.raises(TypeError):
            getattr(g, method)()


def test_no_id_is_used_up(dead):
    g, *_ = dead
    u = Node.create().get_uuid()
    for call in (g.create_and_insert_node, lambda: g.get_subgraph_from_nodes(nodes=[])):
        raises(g, call)
    assert Node.create().get_uuid() == u + 1


def test_with():
    with GraphView.create() as g:
        assert isinstance(g, GraphView) and g.get_node_count() == 1
    raises(g, g.get_node_count)
    with pytest.raises(KeyError, match="mine"):
        with GraphView.create() as g:
            raise KeyError("mine")
    raises(g, g.get_node_count)
    with g as again:
        assert again is g


def test_destroyed_views_as_keys(dead):
    g, a, b, _, _ = dead
    table = {a: 1, b: 2, g: 3, a.node(): 4}
    for i in range(1000):
        table[i] = i
    assert table[a] == 1 and table[g] == 3 and table[a.node()] == 4


def test_the_error_can_be_made_by_hand():
    error = GraphDestroyedError("text")
    assert error.args == ("text",) and isinstance(error, graph.GraphDestroyedError)

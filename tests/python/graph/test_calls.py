"""How methods take their arguments, and what they look like."""

import inspect

import pytest
from graph_tools import edge, view
from pyrus import graph

CLASSES = [graph.NodeReference, graph.EdgeReference, graph.BoundNode, graph.BoundEdge, graph.GraphView, graph.BFSPath]
WITHOUT = {
    graph.NodeReference: ["get_dynamic_attrs", "get_uuid"],
    graph.EdgeReference: ["source", "target", "edge_type", "directional", "name", "get_dynamic_attrs", "get_uuid"],
    graph.BoundNode: ["node", "g"],
    graph.BoundEdge: ["edge", "g"],
    graph.GraphView: [
        "create_and_insert_node",
        "get_node_count",
        "get_edge_count",
        "get_nodes",
        "get_self_node",
        "destroy",
    ],
}


@pytest.fixture
def things():
    g, [a, b] = view(2)
    bound = g.insert_edge(edge=edge(a, b))
    return {type(x): x for x in (a.node(), bound.edge(), a, bound, g)}


@pytest.mark.parametrize(("cls", "name"), [(cls, name) for cls, names in WITHOUT.items() for name in names])
def test_methods_without_parameters_take_nothing(things, cls, name):
    method = getattr(things[cls], name)
    for arguments, keywords in (((1,), {}), ((), {"x": 1}), ((None, None), {})):
        with pytest.raises(TypeError, match=name):
            method(*arguments, **keywords)
    method()


def test_static_methods_on_class_and_instance(things):
    node = things[graph.NodeReference]
    assert isinstance(node.create(), graph.NodeReference)
    assert isinstance(things[graph.GraphView].create(), graph.GraphView)
    made = things[graph.EdgeReference].create(source=node, target=node, edge_type=1)
    assert isinstance(made, graph.EdgeReference)
    with pytest.raises(TypeError):
        graph.GraphView.create(1)
    with pytest.raises(TypeError):
        graph.GraphView.create(x=1)
    with pytest.raises(TypeError):
        graph.NodeReference.create(1)


def test_messages_name_function_argument_and_types(things):
    g, bound = things[graph.GraphView], things[graph.BoundNode]
    with pytest.raises(TypeError) as caught:
        g.insert_node(node=bound)
    assert str(caught.value) == "GraphView.insert_node() argument 'node': expected NodeReference, got BoundNode"
    with pytest.raises(TypeError, match=r"GraphView\.insert_node\(\).*'node'"):
        g.insert_node()
    with pytest.raises(TypeError, match=r"GraphView\.insert_node\(\).*'nod'"):
        g.insert_node(node=bound.node(), nod=1)
    with pytest.raises(TypeError, match=r"GraphView\.get_subgraph_from_nodes\(\) argument 'nodes'.*1.*BoundNode"):
        g.get_subgraph_from_nodes(nodes=[bound, 5])


@pytest.mark.parametrize("cls", CLASSES)
def test_signatures_and_docs(cls):
    assert cls.__doc__
    for name, member in vars(cls).items():
        if name.startswith("_") or not callable(member):
            continue
        signature = inspect.signature(getattr(cls, name))
        assert member.__doc__, name
        for parameter in signature.parameters.values():
            # What is saved or loaded may be given by position, as to other functions with files.
            positional = parameter.name in {"self", "path", "data"}
            assert positional or parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD), name


def test_signature_of_visits():
    shown = inspect.signature(graph.BoundNode.visit_edges_of_type)
    assert str(shown) == "(self, /, *, edge_type, ctx, f, directed=None)"
    shown = inspect.signature(graph.EdgeReference.create)
    assert str(shown) == "(*, source, target, edge_type, directional=None, name=None, **attrs)"


def test_keywords_in_any_order_and_from_dicts():
    a, b = graph.Node.create(), graph.Node.create()
    keywords = {"edge_type": 3, "zz": 1, "target": b, "aa": 2, "source": a}
    made = graph.Edge.create(**keywords)
    assert made.source() == a and made.target() == b and made.edge_type() == 3
    assert list(made.get_dynamic_attrs().items()) == [("zz", 1), ("aa", 2)]
    # Names that are equal but not the interned ones.
    made = graph.Edge.create(**{"".join(key): value for key, value in keywords.items()})
    assert made.source() == a


def test_module():
    for name in graph.__all__:
        assert hasattr(graph, name)
    from pyrus._native import graph as native

    assert sorted(native.__all__) == sorted(graph.__all__)
    assert all(getattr(native, name) is getattr(graph, name) for name in native.__all__)


def test_addresses():
    g, [a, b] = view(2)
    assert g.__rust_address__() == a.g().__rust_address__()
    assert a.__rust_address__() != b.__rust_address__()

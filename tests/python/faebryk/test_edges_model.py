"""Paths between interfaces agree with a plain model of the search, on random small graphs."""

import pytest
from edges_model import INTERFACE_TRAIT, Endless, Model, search
from edges_tools import COMPOSITION, INTERFACE, TRAIT, TYPE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrus.faebryk.interface import EdgeInterfaceConnection

# Of a random world: the type graph, its interface trait, three types, then interfaces and others.
TYPES, INTERFACES_TRAIT, FIRST_TYPE, FIRST_NODE = 0, 1, 2, 5
NAMES = ["", "x", "y"]


@st.composite
def worlds(draw, with_shallow=True, wild=True):
    """A world of typed nodes, connected at random. Where it is not `wild`, all are interfaces in trees, and siblings have
    different names."""
    count = draw(st.integers(2, 9))
    model = Model(FIRST_NODE + 2 * count)
    model.put(COMPOSITION, TYPES, INTERFACES_TRAIT, name=INTERFACE_TRAIT)
    for i in range(3):
        model.put(COMPOSITION, TYPES, FIRST_TYPE + i, name=f"T{i}")
    nodes = range(FIRST_NODE, FIRST_NODE + count)
    for node in nodes:
        if not wild or draw(st.integers(0, 9)):
            model.put(TYPE, draw(st.sampled_from([FIRST_TYPE, FIRST_TYPE, FIRST_TYPE + 1])), node)
        if not wild or draw(st.integers(0, 6)):
            model.put(TYPE, INTERFACES_TRAIT, node + count)
            model.put(TRAIT, node, node + count)
    put_edges(draw, model, nodes, with_shallow, wild)
    return model, nodes


def put_edges(draw, model, nodes, with_shallow, wild):
    """Composition and connections, in any order."""
    for _ in range(draw(st.integers(1, 3 * len(nodes)))):
        a, b = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        if draw(st.booleans()):
            shallow = with_shallow and not draw(st.integers(0, 2))
            directional = wild and not draw(st.integers(0, 5))
            model.put(INTERFACE, a, b, shallow=shallow, directional=directional)
        elif wild:
            name = draw(st.sampled_from([*NAMES, None]))
            model.put(COMPOSITION, a, b, name=name, directional=bool(draw(st.integers(0, 9))))
        elif a < b and model.into(b, COMPOSITION) is None:
            name = draw(st.sampled_from(NAMES))
            if model.child(a, name) is None:
                model.put(COMPOSITION, a, b, name=name)


def found_from(node):
    """The paths from a node, as the library has them: places of edges are looked up by the caller."""
    return EdgeInterfaceConnection.get_connected(source=node)


much = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@much
@given(worlds())
def test_paths_are_those_of_the_model(world):
    model, numbers = world
    _, nodes, edges = model.build()
    places = {edge.get_uuid(): place for place, edge in enumerate(edges)}
    for number in numbers:
        source = nodes[number]
        try:
            expected = search(model, number)
        except Endless:
            with pytest.raises(ValueError, match="interface hierarchy is cyclic"):
                found_from(source)
            with pytest.raises(ValueError, match="interface hierarchy is cyclic"):
                EdgeInterfaceConnection.is_connected_to(source=source, target=source)
            continue
        found = found_from(source)
        walked = {key: [places[edge.get_uuid()] for edge in path.get_edges()] for key, path in found.items()}
        assert list(walked.items()) == [(nodes[path.end], path.edges()) for path in expected]
        for target in nodes:
            path = EdgeInterfaceConnection.is_connected_to(source=source, target=target)
            assert [places[edge.get_uuid()] for edge in path.get_edges()] == walked.get(target, [])
            assert path.get_end_node() == (target if target in walked else source)


@much
@given(worlds(with_shallow=False, wild=False))
def test_without_shallow_connections_it_is_symmetric(world):
    model, numbers = world
    _, nodes, _ = model.build()
    reached = {}
    for number in numbers:
        try:
            reached[nodes[number]] = set(found_from(nodes[number]))
        except ValueError:
            return
    for a in reached:
        assert reached[a] == {b for b in reached if a in reached[b]}


@much
@given(worlds(wild=False))
def test_paths_are_valid(world):
    model, numbers = world
    g, nodes, edges = model.build()
    inside = {edge.get_uuid() for edge in edges}
    for number in numbers:
        try:
            found = found_from(nodes[number])
        except ValueError:
            continue
        for end, path in found.items():
            at, height = path.get_start_node().node(), 0
            for edge in path.get_edges():
                assert edge.get_uuid() in inside and edge.edge_type() in (INTERFACE, COMPOSITION)
                forward = edge.source() == at
                assert forward or edge.target() == at
                at = edge.target() if forward else edge.source()
                if edge.edge_type() == COMPOSITION:
                    height += -1 if forward else 1
                    assert height >= 0
            assert height == 0 and g.bind(node=at) == end

"""Random type graphs: instances are alike, and copies are those that a plain model of copying makes."""

from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st
from pyrus.faebryk.typegraph import TypeGraph
from pyrus.graph import GraphView
from typegraph_tools import (
    COMPOSITION,
    INTERFACE,
    NEXT,
    OPERAND,
    POINTER,
    TRAIT,
    TYPE,
    World,
    attributes,
    eca,
    edges,
    kids,
    nca,
    ptr,
    put,
)

KINDS = (TYPE, TRAIT, NEXT, POINTER, INTERFACE, COMPOSITION, OPERAND)
NAMES = st.sampled_from([None, "", "a", "b", "c"])
PLACES = st.integers(0, 7)

TYPES = st.lists(
    st.tuples(
        st.lists(st.tuples(PLACES, NAMES, st.booleans()), max_size=4),
        st.lists(st.tuples(PLACES, PLACES, st.sampled_from([POINTER, INTERFACE, TRAIT, 211])), max_size=3),
    ),
    min_size=1,
    max_size=5,
)
EXTRA = st.lists(st.tuples(PLACES, PLACES, st.sampled_from(KINDS), st.booleans()), max_size=12)


def build(recipe):
    """A type graph of types that contain earlier ones, with links between children."""
    w = World()
    made = []
    for number, (children, links) in enumerate(recipe):
        node = w.typ(f"T{number}")
        named = []
        for of, name, marked in children:
            if of < len(made):
                w.child(node, made[of], name, nca(k=of) if marked else None)
                named += [name] if name else []
        for lhs, rhs, kind in links:
            if max(lhs, rhs) < len(named):
                edge = ptr("p", lhs) if kind == POINTER else eca(kind, True)
                w.link(node, [named[lhs]], [named[rhs]], edge)
        made.append(node)
    return w, made


def shape(root):
    """A tree, with the edges among its nodes by their places in it."""
    nodes, pending = [], deque([root])
    while pending:
        nodes.append(pending.popleft())
        pending.extend(node for _, node in kids(nodes[-1]))
    places = {node.node().get_uuid(): place for place, node in enumerate(nodes)}

    def end(node):
        return places.get(node.get_uuid(), f"outside: {node.get_uuid()}")

    return [
        (attributes(node), [(kind, e.name(), end(e.source()), end(e.target())) for e in edges(node, kind, None)])
        for node in nodes
        for kind in KINDS
    ]


@settings(max_examples=60, deadline=None)
@given(TYPES)
def test_two_instances_are_alike(recipe):
    w, made = build(recipe)
    for node in made:
        one, two = (w.tg.instantiate_node(type_node=node, attributes={"root": True}) for _ in range(2))
        assert shape(one) == shape(two)


class Model:
    """Copying, step by step, as it is specified."""

    def __init__(self, source, target):
        self.source, self.target = source, target
        self.nodes = {node.node().get_uuid() for node in target.get_nodes()}
        self.edges = {e.get_uuid() for node in target.get_nodes() for kind in (*KINDS, 211) for e in edges(node, kind, None)}
        self.new_nodes, self.new_edges, self.queue, self.known = [], [], deque(), {}

    def schedule(self, node):
        if node.get_uuid() in self.nodes:
            return False
        self.nodes.add(node.get_uuid())
        self.new_nodes.append(node)
        self.queue.append(node)
        return True

    def take(self, edge):
        if edge.get_uuid() not in self.edges:
            self.edges.add(edge.get_uuid())
            self.new_edges.append((edge.source(), edge.target(), edge.edge_type()))

    def follow(self, edge, node):
        if edge.get_uuid() not in self.edges:
            self.schedule(node)
            self.take(edge)

    def at(self, node, kind, directed=True, view=None):
        return edges((view or self.source).bind(node=node), kind, directed)

    def as_type(self, node):
        above = self.at(node, COMPOSITION, False)[:1]
        if isinstance(node.get_attr(key="type_identifier"), str) and above:
            return above[0] if above[0].source().get_attr(key="initialized") is True else None
        return None

    def enter(self, graph):
        if graph.get_uuid() in self.known:
            return False
        mapped = {}
        if graph.get_uuid() in self.nodes:
            here, there = (
                {e.name(): e.target() for e in self.at(graph, COMPOSITION, True, view)} for view in (self.source, self.target)
            )
            mapped = {here[n].get_uuid(): there[n] for n in here if n in there and here[n] != there[n]}
        else:
            self.nodes.add(graph.get_uuid())
            self.new_nodes.append(graph)
            children = {e.name(): e for e in reversed(self.at(graph, COMPOSITION))}
            for name in ("ImplementsTrait", "ImplementsType", "MakeChild", "MakeLink", "Reference", "TypeReference"):
                self.schedule(children[name].target())
                self.take(children[name])
        self.known[graph.get_uuid()] = mapped
        return True

    def copy(self, node):
        mapped = False
        if above := self.as_type(node):
            fresh = self.enter(above.source())
            mapped = not fresh and node.get_uuid() in self.known[above.source().get_uuid()]
            if not mapped:
                self.take(above)
        if not mapped and (found := self.at(node, TYPE, False)[:1]):
            self.copy_type(node, found[0])
        for edge in self.at(node, COMPOSITION):
            if edge.target() != node:
                self.follow(edge, edge.target())
        for edge in self.at(node, POINTER):
            if edge.directional():
                self.follow(edge, edge.target())
        for edge in [e for e in self.at(node, NEXT) if e.directional()][:1]:
            self.follow(edge, edge.target())
        for edge in self.at(node, TRAIT, None):
            self.schedule(edge.source())
            self.follow(edge, edge.target())
        for edge in self.at(node, OPERAND):
            if edge.target() != node:
                self.follow(edge, edge.target())

    def copy_type(self, node, edge):
        of = edge.source()
        above = self.as_type(of)
        if above is None:
            self.schedule(of)
            return self.take(edge)
        self.enter(above.source())
        mapped = self.known[above.source().get_uuid()].get(of.get_uuid())
        if of.get_uuid() not in self.nodes and mapped:
            return self.new_edges.append((mapped, node, TYPE))
        if self.schedule(of):
            self.take(above)
        return self.take(edge)

    def run(self, start, again):
        if not self.schedule(start) and again:
            self.queue.append(start)
        while self.queue:
            self.copy(self.queue.popleft())


def lists(g):
    """Every adjacency list, by node and kind."""
    return {
        (node.node().get_uuid(), kind): [
            (e.source().get_uuid(), e.target().get_uuid(), e.edge_type()) for e in edges(node, kind, None)
        ]
        for node in g.get_nodes()
        for kind in (*KINDS, 211)
    }


def expected(model, before):
    """The lists of the target after the model's insertions."""
    after = {key: list(items) for key, items in before.items()}
    for node in model.new_nodes:
        after.update({(node.get_uuid(), kind): [] for kind in (*KINDS, 211)})
    for source, target, kind in model.new_edges:
        item = (source.get_uuid(), target.get_uuid(), kind)
        after[item[0], kind].append(item)
        after[item[1], kind].append(item)
    return after


@settings(max_examples=80, deadline=None)
@given(TYPES, EXTRA, st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["node", "minimal", "full"])), max_size=4), st.booleans())
def test_copies_are_those_of_the_model(recipe, extra, copies, clash):
    w, made = build(recipe)
    instances = [w.tg.instantiate_node(type_node=node, attributes=None) for node in made]
    for a, b, kind, directional in extra:
        if max(a, b) < len(instances):
            put(instances[a], instances[b], kind, directional=directional, name="x")
    g2 = GraphView.create()
    if clash:
        w.tg.copy_into(target_graph=g2, minimal=True).add_type(identifier="T0")
    nodes = w.g.get_nodes()
    for place, what in copies:
        before, model = lists(g2), Model(w.g, g2)
        start = {
            "node": nodes[place % len(nodes)],
            "minimal": w.named("MakeChild"),
            "full": w.tg.get_self_node(),
        }[what]
        model.run(start.node(), what == "full")
        if what == "node":
            TypeGraph.copy_node_into(start_node=start, target_graph=g2)
        else:
            w.tg.copy_into(target_graph=g2, minimal=what == "minimal")
        assert lists(g2) == expected(model, before)

"""Rows of the type graph: types, instances, copies."""

from __future__ import annotations

from peers import with_peers
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.typegraph import TypeGraph
from pyrus.graph import GraphView
from rows import Row, loop, once

CHILDREN = 100


def parts(instances: int) -> list[Row]:
    """Instances of a type with 20 children: 21 nodes and 41 edges each."""

    def action() -> GraphView:
        g = GraphView.create()
        types = TypeGraph.create(g=g)
        leaf, part = types.add_type(identifier="Leaf"), types.add_type(identifier="Part")
        for i in range(20):
            types.add_make_child(type_node=part, child_type=leaf, identifier=f"c{i}")
        for one in (leaf, part):
            types.mark_constructable(type_node=one)
        for _ in range(instances):
            types.instantiate_node(type_node=part, attributes={})
        return g

    return [
        Row(f"{instances:,} instances of 20 children, per node", with_peers(once(action, 21 * instances)), rounds=2)
    ]


def linked() -> TypeGraph:
    """A type of a hundred children with links between neighbours, and one of a hundred of those."""
    types = TypeGraph.create(g=GraphView.create())
    leaf, row, block = (types.add_type(identifier=name) for name in ("Leaf", "Row", "Block"))
    make_type(types, row, leaf, linked=True)
    make_type(types, block, row, linked=False)
    for one in (leaf, row, block):
        types.mark_constructable(type_node=one)
    return types


def make_type(types: TypeGraph, parent, child, linked: bool) -> None:
    """Give a type its children, and links from each to the next."""
    for i in range(CHILDREN):
        types.add_make_child(type_node=parent, child_type=child, identifier=f"c{i}")
    if not linked:
        return
    like = EdgeInterfaceConnection.build(shallow=False)
    for i in range(CHILDREN - 1):
        left, right = (types.ensure_child_reference(type_node=parent, path=[f"c{j}"]) for j in (i, i + 1))
        types.add_make_link(type_node=parent, lhs_reference=left, rhs_reference=right, edge_attributes=like)


def types_of(count: int) -> TypeGraph:
    """A type graph of so many types."""
    types = TypeGraph.create(g=GraphView.create())
    for i in range(count):
        types.add_type(identifier=f"Type{i}")
    return types


def rows(instances: int) -> list[Row]:
    """All of them."""
    types = linked()
    nodes = 1 + CHILDREN + CHILDREN * CHILDREN
    setup = "types = TypeGraph.create(g=GraphView.create()); a, b = (types.add_type(identifier=i) for i in 'AB')"
    names = {"TypeGraph": TypeGraph, "GraphView": GraphView, "make_type": make_type}
    lookup = "types.get_type_by_name(type_identifier='Type1000')"

    def copied() -> GraphView:
        target = GraphView.create()
        types.copy_into(target_graph=target, minimal=False)
        return target

    return [
        Row(
            f"instantiate {nodes:,} nodes and 9,900 links, per node",
            with_peers(once(lambda: types.instantiate(type_identifier="Block", attributes=None), nodes)),
            (48e6 / nodes, 48e6 / nodes),
        ),
        Row(
            "100 make-children and 99 make-links, whole",
            with_peers(loop("make_type(types, a, b, True)", 1, setup, **names)),
            (2.3e6, 2.3e6),
        ),
        Row("type by name, of 2,000", with_peers(loop(lookup, 2_000, types=types_of(2_000))), (3_900, 3_900)),
        Row("copy_into, whole", with_peers(once(copied))),
        *parts(instances),
    ]

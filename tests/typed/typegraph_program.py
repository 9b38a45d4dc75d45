"""A program that uses type graphs; it type-checks strictly, and runs."""

from __future__ import annotations

from dataclasses import dataclass

from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.linker import Linker
from pyrus.faebryk.node_type import EdgeType
from pyrus.faebryk.nodebuilder import NodeCreationAttributes
from pyrus.faebryk.pointer import EdgePointer
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import MakeChildNode, TypeGraph, TypeGraphInstantiationError
from pyrus.graph import BoundEdge, BoundNode, GraphView


@dataclass(frozen=True)
class Step:
    """A segment of a path of our own."""

    identifier: str
    edge_type: int


def count(found: list[BoundEdge], edge: BoundEdge) -> None:
    """Collects."""
    found.append(edge)


def problem(tg: TypeGraph, name: str) -> tuple[str, str, BoundNode] | None:
    """What stands in the way of an instance."""
    try:
        tg.instantiate(type_identifier=name)
    except TypeGraphInstantiationError as error:
        return error.kind, error.identifier, error.node
    return None


g = GraphView.create()
tg: TypeGraph = TypeGraph.create(g=g)
pin: BoundNode = tg.add_type(identifier="Pin")
header: BoundNode = tg.get_or_create_type(type_identifier="Header")
assert problem(tg, "Pin") == ("other", "Pin", pin)
for made in (pin, header):
    tg.mark_constructable(type_node=made)

value: NodeCreationAttributes = TypeGraph.MakeChildNode.build(value="x")
assert TypeGraph.MakeChildNode is MakeChildNode
child: BoundNode = tg.add_make_child(type_node=header, child_type=pin, identifier="a", node_attributes=value)
tg.add_make_child_deferred(type_node=header, child_type_identifier="Pin", identifier=None)
reference: BoundNode = TypeGraph.get_make_child_type_reference(make_child=child)
resolved: BoundNode | None = Linker.get_resolved_type(type_reference=reference)
assert resolved == pin
unlinked: list[tuple[BoundNode, BoundNode]] = Linker.collect_unresolved_type_references(type_graph=tg)
for _, one in unlinked:
    Linker.link_type_reference(g=g, type_reference=one, target_type_node=pin)

wire: EdgeCreationAttributes = EdgePointer.build(identifier="wire", index=None)
lhs: BoundNode = tg.ensure_child_reference(type_node=header, path=[Step("", 130)])
rhs: BoundNode = tg.ensure_child_reference(type_node=header, path=("a",))
tg.ensure_child_reference(type_node=header, path=["a", EdgePointer.traverse(), EdgeTrait.traverse(trait_type_name="T")])
tg.add_make_link(type_node=header, lhs_reference=lhs, rhs_reference=rhs, edge_attributes=wire)
path: tuple[str, ...] = tg.get_reference_path(reference=rhs)
children: list[tuple[str | None, BoundNode]] = tg.collect_make_children(type_node=header)
links: list[tuple[BoundNode, tuple[str, ...], tuple[str, ...]]] = tg.collect_make_links(type_node=header)
assert (path, [name for name, _ in children], len(links)) == (("a",), ["a", None], 1)

instance: BoundNode = tg.instantiate_node(type_node=header, attributes={"rev": 2, "tag": "x", "ok": True})
found: BoundNode = tg.reference_resolve(reference_node=rhs, base_node=instance)
traits: list[BoundNode | None] = Trait.try_get_traits(target=found, trait_types=[pin])
edges: list[BoundEdge] = []
EdgeType.visit_instance_edges(bound_node=header, f=count, ctx=edges)
EdgeType.visit_instance_edges(bound_node=header, f=lambda _, edge: edge.edge())
there: TypeGraph = tg.copy_into(target_graph=GraphView.create(), minimal=False)
overview: list[tuple[str, int]] = there.get_type_instance_overview()
assert (traits, len(edges), dict(overview)["Header"]) == ([None], 1, 0)

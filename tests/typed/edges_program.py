"""A program that uses the edge classes; it type-checks strictly, and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyrus.faebryk import EdgeTraversal
from pyrus.faebryk.composition import EdgeComposition, EdgeOperand
from pyrus.faebryk.edgebuilder import EdgeCreationAttributes
from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.next import EdgeNext
from pyrus.faebryk.pointer import EdgePointer
from pyrus.graph import BoundEdge, BoundNode, GraphView, NodeReference

if TYPE_CHECKING:
    from pyrus.graph import BFSPath


def name(bound: BoundEdge) -> str:
    """The name of a child."""
    return EdgeComposition.get_name(edge=bound.edge())


def names(bound: BoundNode) -> list[str]:
    """The names of all children."""
    found: list[str] = []

    def collect(ctx: list[str], edge: BoundEdge) -> None:
        ctx.append(name(edge))

    EdgeComposition.visit_children_edges(bound_node=bound, f=collect, ctx=found)
    return found


def main() -> None:
    """Build a little, and look at it."""
    with GraphView.create() as view:
        board, part, pad = (view.create_and_insert_node() for _ in range(3))
        EdgeComposition.add_child(bound_node=board, child=part.node(), child_identifier="r1")
        EdgeComposition.add_anon_child(bound_node=part, child=pad.node())
        assert names(board) == ["r1"]
        everything: list[BoundNode] = EdgeComposition.get_children_query(
            bound_node=board, direct_only=False, types=None, sort=True
        )
        assert everything == [part, pad]
        child: BoundNode | None = EdgeComposition.get_child_by_identifier(bound_node=board, child_identifier="r1")
        assert child == part

        seen: list[None] = []
        EdgePointer.point_to(bound_node=part, target_node=pad.node(), identifier=None, index=3)
        EdgePointer.visit_pointed_edges(bound_node=part, f=lambda ctx, _: seen.append(ctx))
        assert seen == [None]

        EdgeNext.add_next(previous_node=part, next_node=pad)
        after: NodeReference | None = EdgeNext.get_next_node_from_node(node=part)
        assert after == pad.node()

        attributes: EdgeCreationAttributes = EdgeOperand.build(operand_identifier="lhs")
        edge: BoundEdge = attributes.insert_edge(g=view, source=part.node(), target=pad.node())
        operand: str | None = EdgeOperand.get_name(edge=edge.edge())
        assert operand == "lhs"
        segment: EdgeTraversal = EdgeComposition.traverse(identifier="r1")
        assert (segment.identifier, segment.edge_type) == ("r1", EdgeComposition.get_tid())

        EdgeInterfaceConnection.connect(bn1=part, bn2=pad)
        path: BFSPath = EdgeInterfaceConnection.is_connected_to(source=part, target=pad)
        connected: dict[BoundNode, BFSPath] = EdgeInterfaceConnection.get_connected(source=part, include_self=False)
        assert path.get_length() == 0 and connected == {}


if __name__ == "__main__":
    main()

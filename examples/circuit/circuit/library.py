"""The types: what parts there are, what is in them, and how that is connected.

A type is a node with make-children and make-links. An instance has a child for each of the former and an edge for each
of the latter, all the way down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyrus.faebryk.interface import EdgeInterfaceConnection
from pyrus.faebryk.trait import EdgeTrait, Trait
from pyrus.faebryk.typegraph import TypeGraph
from pyrus.graph import BoundNode, GraphView

# What makes a node an interface, which paths lead over: a trait of this name.
INTERFACE = "is_interface.node.core.faebryk"
PINS = ("p1", "p2")


class Library:
    """A type graph with the parts of an RC ladder: `Electrical`, `Resistor`, `Capacitor`, `Stage`."""

    def __init__(self, view: GraphView) -> None:
        self.types = TypeGraph.create(g=view)
        self.interface = self.types.add_type(identifier=INTERFACE)
        Trait.mark_as_trait(trait_type=self.interface)
        self.types.mark_constructable(type_node=self.interface)
        self.electrical = self.pin()
        self.resistor = self.part("Resistor", dict.fromkeys(PINS, self.electrical))
        self.capacitor = self.part("Capacitor", dict.fromkeys(PINS, self.electrical))
        self.stage = self.part(
            "Stage",
            {
                "r": self.resistor,
                "c": self.capacitor,
                **dict.fromkeys(("input", "output", "ground"), self.electrical),
            },
            ["input ~ r.p1", "r.p2 ~ output", "output ~ c.p1", "c.p2 ~ ground"],
        )

    def pin(self) -> BoundNode:
        """A type that is nothing but an interface: each instance gets the trait."""
        pin = self.types.add_type(identifier="Electrical")
        self.types.add_make_child(type_node=pin, child_type=self.interface, identifier=INTERFACE)
        itself, trait = (self.reference(pin, path) for path in ([""], [INTERFACE]))
        self.types.add_make_link(
            type_node=pin, lhs_reference=itself, rhs_reference=trait, edge_attributes=EdgeTrait.build()
        )
        self.types.mark_constructable(type_node=pin)
        return pin

    def part(self, name: str, children: Mapping[str, BoundNode], wires: Iterable[str] = ()) -> BoundNode:
        """A type with children, and with wires between them, written `a.b ~ c`."""
        part = self.types.add_type(identifier=name)
        for child, of in children.items():
            self.types.add_make_child(type_node=part, child_type=of, identifier=child)
        for wire in wires:
            left, right = (self.reference(part, end.split(".")) for end in wire.split(" ~ "))
            connection = EdgeInterfaceConnection.build(shallow=False)
            self.types.add_make_link(
                type_node=part, lhs_reference=left, rhs_reference=right, edge_attributes=connection
            )
        self.types.mark_constructable(type_node=part)
        return part

    def reference(self, of: BoundNode, path: list[str]) -> BoundNode:
        """A path to what an instance will have there."""
        return self.types.ensure_child_reference(type_node=of, path=path)

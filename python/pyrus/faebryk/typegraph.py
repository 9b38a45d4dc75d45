"""Types whose instances are trees, kept in the graph itself.

>>> from pyrus.faebryk.composition import EdgeComposition
>>> from pyrus.faebryk.typegraph import TypeGraph
>>> from pyrus.graph import GraphView
>>> tg = TypeGraph.create(g=GraphView.create())
>>> pin, resistor = tg.add_type(identifier="Pin"), tg.add_type(identifier="Resistor")
>>> for made in (pin, resistor):
...     tg.mark_constructable(type_node=made)
>>> for name in ("p1", "p2"):
...     child = tg.add_make_child(type_node=resistor, child_type=pin, identifier=name)
>>> r1 = tg.instantiate(type_identifier="Resistor")
>>> EdgeComposition.get_child_by_identifier(bound_node=r1, child_identifier="p2") is not None
True
"""

from pyrus._native.typegraph import (
    MakeChildNode,
    TypeGraph,
    TypeGraphInstantiationError,
    TypeGraphPathError,
    TypeGraphResolveError,
)

__all__ = [
    "MakeChildNode",
    "TypeGraph",
    "TypeGraphInstantiationError",
    "TypeGraphPathError",
    "TypeGraphResolveError",
]

"""Edges with a meaning, over the property graph.

>>> from pyrus.graph import GraphView
>>> from pyrus.faebryk.composition import EdgeComposition
>>> g = GraphView.create()
>>> resistor, pad = g.create_and_insert_node(), g.create_and_insert_node()
>>> EdgeComposition.add_child(bound_node=resistor, child=pad.node(), child_identifier="p1").edge().name()
'p1'
>>> EdgeComposition.get_child_by_identifier(bound_node=resistor, child_identifier="p1") == pad
True
"""

from pyrus.loader import load

load("pyrus._native")

from pyrus._native.faebryk import EdgeTraversal

__all__ = ["EdgeTraversal"]

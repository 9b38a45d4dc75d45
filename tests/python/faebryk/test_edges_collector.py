"""Long results and the garbage collector."""

import gc

from edges_tools import add, view
from pyrus.faebryk.composition import EdgeComposition
from pyrus.graph import BoundNode


def test_the_collector_is_on_again_after_a_long_list():
    g, [root] = view(1)
    for _ in range(2000):
        add(root, g.create_and_insert_node(), "c")
    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            found = EdgeComposition.get_children_query(bound_node=root, direct_only=True)
            assert gc.isenabled() is on
        finally:
            gc.enable()
    assert len(found) == 2000 and all(isinstance(node, BoundNode) for node in found)

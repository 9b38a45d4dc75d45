"""rustworkx and networkx, where they are installed, and the interpreter itself."""

from __future__ import annotations

try:
    import rustworkx
except ImportError:
    rustworkx = None
try:
    import networkx
except ImportError:
    networkx = None

from rows import Sample

# `objects` iterates in C over new tuples, one for each byte, and `run` takes all of an iterator.
OBJECTS = """
from collections import deque
from itertools import repeat
from struct import Struct
objects, run = Struct("B").iter_unpack, deque(maxlen=0).extend
ten, ten_thousand = bytes(10), bytes(10_000)
"""

__all__ = ["OBJECTS", "networkx", "rustworkx", "with_peers"]


def with_peers(
    pyrus: Sample, rx: Sample | None = None, nx: Sample | None = None, floor: Sample | None = None
) -> dict[str, Sample]:
    """Who takes part in a row. `floor` is the interpreter alone: as many calls and as many objects of its own."""
    everybody = {"pyrus": pyrus, "cpython": floor, "rustworkx": rx, "networkx": nx}
    return {who: sample for who, sample in everybody.items() if sample is not None}

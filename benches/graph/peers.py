"""rustworkx and networkx, where they are installed."""

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

__all__ = ["networkx", "rustworkx", "with_peers"]


def with_peers(pyrus: Sample, rx: Sample | None = None, nx: Sample | None = None) -> dict[str, Sample]:
    """Who takes part in a row."""
    everybody = {"pyrus": pyrus, "rustworkx": rx, "networkx": nx}
    return {who: sample for who, sample in everybody.items() if sample is not None}

"""References from node to node, by name or in sequence."""

from pyrus._native.pointer import EdgePointer

__all__ = ["EdgePointer"]

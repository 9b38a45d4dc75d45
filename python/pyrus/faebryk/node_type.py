"""Types and their instances."""

from pyrus._native.node_type import EdgeType

__all__ = ["EdgeType"]

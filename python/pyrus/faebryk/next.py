"""Chains of nodes."""

from pyrus._native.next import EdgeNext

__all__ = ["EdgeNext"]

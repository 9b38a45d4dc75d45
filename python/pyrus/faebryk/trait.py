"""Traits that nodes have."""

from pyrus._native.trait import EdgeTrait, Trait

__all__ = ["EdgeTrait", "Trait"]

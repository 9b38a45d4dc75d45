"""Linking type references to types."""

from pyrus._native.linker import Linker

__all__ = ["Linker"]

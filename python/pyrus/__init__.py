"""The Rust to Python binding layer that cannot drift.

Native modules live in submodules, such as `pyrus.graph`; nothing is loaded before it is asked for.
"""

from pyrus._lists import MutableList

__all__ = ["MutableList"]

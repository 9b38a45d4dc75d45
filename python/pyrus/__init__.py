"""The Rust to Python binding layer that cannot drift.

Native modules live in submodules, such as `pyrus.graph`; nothing is loaded before it is asked for.
"""

__all__: list[str] = []

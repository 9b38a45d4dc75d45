"""What edges are to be made with."""

from pyrus._native.edgebuilder import EdgeAttribute, EdgeCreationAttributes

__all__ = ["EdgeAttribute", "EdgeCreationAttributes"]

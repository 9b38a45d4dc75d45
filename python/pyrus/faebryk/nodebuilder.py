"""What nodes are to be made with."""

from pyrus._native.nodebuilder import NodeCreationAttributes

__all__ = ["NodeCreationAttributes"]

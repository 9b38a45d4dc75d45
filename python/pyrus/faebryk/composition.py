"""The tree of ownership, whose members have names."""

from pyrus._native.composition import EdgeComposition
from pyrus._native.operand import EdgeOperand

__all__ = ["EdgeComposition", "EdgeOperand"]

"""Expressions and their operands."""

from pyrus._native.operand import EdgeOperand

__all__ = ["EdgeOperand"]

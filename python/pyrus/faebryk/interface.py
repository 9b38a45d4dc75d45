"""Connections between interfaces, and paths over them."""

from pyrus._native.interface import EdgeInterfaceConnection

__all__ = ["EdgeInterfaceConnection"]

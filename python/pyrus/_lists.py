"""`MutableList`: what the list of a live record is called, whichever extension made it."""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import MutableSequence
from typing import TypeVar

__all__ = ["MutableList"]

_T = TypeVar("_T")


class _ByName(ABCMeta):
    """Extensions make their own list type each; they share its name and module."""

    def __instancecheck__(cls, instance: object) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        name = (subclass.__module__, subclass.__name__)
        return name == ("pyrus", "MutableList") or super().__subclasscheck__(subclass)


class MutableList(MutableSequence[_T], metaclass=_ByName):
    """The list of a live record's field.

    Items are copied on their way in; records come out as live views. The methods are those of `list`, but `insert` with
    a negative index appends, `remove` finds records by identity, and slices are Python lists. Never made by calling:
    read a field of a live record.
    """

    __module__ = "pyrus"
    __slots__ = ()

"""Copies and comparisons of whole records."""

from __future__ import annotations

import copy as _copy
import math
from collections.abc import Iterator
from typing import Any, TypeVar, overload

from pyrus import MutableList

__all__ = ["Difference", "compare", "compare_without_uuid", "copy", "equal", "fields_of"]

T = TypeVar("T")
Difference = dict[str, dict[str, Any]]
_TOLERANCE = 1e-6
_TOLERANCE_AT_TOP = 0.01


def fields_of(record: object) -> list[str]:
    """The names of a record's fields, none of anything else."""
    names = getattr(type(record), "__field_names__", None)
    return [] if names is None else list(names())


@overload
def copy(value: MutableList[T]) -> list[T]: ...
@overload
def copy(value: T) -> T: ...
def copy(value: Any) -> Any:
    """A deep copy that shares nothing; a live list becomes a Python list of copies. Records keep their unread items."""
    if isinstance(value, (list, MutableList)):
        return [copy(item) for item in value]
    return _copy.deepcopy(value)


def compare_without_uuid(old: object, new: object) -> Difference:
    """What differs, by path (`.nets[1].name`): `{"before": …, "after": …}`. Fields `uuid` are skipped.

    Lists are compared to the shorter length: `compare` tells of the rest. Numbers are equal up to 1e-6, at the top
    level up to 0.01.
    """
    return dict(_walk(old, new, "", frozenset({"uuid"}), False))


def compare(old: object, new: object, *, ignore: tuple[str, ...] | frozenset[str] = ()) -> Difference:
    """What differs, by path, with the elements that only one of two lists has (the other side is None).

    Fields named in `ignore` are skipped, at every depth. Numbers are equal up to 1e-6. O(size of both).
    """
    return dict(_walk(old, new, "", frozenset(ignore), True))


def _walk(
    old: object, new: object, path: str, ignore: frozenset[str], whole: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(old, (list, MutableList)) and isinstance(new, (list, MutableList)):
        for at, (before, after) in enumerate(zip(old, new)):
            yield from _walk(before, after, f"{path}[{at}]", ignore, whole)
        if whole:
            yield from _rest(old, new, path)
        return
    names = fields_of(old)
    if names and type(old) is type(new):
        for name in names:
            if name not in ignore:
                yield from _walk(getattr(old, name), getattr(new, name), f"{path}.{name}", ignore, whole)
        return
    if not equal(old, new, _TOLERANCE_AT_TOP if not path and not whole else _TOLERANCE):
        yield path, {"before": old, "after": new}


def _rest(old: Any, new: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for at in range(len(new), len(old)):
        yield f"{path}[{at}]", {"before": old[at], "after": None}
    for at in range(len(old), len(new)):
        yield f"{path}[{at}]", {"before": None, "after": new[at]}


def equal(old: object, new: object, tolerance: float = _TOLERANCE) -> bool:
    """Whether two values are equal: numbers up to a tolerance, all else by `==`."""
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=0, abs_tol=tolerance) or old == new
    return old == new

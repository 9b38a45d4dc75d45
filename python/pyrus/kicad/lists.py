"""Lists of named records: find, add, replace and remove in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from pyrus import MutableList

__all__ = [
    "KeyErrorAmbiguous",
    "KeyErrorNotFound",
    "clear_and_set",
    "delete",
    "filter",
    "get",
    "insert",
    "set",
    "try_get",
]


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str | None:
        """What it is found by."""
        ...


T = TypeVar("T")
N = TypeVar("N", bound=Named)


class KeyErrorNotFound(KeyError):
    """No element has the name."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class KeyErrorAmbiguous(KeyError):
    """Several elements have the name; `duplicates` are they."""

    def __init__(self, message: str, duplicates: Sequence[object]) -> None:
        super().__init__(message, duplicates)
        self.duplicates = list(duplicates)

    def __str__(self) -> str:
        return str(self.args[0])


def _named(items: Iterable[N], name: str) -> list[N]:
    return [item for item in items if item.name == name]


def get(items: Iterable[N], name: str) -> N:
    """The one element of that name. Raises KeyErrorNotFound or KeyErrorAmbiguous. O(n)."""
    found = try_get(items, name)
    if found is None:
        raise KeyErrorNotFound(f"nothing is named {name!r}")
    return found


def try_get(items: Iterable[N], name: str, default: N | None = None) -> N | None:
    """The one element of that name, or the default. Raises KeyErrorAmbiguous when there are several. O(n)."""
    found = _named(items, name)
    if len(found) > 1:
        raise KeyErrorAmbiguous(f"{len(found)} elements are named {name!r}", found)
    return found[0] if found else default


def _of(parent: object, field: str) -> MutableList[Any]:
    items = getattr(parent, field)
    if not isinstance(items, MutableList):
        raise TypeError(f"{type(parent).__name__}.{field} is no list of a record, but {type(items).__name__}")
    return items


def insert(parent: object, field: str, container: Sequence[T], *values: T, index: int = -1) -> T:
    """Insert copies of values, in order, into the list `parent.field`; return the first as it now lives there.

    A negative index, or one past the end, appends. `container` says the type of the elements and is not looked at.
    Raises TypeError without values.
    """
    if not values:
        raise TypeError("insert() needs at least one value")
    items = _of(parent, field)
    at = index if 0 <= index <= len(items) else len(items)
    for offset, value in enumerate(values):
        items.insert(at + offset, value)
    first: T = items[at]
    return first


def filter(parent: object, field: str, container: Sequence[T], predicate: Callable[[T], bool]) -> MutableList[T]:
    """Remove from `parent.field` what the predicate does not hold for; return the list. O(n) calls, last one first."""
    items: MutableList[T] = _of(parent, field)
    for at in range(len(items) - 1, -1, -1):
        if not predicate(items[at]):
            del items[at]
    return items


def delete(parent: object, field: str, container: Sequence[N], name: str) -> MutableList[N]:
    """Remove everything of that name from `parent.field`; return the list."""
    return filter(parent, field, container, lambda item: item.name != name)


def set(
    parent: object,
    field: str,
    container: Sequence[N],
    value: N,
    index: int | None = None,
    preserve_uuid: bool = True,
) -> N:
    """Put a copy of `value` in the place of everything that has its name; return it as it lives in the list.

    Without `index` it takes the place of the first of that name, or the end. With `preserve_uuid` it takes over the
    uuid that the first of that name has; `value` itself gets that uuid too.
    """
    items: MutableList[N] = _of(parent, field)
    same = [at for at, item in enumerate(items) if item.name == value.name]
    if same and preserve_uuid:
        old = getattr(items[same[0]], "uuid", None)
        if old is not None:
            value.uuid = old  # type: ignore[attr-defined]
    at = index if index is not None else same[0] if same else len(items)
    if value.name is not None:
        delete(parent, field, container, value.name)
    return insert(parent, field, container, value, index=at)


def clear_and_set(parent: object, field: str, container: Sequence[T], values: Iterable[T]) -> None:
    """Replace all elements of `parent.field` by copies of values, which may come from the list itself."""
    _of(parent, field)[:] = list(values)

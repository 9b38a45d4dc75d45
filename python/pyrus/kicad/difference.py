"""What differs between two records, by identity: elements of lists are matched by uuid, then by name, not by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyrus import MutableList
from pyrus.kicad.matching import pairs
from pyrus.kicad.records import equal, fields_of

__all__ = ["Change", "differences"]


@dataclass(frozen=True)
class Change:
    """A place, and what is there on both sides; None where there is nothing.

    A path is made of fields and of elements by their names: `.footprints[R1].at.x`.
    """

    path: str
    before: Any
    after: Any


def differences(old: object, new: object, ignore: Collection[str] = ()) -> Iterator[Change]:
    """The changes from one record to another of its type, in the order of the fields.

    Fields named in `ignore` are skipped at every depth. Elements of lists are matched by `uuid`, then by name (the
    reference of footprints and symbols), then by equal contents; points and the like by place. Lists of texts are
    compared as sets are. Numbers are equal up to 1e-6. O(size of both), but for records that have no identity.
    """
    yield from _walk(old, new, "", frozenset(ignore))


def _walk(old: Any, new: Any, path: str, ignore: frozenset[str]) -> Iterator[Change]:
    if isinstance(old, MutableList) and isinstance(new, MutableList):
        if old != new:
            yield from _lists(list(old), list(new), path, ignore)
        return
    names = fields_of(old)
    if names and type(old) is type(new):
        if old != new:
            for name in names:
                if name not in ignore:
                    yield from _walk(getattr(old, name), getattr(new, name), f"{path}.{name}", ignore)
    elif not equal(old, new):
        yield Change(path, old, new)


def _lists(old: Sequence[Any], new: Sequence[Any], path: str, ignore: frozenset[str]) -> Iterator[Change]:
    if not any(map(fields_of, [*old[:1], *new[:1]])):
        yield from _scalars(old, new, path)
        return
    for place, before, after in pairs(old, new):
        here = f"{path}[{place}]"
        if before is None or after is None:
            yield Change(here, before, after)
        else:
            yield from _walk(before, after, here, ignore)


def _scalars(old: Sequence[Hashable], new: Sequence[Hashable], path: str) -> Iterator[Change]:
    before, after = Counter(old), Counter(new)
    for value in (before - after).elements():
        yield Change(f"{path}[{value}]", value, None)
    for value in (after - before).elements():
        yield Change(f"{path}[{value}]", None, value)

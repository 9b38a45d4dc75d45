"""Which element of one list is which of another."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from pyrus import MutableList
from pyrus.kicad.records import fields_of

__all__ = ["label", "pairs"]

_NAMES = ("name", "ref", "number", "num", "code", "path", "fp")
Pair = tuple[str, Any, Any]
Key = Callable[[Any], Hashable]


def label(record: object) -> str | None:
    """What people call a record: the reference of a footprint or a symbol, else its name or number."""
    for one in getattr(record, "propertys", ()):
        if getattr(one, "name", None) == "Reference" and one.value:
            return str(one.value)
    for name in _NAMES:
        value = getattr(record, name, None)
        if isinstance(value, (str, int)) and value != "":
            pin = getattr(record, "pin", None)
            return f"{value}.{pin}" if name == "ref" and isinstance(pin, str) else str(value)
    return None


def pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair]:
    """The elements of both lists, matched: where they are, and both sides, one of them None when it has no partner.

    By `uuid`, then by label, then by equal contents but for the uuid; what has neither uuid nor label, by place. In the
    order of the old list, then what is new. O(n).
    """
    partner: dict[int, int] = {}
    rest_old: Sequence[int] = range(len(old))
    rest_new: Sequence[int] = range(len(new))
    for key in (_uuid, label, _contents):
        rest_old, rest_new = _match(key, old, new, rest_old, rest_new, partner)
    nameless = [
        [at for at in rest if not _has_identity(items[at])] for items, rest in ((old, rest_old), (new, rest_new))
    ]
    partner.update(zip(*nameless))
    taken = set(partner.values())
    seen: Counter[str] = Counter()
    for at, item in enumerate(old):
        yield _place(item, at, seen), item, new[partner[at]] if at in partner else None
    for at, item in enumerate(new):
        if at not in taken:
            yield _place(item, at, seen), None, item


def _match(
    key: Key,
    old: Sequence[Any],
    new: Sequence[Any],
    rest_old: Sequence[int],
    rest_new: Sequence[int],
    found: dict[int, int],
) -> tuple[Sequence[int], Sequence[int]]:
    """Match by a key, first with first; what is left of both."""
    if not rest_old or not rest_new:
        return rest_old, rest_new
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for at in rest_new:
        value = key(new[at])
        if value is not None:
            waiting[value].append(at)
    left = []
    for at in rest_old:
        value = key(old[at])
        if value is not None and waiting.get(value):
            found[at] = waiting[value].popleft()
        else:
            left.append(at)
    taken = set(found.values())
    return left, [at for at in rest_new if at not in taken]


def _uuid(record: Any) -> Hashable:
    return getattr(record, "uuid", None) or None


def _has_identity(record: Any) -> bool:
    return bool(_uuid(record)) or label(record) is not None


def _contents(record: Any) -> Hashable:
    """Everything in a record but its uuid; None for what has no identity and is matched by place."""
    return _deep(record) if _has_identity(record) else None


def _deep(value: Any) -> Hashable:
    if isinstance(value, MutableList):
        return tuple(map(_deep, value))
    names = fields_of(value)
    return (type(value), *(_deep(getattr(value, name)) for name in names if name != "uuid")) if names else value


def _place(record: Any, at: int, seen: Counter[str]) -> str:
    """Its label where that is the only one so far, else with its uuid or its number."""
    name = label(record)
    if name is None:
        return str(_uuid(record) or at)
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}#{seen[name]}"

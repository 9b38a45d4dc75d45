"""Results for programs: JSON on stdout."""

from __future__ import annotations

import enum
import json
from dataclasses import asdict, is_dataclass
from typing import Any

from pyrus import MutableList
from pyrus.kicad.records import fields_of

__all__ = ["dump", "plain"]


def plain(value: Any) -> Any:
    """The same as dicts, lists and scalars: records by their fields, enums by their values."""
    if isinstance(value, enum.Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(one) for name, one in asdict(value).items()}
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, MutableList)):
        return [plain(one) for one in value]
    names = fields_of(value)
    return {name: plain(getattr(value, name)) for name in names} if names else value


def dump(value: Any) -> None:
    """Print it."""
    print(json.dumps(plain(value), indent=2))

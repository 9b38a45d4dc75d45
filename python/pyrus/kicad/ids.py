"""Identities and names."""

from __future__ import annotations

import uuid
from typing import Protocol

__all__ = ["fp_get_base_name", "gen_uuid"]


class HasName(Protocol):
    """A footprint, of a board or of a library."""

    @property
    def name(self) -> str:
        """Its name, perhaps with its library's before a colon."""
        ...


def gen_uuid(mark: str = "") -> str:
    """A random UUID whose last digits are the hexadecimal UTF-8 bytes of `mark`.

    Raises ValueError when the mark does not fit into 16 bytes.
    """
    tail = mark.encode().hex()
    if len(tail) > 32:
        raise ValueError(f"gen_uuid() argument 'mark': expected at most 16 bytes, got {len(tail) // 2}")
    digits = uuid.uuid4().hex
    return str(uuid.UUID(digits[: 32 - len(tail)] + tail))


def fp_get_base_name(footprint: HasName) -> str:
    """A footprint's name without its library's: `R_0402` of `Resistors:R_0402`."""
    return footprint.name.rsplit(":", 1)[-1]

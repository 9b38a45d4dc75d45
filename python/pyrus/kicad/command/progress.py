"""A bar on the terminal while many files are worked on. Nothing on pipes, for few files, and without rich."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

__all__ = ["shown"]

R = TypeVar("R")
_FEW = 8


def shown(results: Iterator[R], total: int, what: str) -> Iterator[R]:
    """The same results, counted on stderr as they come."""
    if total < _FEW or sys.stderr is None or not sys.stderr.isatty():
        return results
    try:
        from rich.console import Console
        from rich.progress import track
    except ImportError:
        return results
    return iter(track(results, what, total=total, console=Console(stderr=True), transient=True))

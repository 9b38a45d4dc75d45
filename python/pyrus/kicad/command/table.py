"""Tables for people: rich's on a terminal where it is installed, plain columns elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["show"]


def show(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> None:
    """Print a table; the first `left` columns are text, the others are numbers."""
    if not sys.stdout.isatty() or not _rich(head, rows, left):
        print(plain(head, rows, left))


def plain(head: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """Columns with two blanks between them."""
    widths = [max(map(len, column)) for column in zip(head, *rows)]

    def line(row: Sequence[str]) -> str:
        cells = (
            cell.ljust(width) if at < left else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths))
        )
        return "  ".join(cells).rstrip()

    return "\n".join(map(line, (head, *rows)))


def _rich(head: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> bool:
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        return False
    table = Table(box=None, header_style="bold", pad_edge=False)
    for at, name in enumerate(head):
        # Names are as long as they like, and are shown whole.
        table.add_column(name, justify="left" if at < left else "right", overflow="fold", no_wrap=at > 0)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
    return True

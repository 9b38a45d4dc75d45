"""A line on the terminal while Cargo works. Nothing on pipes, and nothing without rich."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pyrus.loader import is_on

if TYPE_CHECKING:
    import rich.progress


class Progress:
    """Crates done, crates in all, time."""

    def __init__(self, bar: rich.progress.Progress | None, total: int = 0) -> None:
        self.bar = bar
        self.total = total
        self.done: set[str] = set()

    @classmethod
    def over(cls, count: Callable[[], int]) -> Progress:
        """For a build of as many crates as `count` says, which is only asked when there is a terminal."""
        bar = None if is_on("PYRUS_VERBOSE") else terminal()
        return cls(bar, count() if bar else 0)

    def __enter__(self) -> None:
        if self.bar:
            self.bar.add_task("pyrus: building", total=self.total)
            self.bar.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()

    def tell(self, message: Any) -> None:
        """Count what one of Cargo's messages says."""
        if self.bar and message["reason"] == "compiler-artifact" and "custom-build" not in message["target"]["kind"]:
            self.done.add(message["package_id"])
            task = self.bar.task_ids[0]
            name = message["target"]["name"]
            self.bar.update(task, completed=len(self.done), description=f"pyrus: built {name}")


def terminal() -> rich.progress.Progress | None:
    """A progress display for stderr, when that is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    try:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar
    except ModuleNotFoundError:
        return None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("crates"))
    return Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True)


def tell(text: str) -> None:
    """Say what goes on, to those who want to know."""
    if is_on("PYRUS_VERBOSE"):
        print(f"pyrus: {text}", file=sys.stderr, flush=True)

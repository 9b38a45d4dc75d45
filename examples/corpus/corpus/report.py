"""What people and programs read: tables on a terminal, or JSON."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table

from corpus.analysis import Figures
from corpus.engines import Outcome

__all__ = ["Report"]

MOST_ROWS = 10


@dataclass
class Report:
    """All outcomes, by path."""

    boards: dict[Path, Figures] = field(default_factory=dict)
    failed: dict[Path, Exception] = field(default_factory=dict)

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Report:
        """Collect outcomes, in whichever order they come."""
        report = cls()
        for path, outcome in outcomes:
            if isinstance(outcome, Figures):
                report.boards[path] = outcome
            else:
                report.failed[path] = outcome
        report.boards = dict(sorted(report.boards.items()))
        report.failed = dict(sorted(report.failed.items()))
        return report

    def totals(self) -> dict[str, Any]:
        """Over all boards that could be read."""
        counts: Counter[str] = Counter()
        layers: defaultdict[str, float] = defaultdict(float)
        drills: Counter[float] = Counter()
        violations: Counter[str] = Counter()
        for board in self.boards.values():
            for name in ("nets", "footprints", "pads", "tracks", "vias"):
                counts[name] += getattr(board, name)
            for layer, length in board.layer_lengths.items():
                layers[layer] += length
            drills.update(board.drills)
            violations.update(board.violations)
        return {
            "boards": len(self.boards),
            "failed": len(self.failed),
            **counts,
            "layer_lengths": {layer: round(length, 3) for layer, length in sorted(layers.items())},
            "drills": {str(drill): count for drill, count in sorted(drills.items())},
            "violations": dict(sorted(violations.items())),
        }

    def to_json(self) -> str:
        """The same for the same boards, whichever engine it was."""
        boards = {str(path): board.to_json() for path, board in self.boards.items()}
        failed = {str(path): f"{type(error).__name__}: {error}" for path, error in self.failed.items()}
        return json.dumps({"totals": self.totals(), "boards": boards, "failed": failed}, indent=1)

    def show(self, console: Console) -> None:
        """Tables: all boards together, those whose tracks come closest, and those that could not be read."""
        tables = [self._totals(), self._closest()]
        if self.failed:
            tables.append(self._failed())
        console.print(Group(*tables))

    def _totals(self) -> Table:
        table = Table("", "", title="all boards", show_header=False)
        for name, value in self.totals().items():
            if isinstance(value, dict):
                value = ", ".join(f"{key}: {number:,}" for key, number in value.items()) or "none"
            table.add_row(name.replace("_", " "), value if isinstance(value, str) else f"{value:,}")
        return table

    def _closest(self) -> Table:
        table = Table("board", "nets", "tracks", "mm", "closest, mm", "between", "violations", title="closest tracks")
        ranked = [(board.closest.gap, path, board) for path, board in self.boards.items() if board.closest]
        for gap, path, board in sorted(ranked, key=lambda row: row[:2])[:MOST_ROWS]:
            assert board.closest is not None
            one, other = board.closest.tracks
            broken = ", ".join(f"{rule}: {count}" for rule, count in board.violations.items())
            between = f"{one.layer}: nets {one.net}, {other.net}"
            cells = [path.stem, board.nets, board.tracks, f"{board.length:.1f}", f"{gap:.3f}", between, broken]
            table.add_row(*map(str, cells))
        return table

    def _failed(self) -> Table:
        more = len(self.failed) - MOST_ROWS
        table = Table("board", "error", title="not read", caption=f"and {more} more" if more > 0 else None)
        for path, error in list(self.failed.items())[:MOST_ROWS]:
            table.add_row(path.name, f"{type(error).__name__}: {error}".split("\n", 1)[0])
        return table

"""`python -m corpus generate FOLDER` and `python -m corpus analyse FOLDER --engine processes`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pyrus.sexp import pcb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.boards import write
from corpus.engines import ENGINES, engine, outcomes
from corpus.report import Report

T = TypeVar("T")


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 0 all well, 1 some boards could not be read, 2 wrong arguments."""
    options = _parser().parse_args(arguments)
    # Progress does not disturb what is printed.
    console = Console(stderr=True)
    start = time.monotonic()
    if options.command == "generate":
        made = write(options.folder, options.count, options.seed, options.damaged)
        count = sum(1 for _ in _shown(console, made, "generate", options.count))
        console.print(f"{count} boards in {options.folder} ({time.monotonic() - start:.1f} s)")
        return 0
    paths = sorted(options.folder.rglob("*.kicad_pcb"))
    if not paths:
        console.print(f"there are no boards (*.kicad_pcb) in {options.folder}")
        return 2
    rules = pcb.Rules(
        min_clearance=options.clearance,
        min_track_width=options.width,
        min_through_hole_diameter=options.hole,
        min_via_annular_width=options.ring,
    )
    with engine(options.engine, options.workers, options.scheduler) as executor:
        begun = time.monotonic()
        report = Report.of(_shown(console, outcomes(executor, paths, rules), options.engine, len(paths)))
        seconds = time.monotonic() - begun
    if options.json:
        print(report.to_json())
    else:
        report.show(Console())
    done = f"{len(paths)} boards on {options.engine} ({options.workers} workers) in {seconds:.1f} s"
    console.print(f"{done}: {len(paths) / seconds:,.0f} a second")
    return 1 if report.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="corpus", description="The same analysis over thousands of boards.")
    commands = parser.add_subparsers(dest="command", required=True)
    generate = commands.add_parser("generate", help="write boards into a folder")
    generate.add_argument("folder", type=Path)
    generate.add_argument("--count", type=int, default=1000)
    generate.add_argument("--seed", type=int, default=0)
    generate.add_argument("--damaged", type=int, default=0, help="so many of them end in the middle")
    analyse = commands.add_parser("analyse", help="work out figures of all boards in a folder")
    analyse.add_argument("folder", type=Path)
    analyse.add_argument("--engine", choices=ENGINES, default="processes")
    analyse.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    analyse.add_argument("--scheduler", help="address of a Dask cluster, like tcp://host:8786")
    analyse.add_argument("--json", action="store_true", help="print all figures")
    analyse.add_argument("--clearance", type=float, default=0.2, help="rule: between tracks, mm")
    analyse.add_argument("--width", type=float, default=0.15, help="rule: of tracks, mm")
    analyse.add_argument("--hole", type=float, default=0.3, help="rule: of drills, mm")
    analyse.add_argument("--ring", type=float, default=0.1, help="rule: around drills, mm")
    return parser


def _shown(console: Console, items: Iterable[T], what: str, total: int) -> Iterable[T]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield from progress.track(items, total=total, description=what)


if __name__ == "__main__":
    sys.exit(main())

"""The same for each of many files, which the command line names."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from pyrus.kicad.command import plain
from pyrus.kicad.command.failure import Failure
from pyrus.kicad.command.pool import cores, over
from pyrus.kicad.command.progress import shown
from pyrus.kicad.command.sources import expand

__all__ = ["add_options", "dump", "results"]

R = TypeVar("R")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which files, and how many at once."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any kind, folders, or - for stdin")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes at once (default: %(default)s)")


def results(options: argparse.Namespace, work: Callable[[str], R], what: str) -> list[R]:
    """What `work`, which may be called in other processes, gives for each file; `what` says what is shown meanwhile."""
    files = expand(options.files)
    return list(shown(over(work, files, options.jobs), len(files), what))


def dump(found: list[R]) -> None:
    """The results as JSON, failures with the names of their files."""
    plain.dump([{"file": one.file, "error": one} if isinstance(one, Failure) else one for one in found])

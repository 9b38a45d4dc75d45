"""Which files are meant, and what is in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyrus.kicad.command.failure import Failed, Failure
from pyrus.kicad.kinds import AnyFile, Kind, sniff
from pyrus.kicad.sources import text_of

__all__ = ["STDIN", "expand", "file_of", "read"]

STDIN = "-"
_SUFFIXES = frozenset({".kicad_pcb", ".kicad_mod", ".kicad_sym", ".kicad_sch", ".net"})
_NAMES = frozenset({"fp-lib-table"})


def expand(names: Iterable[str]) -> list[str]:
    """The files; for a folder all of KiCad's files in it and below, sorted. What is not there stays as it is named."""
    return [file for name in names for file in (_below(name) if os.path.isdir(name) else (name,))]


def _below(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name in _NAMES or os.path.splitext(name)[1] in _SUFFIXES:
                yield os.path.join(parent, name)


def read(name: str) -> bytes:
    """What is in a file, or on stdin. Raises Failed."""
    try:
        return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise Failed(Failure.of(name, error)) from error


def file_of(name: str) -> tuple[Kind, AnyFile]:
    """A file and its kind. Raises Failed, with the position where there is one."""
    data = read(name)
    try:
        text = text_of(data)
        kind = sniff(text)
        return kind, kind.loads(text)
    except ValueError as error:
        raise Failed(Failure.of(name, error)) from error

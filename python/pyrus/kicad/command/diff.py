"""`diff`: what differs between two files, by what is in them."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from pyrus.kicad.command import plain
from pyrus.kicad.command.failure import FINE, FOUND, Failed, Failure
from pyrus.kicad.command.sources import file_of
from pyrus.kicad.convert import convert
from pyrus.kicad.difference import Change, differences
from pyrus.kicad.kinds import AnyFile, kind_of
from pyrus.sexp import footprint_v5, symbol_v6

__all__ = ["add"]

_WIDTH = 100


@dataclass(frozen=True)
class Entry:
    """A change for programs."""

    change: str
    path: str
    before: Any
    after: Any


def add(commands: Any) -> None:
    """The options."""
    parser = commands.add_parser("diff", help="compare two files by what is in them: by uuid and name")
    parser.add_argument("old", metavar="A", help="a file, or - for stdin")
    parser.add_argument("new", metavar="B", help="a file of the same kind; files of KiCad 5 and 6 are converted")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="FIELD", help="skip a field everywhere, as uuid"
    )
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """A line for each difference."""
    old, new = _same_kind(options.old, options.new)
    kind = kind_of(old)
    try:
        changes = list(differences(kind.root_of(old), kind.root_of(new), options.ignore))
    except RecursionError as error:
        raise Failed(Failure.of(options.old, error)) from error
    if not changes and not options.ignore and old != new:
        changes.append(Change("", "items that no field shows, or numbers beyond the sixth decimal", "others"))
    if options.json:
        plain.dump(
            [vars(Entry(_word(one), one.path, plain.plain(one.before), plain.plain(one.after))) for one in changes]
        )
    else:
        for one in changes:
            print(_line(one))
    return FOUND if changes else FINE


def _same_kind(old_name: str, new_name: str) -> tuple[AnyFile, AnyFile]:
    (_, old), (_, new) = file_of(old_name), file_of(new_name)
    if type(old) is not type(new):
        old, new = _converted(old), _converted(new)
    if type(old) is not type(new):
        kinds = f"{kind_of(old).name}, and {new_name} is a {kind_of(new).name}"
        raise Failed(Failure(old_name, f"is a {kinds}: only files of one kind can be compared"))
    return old, new


def _converted(file: AnyFile) -> AnyFile:
    return convert(file) if isinstance(file, (footprint_v5.FootprintFile, symbol_v6.SymbolFile)) else file


def _word(change: Change) -> str:
    if change.before is None or change.after is None:
        return "added" if change.before is None else "removed"
    return "changed"


def _line(change: Change) -> str:
    if change.before is None:
        return f"+ {change.path}: {_short(change.after)}"
    if change.after is None:
        return f"- {change.path}: {_short(change.before)}"
    return f"~ {change.path}: {_short(change.before)} -> {_short(change.after)}"


def _short(value: object) -> str:
    text = " ".join(repr(plain.plain(value) if isinstance(value, str) else value).split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."

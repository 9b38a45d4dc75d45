"""`fmt`: KiCad's layout. The text is laid out as it stands, whatever it holds: nothing is read into records."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

from pyrus.kicad.command import each
from pyrus.kicad.command.failure import FINE, FOUND, Failed, Failure, report
from pyrus.kicad.command.sources import STDIN, expand, read
from pyrus.sexp import ParseError, format

__all__ = ["Formatted", "add", "laid_out"]

# A diff of more lines costs time with their square, and nobody reads it.
_MOST_LINES = 4000


@dataclass(frozen=True)
class Formatted:
    """A file, and whether its layout is another than it was; the differences when they were asked for."""

    file: str
    changed: bool
    diff: str = ""


def add(commands: Any) -> None:
    """The options."""
    parser = commands.add_parser("fmt", help="lay files out as KiCad does, in place")
    each.add_options(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--check", action="store_true", help="write nothing; show differences, exit with 1 if there are")
    where.add_argument("--stdout", action="store_true", help="print the result instead, as for stdin")
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Format; what was done is told on stderr, differences and texts go to stdout."""
    if options.stdout or (STDIN in options.files and not options.check):
        return report(filter(None, map(_print, expand(options.files))))
    results = each.results(options, partial(attempt, write=not options.check), "formatting")
    done = [one for one in results if isinstance(one, Formatted)]
    changed = [one for one in done if one.changed]
    if options.json:
        each.dump(results)
    else:
        sys.stdout.writelines(one.diff for one in changed)
        word = "would be formatted" if options.check else "formatted"
        print(f"{len(changed)} of {len(done)} files {word}", file=sys.stderr)
    found = FOUND if options.check and changed else FINE
    return report(one for one in results if isinstance(one, Failure)) or found


def laid_out(data: bytes) -> bytes:
    """The same in KiCad's layout, as UTF-8; a text without line feed at its end stays so. Raises ParseError."""
    text = format(data)
    return (text if data.endswith(b"\n") else text[:-1]).encode()


def attempt(name: str, write: bool) -> Formatted | Failure:
    """Format a file in place, or say what would change."""
    try:
        old = read(name)
        new = laid_out(old)
        if new == old:
            return Formatted(name, False)
        if not write:
            return Formatted(name, True, _diff(name, old.decode(), new.decode()))
        _replace(Path(name), new)
        return Formatted(name, True)
    except Failed as error:
        return error.failure
    except (ParseError, OSError) as error:
        return Failure.of(name, error)


def _print(name: str) -> Failure | None:
    try:
        new = laid_out(read(name))
    except Failed as error:
        return error.failure
    except ParseError as error:
        return Failure.of(name, error)
    sys.stdout.flush()
    sys.stdout.buffer.write(new)
    sys.stdout.buffer.flush()
    return None


def _replace(path: Path, data: bytes) -> None:
    """Write beside it and rename: nobody sees half of a file, and links stay links."""
    place = path.resolve()
    handle, new = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=".tmp")
    try:
        with open(handle, "wb") as out:
            out.write(data)
        shutil.copymode(place, new)
        os.replace(new, place)
    except BaseException:
        os.unlink(new)
        raise


def _diff(name: str, old: str, new: str) -> str:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > _MOST_LINES:
        return f"{name}: would be formatted ({len(before)} lines, then {len(after)})\n"
    lines = unified_diff(before, after, name, f"{name} (formatted)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

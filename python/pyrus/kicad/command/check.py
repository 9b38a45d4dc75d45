"""`check`: can files be read, and does nothing get lost when they are written again?"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyrus.kicad.command import each
from pyrus.kicad.command.failure import FINE, FOUND, TROUBLE, Failed, Failure, report
from pyrus.kicad.command.sources import read
from pyrus.kicad.difference import differences
from pyrus.kicad.kinds import Kind, sniff
from pyrus.sexp import Kind as NodeKind
from pyrus.sexp import Node, Tree, parse

__all__ = ["Checked", "add", "check"]

_MOST_LOST = 5
_FALSE = ("no", "false")


@dataclass(frozen=True)
class Checked:
    """A file, its kind, and what is wrong with it; `identical`: is it written byte for byte as it stands?"""

    file: str
    kind: str
    identical: bool
    problems: tuple[Failure, ...]


def add(commands: Any) -> None:
    """The options."""
    parser = commands.add_parser("check", help="read files, write and read them again, and say what is lost")
    each.add_options(parser)
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """A line for each file on stdout; problems on stderr."""
    results = each.results(options, attempt, "checking")
    checked = [one for one in results if isinstance(one, Checked)]
    if options.json:
        each.dump(results)
    else:
        for one in checked:
            written = "byte for byte" if one.identical else "in another form"
            print(f"{one.file}: {one.kind}, {'FAILED' if one.problems else f'ok, written {written}'}")
    bad = [one for one in checked if one.problems]
    report(problem for one in bad for problem in one.problems)
    code = report(one for one in results if isinstance(one, Failure))
    if len(results) > 1:
        good = len(checked) - len(bad)
        print(f"{len(results)} files: {good} good, {len(results) - good} bad", file=sys.stderr)
    return TROUBLE if code else FOUND if bad else FINE


def attempt(name: str) -> Checked | Failure:
    """Check a file, or say why it cannot be read at all."""
    try:
        return check(name, read(name))
    except Failed as error:
        return error.failure


def check(name: str, data: bytes) -> Checked:
    """Check a file's text. Raises Failed when it is none of KiCad's."""
    try:
        tree = parse(data)
    except ValueError as error:
        return Checked(name, "?", False, (Failure.of(name, error),))
    try:
        kind = sniff(tree.text)
    except ValueError as error:
        raise Failed(Failure.of(name, error)) from error
    try:
        return _written(name, kind, tree)
    except (ValueError, RecursionError) as error:
        return Checked(name, kind.name, False, (Failure.of(name, error),))


def _written(name: str, kind: Kind, tree: Tree) -> Checked:
    """Written and read again."""
    file = kind.loads(tree.text)
    text = kind.dumps(file)
    again = kind.loads(text)
    problems = []
    if again != file:
        first = next(iter(differences(file, again)), None)
        where = f": {first.path} was {first.before!r}, is {first.after!r}" if first else ""
        problems.append(Failure(name, f"reads back as another file than was written{where}"))
    if kind.dumps(again) != text:
        problems.append(Failure(name, "is written in another way the second time"))
    problems += islice(_lost(name, tree, parse(text)), _MOST_LOST)
    return Checked(name, kind.name, text.rstrip("\n") == tree.text.rstrip("\n"), tuple(problems))


def _lost(name: str, old: Tree, new: Tree) -> Iterator[Failure]:
    """What stands in a tree and not in the one that was written: order and form make no difference."""
    if old.root == new.root:
        return
    lost = Counter(map(_meaning, _values(old.root))) - Counter(map(_meaning, _values(new.root)))
    for node in _values(old.root):
        if lost[_meaning(node)] > 0 and not _says_nothing(node):
            lost[_meaning(node)] -= 1
            place = node.start
            yield Failure(name, f"{_shown(node)} is lost when it is written", place.line, place.column)


def _values(root: Node) -> Iterator[Node]:
    return (node for node in root.walk() if node.kind is not NodeKind.LIST)


def _meaning(node: Node) -> str | float:
    """Numbers by what they are worth to seven decimals, in quotes or not; anything else by its text."""
    text = node.value or ""
    try:
        return round(float(text), 7)
    except ValueError:
        return text


def _says_nothing(node: Node) -> bool:
    """A key without values, or of a flag that is not set; or that flag's word."""
    parent = node.parent
    if parent is None or parent.head is None:
        return False
    return len(parent) == 1 or (len(parent) == 2 and parent[1].value in _FALSE)


def _shown(node: Node) -> str:
    source = node.source
    return source if len(source) <= 40 else f"{source[:37]}..."

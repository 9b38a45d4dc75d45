"""`python -m pyrus.graph info` and `export`: what is in saved graphs, and graphs for other programs."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pyrus.graph import GraphFormatError, GraphView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["COMMANDS", "main"]

COMMANDS = ("info", "export")
EXPORTS: dict[str, Callable[..., str]] = {".graphml": GraphView.to_graphml, ".dot": GraphView.to_dot}
EXPORTS[".gv"] = EXPORTS[".dot"]
# Smaller graphs are done before anybody reads a line.
WORTH_SHOWING = 100_000


class Line:
    """A line on the terminal that says how far something is, and is gone afterwards."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.shown = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // max(total, 1)
        if total >= WORTH_SHOWING and percent != self.shown:
            self.shown = percent
            print(f"\r{self.what} {percent:3} %", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.shown >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def watched(what: str, work: Callable[..., GraphView | str]) -> GraphView | str:
    """Do something; a terminal shows how far it is."""
    if sys.stderr is None or not sys.stderr.isatty():
        return work()
    line = Line(what)
    try:
        return work(progress=line)
    finally:
        line.end()


def load(path: Path) -> GraphView:
    """A saved graph."""
    view = watched(f"reading {path.name}", lambda **options: GraphView.load(path, **options))
    assert isinstance(view, GraphView)
    return view


def facts(path: Path) -> dict[str, object]:
    """What is in a saved graph."""
    view = load(path)
    types: Counter[int] = Counter()
    keys: Counter[str] = Counter()
    for bound in view.get_nodes():
        keys.update(bound.node().get_dynamic_attrs())
    for edge in view.get_edges():
        types[edge.edge_type()] += 1
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "nodes": view.get_node_count(),
        "edges": view.get_edge_count(),
        "edge types": {str(kind): count for kind, count in sorted(types.items())},
        "attributes of nodes": dict(keys.most_common()),
    }


def info(options: argparse.Namespace) -> None:
    """Print what is in each file."""
    found = [facts(path) for path in options.files]
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for one in found:
        print(one["file"])
        for name in list(one)[1:]:
            value = one[name]
            shown = ", ".join(f"{k}: {v:,}" for k, v in value.items()) if isinstance(value, dict) else f"{value:,}"
            print(f"  {name:20} {shown}".rstrip())


def write(path: Path, text: str) -> None:
    """Replace a file when all of the text is written."""
    descriptor, new = tempfile.mkstemp(prefix=".pyrus-", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if os.name == "posix":
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(new, 0o666 & ~mask)
        os.replace(new, path)
    except BaseException:
        os.unlink(new)
        raise


def export(options: argparse.Namespace) -> None:
    """Write a graph as another format, by the suffix of the file."""
    target: Path = options.to
    to = EXPORTS.get(target.suffix.lower())
    if to is None:
        raise SystemExit(f"{target}: the suffix says the format; known are {', '.join(EXPORTS)}")
    view = load(options.file)
    text = watched(f"writing {target.name}", lambda **given: to(view, **given))
    assert isinstance(text, str)
    write(target, text)


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 if it worked."""
    parser = argparse.ArgumentParser(prog="python -m pyrus.graph", description="Saved graphs.")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("info", help="what is in saved graphs", description="What is in saved graphs.")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(run=info)
    two = commands.add_parser(
        "export", help="a saved graph as GraphML or DOT", description="A saved graph as GraphML or DOT."
    )
    two.add_argument("file", type=Path, metavar="FILE")
    two.add_argument("to", type=Path, metavar="TO", help="what to write: .graphml, .dot or .gv")
    two.set_defaults(run=export)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except (GraphFormatError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0

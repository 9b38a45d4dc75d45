"""What graphs cost, beside rustworkx and networkx in one process and one run, and beside the system that is replaced.

Peers are measured where they are installed. Times are thread CPU time, the best of several rounds in which all take
turns. The figures of the system that is replaced come from its own machine (CPython 3.13.0, a shared x86-64 one with
two cores): the column says from where to where its runs went, and the ratio is by the lowest.

The column `cpython` is no graph: it is what the interpreter alone needs, in loops of its own C code, to make as many
objects that the garbage collector knows, and as many calls. An extension that hands out such objects needs more.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys

import calls
import memory
import paths
import typegraphs
from rows import Result, Row, take

PEERS = ["cpython", "rustworkx", "networkx"]


def shown(value: float | None, unit: str) -> str:
    """For people."""
    if value is None:
        return ""
    if unit != "ns":
        return f"{abs(value):,.0f} {'B' if unit == 'bytes' else unit}"
    for limit, factor, name in ((1e4, 1, "ns"), (1e7, 1e-3, "µs"), (1e10, 1e-6, "ms")):
        if value < limit:
            return f"{value * factor:,.{1 if factor == 1 else 0}f} {name}"
    return f"{value * 1e-9:,.1f} s"


def cells(result: Result) -> list[str]:
    """A line of the table."""
    row = result.row
    replaced = " to ".join(dict.fromkeys(shown(one, row.unit) for one in row.replaced or ()))
    aim = ""
    if result.ratio is not None:
        aim = f"{result.ratio:.3f} {'' if result.ratio <= (result.aim or 0) else 'MISSED'}"
    peers = [shown(result.best.get(who), row.unit) for who in PEERS]
    return [row.name, shown(result.best["pyrus"], row.unit), replaced, aim.strip(), *peers]


def table(results: list[Result]) -> str:
    """All of them, aligned."""
    head = ["", "pyrus", "replaced system, on its machine", "ratio", *PEERS]
    lines = [head, *map(cells, results)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]

    def line(row: list[str]) -> str:
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))
        return "  ".join([row[0].ljust(widths[0]), *numbers]).rstrip()

    return "\n".join([line(head), "-" * (sum(widths) + 2 * len(widths) - 2), *map(line, lines[1:])])


def report(results: list[Result]) -> str:
    """For programs."""
    rows = [
        {
            "name": result.row.name,
            "unit": result.row.unit,
            **{who: abs(value) for who, value in result.best.items()},
            "replaced": result.row.replaced,
            "ratio": result.ratio,
            "aim": result.aim,
        }
        for result in results
    ]
    return json.dumps({"python": platform.python_version(), "rows": rows}, indent=2)


def all_rows(options: argparse.Namespace) -> list[Row]:
    """What there is to measure."""
    found = [*calls.rows(), *paths.rows(options.sizes), *memory.storing(options.nodes // 5)]
    if sys.platform == "linux":
        found += memory.rows(options.nodes)
    found += typegraphs.rows(options.instances)
    return [row for row in found if options.only in row.name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000_000, help="nodes of the large graphs (default: %(default)s)")
    parser.add_argument(
        "--instances", type=int, default=100_000, help="of a type of 20 children (default: %(default)s)"
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes of the shapes")
    parser.add_argument("--only", default="", metavar="TEXT", help="rows whose names have this in them")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    results = [take(row) for row in all_rows(options)]
    print(report(results) if options.json else table(results))


if __name__ == "__main__":
    main()

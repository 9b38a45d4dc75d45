"""Creates and destroys large graphs, and checks that no memory is kept: `python -m pyrus.graph`.

`python -m pyrus.graph info` and `export` are about saved graphs: see `pyrus.graph.files`.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import struct
import sys
import sysconfig
import time
from array import array
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pyrus.graph import Edge, GraphView, files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MIB = 1 << 20
# What may be left of a graph: of each node, and in all. Later rounds together may leave no more than the latter.
KEPT_PER_NODE = 40
KEPT = 2 * MIB
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
EDGE_TYPE = 1


@dataclass(frozen=True)
class Round:
    """Resident memory in bytes at the stages of one round, and how long they took."""

    before: int
    created: int
    destroyed: int
    trimmed: int
    create_seconds: float
    destroy_seconds: float

    @property
    def kept(self) -> int:
        """What the round left behind."""
        return self.trimmed - self.before


@dataclass(frozen=True)
class Outcome:
    """All rounds, and what they may keep."""

    nodes: int
    limit: int
    rounds: list[Round]

    @property
    def growth(self) -> int:
        """How much resident memory has grown since the first round, which fills pools and caches."""
        return self.rounds[-1].trimmed - self.rounds[0].trimmed

    @property
    def slope(self) -> float:
        """The same per round."""
        return self.growth / max(len(self.rounds) - 1, 1)

    @property
    def passed(self) -> bool:
        """Is everything within the limits?"""
        return max(round.kept for round in self.rounds) < self.limit and self.growth < KEPT


def resident() -> int:
    """Resident memory of this process in bytes; its peak where the system tells no more."""
    try:
        # Not by `open`: what that leaves behind for good would hold on to the memory around it.
        statm = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return resident_elsewhere()
    try:
        return int(os.read(statm, 256).split()[1]) * os.sysconf("SC_PAGE_SIZE")
    finally:
        os.close(statm)


def resident_elsewhere() -> int:
    """Resident memory where there is no `/proc`."""
    if sys.platform == "win32":
        return working_set()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def working_set() -> int:
    """Resident memory on Windows."""
    layout = struct.Struct("II8N")  # PROCESS_MEMORY_COUNTERS: its size, faults, peak and current working set, and more
    counters = ctypes.create_string_buffer(layout.pack(layout.size, *[0] * 9))
    kernel32 = ctypes.CDLL("kernel32")
    kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel32.GetCurrentProcess())
    kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(counters), layout.size)
    return int(layout.unpack(counters.raw[: layout.size])[3])


def trim() -> None:
    """Give freed memory back to the system, where there is a way to ask for it."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        pass


def build(nodes: int) -> tuple[GraphView, list[object]]:
    """A graph with so many nodes, edges and attributes, and handles on all of them."""
    graph = GraphView.create()
    handles: list[object] = []
    previous = graph.get_self_node()
    for i in range(nodes):
        bound = graph.create_and_insert_node()
        edge = Edge.create(
            source=previous.node(),
            target=bound.node(),
            edge_type=EDGE_TYPE,
            name=f"edge {i}",
            weight=i,
            ok=True,
        )
        handles += (bound, bound.node(), graph.insert_edge(edge=edge), edge)
        if i % 100 == 0:
            bound.store(data=[bound, edge])
        previous = bound
    return graph, handles


def run(nodes: int) -> Round:
    """One round. The handles outlive the contents.

    The figures wait in an array: an object made while memory is full, and kept, would hold on to what is around it.
    """
    memory, clock = array("q", [0] * 3), array("d", [0.0] * 3)

    def mark(place: int) -> None:
        memory[place], clock[place] = resident(), time.perf_counter()

    trim()
    mark(0)
    graph, handles = build(nodes)
    mark(1)
    graph.destroy()
    mark(2)
    del graph, handles
    trim()
    return Round(
        memory[0],
        memory[1],
        memory[2],
        resident(),
        clock[1] - clock[0],
        clock[2] - clock[1],
    )


def table(outcome: Outcome) -> str:
    """The outcome for people."""
    head = (
        "round",
        "before",
        "created",
        "destroyed",
        "trimmed",
        "kept",
        "create",
        "destroy",
    )
    rows = [
        (
            str(number),
            *(f"{size / MIB:.1f}" for size in (r.before, r.created, r.destroyed, r.trimmed)),
            f"{r.kept / MIB:+.2f}",
            f"{r.create_seconds:.2f} s",
            f"{r.destroy_seconds:.2f} s",
        )
        for number, r in enumerate(outcome.rounds, 1)
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows)]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths)) for row in (head, *rows)]
    verdict = "no memory is kept" if outcome.passed else "MEMORY IS KEPT"
    return "\n".join(
        [
            f"{outcome.nodes:,} nodes and edges per round; resident memory in MiB",
            "",
            *lines,
            "",
            f"limit {outcome.limit / MIB:.2f} MiB per round; {outcome.slope / 1024:+.0f} KiB per round: {verdict}",
        ]
    )


def report(outcome: Outcome) -> str:
    """The outcome for programs."""
    rounds = [{**asdict(round), "kept": round.kept} for round in outcome.rounds]
    facts = {
        "nodes": outcome.nodes,
        "limit": outcome.limit,
        "slope": outcome.slope,
        "passed": outcome.passed,
    }
    return json.dumps({**facts, "rounds": rounds}, indent=2)


def positive(text: str) -> int:
    """A number from 1."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds; 0 if no memory is kept."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in files.COMMANDS:
        return files.main(given)
    parser = argparse.ArgumentParser(
        prog="python -m pyrus.graph",
        description="Creates and destroys large graphs, and checks that no memory is kept.",
        epilog="Saved graphs have commands of their own: info FILE..., export FILE TO.",
    )
    parser.add_argument(
        "--nodes",
        type=positive,
        default=100_000,
        help="nodes per graph (default: %(default)s)",
    )
    parser.add_argument(
        "--rounds",
        type=positive,
        default=5,
        help="graphs, one after the other (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(given)
    limit = options.nodes * KEPT_PER_NODE + KEPT
    show: Callable[[Outcome], str] = report if options.json else table
    # A small graph first: it loads and fills what stays. Free-threaded builds keep the memory of the largest one for
    # the next.
    run(options.nodes if FREE_THREADED else min(options.nodes, 1000))
    outcome = Outcome(options.nodes, limit, [run(options.nodes) for _ in range(options.rounds)])
    print(show(outcome))
    return 0 if outcome.passed else 1


if __name__ == "__main__":
    sys.exit(main())

"""What reading, writing and using KiCad boards costs, beside pure-Python packages, all in one process and one run.

Peers are measured where they are installed (`pip install kiutils sexpdata`). Times are thread CPU time, the best of several
rounds, and every contender takes its turn in each round. Peaks are measured in fresh processes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pyrus.sexp import pcb

Row = dict[str, object]


class Worker(Protocol):
    """A thread or a process."""

    def start(self) -> None: ...

    def join(self) -> None: ...


PADS = 40
PEAK = """
import gc, sys
from pathlib import Path
from pyrus.sexp import pcb

def status(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024

text = Path(sys.argv[1]).read_text(encoding="utf-8")
pcb.loads("(kicad_pcb (generator a) (generator_version b))")
gc.collect()
Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
before = status("VmRSS")
file = pcb.loads(text)
print(status("VmHWM") - before + len(text.encode()))
"""


def footprint(chance: random.Random, number: int) -> pcb.Footprint:
    at = pcb.Xyr(x=chance.uniform(0, 300), y=chance.uniform(0, 200), r=chance.choice([0, 90, 180]))
    pads = [
        pcb.Pad(
            name=str(i),
            type="smd",
            shape="roundrect",
            at=pcb.Xyr(x=i * 1.27, y=chance.uniform(-5, 5)),
            size=pcb.Wh(w=0.6, h=1.1),
            layers=["F.Cu", "F.Paste", "F.Mask"],
            net=pcb.Net(number=i, name=f"Net-(U{number}-Pad{i})"),
            uuid=f"{chance.getrandbits(128):032x}",
        )
        for i in range(PADS)
    ]
    lines = [
        pcb.Line(
            start=pcb.Xy(x=chance.uniform(-9, 9), y=chance.uniform(-9, 9)),
            end=pcb.Xy(x=chance.uniform(-9, 9), y=chance.uniform(-9, 9)),
            stroke=pcb.Stroke(width=0.12, type="solid"),
            layer="F.SilkS",
            uuid=f"{chance.getrandbits(128):032x}",
        )
        for _ in range(8)
    ]
    return pcb.Footprint(name=f"Lib:U{number}", at=at, pads=pads, fp_lines=lines)


def board(size: int) -> str:
    """A board of about this many bytes, the same for the same size."""
    chance = random.Random(1)
    kicad_pcb = pcb.KicadPcb(generator="bench", generator_version="1")
    kicad_pcb.footprints = [footprint(chance, i) for i in range(50)]
    some = pcb.dumps(pcb.PcbFile(kicad_pcb=kicad_pcb))
    for i in range(50, max(51, 50 * size // len(some))):
        kicad_pcb.footprints.append(footprint(chance, i))
    return pcb.dumps(pcb.PcbFile(kicad_pcb=kicad_pcb))


def best(action: Callable[[], object], rounds: int) -> float:
    return best_with_end(action, rounds)[0]


def best_with_end(action: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds of CPU until something is there, and until it is gone again."""
    made, gone = [], []
    for _ in range(rounds):
        start = time.thread_time()
        kept = action()
        there = time.thread_time()
        del kept
        gone.append(time.thread_time() - there)
        made.append(there - start)
    return min(made), min(gone)


def whole_files(name: str, text: str, rounds: int, peers: bool) -> list[Row]:
    size = len(text.encode()) / 1e6
    file = pcb.loads(text)
    rows: list[Row] = []

    def row(who: str, load: tuple[float, float], dump: float | None) -> None:
        rows.append({
            "file": name,
            "MB": round(size, 1),
            "who": who,
            "loads MB/s": round(size / load[0], 1),
            "and freed MB/s": round(size / sum(load), 1),
            "dumps MB/s": None if dump is None else round(size / dump, 1),
        })

    load = best_with_end(lambda: pcb.loads(text), rounds)
    row("pyrus", load, best(lambda: pcb.dumps(file), rounds))
    if peers and importlib.util.find_spec("kiutils"):
        from kiutils.board import Board  # type: ignore[import-not-found, import-untyped, unused-ignore]
        from kiutils.utils import sexpr  # type: ignore[import-not-found, import-untyped, unused-ignore]

        load = best_with_end(lambda: Board.from_sexpr(sexpr.parse_sexp(text)), 1)
        parsed = Board.from_sexpr(sexpr.parse_sexp(text))
        row("kiutils", load, best(parsed.to_sexpr, 1))
    if peers and importlib.util.find_spec("sexpdata"):
        import sexpdata  # type: ignore[import-not-found, import-untyped, unused-ignore]

        load = best_with_end(lambda: sexpdata.loads(text), 1)
        parsed = sexpdata.loads(text)
        row("sexpdata", load, best(lambda: sexpdata.dumps(parsed), 1))
    return rows


def scaling(text: str, rounds: int) -> list[Row]:
    """How many times as much two load in the same time: threads, as loading lets the GIL go; and processes, which share
    nothing but the machine: more than theirs no program can have. Several turns each, of which the best count."""

    def loads() -> None:
        for _ in range(rounds):
            pcb.loads(text)

    def together(make: Callable[..., Worker], count: int) -> float:
        workers = [make(target=loads) for _ in range(count)]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return time.perf_counter() - start

    kinds: dict[str, Callable[..., Worker]] = {"threads": threading.Thread}
    if "fork" in multiprocessing.get_all_start_methods():
        kinds["processes"] = multiprocessing.get_context("fork").Process
    times: dict[tuple[str, int], float] = {}
    for _ in range(7):
        for kind, make in kinds.items():
            for count in (1, 2):
                took = together(make, count)
                times[kind, count] = min(took, times.get((kind, count), took))
    return [{"two": kind, "times as much": round(2 * times[kind, 1] / times[kind, 2], 2)} for kind in kinds]


def peak(text: str) -> float:
    """The most memory that a load takes, the text included, over the size of the text. Linux only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "board.kicad_pcb")
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", PEAK, str(path)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(answer.stdout) / len(text.encode())


def single_calls(text: str) -> list[Row]:
    file = pcb.loads(text)
    pads = [pad for footprint in file.kicad_pcb.footprints for pad in footprint.pads]
    pad, points = pads[0], pcb.Pts().xys
    point = pcb.Xy(x=1, y=2)

    def each(action: Callable[[], object], count: int) -> float:
        return best(lambda: [action() for _ in range(count)], 7) / count * 1e9

    def all_pads() -> None:
        for one in file.kicad_pcb.footprints:
            for found in one.pads:
                found.name

    def assign() -> None:
        pad.name = "7"

    cases: list[tuple[str, float]] = [
        ("first field of a new file, whole call", best(lambda: pcb.loads(text).kicad_pcb.generator, 5) * 1e9),
        ("pad.name", each(lambda: pad.name, 10_000)),
        ("pad.at.x", each(lambda: pad.at.x, 10_000)),
        ("pad.name = '7'", each(assign, 10_000)),
        ("every pad, its name; per pad", best(all_pads, 7) / len(pads) * 1e9),
        ("points.append(point)", each(lambda: points.append(point), 10_000)),
    ]
    return [{"call": name, "ns": round(ns, 1)} for name, ns in cases]


def table(rows: list[Row]) -> None:
    names = list(rows[0])
    cells = [names, *([("" if row[name] is None else str(row[name])) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="boards to measure with, besides those that are generated")
    parser.add_argument("--large", type=int, default=50, help="megabytes of the large generated board (default 50)")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    for path in given.files:
        if not path.is_file():
            parser.error(f"there is no file {path}: paths are relative to {Path.cwd()}")
    large = board(given.large * 1_000_000)
    small = board(1_500_000)
    files = [(path.name, path.read_text(encoding="utf-8")) for path in given.files]
    whole = [row for name, text in [*files, ("generated", small)] for row in whole_files(name, text, 20, peers=True)]
    whole += whole_files("generated, large", large, 8, peers=False)
    first = files[0][1] if files else small
    measured = [*files, ("generated, large", large)] if sys.platform == "linux" else []
    memory: list[Row] = [{"file": name, "peak over text": round(peak(text), 2)} for name, text in measured]
    calls = single_calls(first)
    scale = scaling(first, 30)
    if given.json:
        print(json.dumps({"files": whole, "memory": memory, "calls": calls, "scaling": scale}))
        return
    table(whole)
    if memory:
        table(memory)
    table(calls)
    table(scale)


if __name__ == "__main__":
    main()

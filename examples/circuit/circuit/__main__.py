"""Build a ladder, ask it, draw it: `python -m circuit`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from pyrus.graph import BoundNode

from circuit.drawing import Part, svg
from circuit.ladder import Ladder, child, path_of, type_of, wires
from circuit.library import PINS


def picture(ladder: Ladder) -> str:
    """The parts of a ladder and their nets. A net is called after the pin of a stage that is in it."""
    names: dict[BoundNode, str] = {}
    for net in ladder.nets():
        first = min(net, key=lambda pin: path_of(pin).count("."))
        names.update(dict.fromkeys(net, path_of(first)))
    parts = [
        Part(path_of(part), type_of(part, ladder.library), [names[child(part, pin)] for pin in PINS])
        for part in ladder.parts()
    ]
    return svg(parts, f"A ladder of {len(ladder.stages)} stages")


def answers(ladder: Ladder) -> list[str]:
    """What one asks a circuit."""
    first, last = ladder.stages[0], ladder.stages[-1]
    ground = wires(child(first, "c.p2"), child(last, "c.p2"))
    through = wires(child(first, "input"), child(first, "output"))
    nets = ladder.nets()
    view = ladder.view
    return [
        f"{view.get_node_count():,} nodes and {view.get_edge_count():,} edges in {len(ladder.stages):,} stages",
        f"{len(nets):,} nets; the largest has {max(map(len, nets)):,} pins",
        f"from the first capacitor's ground to the last one's: {len(ground or []) - 1:,} wires",
        f"from input to output of a stage: {'wired' if through else 'not wired, for a resistor is no wire'}",
        *(f"{count:,} x {name}" for name, count in ladder.library.types.get_type_instance_overview() if count),
    ]


def main() -> int:
    """Everything; 0 if it worked."""
    parser = argparse.ArgumentParser(prog="python -m circuit", description=__doc__)
    parser.add_argument("--stages", type=int, default=1000, help="of the large ladder (default: %(default)s)")
    parser.add_argument("--drawn", type=int, default=5, help="stages in the picture (default: %(default)s)")
    parser.add_argument("--svg", type=Path, default=Path("circuit.svg"), help="the picture (default: %(default)s)")
    parser.add_argument("--save", type=Path, help="keep the large ladder in a file")
    options = parser.parse_args()
    if options.stages < 1 or options.drawn < 1:
        parser.error("a ladder has at least one stage")
    start = time.perf_counter()
    ladder = Ladder(options.stages)
    built = time.perf_counter()
    print(*answers(ladder), sep="\n")
    print(f"built in {built - start:.2f} s, asked in {time.perf_counter() - built:.2f} s", file=sys.stderr)
    if options.save:
        ladder.view.save(options.save)
    options.svg.write_text(picture(Ladder(options.drawn)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

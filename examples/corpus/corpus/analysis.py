"""What is worked out of one board. Knows no engine: a path and rules go in, figures come out; all of it pickles."""

from __future__ import annotations

import copy
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrus.kicad import loads
from pyrus.sexp import pcb

from corpus.clearance import pairs_within

__all__ = ["REACH", "Closest", "Figures", "analyse", "examine", "figures"]

REACH = 2.0
"""Tracks further apart than so many mm are not compared."""


@dataclass(frozen=True)
class Closest:
    """The two tracks of different nets that come closest: live records, which are copied from worker to caller."""

    gap: float
    tracks: tuple[pcb.Segment, pcb.Segment]


@dataclass(frozen=True)
class Figures:
    """The figures of a board. Lengths and sizes are in mm."""

    nets: int
    footprints: int
    pads: int
    tracks: int
    vias: int
    net_lengths: dict[str, float] = field(default_factory=dict)
    layer_lengths: dict[str, float] = field(default_factory=dict)
    widths: dict[float, int] = field(default_factory=dict)
    drills: dict[float, int] = field(default_factory=dict)
    violations: dict[str, int] = field(default_factory=dict)
    closest: Closest | None = None

    @property
    def length(self) -> float:
        """Of all tracks."""
        return sum(self.layer_lengths.values())

    def to_json(self) -> dict[str, Any]:
        """As `json.dumps` takes it."""
        values = {name: value for name, value in vars(self).items() if name != "closest"}
        if self.closest is not None:
            ends = [[t.layer, t.net, t.start.x, t.start.y, t.end.x, t.end.y] for t in self.closest.tracks]
            values["closest"] = {"gap": round(self.closest.gap, 6), "tracks": ends}
        return values


def analyse(path: Path, rules: pcb.Rules) -> Figures:
    """Read a board and work out its figures. Raises ValueError for what is no board, OSError."""
    file = loads(path)
    if not isinstance(file, pcb.PcbFile):
        raise ValueError(f"expected a board, got {type(file).__module__}.{type(file).__name__}")
    return figures(file.kicad_pcb, rules)


def examine(path: Path, rules: pcb.Rules) -> Figures | Exception:
    """What workers run: a board that cannot be read is a result like any other, and no trouble of the engine's."""
    try:
        return analyse(path, rules)
    except (ValueError, OSError) as error:
        return error


def figures(board: pcb.KicadPcb, rules: pcb.Rules) -> Figures:
    """The figures of a board that is at hand."""
    names = {net.number: net.name or "" for net in board.nets}
    net_lengths: defaultdict[str, float] = defaultdict(float)
    layer_lengths: defaultdict[str, float] = defaultdict(float)
    widths: Counter[float] = Counter()
    for track in board.segments:
        length = math.hypot(track.end.x - track.start.x, track.end.y - track.start.y)
        net_lengths[names.get(track.net, f"net {track.net}")] += length
        layer_lengths[track.layer or ""] += length
        widths[track.width] += 1
    pads = [pad for footprint in board.footprints for pad in footprint.pads]
    drills = Counter(via.drill for via in board.vias)
    drills.update(pad.drill.size_x for pad in pads if pad.drill and pad.drill.size_x)

    pairs = list(pairs_within(board.segments, REACH))
    closest = min(pairs, key=lambda pair: pair[0], default=None)
    violations = {
        "clearance": sum(gap < rules.min_clearance for gap, _, _ in pairs),
        "track width": sum(count for width, count in widths.items() if width < rules.min_track_width),
        "hole": sum(count for drill, count in drills.items() if drill < rules.min_through_hole_diameter),
        "annular ring": sum((via.size - via.drill) / 2 < rules.min_via_annular_width - 1e-9 for via in board.vias),
    }
    return Figures(
        nets=len(names),
        footprints=len(board.footprints),
        pads=len(pads),
        tracks=sum(widths.values()),
        vias=len(board.vias),
        net_lengths={name: round(length, 6) for name, length in net_lengths.items()},
        layer_lengths={name: round(length, 6) for name, length in layer_lengths.items()},
        widths=dict(widths),
        drills=dict(drills),
        violations={rule: count for rule, count in violations.items() if count},
        # Copies: a view would keep what it was taken from.
        closest=closest and Closest(closest[0], (copy.copy(closest[1]), copy.copy(closest[2]))),
    )

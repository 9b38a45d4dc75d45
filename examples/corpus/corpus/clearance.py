"""How close tracks of different nets come."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pyrus.sexp import pcb

__all__ = ["Pair", "pairs_within"]

Point = tuple[float, float]
Pair = tuple[float, pcb.Segment, pcb.Segment]


class _Track:
    """A segment with what is asked again and again: reading a record costs more than reading a number."""

    __slots__ = ("end", "half", "high", "low", "net", "record", "start")

    def __init__(self, record: pcb.Segment) -> None:
        self.record = record
        self.net = record.net
        self.half = record.width / 2
        self.start: Point = (record.start.x, record.start.y)
        self.end: Point = (record.end.x, record.end.y)
        self.low = (min(self.start[0], self.end[0]) - self.half, min(self.start[1], self.end[1]) - self.half)
        self.high = (max(self.start[0], self.end[0]) + self.half, max(self.start[1], self.end[1]) + self.half)


def pairs_within(segments: Sequence[pcb.Segment], reach: float) -> Iterator[Pair]:
    """Pairs of tracks of one layer and different nets, at most `reach` mm apart, each with the gap between them.

    Quadratic at worst, in practice linear in the tracks that overlap along x.
    """
    layers: dict[str | None, list[_Track]] = {}
    for segment in segments:
        layers.setdefault(segment.layer, []).append(_Track(segment))
    for tracks in layers.values():
        tracks.sort(key=lambda track: track.low)
        open_ones: list[_Track] = []
        for track in tracks:
            open_ones = [other for other in open_ones if other.high[0] + reach >= track.low[0]]
            for other in open_ones:
                apart = max(other.low[1] - track.high[1], track.low[1] - other.high[1])
                if other.net != track.net and apart <= reach:
                    gap = max(_distance(track, other) - track.half - other.half, 0.0)
                    if gap <= reach:
                        yield gap, other.record, track.record
            open_ones.append(track)


def _distance(a: _Track, b: _Track) -> float:
    """Between the middle lines of two tracks."""
    if _crosses(a.start, a.end, b.start, b.end):
        return 0.0
    return min(
        _to_point(a.start, a.end, b.start),
        _to_point(a.start, a.end, b.end),
        _to_point(b.start, b.end, a.start),
        _to_point(b.start, b.end, a.end),
    )


def _to_point(start: Point, end: Point, point: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two lines cross in a point inside both; where they touch, the distance of an end is zero anyway."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0

"""Plain geometry of what boards are drawn with: where footprints' items lie, arcs through three points, extents.

Millimetres, y down, degrees counterclockwise on the screen, as in KiCad's files.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["XY", "Arc", "Box", "Placement", "arc_through"]

XY = tuple[float, float]


class HasXY(Protocol):
    """A point of any of KiCad's types."""

    x: float
    y: float


@dataclass(frozen=True)
class Placement:
    """Where a footprint stands; the default is the board itself."""

    x: float = 0.0
    y: float = 0.0
    degrees: float = 0.0

    def __call__(self, point: HasXY) -> XY:
        """The place on the board of a footprint's point."""
        angle = math.radians(self.degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        return self.x + point.x * cos + point.y * sin, self.y - point.x * sin + point.y * cos


@dataclass(frozen=True)
class Arc:
    """The circle through three points; `clockwise` as seen on the screen, `large` beyond a half turn."""

    centre: XY
    radius: float
    clockwise: bool
    large: bool


def arc_through(start: XY, mid: XY, end: XY) -> Arc | None:
    """The arc from start over mid to end; None when the three lie on a line."""
    (ax, ay), (bx, by), (cx, cy) = start, mid, end
    cross = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if abs(cross) < 1e-9:
        return None
    a, b, c = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / (2 * cross)
    y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / (2 * cross)
    # y runs down, so a positive cross product is a turn to the right. Mid on the chord's far side of the centre: large.
    side = (cx - ax) * (y - ay) - (cy - ay) * (x - ax)
    return Arc((x, y), math.hypot(ax - x, ay - y), cross > 0, side * cross < 0)


class Box:
    """The extent of points, empty at first."""

    def __init__(self) -> None:
        self.left = self.top = math.inf
        self.right = self.bottom = -math.inf

    def add(self, points: Iterable[XY], margin: float = 0.0) -> None:
        """Make it hold the points with a margin around each. Points that are not finite are left out."""
        for x, y in points:
            if math.isfinite(x) and math.isfinite(y):
                self.left, self.right = min(self.left, x - margin), max(self.right, x + margin)
                self.top, self.bottom = min(self.top, y - margin), max(self.bottom, y + margin)

    def add_arc(self, start: XY, mid: XY, end: XY, margin: float = 0.0) -> None:
        """Make it hold an arc, with those of its circle's four outermost points that lie on it."""
        self.add((start, mid, end), margin)
        arc = arc_through(start, mid, end)
        if arc is None:
            return
        (x, y), r = arc.centre, arc.radius
        for point in ((x + r, y), (x - r, y), (x, y + r), (x, y - r)):
            # On the arc are the points that lie on mid's side of the chord.
            if _side(start, end, point) * _side(start, end, mid) > 0:
                self.add((point,), margin)

    @property
    def empty(self) -> bool:
        """Whether it holds nothing."""
        return self.left > self.right

    @property
    def width(self) -> float:
        """From left to right, 0 when empty."""
        return 0.0 if self.empty else self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, 0 when empty."""
        return 0.0 if self.empty else self.bottom - self.top


def _side(start: XY, end: XY, point: XY) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])

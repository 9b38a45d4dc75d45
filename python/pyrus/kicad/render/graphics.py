"""Shapes and texts as SVG elements."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

from pyrus.kicad.extent import corners
from pyrus.kicad.render.writer import element, number, path_of_arc, path_of_points
from pyrus.kicad.shapes import XY, Placement
from pyrus.sexp import pcb

__all__ = ["filled", "line", "shape", "text"]

_THINNEST = 0.05
_USUAL = 0.12
_FILLS = ("yes", "solid")
_DASHES = {"dash": "4 2", "dot": "0 2", "dash_dot": "4 2 0 2", "dash_dot_dot": "4 2 0 2 0 2"}
# Capitals of sans-serif fonts are about so much of the font's size; KiCad gives the height of capitals.
_CAPITALS = 0.72


def line(data: str, width: float) -> str:
    """A stroke along a path."""
    return element("path", d=data, stroke="currentColor", stroke_width=max(width, _THINNEST))


def filled(data: str, opacity: float | None = None) -> str:
    """The inside of a path."""
    return element("path", d=data, fill="currentColor", fill_opacity=opacity)


def shape(place: Placement, item: Any) -> str:
    """A line, arc, circle, rectangle, polygon or curve."""
    width = item.stroke.width if item.stroke else _USUAL
    closed = isinstance(item, (pcb.Circle, pcb.Rect, pcb.Polygon))
    inside = closed and item.fill in _FILLS
    if inside and width <= 0:
        return filled(_data(place, item))
    width = max(width, _THINNEST)
    return element(
        "path",
        d=_data(place, item),
        stroke="currentColor",
        stroke_width=width,
        stroke_dasharray=_dashes(item.stroke, width),
        fill="currentColor" if inside else None,
    )


def _dashes(stroke: pcb.Stroke | None, width: float) -> str | None:
    pattern = _DASHES.get(stroke.type) if stroke else None
    return pattern and " ".join(number(float(part) * width) for part in pattern.split())


def _data(place: Placement, item: Any) -> str:
    if isinstance(item, pcb.Arc):
        return path_of_arc(place(item.start), place(item.mid), place(item.end))
    if isinstance(item, pcb.Circle):
        (x, y), (ex, ey) = place(item.center), place(item.end)
        opposite = (2 * x - ex, 2 * y - ey)
        radius = number(math.hypot(ex - x, ey - y))
        half = f"A{radius} {radius} 0 0 1"
        there, back = _pair(opposite), _pair((ex, ey))
        return f"M{back} {half} {there} {half} {back} Z"
    if isinstance(item, pcb.Rect):
        return path_of_points(map(place, corners(item)), True)
    if isinstance(item, pcb.Polygon):
        return path_of_points(map(place, item.pts.xys), True)
    if isinstance(item, pcb.Curve):
        points = list(map(place, item.pts.xys))
        if len(points) != 4:
            return path_of_points(points, False)
        return f"M{_pair(points[0])} C" + " ".join(map(_pair, points[1:]))
    return path_of_points((place(item.start), place(item.end)), False)


def _pair(point: XY) -> str:
    return f"{number(point[0])} {number(point[1])}"


def text(at: XY, degrees: float, words: str, effects: pcb.Effects | None, variables: Mapping[str, str]) -> str:
    """A text around a point, as its effects say: size, weight, slant, alignment, mirrored or not."""
    for name, value in variables.items():
        words = words.replace("${" + name + "}", value).replace("%" + name[0], value)
    font = effects.font if effects else pcb.Font(size=pcb.Wh(w=1, h=1))
    justify = effects.justify if effects else None
    ways = {str(way) for way in (justify.justify1, justify.justify2, justify.justify3) if way} if justify else set()
    height = font.size.w if font.size.h is None else font.size.h
    turn = f"translate({_pair(at)}) rotate({number(-degrees)})" + (" scale(-1 1)" if "mirror" in ways else "")
    lines = words.split("\n")
    return "".join(
        element(
            "text",
            escape(one),
            transform=turn,
            y=_baseline(index, len(lines), height, ways),
            font_size=height / _CAPITALS,
            font_family="sans-serif",
            font_weight="bold" if font.bold else None,
            font_style="italic" if font.italic else None,
            text_anchor="start" if "left" in ways else "end" if "right" in ways else "middle",
            fill="currentColor",
        )
        for index, one in enumerate(lines)
        if one.strip()
    )


def _baseline(index: int, count: int, height: float, ways: set[str]) -> float:
    step = height * 1.6
    block = height + (count - 1) * step
    top = 0.0 if "top" in ways else -block if "bottom" in ways else -block / 2
    return top + height + index * step

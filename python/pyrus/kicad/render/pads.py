"""Pads and their holes, drawn around their own middle and turned into place."""

from __future__ import annotations

from collections.abc import Collection

from pyrus.kicad.render.graphics import filled
from pyrus.kicad.render.writer import element, number, path_of_points
from pyrus.kicad.shapes import XY, Placement
from pyrus.sexp import pcb

__all__ = ["copper", "hole"]

_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


def copper(at: XY, pad: pcb.Pad) -> str:
    """The copper of a pad. Its angle is the board's: the footprint's is in it already."""
    offset = pad.drill.offset if pad.drill else None
    return _turned(at, pad, offset, _copper(pad))


def hole(at: XY, pad: pcb.Pad) -> str | None:
    """The hole of a pad, where it has one."""
    drill = pad.drill
    if drill is None or not drill.size_x:
        return None
    width, height = drill.size_x, drill.size_y or drill.size_x
    return _turned(at, pad, None, _rounded(width, height, min(width, height) / 2))


def _turned(at: XY, pad: pcb.Pad, offset: pcb.Xy | None, content: str) -> str:
    turn = f"translate({number(at[0])} {number(at[1])})"
    if pad.at.r:
        turn += f" rotate({number(-pad.at.r)})"
    if offset is not None:
        turn += f" translate({number(offset.x)} {number(offset.y)})"
    return element("g", content, transform=turn)


def _rounded(width: float, height: float, radius: float) -> str:
    return element(
        "rect",
        x=-width / 2,
        y=-height / 2,
        width=width,
        height=height,
        rx=radius or None,
        fill="currentColor",
    )


def _copper(pad: pcb.Pad) -> str:
    width = pad.size.w
    height = width if pad.size.h is None else pad.size.h
    short = min(width, height)
    if pad.shape == pcb.E_pad_shape.CIRCLE:
        return element("circle", r=width / 2, fill="currentColor")
    if pad.shape == pcb.E_pad_shape.OVAL:
        return _rounded(width, height, short / 2)
    if pad.shape == pcb.E_pad_shape.CUSTOM:
        return _custom(pad, width, height)
    if pad.chamfer and pad.chamfer_ratio:
        corners = {str(corner.value).replace("chamfer_", "") for corner in pad.chamfer}
        return _chamfered(width, height, short * pad.chamfer_ratio, corners)
    if pad.shape == pcb.E_pad_shape.ROUNDRECT:
        return _rounded(width, height, short * (0.25 if pad.roundrect_rratio is None else pad.roundrect_rratio))
    return _rounded(width, height, 0)


def _custom(pad: pcb.Pad, width: float, height: float) -> str:
    """The anchor, and the polygons around it."""
    round_anchor = pad.options is not None and pad.options.anchor == pcb.E_pad_anchor.CIRCLE
    drawn = element("circle", r=width / 2, fill="currentColor") if round_anchor else _rounded(width, height, 0)
    place = Placement()
    for polygon in pad.primitives.gr_polys if pad.primitives else ():
        drawn += filled(path_of_points(map(place, polygon.pts.xys), True))
    return drawn


def _chamfered(width: float, height: float, cut: float, corners: Collection[str]) -> str:
    x, y = width / 2, height / 2
    points: list[XY] = []
    for name, (sx, sy) in zip(_CORNERS, ((-1, -1), (1, -1), (1, 1), (-1, 1))):
        ends = [(sx * x, sy * (y - cut)), (sx * (x - cut), sy * y)]
        if name not in corners:
            points.append((sx * x, sy * y))
        else:
            points += ends if sx * sy > 0 else ends[::-1]
    return filled(path_of_points(points, True))

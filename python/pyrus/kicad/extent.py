"""How large a board is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from pyrus.kicad.shapes import Box, Placement
from pyrus.sexp import pcb

__all__ = ["EDGE", "board_extent", "corners", "extent_of_everything", "placement_of", "shapes_of"]

EDGE = "Edge.Cuts"
_PREFIX_FIELDS = ("lines", "arcs", "circles", "rects")


def placement_of(footprint: pcb.Footprint) -> Placement:
    """Where a footprint of a board stands."""
    return Placement(footprint.at.x, footprint.at.y, footprint.at.r or 0.0)


def shapes_of(owner: Any) -> Iterator[Any]:
    """All lines, arcs, circles, rectangles, polygons and curves of a board, or of a footprint."""
    prefix = "gr_" if isinstance(owner, pcb.KicadPcb) else "fp_"
    for name in (*_PREFIX_FIELDS, "polys", "poly", "curves"):
        yield from getattr(owner, prefix + name, ())


def board_extent(board: pcb.KicadPcb) -> Box:
    """The box around the outline's middle line; around everything where no outline is drawn. Empty without either."""
    box = Box()
    for place, shape in _shapes_of_board(board):
        if shape.layer == EDGE:
            _add(box, place, shape)
    return extent_of_everything(board) if box.empty else box


def extent_of_everything(board: pcb.KicadPcb) -> Box:
    """The box around all pads, tracks, vias, zones and shapes, the width of lines included; texts are left out."""
    box = Box()
    for place, shape in _shapes_of_board(board):
        _add(box, place, shape, (shape.stroke.width if shape.stroke else 0.0) / 2)
    for footprint in board.footprints:
        place = placement_of(footprint)
        for pad in footprint.pads:
            box.add([place(pad.at)], math.hypot(pad.size.w, pad.size.h or pad.size.w) / 2)
    on_board = Placement()
    for track in board.segments:
        box.add([on_board(track.start), on_board(track.end)], track.width / 2)
    for bow in board.arcs:
        box.add_arc(on_board(bow.start), on_board(bow.mid), on_board(bow.end), bow.width / 2)
    for via in board.vias:
        box.add([on_board(via.at)], via.size / 2)
    for zone in board.zones:
        box.add(map(on_board, zone.polygon.pts.xys))
    return box


def _shapes_of_board(board: pcb.KicadPcb) -> Iterable[tuple[Placement, Any]]:
    on_board = Placement()
    for shape in shapes_of(board):
        yield on_board, shape
    for footprint in board.footprints:
        place = placement_of(footprint)
        for shape in shapes_of(footprint):
            yield place, shape


def _add(box: Box, place: Placement, shape: Any, margin: float = 0.0) -> None:
    if isinstance(shape, pcb.Arc):
        box.add_arc(place(shape.start), place(shape.mid), place(shape.end), margin)
    elif isinstance(shape, pcb.Circle):
        radius = math.hypot(shape.end.x - shape.center.x, shape.end.y - shape.center.y)
        box.add([place(shape.center)], radius + margin)
    elif isinstance(shape, pcb.Rect):
        box.add(map(place, corners(shape)), margin)
    elif isinstance(shape, (pcb.Polygon, pcb.Curve)):
        box.add(map(place, shape.pts.xys), margin)
    else:
        box.add([place(shape.start), place(shape.end)], margin)


def corners(rect: pcb.Rect) -> list[pcb.Xy]:
    """The four corners, around."""
    start, end = rect.start, rect.end
    return [start, pcb.Xy(x=end.x, y=start.y), end, pcb.Xy(x=start.x, y=end.y)]

"""The picture of a board, seen from its front."""

from __future__ import annotations

from collections.abc import Callable, Collection

from pyrus.kicad.extent import board_extent, extent_of_everything, placement_of, shapes_of
from pyrus.kicad.properties import Property
from pyrus.kicad.render import colours, pads
from pyrus.kicad.render.graphics import filled, line, shape, text
from pyrus.kicad.render.writer import Picture, element, path_of_arc, path_of_points
from pyrus.kicad.shapes import Box, Placement
from pyrus.sexp import pcb

__all__ = ["svg"]

_MARGIN = 2.0
_THROUGH = ("thru_hole", "np_thru_hole")
_BOARD = Placement()
_ALIASES = {"F.Silkscreen": "F.SilkS", "B.Silkscreen": "B.SilkS", "F.Courtyard": "F.CrtYd", "B.Courtyard": "B.CrtYd"}


def svg(board: pcb.KicadPcb, layers: Collection[str] | None = None) -> str:
    """The SVG of a board, in millimetres: zones, tracks, pads, vias, drawings and texts, by layer.

    Without `layers` copper, silkscreen, outline and drawings are shown. Hidden texts, images and models are not drawn.
    Linear in the size of the board.
    """
    drawing = _Drawing(board, layers)
    drawing.zones()
    drawing.tracks()
    for part in board.footprints:
        drawing.footprint(part)
    drawing.drawings()
    return drawing.picture.text(drawing.box(), colours.BACKGROUND, colours.depth, _colour)


def _colour(layer: str) -> str:
    special = {"pads": colours.PAD, "vias": colours.VIA, "holes": colours.HOLE}
    return special.get(layer) or colours.colour(layer)


class _Drawing:
    """A picture in the making, and what is shown in it."""

    def __init__(self, board: pcb.KicadPcb, layers: Collection[str] | None) -> None:
        self.board = board
        self.picture = Picture()
        chosen = None if layers is None else {_ALIASES.get(name, name) for name in layers}
        self.shows: Callable[[str], bool] = (
            (lambda name: colours.SHOWN.fullmatch(name) is not None) if chosen is None else chosen.__contains__
        )
        self.copper = [layer.name for layer in board.layers if layer.name.endswith(".Cu")] or ["F.Cu", "B.Cu"]

    def box(self) -> Box:
        """The outline and everything else, with a margin."""
        box = Box()
        for inner in (board_extent(self.board), extent_of_everything(self.board)):
            if not inner.empty:
                box.add(((inner.left, inner.top), (inner.right, inner.bottom)))
        for words in self.board.gr_texts:
            box.add([(words.at.x, words.at.y)])
        for part in self.board.footprints:
            place = placement_of(part)
            shown = [
                one.at for one in part.propertys if one.at and not one.hide and one.layer and self.shows(one.layer)
            ]
            box.add(map(place, shown), 1.0)
        if box.empty:
            box.add([(0.0, 0.0)])
        box.add(((box.left, box.top), (box.right, box.bottom)), _MARGIN)
        return box

    def put(self, layer: str | None, what: str) -> None:
        """Draw something, when its layer is shown."""
        if layer is not None and self.shows(layer):
            self.picture.add(layer, what)

    def zones(self) -> None:
        for zone in self.board.zones:
            for fill in zone.filled_polygon:
                self.put(fill.layer, filled(path_of_points(map(_BOARD, fill.pts.xys), True), 0.6))
            outline = path_of_points(map(_BOARD, zone.polygon.pts.xys), True)
            for layer in colours.expand([zone.layer] if zone.layer else zone.layers, self.copper):
                self.put(layer, line(outline, 0.05))

    def tracks(self) -> None:
        for track in self.board.segments:
            self.put(track.layer, line(path_of_points((_BOARD(track.start), _BOARD(track.end)), False), track.width))
        for bow in self.board.arcs:
            self.put(bow.layer, line(path_of_arc(_BOARD(bow.start), _BOARD(bow.mid), _BOARD(bow.end)), bow.width))
        for via in self.board.vias:
            if any(map(self.shows, via.layers)):
                self._disc("vias", _BOARD(via.at), via.size)
                self._disc("holes", _BOARD(via.at), via.drill)

    def _disc(self, layer: str, at: tuple[float, float], diameter: float) -> None:
        self.picture.add(layer, element("circle", cx=at[0], cy=at[1], r=diameter / 2, fill="currentColor"))

    def footprint(self, part: pcb.Footprint) -> None:
        place = placement_of(part)
        for item in shapes_of(part):
            self.put(item.layer, shape(place, item))
        for pad in part.pads:
            self.pad(place, pad)
        values = Property.property_dict(part.propertys)
        values = {"REFERENCE": values.get("Reference", ""), "VALUE": values.get("Value", "")}
        for one in part.propertys:
            if one.at is not None and not one.hide and not (one.effects and one.effects.hide):
                angle = _upright(one.at.r or 0.0)
                self.put(one.layer, text(place(one.at), angle, one.value, one.effects, values))
        for words in part.fp_texts:
            if not words.hide and not words.effects.hide:
                angle = _upright(words.at.r or 0.0)
                self.put(words.layer.layer, text(place(words.at), angle, words.text, words.effects, values))

    def pad(self, place: Placement, pad: pcb.Pad) -> None:
        at = place(pad.at)
        shown = [layer for layer in colours.expand(pad.layers, self.copper) if self.shows(layer)]
        through = pad.type in _THROUGH
        if through and any(layer.endswith(".Cu") for layer in shown):
            if pad.type == "thru_hole":
                self.picture.add("pads", pads.copper(at, pad))
            drilled = pads.hole(at, pad)
            if drilled is not None:
                self.picture.add("holes", drilled)
            shown = [layer for layer in shown if not layer.endswith(".Cu")]
        for layer in shown:
            self.picture.add(layer, pads.copper(at, pad))

    def drawings(self) -> None:
        board = self.board
        for item in shapes_of(board):
            self.put(item.layer, shape(_BOARD, item))
        for words in [*board.gr_texts, *(one.gr_text for one in board.dimensions if one.gr_text)]:
            if not words.effects.hide:
                self.put(words.layer.layer, text(_BOARD(words.at), words.at.r or 0.0, words.text, words.effects, {}))
        for one in board.dimensions:
            self.put(one.layer, line(path_of_points(map(_BOARD, one.pts.xys), False), 0.1))
        for box in board.gr_text_boxes:
            self._text_box(box)

    def _text_box(self, box: pcb.TextBox) -> None:
        if box.start is None or box.end is None:
            return
        frame = pcb.Rect(start=box.start, end=box.end, stroke=box.stroke)
        if box.border is not False:
            self.put(box.layer, shape(_BOARD, frame))
        inset = 0.3
        left, top = min(box.start.x, box.end.x) + inset, min(box.start.y, box.end.y) + inset
        effects = pcb.Effects(font=box.effects.font, justify=pcb.Justify(justify1="left", justify2="top"))
        self.put(box.layer, text((left, top), box.angle or 0.0, box.text, effects, {}))


def _upright(degrees: float) -> float:
    """KiCad turns the texts of footprints so that they are never read upside down."""
    turned = degrees % 360
    return turned - 180 if 90 < turned <= 270 else turned

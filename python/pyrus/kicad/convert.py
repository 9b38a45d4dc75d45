"""Files of KiCad 5 and 6 as today's."""

from __future__ import annotations

import math
from typing import TypeVar, overload

from pyrus.kicad import geo
from pyrus.kicad.ids import gen_uuid
from pyrus.kicad.records import copy
from pyrus.sexp import footprint, footprint_v5, pcb, schematic, symbol, symbol_v6

__all__ = ["convert"]

R = TypeVar("R", pcb.Pad, pcb.Polygon)

_GENERATOR = "faebryk_convert"
_MM_PER_INCH = 25.4
_VARIABLES = {"%R": "${REFERENCE}", "%V": "${VALUE}"}


@overload
def convert(file: footprint_v5.FootprintFile) -> footprint.FootprintFile: ...
@overload
def convert(file: symbol_v6.SymbolFile) -> symbol.SymbolFile: ...
def convert(
    file: footprint_v5.FootprintFile | symbol_v6.SymbolFile,
) -> footprint.FootprintFile | symbol.SymbolFile:
    """A footprint of KiCad 5, or a library of symbols of KiCad 6, as today's file; the old one stays as it is.

    Arcs of centre and angle become arcs of three points, circles of symbols get an end point for their radius, the
    texts of reference and value become properties, and everything gets a new uuid. Raises ValueError for another type.
    """
    if isinstance(file, footprint_v5.FootprintFile):
        return footprint.FootprintFile(footprint=_footprint(file.footprint))
    if isinstance(file, symbol_v6.SymbolFile):
        return symbol.SymbolFile(kicad_sym=_library(file.kicad_sym))
    raise ValueError(f"Unsupported type: {type(file).__name__}; expected a v5 footprint file or a v6 symbol file")


def _footprint(old: footprint_v5.Footprint) -> footprint.Footprint:
    return footprint.Footprint(
        name=old.name,
        uuid=gen_uuid(),
        path=old.path,
        layer=old.layer,
        propertys=[_property(text) for text in old.fp_texts if text.type != "user"] + copy(old.propertys),
        attr=list(old.attr),
        fp_circles=[_circle(one) for one in old.fp_circles],
        fp_lines=[_line(one) for one in old.fp_lines],
        fp_arcs=[_arc(one) for one in old.fp_arcs],
        fp_rects=[_rect(one) for one in old.fp_rects],
        fp_poly=[_renewed(one) for one in old.fp_poly],
        fp_texts=[_text(text) for text in old.fp_texts if text.type == "user"],
        pads=[_renewed(one) for one in old.pads],
        models=[] if old.model is None else [_model(old.model)],
        generator=_GENERATOR,
        description=old.description,
        tags=list(old.tags),
        tedit=old.tedit,
    )


def _renewed(item: R) -> R:
    new = copy(item)
    new.uuid = gen_uuid()
    return new


def _stroke(width: float) -> pcb.Stroke:
    return pcb.Stroke(width=width, type=pcb.E_stroke_type.SOLID)


def _property(text: pcb.FpText) -> pcb.Property:
    return pcb.Property(
        name=text.type.value.capitalize(),
        value=text.text,
        at=text.at,
        layer=text.layer.layer,
        hide=text.hide,
        uuid=gen_uuid(),
        effects=text.effects,
    )


def _text(text: pcb.FpText) -> pcb.FpText:
    new = copy(text)
    new.text = _VARIABLES.get(text.text, text.text)
    new.uuid = gen_uuid()
    return new


def _line(old: footprint_v5.Line) -> pcb.Line:
    return pcb.Line(start=old.start, end=old.end, stroke=_stroke(old.width), layer=old.layer, uuid=gen_uuid())


def _circle(old: footprint_v5.Circle) -> pcb.Circle:
    return pcb.Circle(
        center=old.center, end=old.end, stroke=_stroke(old.width), fill=old.fill, layer=old.layer, uuid=gen_uuid()
    )


def _rect(old: footprint_v5.Rect) -> pcb.Rect:
    return pcb.Rect(
        start=old.start, end=old.end, stroke=_stroke(old.width), fill=old.fill, layer=old.layer, uuid=gen_uuid()
    )


def _arc(old: footprint_v5.Arc) -> pcb.Arc:
    # KiCad 5 calls the centre `start` and the start `end`; its angle runs clockwise.
    centre, start = old.start, old.end
    return pcb.Arc(
        start=start,
        mid=geo.rotate(start, centre, -old.angle / 2),
        end=geo.rotate(start, centre, -old.angle),
        stroke=_stroke(old.width),
        layer=old.layer,
        uuid=gen_uuid(),
    )


def _model(old: footprint_v5.Model) -> pcb.Model:
    offset = old.offset or _millimetres(old.at)
    return pcb.Model(path=old.path, offset=offset, scale=old.scale, rotate=old.rotate)


def _millimetres(at: pcb.ModelXyz | None) -> pcb.ModelXyz:
    """What `at` says in inches, which `offset` says in millimetres."""
    xyz = pcb.Xyz(x=0, y=0, z=0) if at is None else at.xyz
    return pcb.ModelXyz(xyz=pcb.Xyz(x=xyz.x * _MM_PER_INCH, y=xyz.y * _MM_PER_INCH, z=xyz.z * _MM_PER_INCH))


def _library(old: symbol_v6.SymbolLib) -> symbol.SymbolLib:
    return symbol.SymbolLib(version=old.version, generator=_GENERATOR, symbols=[_symbol(one) for one in old.symbols])


def _symbol(old: symbol_v6.Symbol) -> schematic.Symbol:
    return schematic.Symbol(
        name=old.name,
        power=old.power,
        propertys=old.propertys,
        pin_numbers=old.pin_numbers,
        pin_names=old.pin_names,
        in_bom=old.in_bom,
        on_board=old.on_board,
        symbols=[_unit(one) for one in old.symbols],
        convert=old.convert,
    )


def _unit(old: symbol_v6.SymbolUnit) -> schematic.SymbolUnit:
    return schematic.SymbolUnit(
        name=old.name,
        polylines=old.polylines,
        circles=[_round(one) for one in old.circles],
        rectangles=old.rectangles,
        arcs=old.arcs,
        pins=old.pins,
    )


def _round(old: symbol_v6.Circle) -> schematic.Circle:
    end = pcb.Xy(x=old.center.x + math.fabs(old.radius), y=old.center.y)
    return schematic.Circle(center=old.center, end=end, stroke=old.stroke, fill=old.fill)

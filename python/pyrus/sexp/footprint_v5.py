"""Footprints as KiCad 5 wrote them."""

from pyrus._kicad.footprint_v5 import (
    Arc,
    Circle,
    Footprint,
    FootprintFile,
    Line,
    Model,
    Rect,
    dumps,
    loads,
)

__all__ = [
    "Arc",
    "Circle",
    "Footprint",
    "FootprintFile",
    "Line",
    "Model",
    "Rect",
    "dumps",
    "loads",
]

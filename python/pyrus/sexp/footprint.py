"""Footprints of libraries, `.kicad_mod`."""

from pyrus._kicad.footprint import (
    Footprint,
    FootprintFile,
    dumps,
    loads,
)

__all__ = [
    "Footprint",
    "FootprintFile",
    "dumps",
    "loads",
]

"""Symbols as they stand alone, in KiCad 6 and on EasyEDA."""

from pyrus._kicad.symbol_v6 import (
    Circle,
    Symbol,
    SymbolFile,
    SymbolLib,
    SymbolUnit,
    dumps,
    loads,
)

__all__ = [
    "Circle",
    "Symbol",
    "SymbolFile",
    "SymbolLib",
    "SymbolUnit",
    "dumps",
    "loads",
]

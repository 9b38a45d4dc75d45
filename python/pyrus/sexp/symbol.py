"""Symbol libraries, `.kicad_sym`."""

from pyrus._kicad.symbol import (
    SymbolFile,
    SymbolLib,
    dumps,
    loads,
)

__all__ = [
    "SymbolFile",
    "SymbolLib",
    "dumps",
    "loads",
]

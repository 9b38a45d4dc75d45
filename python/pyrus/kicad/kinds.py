"""The kinds of files: one row each, found by type or by the first symbol of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Union

from pyrus.sexp import footprint, footprint_v5, fp_lib_table, netlist, pcb, schematic, symbol, symbol_v6

__all__ = ["KINDS", "AnyFile", "Kind", "kind_of", "sniff"]

AnyFile = Union[
    pcb.PcbFile,
    footprint.FootprintFile,
    footprint_v5.FootprintFile,
    netlist.NetlistFile,
    fp_lib_table.FpLibTableFile,
    schematic.SchematicFile,
    symbol.SymbolFile,
    symbol_v6.SymbolFile,
]


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is called, its module, its class, the file's only field, and its first symbol."""

    name: str
    module: ModuleType
    type: type[AnyFile]
    field: str
    root: str

    def loads(self, text: str) -> AnyFile:
        """The file of a text. Raises ValueError with position."""
        read: Callable[[str], AnyFile] = self.module.loads
        return read(text)

    def dumps(self, file: AnyFile) -> str:
        """The text of a file of this kind."""
        write: Callable[[AnyFile], str] = self.module.dumps
        return write(file)

    def root_of(self, file: AnyFile) -> Any:
        """The record that the file holds."""
        return getattr(file, self.field)


KINDS = (
    Kind("board", pcb, pcb.PcbFile, "kicad_pcb", "kicad_pcb"),
    Kind("footprint", footprint, footprint.FootprintFile, "footprint", "footprint"),
    Kind("footprint (v5)", footprint_v5, footprint_v5.FootprintFile, "footprint", "module"),
    Kind("netlist", netlist, netlist.NetlistFile, "netlist", "export"),
    Kind("footprint table", fp_lib_table, fp_lib_table.FpLibTableFile, "fp_lib_table", "fp_lib_table"),
    Kind("schematic", schematic, schematic.SchematicFile, "kicad_sch", "kicad_sch"),
    Kind("symbols", symbol, symbol.SymbolFile, "kicad_sym", "kicad_symbol_lib"),
    Kind("symbols (v6)", symbol_v6, symbol_v6.SymbolFile, "kicad_sym", "kicad_sym"),
)

_BY_TYPE = {kind.type: kind for kind in KINDS}
_BY_ROOT = {kind.root: kind for kind in KINDS}
# A byte order mark, blanks and comments may stand before the root.
_ROOT = re.compile(r"\ufeff?(?:[ \t\r\n]|;[^\n]*(?:\n|$))*\([ \t\r\n]*([^\s()\"]*)")


def kind_of(what: object) -> Kind:
    """The kind of a file, or of a file's type; exactly these types. Raises ValueError otherwise."""
    found = _BY_TYPE.get(what if isinstance(what, type) else type(what))
    if found is None:
        name = what.__name__ if isinstance(what, type) else type(what).__name__
        known = ", ".join(f"{kind.module.__name__}.{kind.type.__name__}" for kind in KINDS)
        raise ValueError(f"Unsupported type: {name}; expected one of {known}")
    return found


def sniff(text: str) -> Kind:
    """The kind that a text's root symbol names. Raises ValueError when there is none. O(1) but for leading blanks."""
    match = _ROOT.match(text)
    if match is None:
        raise ValueError(f"not a KiCad file: expected '(' at the start, got {text[:20]!r}")
    found = _BY_ROOT.get(match[1])
    if found is None:
        known = ", ".join(_BY_ROOT)
        raise ValueError(f"unknown kind of file: the root symbol is {match[1]!r}, expected one of {known}")
    return found

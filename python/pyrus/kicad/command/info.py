"""`info`: what is in files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyrus.kicad.command import each, table
from pyrus.kicad.command.failure import Failed, Failure, report
from pyrus.kicad.command.sources import file_of
from pyrus.kicad.extent import board_extent
from pyrus.kicad.kinds import AnyFile
from pyrus.sexp import footprint, footprint_v5, fp_lib_table, netlist, pcb, schematic, symbol, symbol_v6

__all__ = ["Info", "add", "info"]

Counts = dict[str, int]
_COLUMNS = ("nets", "footprints", "pads", "tracks", "vias", "zones", "layers", "copper", "parts", "symbols", "sheets")


@dataclass(frozen=True)
class Info:
    """What is in a file: its kind and format, how many there are of what, and a board's width and height in mm."""

    file: str
    kind: str
    version: str
    counts: Counts
    size: tuple[float, float] | None = None


def add(commands: Any) -> None:
    """The options."""
    parser = commands.add_parser("info", help="show what is in files, as a table")
    each.add_options(parser)
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """The table on stdout, failures on stderr."""
    results = each.results(options, attempt, "reading")
    found = [one for one in results if isinstance(one, Info)]
    failures = [one for one in results if isinstance(one, Failure)]
    if options.json:
        each.dump(results)
    elif found:
        _show(found)
    return report(failures)


def attempt(name: str) -> Info | Failure:
    """What is in a file, or why that cannot be said."""
    try:
        kind, file = file_of(name)
        return info(name, kind.name, file)
    except Failed as error:
        return error.failure


def info(name: str, kind: str, file: AnyFile) -> Info:
    """What is in a file."""
    if isinstance(file, pcb.PcbFile):
        board = file.kicad_pcb
        box = board_extent(board)
        size = None if box.empty else (round(box.width, 6), round(box.height, 6))
        return Info(name, kind, str(board.version), _board(board), size)
    root, counts = next(count(file) for type_, count in _OTHERS.items() if isinstance(file, type_))
    return Info(name, kind, str(getattr(root, "version", "") or ""), counts)


def _board(board: pcb.KicadPcb) -> Counts:
    layers = [layer.name for layer in board.layers]
    return {
        "nets": sum(bool(net.name) for net in board.nets),
        "footprints": len(board.footprints),
        "pads": sum(len(one.pads) for one in board.footprints),
        "tracks": len(board.segments) + len(board.arcs),
        "vias": len(board.vias),
        "zones": len(board.zones),
        "layers": len(layers),
        "copper": sum(name.endswith(".Cu") for name in layers),
    }


def _footprint(file: Any) -> tuple[Any, Counts]:
    return file.footprint, {"footprints": 1, "pads": len(file.footprint.pads)}


def _symbols(file: Any) -> tuple[Any, Counts]:
    return file.kicad_sym, {"symbols": len(file.kicad_sym.symbols)}


def _schematic(file: Any) -> tuple[Any, Counts]:
    root = file.kicad_sch
    return root, {"symbols": len(root.symbols), "sheets": len(root.sheets)}


def _netlist(file: Any) -> tuple[Any, Counts]:
    root = file.netlist
    return root, {"nets": len(root.nets.nets), "parts": len(root.components.comps)}


def _libraries(file: Any) -> tuple[Any, Counts]:
    return file.fp_lib_table, {"libraries": len(file.fp_lib_table.libs)}


_OTHERS: Mapping[type, Callable[[Any], tuple[Any, Counts]]] = {
    footprint.FootprintFile: _footprint,
    footprint_v5.FootprintFile: _footprint,
    symbol.SymbolFile: _symbols,
    symbol_v6.SymbolFile: _symbols,
    schematic.SchematicFile: _schematic,
    netlist.NetlistFile: _netlist,
    fp_lib_table.FpLibTableFile: _libraries,
}


def _show(found: list[Info]) -> None:
    """Columns that some file has something to say in."""
    columns = [name for name in (*_COLUMNS, "libraries") if any(name in one.counts for one in found)]
    sizes = ["size (mm)"] if any(one.size for one in found) else []
    rows = [
        [
            one.file,
            one.kind,
            one.version,
            *(str(one.counts.get(name, "")) for name in columns),
            *(f"{one.size[0]:.2f} x {one.size[1]:.2f}" if one.size else "" for _ in sizes),
        ]
        for one in found
    ]
    table.show(["file", "kind", "version", *columns, *sizes], rows, left=3)

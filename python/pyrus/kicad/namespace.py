"""The class `kicad`: everything of this package under one name."""

from __future__ import annotations

from types import ModuleType

from pyrus.kicad import geo as _geo
from pyrus.kicad import kinds, lists, records
from pyrus.kicad.convert import convert as _convert
from pyrus.kicad.embedded import compress as _compress
from pyrus.kicad.embedded import decompress as _decompress
from pyrus.kicad.files import dumps as _dumps
from pyrus.kicad.files import loads_shared
from pyrus.kicad.ids import fp_get_base_name as _fp_get_base_name
from pyrus.kicad.ids import gen_uuid as _gen_uuid
from pyrus.sexp import footprint as _footprint
from pyrus.sexp import footprint_v5 as _footprint_v5
from pyrus.sexp import fp_lib_table as _fp_lib_table
from pyrus.sexp import netlist as _netlist
from pyrus.sexp import pcb as _pcb
from pyrus.sexp import schematic as _schematic
from pyrus.sexp import symbol as _symbol
from pyrus.sexp import symbol_v6 as _symbol_v6

__all__ = ["kicad"]


class kicad:
    """A namespace, never made: the modules of `pyrus.sexp`, and functions over their records.

    `kicad.loads(type, path)` gives the same object each time; `pyrus.kicad.loads` shares nothing.
    """

    pcb = _pcb
    footprint = _footprint
    footprint_v5 = _footprint_v5
    fp_lib_table = _fp_lib_table
    netlist = _netlist
    schematic = _schematic
    symbol = _symbol
    symbol_v6 = _symbol_v6
    geo = _geo

    loads = staticmethod(loads_shared)
    dumps = staticmethod(_dumps)
    convert = staticmethod(_convert)

    get = staticmethod(lists.get)
    try_get = staticmethod(lists.try_get)
    insert = staticmethod(lists.insert)
    filter = staticmethod(lists.filter)
    delete = staticmethod(lists.delete)
    set = staticmethod(lists.set)
    clear_and_set = staticmethod(lists.clear_and_set)

    copy = staticmethod(records.copy)
    compare = staticmethod(records.compare)
    compare_without_uuid = staticmethod(records.compare_without_uuid)

    gen_uuid = staticmethod(_gen_uuid)
    fp_get_base_name = staticmethod(_fp_get_base_name)
    compress = staticmethod(_compress)
    decompress = staticmethod(_decompress)

    @staticmethod
    def type_to_module(type: object) -> ModuleType:
        """The module of a file, or of a file's type; exactly these types. Raises ValueError otherwise."""
        return kinds.kind_of(type).module

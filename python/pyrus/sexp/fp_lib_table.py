"""Tables of footprint libraries, `fp-lib-table`."""

from pyrus._kicad.fp_lib_table import (
    FpLibEntry,
    FpLibTable,
    FpLibTableFile,
    dumps,
    loads,
)

__all__ = [
    "FpLibEntry",
    "FpLibTable",
    "FpLibTableFile",
    "dumps",
    "loads",
]

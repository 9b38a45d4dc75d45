"""KiCad's files, conveniently: read, write, search, edit, compare, convert and draw them.

`loads`, `load` and `dumps` know every kind of file that `pyrus.sexp` has records for; `kicad` holds the same and all
other helpers under one name, as callers use it.

>>> from pyrus.kicad import kicad, loads
>>> file = loads('(kicad_pcb (generator "me") (generator_version "9.0") (net 1 "GND"))')
>>> kicad.get(file.kicad_pcb.nets, "GND").number
1
"""

from pyrus.kicad.files import dump, dumps, load, loads
from pyrus.kicad.kinds import AnyFile, Kind
from pyrus.kicad.lists import KeyErrorAmbiguous, KeyErrorNotFound
from pyrus.kicad.namespace import kicad
from pyrus.kicad.properties import Property, PropertyNotSet, strip_duplicate_ref_texts

__all__ = [
    "AnyFile",
    "KeyErrorAmbiguous",
    "KeyErrorNotFound",
    "Kind",
    "Property",
    "PropertyNotSet",
    "dump",
    "dumps",
    "kicad",
    "load",
    "loads",
    "strip_duplicate_ref_texts",
]

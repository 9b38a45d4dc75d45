"""KiCad's files as typed records, one module for each kind of file.

>>> from pyrus.sexp import pcb
>>> file = pcb.loads('(kicad_pcb (generator "me") (generator_version "9.0") (net 1 "GND"))')
>>> file.kicad_pcb.nets[0].name
'GND'
>>> file.kicad_pcb.nets.append(pcb.Net(number=2, name="VCC"))
>>> "VCC" in pcb.dumps(file)
True
"""

from pyrus.loader import load

load("pyrus._kicad")

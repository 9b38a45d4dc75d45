"""S-expressions: trees of any text, and KiCad's files as typed records, one module for each kind of file.

>>> from pyrus.sexp import format, parse, pcb
>>> tree = parse('(net 1 "GND" (at 2.5 3))')
>>> tree.root.head, tree.root[2].value, float(tree.root.find("at")[1])
('net', 'GND', 2.5)
>>> tree.root[2].start.column
8
>>> format(tree)
'(net 1 "GND"\\n\\t(at 2.5 3)\\n)\\n'
>>> file = pcb.loads('(kicad_pcb (generator "me") (generator_version "9.0") (net 1 "GND"))')
>>> file.kicad_pcb.nets[0].name
'GND'
>>> file.kicad_pcb.nets.append(pcb.Net(number=2, name="VCC"))
>>> "VCC" in pcb.dumps(file)
True
"""

from pyrus.loader import load

load("pyrus._kicad")

from pyrus._kicad.tree import ErrorKind, Kind, Node, ParseError, Position, Tree, format, parse

__all__ = ["ErrorKind", "Kind", "Node", "ParseError", "Position", "Tree", "format", "parse"]

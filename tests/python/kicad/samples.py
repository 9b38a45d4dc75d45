"""Small files of every kind, and where large ones may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "kicad"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files of ../shared are not here")

BOARD = """(kicad_pcb
	(version 20241229)
	(generator "pyrus")
	(generator_version "1")
	(layers
		(0 "F.Cu" signal)
		(2 "B.Cu" signal)
		(5 "F.SilkS" user "F.Silkscreen")
		(25 "Edge.Cuts" user)
	)
	(net 0 "")
	(net 1 "GND")
	(net 2 "VCC")
	(footprint "Lib:R"
		(layer "F.Cu")
		(uuid "f-1")
		(at 10 10 90)
		(property "Reference" "R1"
			(at 0 -2 90)
			(layer "F.SilkS")
			(uuid "p-1")
			(effects
				(font
					(size 1 1)
					(thickness 0.15)
				)
			)
		)
		(fp_line
			(start -1 0.5)
			(end 1 0.5)
			(stroke
				(width 0.12)
				(type solid)
			)
			(layer "F.SilkS")
			(uuid "l-1")
		)
		(pad "1" smd rect
			(at -1 0 90)
			(size 1 0.6)
			(layers "F.Cu" "F.Mask" "F.Paste")
			(net 1 "GND")
			(uuid "a-1")
		)
		(pad "2" thru_hole oval
			(at 1 0 90)
			(size 1 0.6)
			(drill 0.3)
			(layers "*.Cu" "*.Mask")
			(net 2 "VCC")
			(uuid "a-2")
		)
	)
	(gr_rect
		(start 0 0)
		(end 30 20)
		(stroke
			(width 0.05)
			(type solid)
		)
		(fill no)
		(layer "Edge.Cuts")
		(uuid "e-1")
	)
	(segment
		(start 10 11)
		(end 20 11)
		(width 0.25)
		(layer "F.Cu")
		(net 1)
		(uuid "s-1")
	)
	(via
		(at 20 11)
		(size 0.8)
		(drill 0.4)
		(layers "F.Cu" "B.Cu")
		(net 1)
		(uuid "v-1")
	)
)
"""

FOOTPRINT = """(footprint "R"
	(version 20241229)
	(generator "pyrus")
	(generator_version "1")
	(layer "F.Cu")
	(pad "1" smd roundrect
		(at 0 0)
		(size 1 0.5)
		(layers "F.Cu")
		(roundrect_rratio 0.25)
		(uuid "a-1")
	)
)"""

MODULE = """(module Switch (layer F.Cu) (tedit 5A02FF57)
  (descr "A switch")
  (tags "push button")
  (attr smd)
  (fp_text reference SW** (at 0 -3) (layer F.SilkS) (effects (font (size 1 1) (thickness 0.15))))
  (fp_text value Switch (at 0 3) (layer F.Fab) hide (effects (font (size 1 1) (thickness 0.15))))
  (fp_text user %R (at 0 0) (layer F.Fab) (effects (font (size 1 1) (thickness 0.15))))
  (fp_line (start -2 -1) (end 2 -1) (layer F.SilkS) (width 0.12))
  (fp_arc (start 0 0) (end 1 0) (angle 90) (layer F.SilkS) (width 0.12))
  (fp_circle (center 0 0) (end 2 0) (layer F.SilkS) (width 0.12))
  (pad 1 smd rect (at -2 0) (size 1 1) (layers F.Cu F.Paste F.Mask))
  (model switch.step (at (xyz 1 0 0)) (scale (xyz 1 1 1)) (rotate (xyz 0 0 0)))
)
"""

SYMBOLS_V6 = """(kicad_sym (version 20211014) (generator someone)
  (symbol "LED" (in_bom yes) (on_board yes)
    (property "Reference" "D" (id 0) (at 0 5 0) (effects (font (size 1.27 1.27))))
    (symbol "LED_0_1"
      (circle (center 1 2) (radius 3) (stroke (width 0) (type default) (color 0 0 0 0)) (fill (type none)))
      (pin unspecified line (at 0 0 0) (length 2.54)
        (name "K" (effects (font (size 1 1)))) (number "1" (effects (font (size 1 1)))))
    )
  )
)
"""

ROOTS = {
    "kicad_pcb": BOARD,
    "footprint": FOOTPRINT,
    "module": MODULE,
    "export": '(export (version "E") (nets (net (code "1") (name "GND") (node (ref "R1") (pin "1")))))',
    "fp_lib_table": '(fp_lib_table (version 7) (lib (name "a") (type "KiCad") (uri "b") (options "") (descr "")))',
    "kicad_sch": '(kicad_sch (version 20211123) (generator "g") (paper "A4") (uuid "u"))',
    "kicad_symbol_lib": '(kicad_symbol_lib (version 20211014) (generator "g") (symbol "LED" (in_bom yes)))',
    "kicad_sym": SYMBOLS_V6,
}

"""How files are written."""

import pytest
from kicad_tools import OWN, board, dumped, err, name, sample
from pyrus.sexp import footprint as F
from pyrus.sexp import pcb as P
from pyrus.sexp import symbol as S

SMALLEST = """\
(kicad_pcb
	(version 20241229)
	(generator "g")
	(generator_version "v")
	(general
		(thickness 1.6)
		(legacy_teardrops no)
	)
	(setup
		(pad_to_mask_clearance 0)
		(allow_soldermask_bridges_in_footprints no)
		(pcbplotparams
			(layerselection 0x00010fc_ffffffff)
			(plot_on_all_layers_selection 0x0000000_00000000)
			(dashed_line_dash_ratio 12)
			(dashed_line_gap_ratio 3)
			(svgprecision 4)
			(mode 1)
			(hpglpennumber 1)
			(hpglpenspeed 20)
			(hpglpendiameter 15)
			(outputformat 1)
			(drillshape 1)
			(scaleselection 1)
			(outputdirectory "")
		)
	)
)
"""


def thickness(value):
    root = board()
    root.general.thickness = value
    text = dumped(root)
    return text.split("(thickness ")[1].split(")")[0]


def test_p01_smallest_board():
    assert P.dumps(P.loads("(kicad_pcb (generator g) (generator_version v))")) == SMALLEST


def test_p02_points_share_lines():
    xys = " ".join(f"(xy {10 * i}.5 {20 * i}.25)" for i in range(10))
    root = board(f'(gr_poly (pts {xys}) (layer "F.Cu"))')
    lines = [line for line in dumped(root).split("\n") if "(xy" in line]
    assert [line.count("(xy") for line in lines] == [7, 3]


def test_p03_atoms_wrap():
    members = " ".join(f'"{letter * 30}"' for letter in "abc")
    text = dumped(board(f'(group "n" (members {members}))'))
    assert text[text.find("(members") :].split("\n")[:4] == [
        f'(members "{"a" * 30}" "{"b" * 30}"',
        f'\t\t\t"{"c" * 30}"',
        "\t\t)",
        "\t)",
    ]


def test_p04_floats():
    written = {
        2.0: "2",
        0.12345678: "0.1234568",
        1.00000005: "1.0000001",
        0.00000005: "0.0000001",
        0.00000004: "0",
        -0.00000001: "-0",
        123456.7890123: "123456.7890123",
        1e16: "10000000000000000",
        33.333333333: "33.3333333",
    }
    assert {value: thickness(value) for value in written} == written
    assert thickness(-0.0) == "-0"


def test_p05_long_floats():
    assert thickness(1e31) == "1" + "0" * 31
    assert thickness(1e32) == "1" + "0" * 32


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_p06_no_finite_number(value):
    root = board()
    root.general.thickness = value
    exception, text = err(dumped, root)
    assert exception == "ValueError"
    assert "General.thickness" in text


def test_p06_overflow_in_rounding():
    root = board()
    root.general.thickness = 1.7e308
    assert err(dumped, root)[0] == "ValueError"


def test_p07_six_decimals():
    root = board()
    plot = root.setup.pcbplotparams
    plot.dashed_line_dash_ratio = 7.5
    plot.hpglpendiameter = 0.3
    lines = [line.strip() for line in dumped(root).split("\n")]
    assert [line for line in lines if "dash" in line or "hpglpend" in line] == [
        "(dashed_line_dash_ratio 7.500000)",
        "(dashed_line_gap_ratio 3)",
        "(hpglpendiameter 0.300000)",
    ]


def test_p08_enums():
    plot = "(pcbplotparams (layerselection a) (plot_on_all_layers_selection b))"
    text = dumped(board(f'(paper A3) (setup (stackup (copper_finish "HAL SnPb")) {plot})'))
    for part in ['(paper "A3")', '(copper_finish "HAL SnPb")', "(layerselection a)"]:
        assert part in text
    file = F.loads("(footprint x (pad 1 smd rect (at 0 0) (size 1) (zone_connect FULL)))")
    assert "(zone_connect 2)" in F.dumps(file)


def test_p09_nothing_to_print():
    text = F.dumps(F.loads("(footprint x (tags) (attr) (fp_poly (pts)))"))
    assert "(tags" not in text and "(attr" not in text
    assert F.dumps(F.loads(text)) == text


def test_p10_order_of_shapes():
    line = "(fp_line (uuid u) (layer L) (end 3 4) (stroke (width 1) (type dot)) (start 1 2))"
    lines = F.dumps(F.loads(f"(footprint x {line})")).split("\n")
    assert [line.strip() for line in lines[5:-2]] == [
        "(fp_line",
        "(start 1 2)",
        "(end 3 4)",
        "(stroke",
        "(width 1)",
        "(type dot)",
        ")",
        '(layer "L")',
        '(uuid "u")',
        ")",
    ]


def test_p11_order_of_a_footprint():
    body = "(tedit T) (tags g) (descr d) (uuid u) (layer L) (generator_version 9) (generator G)"
    lines = F.dumps(F.loads(f"(footprint x {body} (version 1))")).split("\n")
    assert [line.strip().split(" ")[0][1:] for line in lines[:-2]] == [
        "footprint",
        "version",
        "generator",
        "generator_version",
        "layer",
        "descr",
        "tags",
        "tedit",
        "uuid",
    ]


def test_p12_flags_both_forms():
    for form in ["(power)", "power"]:
        file = S.loads(f'(kicad_symbol_lib (version 1) (symbol "s" {form}))')
        assert file.kicad_sym.symbols[0].power is True
        assert "(power)" in S.dumps(file)


def test_p13_absent_positional():
    effects = P.Effects(font=P.Font(size=P.Wh(w=1)), justify=P.Justify(justify2="left"))
    text = P.Text(text="a", at=P.Xyr(x=0, y=0), layer=P.TextLayer(layer="L"), effects=effects)
    root = P.KicadPcb(generator="g", generator_version="v", gr_texts=[text])
    justify = P.loads(dumped(root)).kicad_pcb.gr_texts[0].effects.justify
    assert (justify.justify1, justify.justify2) == ("left", None)


def test_p14_bare_text():
    root = board()
    plot = root.setup.pcbplotparams
    for value in ["", "two words", "a(b", '"', "é", "plain"]:
        plot.layerselection = value
        text = dumped(root)
        assert P.loads(text).kicad_pcb.setup.pcbplotparams.layerselection == value
    assert "(layerselection plain)" in text


@pytest.mark.parametrize("name", ["board.kicad_pcb"])
def test_p15_fixed_point(name):
    text = P.dumps(P.loads((OWN / name).read_text()))
    assert P.dumps(P.loads(text)) == text


def test_p16_the_largest_sample():
    text = sample("grid10x10.kicad_pcb")
    assert P.dumps(P.loads(text)) == text


def test_p17_strings_survive():
    texts = ["(a (b", 'q"q', "back\\", "  two  blanks  ", '\\"', "xy 1", "(xy 1 2)", "é\t\n\r", ""]
    for text in texts:
        assert name(F.dumps(F.FootprintFile(footprint=F.Footprint(name=text)))) == text


def test_dumps_takes_its_own_file():
    for wrong in [None, board(), F.loads('(footprint "a")')]:
        assert err(P.dumps, wrong)[0] == "TypeError"

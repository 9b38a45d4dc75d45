"""What is read from a file, and what is kept of it."""

import pytest
from kicad_tools import board, dumped, err, kind, name, pcb
from pyrus.sexp import footprint as F
from pyrus.sexp import fp_lib_table as T
from pyrus.sexp import netlist as N
from pyrus.sexp import pcb as P
from pyrus.sexp import schematic as C
from pyrus.sexp import symbol as S
from pyrus.sexp import symbol_v6 as S6


def first_line(function, *args):
    return err(function, *args)[1].split("\n")[0]


def one(body, field):
    """The value of a footprint's field, or the kind of error."""
    try:
        return getattr(F.loads(f'(footprint "a" {body})').footprint, field)
    except ValueError as error:
        return str(error).split(" ")[0]


def test_d01_unknown_items_are_kept():
    text = dumped(board('(novel 1 (deep 2)) flag "str" 7 (net 3 "N")'))
    for part in ["(novel 1\n\t\t(deep 2)\n\t)", "flag", '"str" 7', '(net 3 "N")']:
        assert part in text
    assert P.dumps(P.loads(text)) == text


def test_d02_the_first_wins():
    root = board("(general (thickness 2)) (general (thickness 3))")
    assert root.general.thickness == 2.0
    assert "(thickness 3)" in dumped(root)


def test_d03_repeated_keys():
    nets = board('(net 1 "A") (paper A4) (net 2 "B") (net 3)').nets
    assert [(net.number, net.name) for net in nets] == [(1, "A"), (2, "B"), (3, None)]


def test_d04_keys_alone():
    root = board('(net) (group) (net 1 "A")')
    assert (len(root.nets), len(root.groups)) == (1, 0)


def test_d05_keys_alone_and_defaults():
    root = board("(paper) (general) (title_block)")
    assert root.general.thickness == 1.6
    assert root.title_block is None
    assert root.paper == "A4"


def test_d06_absent_and_default():
    assert board().paper is None
    made = P.KicadPcb(generator="g", generator_version="v")
    assert made.paper == "A4"


def test_d07_missing_field():
    text = first_line(P.loads, pcb("(segment (start 1 1) (width 0.3) (net 4))"))
    assert text == (
        "MissingField in kicad.pcb.Segment field 'end' at 1:52: "
        "((start 1 1) (width 0.3) (net 4))"
    )


def test_d08_wrong_atom():
    lines = err(F.loads, '(footprint "a"\n  (version soon))')[1].split("\n")
    assert lines[0] == (
        "UnexpectedType in kicad.footprint.Footprint field 'version' at 2:12: "
        "got symbol 'soon' but expected number"
    )
    assert lines[1] == "source:   (version soon))"
    assert lines[2].strip() == "^^^^"
    assert lines[2].index("^") == lines[1].index("soon")


def test_d09_quoted_number():
    text = first_line(F.loads, '(footprint "a" (version "5"))')
    assert text.endswith('field \'version\' at 1:25: got string "5" but expected unquoted number')


def test_d10_integers():
    texts = "2147483647 -2147483648 +7 007 1_000 1__0 2147483648 1.0 1e3 0x10".split()
    assert [one(f"(version {text})", "version") for text in texts] == [
        *[2147483647, -2147483648, 7, 7, 1000, 10],
        *["InvalidValue"] * 4,
    ]


def thickness(text):
    try:
        return board(f"(general (thickness {text}))").general.thickness
    except ValueError as error:
        return str(error).split(" ")[0]


def test_d11_floats():
    texts = "5 5. +.5 .5 -2.5e-1 1_000.5 0x1F 1e400 1e 1-2".split()
    wrong = ["UnexpectedType", "UnexpectedType"]
    expected = [5.0, 5.0, *wrong, -0.25, 1000.5, 31.0, float("inf")]
    assert [thickness(text) for text in texts] == [*expected, "InvalidValue", "InvalidValue"]


def test_d12_text():
    texts = {'"5"': "5", "5.50": "5.50", "abc": "abc", "-": "-", '""': ""}
    assert {text: one(f"(descr {text})", "description") for text in texts} == texts


@pytest.mark.parametrize("value", ["72 105", "(72 105)", '"x" "y"'])
def test_d13_d14_more_than_one_value(value):
    text = first_line(F.loads, f'(footprint "a" (descr {value}))')
    assert text.startswith("UnexpectedType in kicad.footprint.Footprint field 'description' at")
    assert "expected one value" in text


def test_d15_booleans():
    texts = ["yes", "no", "true", "false", "YES", '"yes"', "1"]
    assert [one(f"(embedded_fonts {text})", "embedded_fonts") for text in texts] == [
        *[True, False, True, False, "InvalidValue", "UnexpectedType", "UnexpectedType"]
    ]


def fp_text(body):
    return F.loads(f"(footprint a (fp_text user {body}))").footprint.fp_texts[0]


def test_d16_bare_booleans():
    text = fp_text('"t" (at 0 0) (layer L) hide (effects (font (size 1 1) bold) hide)')
    font = text.effects.font
    assert (text.hide, text.effects.hide, font.bold, font.italic) == (True, True, True, None)


def test_d17_a_positional_is_no_boolean():
    text = fp_text("hide (at 0 0) (layer L) (effects (font (size 1)))")
    assert (text.text, bool(text.hide)) == ("hide", False)


def test_d18_who_wins():
    assert one("embedded_fonts (embedded_fonts no)", "embedded_fonts") is True
    assert one("(embedded_fonts no) embedded_fonts", "embedded_fonts") is False


def test_d19_enums():
    def zone_connect(text):
        more = f"(zone_connect {text})"
        try:
            file = F.loads(f"(footprint x (pad 1 smd rect (at 0 0) (size 1) {more}))")
        except ValueError as error:
            return str(error).split(" ")[0]
        return file.footprint.pads[0].zone_connect

    texts = ["2", '"2"', "FULL", "0x1", "-1", "9", "full"]
    values = ["FULL", "FULL", "FULL", "THERMAL", "INHERITED", "InvalidValue", "InvalidValue"]
    assert [zone_connect(text) for text in texts] == values


def test_d20_unknown_member():
    assert first_line(P.loads, pcb('(layers (0 "F.Cu" magic))')) == (
        "InvalidValue in kicad.pcb.Layer field 'type' at 1:70: "
        "invalid enum value 'magic' for type kicad.pcb.E_layer_type"
    )


def test_d21_optional_positionals():
    def drill(text):
        file = F.loads(f"(footprint x (pad 1 thru_hole rect (at 0 0) (size 1) (drill {text})))")
        drill = file.footprint.pads[0].drill
        return (drill.shape, drill.size_x, drill.size_y, drill.offset is not None)

    assert {text: drill(text) for text in DRILLS} == DRILLS


DRILLS = {
    "0.8": (None, 0.8, None, False),
    "oval 0.8 1.2": ("oval", 0.8, 1.2, False),
    "0.8 1.2": (None, 0.8, 1.2, False),
    "circle 1": ("circle", 1.0, None, False),
    "(offset 1 2)": (None, None, None, True),
    "oval (offset 1 2) 3": ("oval", 3.0, None, True),
    "square 5": (None, None, None, False),
}


def test_d22_a_boolean_behind_a_number():
    layer = '(layer "d" (type "core") (thickness 1.5 locked))'
    root = board(f"(setup (stackup {layer}))")
    thickness = root.setup.stackup.layers[0].thickness
    assert (thickness.thickness, thickness.locked) == (1.5, True)
    assert P.loads(dumped(root)).kicad_pcb == root


def test_d23_a_positional_by_name():
    assert name('(footprint (name "N") (tags))') == "N"


def test_d24_own_name():
    line = F.loads("(footprint a (fp_line (start xy 1 2) (end 3 4)))").footprint.fp_lines[0]
    assert (line.start.x, line.start.y) == (1.0, 2.0)


def test_d25_more_atoms_are_kept():
    root = board('(net 5 "A" "B" 6)')
    assert (root.nets[0].number, root.nets[0].name) == (5, "A")
    assert '(net 5 "A" "B" 6)' in dumped(root)


def test_d26_empty_list_as_value():
    assert one("(embedded_fonts ())", "embedded_fonts") is None
    assert kind(P.loads, pcb("(general (legacy_teardrops ()))")) == "UnexpectedType"


def test_d27_bare_key_then_value():
    line = "(fp_line (start 0 0) (end 1 1) (stroke (width 0.1) type dash))"
    assert F.loads(f"(footprint a {line})").footprint.fp_lines[0].stroke.type == "dash"


def test_d28_lists_in_one_key():
    layers = '(layers (0 "F.Cu" signal) (31 "B.Cu" power "GND"))'
    root = board(f"{layers} (setup (tenting front back))")
    assert [(of.number, of.name, of.type, of.alias) for of in root.layers] == [
        (0, "F.Cu", "signal", None),
        (31, "B.Cu", "power", "GND"),
    ]


TABLE = """(table (column_count 1) (layer "F.SilkS") (column_widths 10) (row_heights 5)
(cells (table_cell "x" (start 0 0) (end 10 5) (margins 1 1 1 1) (span 1 1) (layer "F.SilkS")
(effects (font (size 1 1)))))
(border (external yes) (header yes) (stroke (width 0.1) (type solid)))
(separators (rows yes) (cols yes) (stroke (width 0.1) (type solid))))"""


def test_d29_table_cells():
    root = board(TABLE)
    assert [cell.text for cell in root.tables[0].cells.table_cells] == ["x"]
    text = dumped(root)
    assert "(table_cell " in text
    assert P.loads(text).kicad_pcb == root


def test_d30_empty_points():
    root = board("(gr_poly (pts) (layer L))")
    assert "(pts)" in dumped(root)
    assert P.loads(dumped(root)).kicad_pcb == root


REFUSED_ONCE = [
    "(setup (pad_to_mask_clearance 0.05) (pcbplotparams (layerselection a)"
    " (plot_on_all_layers_selection b)))",
    '(paper "A4" portrait)',
    '(paper "User" 200 100)',
    "(footprint x (layer L) (at 0 0) (attr allow_soldermask_bridges))",
    '(footprint x (layer L) (at 0 0) (property ki_fp_filters "R_*"))',
    "(footprint x (layer L) (at 0 0) (pad 1 smd rect (at 0 0) (size 1) (chamfer top_left)))",
    "(target plus (at 0 0) (size 5) (width 1) (layer L))",
]


@pytest.mark.parametrize("body", REFUSED_ONCE)
def test_d31_what_kicad_writes_is_read(body):
    root = board(body)
    text = dumped(root)
    assert P.loads(text).kicad_pcb == root
    for word in body.replace("(", " ").replace(")", " ").replace('"', " ").split():
        assert word in text


CHAMFER = "(footprint x (layer L) (at 0 0) (pad 1 smd rect (at 0 0) (size 1) (chamfer{})))"


def test_d31_corners_of_pads():
    for corners in (["top_left"], ["top_left", "bottom_right"], ["bottom_left", "top_right", "top_left"]):
        root = board(CHAMFER.format("".join(f" {one}" for one in corners)))
        pad = root.footprints[0].pads[0]
        assert pad.chamfer == corners and pad.chamfer[0] is P.E_pad_chamfer(corners[0])
        assert f"(chamfer {' '.join(corners)})" in dumped(root)
        pad.chamfer.append("bottom_left")
        assert f"(chamfer {' '.join(corners)} bottom_left)" in dumped(root)
        pad.chamfer = []
        assert "chamfer" not in dumped(root)


def test_d31_unknown_corners_are_kept_unread():
    root = board(CHAMFER.format(" top_left middle"))
    assert root.footprints[0].pads[0].chamfer == []
    assert "(chamfer top_left middle)" in dumped(root)


def test_d32_revision():
    for key in ["rev", "revision"]:
        root = board(f"(title_block (title T) ({key} R2))")
        assert root.title_block.revision == "R2"
        assert '(rev "R2")' in dumped(root)


SCHEMATIC = '(kicad_sch (version 20250114) (generator "g") (uuid u) (paper A4) (lib_symbols) {})'
LABEL = '(global_label "a" (shape dot) (at 0 0) (effects (font (size 1))) (uuid u){})'


def test_d33_fields_autoplaced():
    for form, value in [("", False), (" (fields_autoplaced)", True), (" fields_autoplaced", True)]:
        file = C.loads(SCHEMATIC.format(LABEL.format(form)))
        assert bool(file.kicad_sch.global_labels[0].fields_autoplaced) is value
        assert ("(fields_autoplaced yes)" in C.dumps(file)) is value
        assert C.loads(C.dumps(file)) == file


def test_d34_no_connect():
    file = C.loads(SCHEMATIC.format("(no_connect (at 1 2) (uuid u))"))
    assert "(no_connect\n\t\t(at 1 2)" in C.dumps(file)
    assert C.loads(C.dumps(file)) == file


def test_d35_netlist_fields():
    fields = "(fields (field (name A) b) (field (name C)))"
    comp = f"(comp (ref R1) (value v) (footprint f) {fields})"
    file = N.loads(f"(export (version E) (components {comp}))")
    fields = file.netlist.components.comps[0].fields.fields
    assert [(field.name, field.value) for field in fields] == [("A", "b"), ("C", None)]


def test_d36_roots_of_symbols():
    text = first_line(S.loads, "(kicad_sym (version 1))")
    assert text.endswith(": expected symbol 'kicad_symbol_lib' but got 'kicad_sym'")
    assert S6.dumps(S6.loads("(kicad_sym (version 1) (generator g))"))


def test_d37_a_cut_inside_a_character():
    text = '(footprint "a" (descr "' + "é" * 300 + '") (version x))'
    assert kind(F.loads, text) == "UnexpectedType"


def test_d38_long_values():
    text = err(F.loads, '(footprint "a" (version ' + "q" * 2500 + "))")[1]
    assert text.startswith("UnexpectedType in kicad.footprint.Footprint field 'version' at 1:25")
    assert len(text) < 2048


def test_extra_items_are_part_of_the_value():
    assert board("(novel 1)") != board("(novel 2)")
    assert board("(novel 1)") == board("(novel 1)")




def test_a_list_behind_a_bare_key_is_read_once():
    file = F.loads('(footprint "a" (fp_line (end 1 1) (layer "L") start (xy 1 2)))')
    start = file.footprint.fp_lines[0].start
    assert (start.x, start.y) == (1.0, 2.0)
    written = F.dumps(file)
    assert written.count("(start 1 2)") == 1 and "(xy" not in written


def settles(module, text):
    """The text that a file is written as, which must be written the same again."""
    file = module.loads(text)
    written = module.dumps(file)
    again = module.loads(written)
    assert again == file and module.dumps(again) == written
    return written


def test_keys_without_brackets_stay_before_what_follows_them():
    text = settles(F, '(footprint "a" descr (0241229) descr "b" tags)')
    assert '(footprint "a" descr descr "b" tags\n' in text and "(0241229)" in text


def test_a_flag_that_was_said_is_not_said_again():
    for hide in ["yes", "no"]:
        effects = f"(effects (font (size 1 1)) (hide {hide}) hide)"
        prop = f'(property "Reference" "R1" (at 0 0) (layer "F.SilkS") {effects})'
        text = settles(P, pcb(f'(footprint "x" (layer "F.Cu") (at 0 0) {prop})'))
        assert text.count("hide") == 1 and f"(hide {hide})" in text


def test_a_flag_that_is_off_stays_off():
    for power in ["(power no) (power yes)", "(power no) power"]:
        text = f'(kicad_sym (version 1) (generator x) (symbol "a" {power}))'
        assert S6.loads(text).kicad_sym.symbols[0].power is False
        assert "power" not in settles(S6, text)


def test_a_record_that_says_nothing_is_not_the_first_value():
    blocks = '(title_block (rev)) (title_block (title "t")) (title_block (title "u"))'
    root = board(blocks)
    assert root.title_block.title == "t"
    assert settles(P, pcb(blocks)).count("title_block") == 2
    assert "title_block" not in dumped(board("(title_block (rev)) (title_block (title) (rev))"))


def test_an_empty_list_says_nothing():
    text = '(title_block (title "t") ())'
    assert board(text).title_block.title == "t"
    assert "()" not in settles(P, pcb(text))
    assert board("(title_block (rev) ())").title_block == P.TitleBlock()
    assert board(f"(novel {text})") != board("(novel)")


def test_nothing_is_not_the_first_value():
    table = "(fp_lib_table (version ()) (version ()) (version 7) (version 8))"
    assert T.loads(table).fp_lib_table.version == 7
    assert settles(T, table).count("version") == 2
    assert "version" not in settles(T, "(fp_lib_table (version ()) (version ()))")


MANY = [f'(net {i} "N{i}")' for i in range(20_000)]


def test_a_large_file_is_read_in_parts():
    unknown = [f'(unknown {i} (list "{i}"))' for i in range(0, 20_000, 1000)]
    mixed = [text for i, text in enumerate(MANY) for text in ([text, unknown[i // 1000]] if i % 1000 == 0 else [text])]
    root = board("\n".join(mixed))
    assert [net.number for net in root.nets] == list(range(20_000))
    written = dumped(root)
    assert [line.strip() for line in written.splitlines() if "list" in line] == [
        f'(list "{i}")' for i in range(0, 20_000, 1000)
    ]
    assert dumped(P.loads(written).kicad_pcb) == written


@pytest.mark.parametrize(
    ("behind", "message"),
    [
        ("(net x)", "UnexpectedType in kicad.pcb.Net field 'number' at 20002:6: "),
        ("(net x)) (", "UnterminatedList at 20002:10: "),
        ("(net x)) `", "InvalidCharacter at 20002:10: "),
        ("(net x)) )", "UnexpectedRightParen at 20002:10: "),
        ("(net 1 N", "UnterminatedList at 20002:1: "),
    ],
)
def test_the_first_error_of_a_large_file_is_told(behind, message):
    text = pcb("\n" + "\n".join(MANY) + "\n" + behind)
    text = text.removesuffix(")") if behind.count(")") > 1 or behind.endswith("N") else text
    assert err(P.loads, text)[1].startswith(message)


def test_what_stands_at_the_root_of_a_large_file_is_no_worse():
    """Atoms and keys without values, which wait for what follows."""
    root = board("\n".join([*MANY[:10_000], "(paper)", "atom", *MANY[10_000:]]))
    assert (len(root.nets), root.paper) == (20_000, board("(paper)").paper)
    assert "atom" in dumped(root)


def test_a_large_file_without_what_must_be_there():
    text = "(kicad_pcb (generator g)" + "\n".join(MANY) + ")"
    assert err(P.loads, text)[1].startswith(
        "MissingField in kicad.pcb.KicadPcb field 'generator_version' at 1:1: "
    )

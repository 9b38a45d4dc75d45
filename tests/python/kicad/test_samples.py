"""Whole files: nothing is lost, nothing changes that need not."""

from collections import Counter
from importlib import import_module

import pytest
from kicad_tools import OWN, sample
from pyrus.sexp import pcb as P

SAMPLES = {
    "v5/C0603.kicad_mod": "footprint_v5",
    "v5/KMR211NGLFS.kicad_mod": "footprint_v5",
    "v6/SOT-23-5_RIT.kicad_mod": "footprint",
    "v6/easyeda.kicad_sym": "symbol_v6",
    "v7/fp-lib-table": "fp_lib_table",
    "v9/fp-lib-table": "fp_lib_table",
    "v9/test.kicad_mod": "footprint",
    "v9/test.kicad_pcb": "pcb",
    "v9/test.kicad_sch": "schematic",
    "v9/test.kicad_sym": "symbol",
    "v9/test_e.net": "netlist",
    "TCA9548APWR.kicad_sym": "symbol",
    "grid10x10.kicad_pcb": "pcb",
    "strip10.kicad_pcb": "pcb",
}
UNCHANGED = ["v9/test.kicad_pcb", "grid10x10.kicad_pcb", "strip10.kicad_pcb"]
# Keys of lists with nothing in them, which are not written.
EMPTY_LISTS = {"v9/test_e.net": ["libraries"]}
# Files without a line break at their end.
UNCHANGED_BUT_FOR_THE_END = ["v9/test.kicad_mod"]


def read(name):
    module = import_module(f"pyrus.sexp.{SAMPLES[name]}")
    text = sample(name)
    if SAMPLES[name] == "symbol_v6":
        text = f"(kicad_sym (version 20211014) (generator x) {text})"
    return module, text, module.loads(text)


@pytest.mark.parametrize("name", UNCHANGED)
def test_the_same_bytes(name):
    module, text, file = read(name)
    assert module.dumps(file) == text


@pytest.mark.parametrize("name", UNCHANGED_BUT_FOR_THE_END)
def test_the_same_bytes_but_for_the_end(name):
    module, text, file = read(name)
    assert module.dumps(file) == text + "\n"


@pytest.mark.parametrize("name", SAMPLES)
def test_reloads_to_an_equal_object(name):
    module, _, file = read(name)
    text = module.dumps(file)
    again = module.loads(text)
    assert again == file
    assert module.dumps(again) == text


def atoms(text):
    """The atoms of a text, strings and numbers by value."""
    found = Counter()
    at = 0
    while at < len(text):
        letter = text[at]
        end = at + 1
        if letter == '"':
            while text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            end += 1
            found[value(text[at + 1 : end - 1])] += 1
        elif letter not in "() \t\r\n":
            while text[end] not in '() \t\r\n"':
                end += 1
            found[value(text[at:end])] += 1
        at = end
    return found


def value(atom):
    try:
        return f"{round(float(atom), 7):.7f}"
    except ValueError:
        return {"true": "yes", "false": "no"}.get(atom, atom.replace("\r", "\\r"))


@pytest.mark.parametrize("name", SAMPLES)
def test_loses_nothing(name):
    module, text, file = read(name)
    assert atoms(text) - atoms(module.dumps(file)) == Counter(EMPTY_LISTS.get(name, []))


def test_own_board_loses_nothing():
    text = (OWN / "board.kicad_pcb").read_text("utf-8")
    file = P.loads(text)
    written = P.dumps(file)
    assert atoms(text) - atoms(written) == Counter()
    assert P.loads(written) == file
    assert written.count("nobody_knows_this") == 2
    root = file.kicad_pcb
    assert [net.name for net in root.nets] == ["", "GND", "LED"]
    footprint = root.footprints[0]
    assert [pad.zone_connect for pad in footprint.pads] == [None, "FULL"]
    assert root.gr_texts[0].text == '${TITLE} "é"'


def test_cut_files_are_refused_with_a_position():
    text = (OWN / "board.kicad_pcb").read_text("utf-8")
    for end in [*range(0, 200), *range(200, len(text.rstrip()) - 1, 10)]:
        with pytest.raises(ValueError, match=r" at \d+:\d+"):
            P.loads(text[:end])

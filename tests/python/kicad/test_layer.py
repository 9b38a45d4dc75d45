"""The scenarios K of the layer over KiCad's records, in order; what was mended has a test of its own name beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import BOARD, FOOTPRINT, MODULE, SYMBOLS_V6

from pyrus.kicad import Property, kicad

P = kicad.pcb


def err(call: Callable[..., object], *args: object) -> tuple[str, str]:
    with pytest.raises(BaseException) as caught:
        call(*args)
    return type(caught.value).__name__, str(caught.value)


def net(name: str) -> Any:
    return P.Net(number=0, name=name)


def kb(names: str) -> Any:
    return P.KicadPcb(generator="g", generator_version="v", nets=[net(name) for name in names])


def names(board: Any) -> list[str]:
    return [one.name for one in board.nets]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "R.kicad_mod"
    file.write_text(FOOTPRINT, encoding="utf-8")
    return file


def test_k01_loads_of_a_path_gives_the_same_object(path: Path) -> None:
    kind = kicad.footprint.FootprintFile
    first, again = kicad.loads(kind, path), kicad.loads(kind, path)
    path.write_text("(footprint other)")
    assert first is again is kicad.loads(kind, path)
    assert kicad.loads(kind, FOOTPRINT) is not first


def test_k02_a_path_read_as_another_type(path: Path) -> None:
    kicad.loads(kicad.footprint.FootprintFile, path)
    assert err(kicad.loads, P.PcbFile, path) == ("AssertionError", "")


def test_k03_dumps_ends_footprints_without_line_feed(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "c.kicad_mod"
    text = kicad.dumps(kicad.loads(kicad.footprint.FootprintFile, path.read_text()), out)
    board = kicad.dumps(P.PcbFile(kicad_pcb=kb("")))
    assert (text, out.read_bytes(), board[-2:]) == (FOOTPRINT, FOOTPRINT.encode(), ")\n")


def test_k04_only_files_have_a_type() -> None:
    point = P.Xy(x=1, y=2)
    assert err(kicad.dumps, point)[0] == err(kicad.loads, P.Xy, "(x)")[0] == "ValueError"
    assert err(kicad.type_to_module, point)[1].startswith(
        "Unsupported type: Xy; expected one of pyrus.sexp.pcb.PcbFile"
    )
    assert kicad.type_to_module(P.PcbFile) is P is kicad.type_to_module(kicad.loads(P.PcbFile, BOARD))


def test_k05_insert_appends_and_returns_the_live_element() -> None:
    board = kb("AB")
    new = kicad.insert(board, "nets", board.nets, net("C"))
    new.number = 77
    assert (new.name, [(n.name, n.number) for n in board.nets]) == ("C", [("A", 0), ("B", 0), ("C", 77)])


def test_k06_insert_keeps_the_order_of_several_values() -> None:
    board = kb("AB")
    first = kicad.insert(board, "nets", board.nets, net("C"), net("D"))
    kicad.insert(board, "nets", board.nets, net("x"), net("y"), index=1)
    assert (first.name, names(board)) == ("C", list("AxyBCD"))


def test_k07_set_replaces_by_name_and_keeps_the_uuid() -> None:
    groups = [P.Group(name=name, uuid="u" + name) for name in "AB"]
    board = P.KicadPcb(generator="g", generator_version="v", groups=groups)
    kicad.set(board, "groups", board.groups, P.Group(name="A", uuid="new"))
    kicad.set(board, "groups", board.groups, P.Group(name="Z", uuid="uz"))
    assert [(g.name, g.uuid) for g in board.groups] == [("A", "uA"), ("B", "uB"), ("Z", "uz")]
    kicad.set(board, "groups", board.groups, P.Group(name="Z", uuid="new"), index=0, preserve_uuid=False)
    assert [(g.name, g.uuid) for g in board.groups] == [("Z", "new"), ("A", "uA"), ("B", "uB")]


def test_k08_filter_and_delete_work_in_place() -> None:
    board = kb("ABCD")
    left = kicad.filter(board, "nets", board.nets, lambda one: one.name in "ACD")
    kicad.delete(board, "nets", board.nets, "C")
    assert (type(left).__name__, [one.name for one in left]) == ("MutableList", ["A", "D"])


def test_k09_clear_and_set() -> None:
    board = kb("AB")
    kicad.clear_and_set(board, "nets", board.nets, [net("x")])
    assert names(board) == ["x"]
    kicad.clear_and_set(board, "nets", board.nets, board.nets)
    assert names(board) == ["x"]


def test_k10_get_wants_one() -> None:
    nets = kb("ABB").nets
    assert kicad.get(nets, "A").name == "A"
    assert err(kicad.get, nets, "Q") == ("KeyErrorNotFound", "nothing is named 'Q'")
    assert err(kicad.get, nets, "B") == ("KeyErrorAmbiguous", "2 elements are named 'B'")
    assert kicad.try_get(nets, "Q") is None
    assert err(kicad.try_get, nets, "B")[0] == "KeyErrorAmbiguous"


def test_k11_copy_is_detached_and_lists_become_lists() -> None:
    board = kb("AB")
    twin = kicad.copy(board)
    twin.nets[0].name = "Q"
    assert (names(board), type(kicad.copy(board.nets)).__name__) == (["A", "B"], "list")


def test_k12_compare_without_uuid() -> None:
    board = kb("AB")
    other = kicad.copy(board)
    other.nets[1].name = "Q"
    assert kicad.compare_without_uuid(board, other) == {".nets[1].name": {"before": "B", "after": "Q"}}
    other.nets.pop(1)
    assert kicad.compare_without_uuid(board, other) == {}


def test_k12_compare_tells_of_every_element() -> None:
    board = kb("AB")
    other = kicad.copy(board)
    other.nets.pop(1)
    other.general.thickness += 1e-9
    assert kicad.compare(board, other) == {".nets[1]": {"before": net("B"), "after": None}}
    assert kicad.compare(board, other, ignore=("nets",)) == {}


def test_k13_gen_uuid_ends_with_the_mark() -> None:
    uuid = kicad.gen_uuid("ab")
    assert (len(uuid), uuid[-4:], [at for at, c in enumerate(uuid) if c == "-"]) == (36, "6162", [8, 13, 18, 23])
    assert kicad.gen_uuid() != kicad.gen_uuid()
    assert err(kicad.gen_uuid, "x" * 17)[0] == "ValueError"


def test_k14_properties() -> None:
    at = P.Xyr(x=0, y=0)
    part = P.Footprint(name="f", at=at)
    make = lambda name, value: P.Property(name=name, value=value, at=at, layer="L")  # noqa: E731
    Property.set_property(part, make("Value", "1"))
    Property.set_property(part, make("Reference", "R"), index=0)
    Property.set_property(part, make("Value", "2"))
    assert list(Property.property_dict(part.propertys).items()) == [("Reference", "R"), ("Value", "2")]
    Property.delete_property(part, "Value")
    assert Property.try_get_property(part.propertys, "Value") is None
    assert err(Property.get_property, part.propertys, "Value")[0] == "PropertyNotSet"
    assert err(Property.checksum.set_checksum, part)[0] == "NotImplementedError"


def test_k15_geometry() -> None:
    geo, xy, xyr = kicad.geo, P.Xy, P.Xyr
    turned = geo.rotate(xy(x=1, y=0), xy(x=0, y=0), 90)
    total = geo.add(xyr(x=1, y=1, r=90), xy(x=1, y=1))
    assert (round(turned.x, 6), round(turned.y, 6)) == (0, -1)
    assert (type(total).__name__, total.r) == ("Xyr", 90)
    assert type(geo.sub(xyr(x=1, y=1, r=90), xy(x=1, y=1))).__name__ == "Xy"
    assert type(geo.sub(xy(x=1, y=1), xy(x=1, y=1))).__name__ == "Xyr"


def test_k15_difference_keeps_the_left_type() -> None:
    assert kicad.geo.difference(P.Xyr(x=3, y=1, r=90), P.Xyr(x=1, y=1, r=30)) == P.Xyr(x=2, y=0, r=60)
    assert kicad.geo.difference(P.Xy(x=3, y=1), P.Xyr(x=1, y=1, r=30)) == P.Xy(x=2, y=0)
    assert kicad.geo.neg(P.Xy(x=3, y=1)) == P.Xy(x=-3, y=-1)


def test_k16_layers() -> None:
    line = P.Line(start=P.Xy(x=0, y=0), end=P.Xy(x=1, y=1), layer="F.Cu", layers=["F.Cu", "F.Mask"])
    kicad.geo.apply_to_layers(line, lambda name: "B" + name[1:])
    assert (line.layer, list(line.layers), kicad.geo.get_layers(line)) == ("B.Cu", ["B.Cu", "B.Mask"], ["B.Cu"])
    font = P.Effects(font=P.Font(size=P.Wh(w=1, h=1)))
    text = P.Text(text="t", at=P.Xyr(x=0, y=0), layer=P.TextLayer(layer="F.Cu"), effects=font)
    kicad.geo.apply_to_layers(text, lambda name: "B" + name[1:])
    assert kicad.geo.get_layers(text) == ["B.Cu"]


def test_k17_convert_a_footprint() -> None:
    old = kicad.loads(kicad.footprint_v5.FootprintFile, MODULE)
    before = kicad.footprint_v5.dumps(old)
    file = kicad.convert(old)
    new = file.footprint
    (arc,), (model,), (text,) = new.fp_arcs, new.models, new.fp_texts
    assert [one.name for one in new.propertys] == ["Reference", "Value"]
    assert (new.generator, new.description, new.propertys[1].hide, text.text) == (
        "faebryk_convert",
        "A switch",
        True,
        "${REFERENCE}",
    )
    assert [(round(p.x, 6), round(p.y, 6)) for p in (arc.start, arc.mid, arc.end)] == [
        (1, 0),
        (0.707107, 0.707107),
        (0, 1),
    ]
    assert (model.offset.xyz.x, new.fp_lines[0].stroke.width) == (25.4, 0.12)
    assert len({one.uuid for one in [*new.fp_lines, *new.fp_arcs, *new.fp_circles, *new.pads]} - {None}) == 4
    assert kicad.compare(kicad.footprint.loads(kicad.dumps(file)), file) == {}
    assert kicad.footprint_v5.dumps(old) == before
    assert err(kicad.convert, file)[0] == "ValueError"


def test_k17_convert_symbols() -> None:
    new = kicad.convert(kicad.loads(kicad.symbol_v6.SymbolFile, SYMBOLS_V6))
    assert isinstance(new, kicad.symbol.SymbolFile)
    (symbol,) = new.kicad_sym.symbols
    (circle,) = symbol.symbols[0].circles
    assert (symbol.name, circle.end, len(symbol.symbols[0].pins)) == ("LED", P.Xy(x=4, y=2), 1)

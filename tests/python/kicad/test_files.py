"""Reading and writing whatever the source, sniffing the kind; embedded files; the samples of other tools."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from samples import BOARD, MODULE, ROOTS, SHARED, needs_shared

from pyrus.kicad import dump, dumps, kicad, load, loads, strip_duplicate_ref_texts
from pyrus.kicad.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.root)
def test_the_root_symbol_tells_the_kind(kind: object) -> None:
    text = ROOTS[kind.root]
    file = loads("\n  " + text)
    assert type(file) is kind.type
    assert loads(dumps(file)) == file
    assert dumps(loads(text, kind.type)) == dumps(file)


def test_every_source_gives_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "x.kicad_pcb"
    path.write_bytes(BOARD.encode())
    wanted = loads(BOARD)
    with path.open("rb") as binary, path.open() as text:
        sources = [BOARD.encode(), bytearray(BOARD.encode()), path, binary, text, io.StringIO(BOARD)]
        assert all(loads(source) == wanted for source in sources)
    assert load(str(path)) == wanted
    assert load(path) is not load(path)


def test_line_ends_of_windows_are_read() -> None:
    assert loads(BOARD.replace("\n", "\r\n").encode()) == loads(BOARD)


def test_dump_to_paths_and_file_objects(tmp_path: Path) -> None:
    file = loads(BOARD)
    out = io.StringIO()
    dump(file, out)
    dump(file, tmp_path / "deep" / "y.kicad_pcb")
    assert out.getvalue() == (tmp_path / "deep" / "y.kicad_pcb").read_text() == dumps(file)


@pytest.mark.parametrize(
    ("source", "error", "words"),
    [
        ("", ValueError, "not a KiCad file"),
        ("hello", ValueError, "expected '('"),
        ("(pcbnew)", ValueError, "the root symbol is 'pcbnew', expected one of kicad_pcb"),
        ("(kicad_pcb (generator", ValueError, "1:12"),
        (b"(kicad_pcb\n\xff)", ValueError, "0xff in line 2"),
        (7, TypeError, "expected str, bytes, Path or a file object, got int"),
    ],
)
def test_bad_sources_are_named(source: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        loads(source)
    assert words in str(caught.value)


def test_embedded_files_come_back() -> None:
    pytest.importorskip("zstandard", reason="zstandard is not installed")
    data = bytes(range(256)) * 40
    pieces = kicad.compress(data)
    assert pieces[0].startswith("|") and pieces[-1].endswith("|")
    assert all(len(piece.strip("|")) <= 76 for piece in pieces)
    assert kicad.decompress(pieces) == data
    assert kicad.decompress(kicad.compress(b"")) == b""
    with pytest.raises(ValueError, match="damaged"):
        kicad.decompress(["|AAAA|"])


def test_texts_that_repeat_the_reference() -> None:
    texts = kicad.loads(kicad.footprint_v5.FootprintFile, MODULE).footprint.fp_texts
    assert [text.text for text in strip_duplicate_ref_texts(texts)] == ["SW**", "Switch"]
    assert kicad.fp_get_base_name(loads(BOARD).kicad_pcb.footprints[0]) == "R"


@needs_shared
def test_samples_load_and_settle() -> None:
    paths = [path for path in SHARED.rglob("*") if path.is_file() and path.suffix != ".md"]
    bare = {"easyeda.kicad_sym"}
    assert len(paths) > 8
    for path in paths:
        if path.name in bare:
            continue
        once = dumps(load(path))
        assert dumps(loads(once)) == once, path

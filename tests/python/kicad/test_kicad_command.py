"""The command `python -m pyrus.kicad`, by its function and as a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyrus.kicad import command, kicad, loads
from pyrus.kicad.command import pool
from pyrus.kicad.difference import differences
from samples import BOARD, FOOTPRINT, MODULE, ROOTS, SHARED, needs_shared

PACKAGE = Path(command.__file__).parents[3]


def program(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run it as users do."""
    path = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(
        [sys.executable, "-m", "pyrus.kicad", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYRUS_NORECOMPILE": "1", "PYTHONPATH": path, **environment},
        check=False,
    )


class Run:
    """Calls `main` and keeps what it prints."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str | Path) -> int:
        self.capsys.readouterr()
        code = command.main([str(one) for one in arguments])
        self.out, self.err = self.capsys.readouterr()
        return code

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A board, a footprint in another layout, a broken board, and a file that is not KiCad's."""
    (tmp_path / "sub").mkdir()
    for name, text in {
        "board.kicad_pcb": BOARD,
        "sub/old.kicad_mod": MODULE,
        "bad.kicad_pcb": BOARD.replace("(at 20 11)", "(at 20 é)"),
        "notes.txt": "nothing",
    }.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


# info


def test_info_shows_a_table(run: Run, folder: Path) -> None:
    assert run("info", folder / "board.kicad_pcb", folder / "sub" / "old.kicad_mod") == 0
    head, board, part = (line.split() for line in run.out.splitlines())
    assert " ".join(head[1:]) == "kind version nets footprints pads tracks vias zones layers copper size (mm)"
    assert " ".join(board[1:]) == "board 20241229 2 1 2 1 1 0 4 2 30.00 x 20.00"
    assert " ".join(part[1:]) == "footprint (v5) 1 1"


def test_info_of_every_kind(run: Run, tmp_path: Path) -> None:
    for root, text in ROOTS.items():
        (tmp_path / root).write_text(text, encoding="utf-8")
    assert run("info", "--json", *sorted(tmp_path.iterdir())) == 0
    assert {one["kind"]: one["counts"] for one in run.json} == {
        "board": {"nets": 2, "footprints": 1, "pads": 2, "tracks": 1, "vias": 1, "zones": 0, "layers": 4, "copper": 2},
        "footprint": {"footprints": 1, "pads": 1},
        "footprint (v5)": {"footprints": 1, "pads": 1},
        "footprint table": {"libraries": 1},
        "netlist": {"nets": 1, "parts": 0},
        "schematic": {"symbols": 0, "sheets": 0},
        "symbols": {"symbols": 1},
        "symbols (v6)": {"symbols": 1},
    }
    assert [one["size"] for one in run.json if one["kind"] == "board"] == [[30.0, 20.0]]


def test_one_bad_file_does_not_stop_the_others(run: Run, folder: Path) -> None:
    bad, notes = folder / "bad.kicad_pcb", folder / "notes.txt"
    assert run("info", bad, folder / "none.kicad_pcb", folder / "board.kicad_pcb", notes) == 2
    assert "board.kicad_pcb" in run.out.splitlines()[1]
    assert f"error: {bad}:75:10: InvalidCharacter at 75:10: 'é'" in run.err
    assert "source: \t\t(at 20 é)" in run.err
    assert f"error: {folder / 'none.kicad_pcb'}: No such file or directory" in run.err
    assert f"error: {notes}: not a KiCad file" in run.err


def test_json_has_failures_in_their_places(run: Run, folder: Path) -> None:
    assert run("info", "--json", folder / "bad.kicad_pcb", folder / "board.kicad_pcb") == 2
    bad, good = run.json
    assert (bad["error"]["line"], bad["error"]["column"], good["counts"]["pads"]) == (75, 10, 2)


def test_a_folder_stands_for_its_files(run: Run, folder: Path) -> None:
    assert run("info", "--json", folder) == 2
    names = [Path(one["file"]).name for one in run.json]
    assert names == ["bad.kicad_pcb", "board.kicad_pcb", "old.kicad_mod"]


@pytest.mark.parametrize("large", [0, 1 << 40])
def test_many_files_give_the_same_at_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(pool, "_LARGE", large)
    monkeypatch.setenv("PYRUS_NORECOMPILE", "1")
    for number in range(40):
        text = BOARD if number % 10 else "(kicad_pcb"
        (tmp_path / f"{number:02}.kicad_pcb").write_text(text, encoding="utf-8")
    assert run("info", "--json", "--jobs", "2", tmp_path) == 2
    together = run.json
    assert run("info", "--json", "--jobs", "1", tmp_path) == 2
    assert together == run.json and len(together) == 40
    assert sum("error" in one for one in together) == 4


# fmt


def test_fmt_writes_in_place(run: Run, folder: Path) -> None:
    board, part = folder / "board.kicad_pcb", folder / "sub" / "old.kicad_mod"
    part.chmod(0o640)
    stamp = board.stat().st_mtime_ns
    assert run("fmt", board, part) == 0
    assert run.err == "1 of 2 files formatted\n" and run.out == ""
    assert part.read_text(encoding="utf-8").startswith("(module Switch\n\t(layer F.Cu)\n\t(tedit 5A02FF57)")
    assert board.read_text(encoding="utf-8") == BOARD and board.stat().st_mtime_ns == stamp
    assert part.stat().st_mode & 0o777 == 0o640 and not list(part.parent.glob(".*"))
    assert run("fmt", board, part) == 0 and run.err == "0 of 2 files formatted\n"
    assert loads(part) == loads(MODULE)


def test_fmt_check_shows_differences_and_writes_nothing(run: Run, folder: Path) -> None:
    part = folder / "sub" / "old.kicad_mod"
    assert run("fmt", "--check", folder / "board.kicad_pcb", part) == 1
    assert run.out.startswith(f"--- {part}\n+++ {part} (formatted)\n@@ -1,")
    assert "\n+\t(tedit 5A02FF57)\n" in run.out and run.err == "1 of 2 files would be formatted\n"
    assert part.read_text(encoding="utf-8") == MODULE
    assert run("fmt", "--check", folder / "board.kicad_pcb") == 0 and run.out == ""


def test_fmt_keeps_comments_and_missing_line_feeds(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "any.sexp"
    file.write_bytes('; head\r\n(any  "é" ; here\r\n 1.50)'.encode())
    assert run("fmt", file) == 0
    assert file.read_bytes() == '; head\n(any "é" ; here\n\t1.50)'.encode()


def test_fmt_of_broken_files_writes_nothing(run: Run, folder: Path) -> None:
    bad = folder / "bad.kicad_pcb"
    before = bad.read_bytes()
    assert run("fmt", bad, folder / "sub" / "old.kicad_mod") == 2
    assert f"error: {bad}:75:10: InvalidCharacter" in run.err and bad.read_bytes() == before
    assert "1 of 1 files formatted" in run.err


def test_fmt_follows_links(run: Run, folder: Path) -> None:
    link = folder / "link.kicad_mod"
    try:
        link.symlink_to(folder / "sub" / "old.kicad_mod")
    except OSError:
        pytest.skip("links are not allowed here")
    assert run("fmt", link) == 0
    assert link.is_symlink() and (folder / "sub" / "old.kicad_mod").read_bytes().startswith(b"(module Switch\n")


# check


def test_check_of_good_files(run: Run, folder: Path) -> None:
    board, part = folder / "board.kicad_pcb", folder / "sub" / "old.kicad_mod"
    assert run("check", board, part) == 0
    assert (
        run.out == f"{board}: board, ok, written in another form\n{part}: footprint (v5), ok, written in another form\n"
    )
    assert run.err == "2 files: 2 good, 0 bad\n"
    kicad.dumps(loads(board), board)
    assert run("check", board) == 0 and run.out == f"{board}: board, ok, written byte for byte\n" and run.err == ""


def test_check_tells_where_a_file_is_bad(run: Run, folder: Path) -> None:
    typed = folder / "typed.kicad_pcb"
    typed.write_text(BOARD.replace("(size 0.8)", '(size "wide")'), encoding="utf-8")
    assert run("check", "--json", folder / "bad.kicad_pcb", typed) == 1
    bad, wrong = (one["problems"][0] for one in run.json)
    assert (bad["line"], bad["column"]) == (75, 10)
    assert (wrong["line"], wrong["column"]) == (76, 9) and "kicad.pcb.Via field 'size'" in wrong["message"]
    assert run("check", typed) == 1
    assert run.out == f"{typed}: board, FAILED\n" and f"error: {typed}:76:9: UnexpectedType" in run.err


def test_check_tells_what_would_be_lost(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "comment.kicad_pcb"
    file.write_text(BOARD.replace("\t(net 0", "\t; mine\n\t(net 0"), encoding="utf-8")
    assert run("check", file) == 1
    assert f"error: {file}:11:2: ; mine is lost when it is written" in run.err


def test_unread_items_are_not_lost(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.kicad_pcb"
    file.write_text(BOARD.replace("(net 0", '(future "x" (y 5.50) 7) (net 0'), encoding="utf-8")
    assert run("check", file) == 0


def test_check_of_what_is_no_file_of_kicads(run: Run, folder: Path) -> None:
    other = folder / "other.sexp"
    other.write_text("(any 1)")
    assert run("check", other, folder / "none", folder / "board.kicad_pcb") == 2
    assert f"error: {other}: unknown kind of file: the root symbol is 'any'" in run.err
    assert "3 files: 1 good, 2 bad" in run.err


@needs_shared
def test_check_of_the_sample_files(run: Run) -> None:
    assert run("check", "--json", SHARED) == 2
    assert [Path(one["file"]).name for one in run.json if "error" in one] == ["easyeda.kicad_sym"]
    assert [one for one in run.json if one.get("problems")] == []
    assert {Path(one["file"]).name for one in run.json if one.get("identical")} >= {
        "grid10x10.kicad_pcb",
        "test.kicad_mod",
    }


# diff


def pair(folder: Path, edit: Any) -> tuple[Path, Path]:
    file = loads(BOARD, kicad.pcb.PcbFile)
    edit(file.kicad_pcb)
    other = folder / "other.kicad_pcb"
    kicad.dumps(file, other)
    return folder / "board.kicad_pcb", other


def test_diff_of_equal_files_in_any_layout(run: Run, folder: Path) -> None:
    other = folder / "flat.kicad_pcb"
    other.write_text(" ".join(BOARD.split()), encoding="utf-8")
    assert run("diff", folder / "board.kicad_pcb", other) == 0 and run.out == ""


def test_diff_goes_by_uuid_and_name(run: Run, folder: Path) -> None:
    def edit(board: Any) -> None:
        board.footprints[0].at.x = 12.5
        board.footprints[0].pads.reverse()
        board.footprints[0].pads[0].layers = ["*.Mask", "*.Cu", "F.Paste"]
        kicad.delete(board, "nets", board.nets, "GND")
        board.nets.insert(0, kicad.pcb.Net(number=7, name="SDA"))
        board.segments.insert(0, kicad.pcb.Segment(
            start=kicad.pcb.Xy(x=0, y=0), end=kicad.pcb.Xy(x=1, y=0), width=0.2, layer="F.Cu", net=7, uuid="s-2",
        ))  # fmt: skip

    assert run("diff", *pair(folder, edit)) == 1
    assert [line.split(":")[0] for line in run.out.splitlines()] == [
        "- .nets[GND]",
        "+ .nets[SDA]",
        "~ .footprints[R1].at.x",
        "+ .footprints[R1].pads[2].layers[F.Paste]",
        "+ .segments[s-2]",
    ]
    assert "~ .footprints[R1].at.x: 10.0 -> 12.5" in run.out


def test_diff_as_json(run: Run, folder: Path) -> None:
    def edit(board: Any) -> None:
        board.vias.clear()
        board.segments[0].width = 0.5

    assert run("diff", "--json", *pair(folder, edit)) == 1
    removed, changed = run.json
    assert (removed["change"], removed["path"], removed["after"]) == ("removed", ".vias[v-1]", None)
    assert removed["before"]["at"]["x"] == 20.0
    assert (changed["before"], changed["after"]) == (0.25, 0.5)


def test_diff_skips_what_is_to_be_ignored(run: Run, folder: Path) -> None:
    def edit(board: Any) -> None:
        for part in board.footprints:
            part.uuid = "other"
            for pad in part.pads:
                pad.uuid = None

    files = pair(folder, edit)
    assert run("diff", *files) == 1 and len(run.out.splitlines()) == 3
    assert run("diff", "--ignore", "uuid", *files) == 0


def test_diff_sees_items_that_no_field_shows(run: Run, folder: Path) -> None:
    other = folder / "other.kicad_pcb"
    other.write_text(BOARD.replace("(net 0", "(future 1) (net 0"), encoding="utf-8")
    assert run("diff", folder / "board.kicad_pcb", other) == 1 and "items that no field shows" in run.out


def test_diff_of_two_kinds(run: Run, folder: Path) -> None:
    part = folder / "new.kicad_mod"
    part.write_text(FOOTPRINT, encoding="utf-8")
    assert run("diff", folder / "board.kicad_pcb", part) == 2
    assert "is a board, and" in run.err and "is a footprint: only files of one kind" in run.err
    assert run("diff", folder / "sub" / "old.kicad_mod", part) == 1, "the old footprint is converted"


def test_duplicate_names_are_matched_in_order() -> None:
    def board(*numbers: int) -> Any:
        nets = [kicad.pcb.Net(number=number, name="A") for number in numbers]
        return kicad.pcb.KicadPcb(generator="g", generator_version="v", nets=nets)

    assert [(one.path, one.before, one.after) for one in differences(board(1, 2), board(1, 3))] == [
        (".nets[A#2].number", 2, 3)
    ]
    assert [one.path for one in differences(board(1), board(1, 2, 3))] == [".nets[A#2]", ".nets[A#3]"]
    assert list(differences(board(*range(50)), board(*range(50)))) == []


# render


def test_render_writes_svg(run: Run, folder: Path) -> None:
    out = folder / "pictures" / "board.svg"
    assert run("render", folder / "board.kicad_pcb", "-o", out) == 0
    picture = out.read_text(encoding="utf-8")
    assert picture.startswith("<svg") and 'id="F.Cu"' in picture
    assert run("render", folder / "board.kicad_pcb", "--layers", "Edge.Cuts") == 0
    assert 'id="F.Cu"' not in (folder / "board.svg").read_text(encoding="utf-8")


def test_render_writes_png(run: Run, folder: Path) -> None:
    pytest.importorskip("resvg_py")
    assert run("render", folder / "board.kicad_pcb", "-o", folder / "b.png", "--width", "100", "--json") == 0
    assert (folder / "b.png").read_bytes().startswith(b"\x89PNG") and run.json["bytes"] > 100


def test_render_says_what_it_cannot_do(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board = folder / "board.kicad_pcb"
    assert run("render", folder / "sub" / "old.kicad_mod") == 2 and "only boards can be drawn" in run.err
    assert run("render", board, "-o", folder / "b.bmp") == 2 and ".svg or .png" in run.err
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert run("render", board, "-o", folder / "b.png") == 2 and "pip install resvg-py" in run.err


# The program


def test_it_is_a_program(folder: Path) -> None:
    done = program("info", folder / "board.kicad_pcb", folder / "none")
    assert done.returncode == 2
    assert b"30.00 x 20.00" in done.stdout and b"No such file" in done.stderr and b"Traceback" not in done.stderr


def test_it_formats_a_stream() -> None:
    done = program("fmt", "-", stdin='(a  "é→"\r\n(b))'.encode(), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (0, '(a "é→"\n\t(b)\n)'.encode(), b"")
    assert program("check", "-", stdin=BOARD.encode()).returncode == 0
    bad = program("fmt", "-", stdin=b"(a\n \xff)")
    assert (bad.returncode, bad.stdout) == (2, b"") and b"error: -:2:2: InvalidCharacter" in bad.stderr


def test_terminals_that_know_no_characters_do_not_stop_it(tmp_path: Path) -> None:
    file = tmp_path / "bad.kicad_pcb"
    file.write_text("(kicad_pcb é)", encoding="utf-8")
    done = program("check", file, PYTHONIOENCODING="ascii")
    assert done.returncode == 1 and b"'\\xe9' (U+00E9) is not allowed" in done.stderr


def test_it_does_without_rich(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ImportError('not here')")
    path = os.pathsep.join([str(tmp_path), str(PACKAGE)])
    assert program("info", folder / "board.kicad_pcb", PYTHONPATH=path).returncode == 0


def test_tables_and_bars_on_a_terminal(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("rich")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run("info", *[folder / "board.kicad_pcb"] * 9) == 0
    assert run.out.count("30.00 x 20.00") == 9


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["info"], ["fmt", "--check", "--stdout", "x"], ["diff", "a"]])
def test_wrong_command_lines(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2 and "usage: python -m pyrus.kicad" in capsys.readouterr().err

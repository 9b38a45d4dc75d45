"""The same figures on every engine, bad boards told of, and figures that are right."""

from __future__ import annotations

import json
import math
import pickle
from pathlib import Path

import pytest
from corpus.__main__ import main
from corpus.analysis import Closest, Figures, analyse, figures
from corpus.boards import board, write
from corpus.clearance import pairs_within
from corpus.engines import engine, outcomes
from corpus.report import Report
from pyrus.kicad import dumps, loads
from pyrus.sexp import pcb

COUNT = 50
BAD = {
    "cut.kicad_pcb": b'(kicad_pcb (generator "x',
    "binary.kicad_pcb": b"\x00\xff\xfe",
    "footprint.kicad_pcb": b'(footprint "R" (layer "F.Cu"))',
}
RULES = pcb.Rules(min_clearance=0.2, min_track_width=0.18, min_through_hole_diameter=0.35)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("boards")
    assert len(list(write(made, COUNT))) == COUNT
    for name, data in BAD.items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Figures]:
    paths = (path for path in folder.iterdir() if path.name not in BAD)
    return {path.name: analyse(path, RULES) for path in paths}


@pytest.mark.parametrize("name", ["threads", "processes", "dask"])
def test_every_engine_gives_the_same(name: str, folder: Path, expected: dict[str, Figures]) -> None:
    if name == "dask":
        pytest.importorskip("distributed", reason="dask is not installed: pip install distributed")
    # The rules and the closest tracks are records, which travel to workers and back.
    with engine(name, workers=2) as executor:
        report = Report.of(outcomes(executor, sorted(folder.iterdir()), RULES))
    assert {path.name: board for path, board in report.boards.items()} == expected
    assert {path.name for path in report.failed} == set(BAD)
    messages = {path.name: str(error) for path, error in report.failed.items()}
    assert "UnterminatedString at 1:23" in messages["cut.kicad_pcb"]
    assert "not UTF-8" in messages["binary.kicad_pcb"]
    assert "expected a board" in messages["footprint.kicad_pcb"]
    assert all(isinstance(error, ValueError) for error in report.failed.values())


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", str(folder), "--engine", "threads", "--workers", "2", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["totals"]["boards"] == len(found["boards"]) == COUNT
    assert {Path(path).name for path in found["failed"]} == set(BAD)
    one = found["boards"][str(folder / "board00000.kicad_pcb")]
    assert one["tracks"] == 2 * one["vias"] == one["pads"]

    assert main(["analyse", str(folder), "--engine", "threads"]) == 1
    shown = capsys.readouterr()
    assert "closest tracks" in shown.out and "not read" in shown.out and "cut.kicad_pcb" in shown.out
    assert f"{COUNT + len(BAD)} boards on threads" in shown.err


def test_generated_folders(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "boards"
    assert main(["analyse", str(tmp_path)]) == 2
    assert main(["generate", str(target), "--count", "3", "--seed", "7", "--damaged", "1"]) == 0
    first, *others = sorted(target.iterdir())
    with pytest.raises(ValueError, match=r" at \d+:\d+"):
        loads(first)
    assert [path.read_text() for path in others] == [dumps(board(8)), dumps(board(9))]


def track(net: int, *ends: float, width: float = 0.2, layer: str = "F.Cu") -> pcb.Segment:
    x1, y1, x2, y2 = ends
    return pcb.Segment(start=pcb.Xy(x=x1, y=y1), end=pcb.Xy(x=x2, y=y2), width=width, layer=layer, net=net)


@pytest.mark.parametrize(
    ("other", "gap"),
    [
        (track(2, 0, 1, 10, 1), 0.8),  # beside it
        (track(2, 3, -1, 3, 1), 0.0),  # across it
        (track(2, 11, 1, 12, 2), math.sqrt(2) - 0.2),  # off its end
        (track(2, 5, 0.5, 5, 9, width=0.4), 0.2),  # an end above it
        (track(2, 5, 1, 5, 1), 0.8),  # a point
        (track(1, 0, 1, 10, 1), None),  # the same net
        (track(2, 0, 1, 10, 1, layer="B.Cu"), None),  # another layer
        (track(2, 0, 4, 10, 4), None),  # too far
    ],
)
def test_clearance(other: pcb.Segment, gap: float | None) -> None:
    one = track(1, 0, 0, 10, 0)
    for pair in ([one, other], [other, one]):
        gaps = [found for found, _, _ in pairs_within(pair, 2.0)]
        assert gaps == ([] if gap is None else [pytest.approx(gap)])


def test_figures() -> None:
    root = pcb.KicadPcb(
        generator="g",
        generator_version="1",
        nets=[pcb.Net(number=0, name=""), pcb.Net(number=1, name="GND"), pcb.Net(number=2, name="VCC")],
        segments=[track(1, 0, 0, 3, 4), track(2, 0, 0.3, 0, 1, width=0.1), track(1, 0, 0, 1, 0, layer="B.Cu")],
        vias=[pcb.Via(at=pcb.Xy(x=0, y=0), size=0.4, drill=0.3, net=1)],
    )
    found = figures(root, RULES)
    assert found.net_lengths == {"GND": 6.0, "VCC": 0.7}
    assert found.layer_lengths == {"F.Cu": 5.7, "B.Cu": 1.0}
    assert (found.widths, found.drills) == ({0.2: 2, 0.1: 1}, {0.3: 1})
    assert found.violations == {"clearance": 1, "track width": 1, "hole": 1, "annular ring": 1}
    assert isinstance(found.closest, Closest) and found.closest.gap == pytest.approx(0.18 - 0.15)
    again = pickle.loads(pickle.dumps(found))
    assert again == found and isinstance(again.closest.tracks[0], pcb.Segment)
    root.segments[0].net = 7
    assert [one.net for one in found.closest.tracks] == [1, 2]

"""Pictures of boards: what is drawn where."""

from __future__ import annotations

import pytest
from samples import BOARD

from pyrus.kicad import loads
from pyrus.kicad.extent import board_extent
from pyrus.kicad.render import png, svg
from pyrus.kicad.shapes import Box, arc_through


def test_pads_are_turned_with_their_footprint() -> None:
    picture = svg(loads(BOARD).kicad_pcb)
    assert 'transform="translate(10 11) rotate(-90)"' in picture
    assert 'transform="translate(10 9) rotate(-90)"' in picture
    assert ">R1</text>" in picture
    layers = [picture.index(f'id="{name}"') for name in ("F.Cu", "pads", "vias", "holes")]
    assert layers == sorted(layers)


def test_layers_are_chosen() -> None:
    picture = svg(loads(BOARD).kicad_pcb, ["Edge.Cuts"])
    assert 'id="Edge.Cuts"' in picture
    assert 'id="F.Cu"' not in picture


def test_the_outline_says_the_size() -> None:
    box = board_extent(loads(BOARD).kicad_pcb)
    assert (box.width, box.height) == (30, 20)


def test_arcs_reach_beyond_their_points() -> None:
    box = Box()
    box.add_arc((-1, 0), (0, -1), (1, 0))
    assert (box.left, box.top, box.right, box.bottom) == (-1, -1, 1, 0)
    arc = arc_through((0, -1), (-1, 0), (1, 0))
    assert arc is not None
    assert arc.large and not arc.clockwise
    assert arc_through((0, 0), (1, 1), (2, 2)) is None


def test_png() -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    assert png(svg(loads(BOARD).kicad_pcb), 200).startswith(b"\x89PNG")


def test_chamfers_cut_every_corner_that_is_named() -> None:
    from pyrus.kicad.render.pads import copper
    from pyrus.sexp import pcb

    pad = pcb.Pad(
        name="1",
        type="smd",
        shape="roundrect",
        at=pcb.Xyr(x=0, y=0),
        size=pcb.Wh(w=2, h=2),
        chamfer_ratio=0.25,
    )
    drawn = []
    for corners in (["top_left"], ["chamfer_top_left"], ["top_left", "bottom_right"]):
        pad.chamfer = corners
        drawn.append(copper((0, 0), pad))
    assert drawn[0] == drawn[1] != drawn[2]
    assert "-1 -0.5" in drawn[0] and "1 0.5" not in drawn[0].replace("-1 0.5", "") and "1 0.5" in drawn[2]

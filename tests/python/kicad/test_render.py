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

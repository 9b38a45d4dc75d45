"""Boards to work on, made from records: the same seed gives the same board, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from pyrus.kicad import dump
from pyrus.sexp import pcb

__all__ = ["board", "write"]

_NAMES = ("GND", "VCC", "SDA", "SCL", "MOSI", "MISO", "RESET", "CLK")
_WIDTHS = (0.15, 0.2, 0.25, 0.4)
_DRILLS = (0.3, 0.4, 0.6)


def board(seed: int) -> pcb.PcbFile:
    """Two connectors, joined by tracks that turn once: in front along x, at the back along y."""
    dice = random.Random(seed)
    count = dice.randint(8, 40)
    names = [_NAMES[i] if i < len(_NAMES) else f"N{i}" for i in range(count)]
    rows, columns = _places(dice, count), _places(dice, count)
    dice.shuffle(columns)
    height, width = max(rows) + 5, max(columns) + 5

    segments, vias = [], []
    for net, (x, y) in enumerate(zip(columns, rows), start=1):
        wide = dice.choice(_WIDTHS)
        size = dice.choice(_DRILLS)
        corner = pcb.Xy(x=x, y=y)
        segments.append(_track(dice, net, wide, "F.Cu", pcb.Xy(x=2, y=y), corner))
        segments.append(_track(dice, net, wide, "B.Cu", corner, pcb.Xy(x=x, y=height - 2)))
        vias.append(pcb.Via(at=corner, size=size + 0.3, drill=size, layers=["F.Cu", "B.Cu"], net=net, uuid=_uuid(dice)))
    left = [(2.0, y) for y in rows]
    below = [(x, height - 2) for x in columns]
    return pcb.PcbFile(
        kicad_pcb=pcb.KicadPcb(
            generator="corpus",
            generator_version="1",
            layers=[
                pcb.Layer(number=0, name="F.Cu", type="signal"),
                pcb.Layer(number=2, name="B.Cu", type="signal"),
                pcb.Layer(number=25, name="Edge.Cuts", type="user"),
            ],
            nets=[pcb.Net(number=0, name=""), *(pcb.Net(number=i, name=n) for i, n in enumerate(names, 1))],
            footprints=[_connector(dice, "J1", left, names), _connector(dice, "J2", below, names)],
            gr_rects=[
                pcb.Rect(start=pcb.Xy(x=0, y=0), end=pcb.Xy(x=width, y=height), layer="Edge.Cuts", uuid=_uuid(dice))
            ],
            segments=segments,
            vias=vias,
        )
    )


def write(folder: Path, count: int, seed: int = 0, damaged: int = 0) -> Iterator[Path]:
    """Write `count` boards into a folder, which is made; the first `damaged` of them end in the middle."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        path = folder / f"board{i:05}.kicad_pcb"
        dump(board(seed + i), path)
        if i < damaged:
            text = path.read_bytes()
            path.write_bytes(text[: len(text) // 2])
        yield path


def _places(dice: random.Random, count: int) -> list[float]:
    """Ascending places whose gaps differ; now and then one is too narrow."""
    places = [5.0]
    for _ in range(count - 1):
        gap = 0.35 if dice.random() < 0.01 else dice.uniform(0.7, 1.6)
        places.append(round(places[-1] + gap, 3))
    return places


def _uuid(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


def _track(dice: random.Random, net: int, width: float, layer: str, start: pcb.Xy, end: pcb.Xy) -> pcb.Segment:
    return pcb.Segment(start=start, end=end, width=width, layer=layer, net=net, uuid=_uuid(dice))


def _connector(
    dice: random.Random, reference: str, places: list[tuple[float, float]], names: list[str]
) -> pcb.Footprint:
    x, y = places[0]
    drill = dice.choice((0.8, 1.0))
    return pcb.Footprint(
        name="Connector:Pins",
        at=pcb.Xyr(x=x, y=y),
        uuid=_uuid(dice),
        propertys=[pcb.Property(name="Reference", value=reference, at=pcb.Xyr(x=0, y=-2), layer="F.SilkS")],
        pads=[
            pcb.Pad(
                name=str(i),
                type="thru_hole",
                shape="circle",
                at=pcb.Xyr(x=round(px - x, 3), y=round(py - y, 3)),
                size=pcb.Wh(w=drill + 0.6),
                drill=pcb.PadDrill(size_x=drill),
                layers=["*.Cu", "*.Mask"],
                net=pcb.Net(number=i, name=name),
                uuid=_uuid(dice),
            )
            for i, ((px, py), name) in enumerate(zip(places, names), start=1)
        ],
    )

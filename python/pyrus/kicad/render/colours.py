"""What layers look like, and in which order they lie: the back first, as one looks onto the front."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["BACKGROUND", "HOLE", "PAD", "SHOWN", "VIA", "colour", "depth", "expand"]

BACKGROUND = "#001023"
HOLE = BACKGROUND
PAD = "#c8a52e"
VIA = "#b4b4b4"

_COLOURS = {
    "F.Cu": "#c83434",
    "B.Cu": "#4d7fc4",
    "F.SilkS": "#f2eda1",
    "B.SilkS": "#e8b2a7",
    "F.Mask": "#d864ff",
    "B.Mask": "#02ffee",
    "F.Paste": "#b4a09a",
    "B.Paste": "#00c2c2",
    "F.Fab": "#afafaf",
    "B.Fab": "#585d84",
    "F.CrtYd": "#ff26e2",
    "B.CrtYd": "#26e9ff",
    "Edge.Cuts": "#d0d2cd",
    "Margin": "#ff26e2",
    "Dwgs.User": "#c2c2c2",
    "Cmts.User": "#5994dc",
    "Eco1.User": "#b4dbd2",
    "Eco2.User": "#d8c852",
}
_INNER = ("#7fc87f", "#ce7d2c", "#4fcbcb", "#db628b", "#a7a5c6", "#28ccd9", "#e8b2a7", "#f2eda1")
_OTHER = "#a0a0a0"

# Copper, silkscreen and drawings; fabrication, courtyards, mask and paste are shown on request.
SHOWN = re.compile(r".*\.Cu|.*\.SilkS|Edge\.Cuts|Dwgs\.User|Cmts\.User|Eco\d\.User")
_ORDER = ("B.Fab", "B.CrtYd", "B.SilkS", "B.Paste", "B.Mask", "B.Cu", "In", "F.Cu", "pads", "F.Mask", "F.Paste", "vias")
_ABOVE = ("F.SilkS", "F.CrtYd", "F.Fab", "Margin", "Edge.Cuts")


def colour(layer: str) -> str:
    """The colour of a layer."""
    inner = _inner(layer)
    return _COLOURS.get(layer, _OTHER) if inner is None else _INNER[(inner - 1) % len(_INNER)]


def depth(layer: str) -> tuple[int, int]:
    """What to sort layers by, the farthest first."""
    inner = _inner(layer)
    name = layer if inner is None else "In"
    order = (*_ORDER, *_ABOVE, "other", "holes")
    return order.index(name if name in order else "other"), -(inner or 0)


def expand(names: Iterable[str], copper: list[str]) -> list[str]:
    """Layers by their names, `*.Cu`, `*.Mask` and `F&B.Cu` spelled out; `copper` are the board's copper layers."""
    found: list[str] = []
    for name in names:
        if name == "*.Cu":
            found += copper
        elif name.startswith(("*.", "F&B.")):
            found += ["F" + name[name.index(".") :], "B" + name[name.index(".") :]]
        else:
            found.append(name)
    return found


def _inner(layer: str) -> int | None:
    match = re.fullmatch(r"In(\d+)\.Cu", layer)
    return int(match[1]) if match else None

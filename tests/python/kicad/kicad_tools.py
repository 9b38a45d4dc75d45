"""What the tests of KiCad's files share: small texts, and the sample files where they are to be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyrus.sexp import footprint as F
from pyrus.sexp import pcb as P

OWN = Path(__file__).parent / "files"
SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "kicad"


def sample(name: str) -> str:
    """The text of a sample file; skips where there is none."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes().decode()


def err(function: Callable[..., Any], *args: Any) -> tuple[str, str]:
    """Name and text of the exception that a call raises."""
    with pytest.raises(Exception) as caught:
        function(*args)
    return type(caught.value).__name__, str(caught.value)


def kind(function: Callable[..., Any], *args: Any) -> str:
    """The word a refused text's message begins with; it must be a `ValueError`."""
    name, text = err(function, *args)
    assert name == "ValueError"
    return text.replace(":", " ").split(" ")[0]


def name(text: str) -> str:
    return F.loads(text).footprint.name


def strings(text: str, field: str) -> list[str]:
    return list(getattr(F.loads(text).footprint, field))


def pcb(body: str) -> str:
    return f'(kicad_pcb (generator "g") (generator_version "v") {body})'


def board(body: str = "") -> P.KicadPcb:
    return P.loads(pcb(body)).kicad_pcb


def dumped(root: P.KicadPcb) -> str:
    return P.dumps(P.PcbFile(kicad_pcb=root))


def group(letters: str) -> P.Group:
    return P.Group(members=list(letters))


def points(*xs: float) -> P.Pts:
    return P.Pts(xys=[P.Xy(x=x, y=0) for x in xs])


def pad(**more: Any) -> P.Pad:
    return P.Pad(name="1", type="smd", shape="rect", at=P.Xyr(x=0, y=0), size=P.Wh(w=1), **more)

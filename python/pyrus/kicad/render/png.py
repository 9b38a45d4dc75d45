"""SVG to PNG, by resvg."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["png"]


def png(svg: str, width: int = 1600) -> bytes:
    """The PNG of a picture, so many pixels wide. Raises ImportError without the package resvg-py."""
    try:
        resvg: Any = importlib.import_module("resvg_py")
    except ImportError as error:
        raise ImportError("PNG needs the package resvg-py: run `pip install resvg-py`, or write .svg") from error
    return bytes(resvg.svg_to_bytes(svg_string=svg, width=width, dpi=96))

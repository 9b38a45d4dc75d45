"""Pictures of boards: SVG text, and PNG through the package resvg-py."""

from pyrus.kicad.render.board import svg
from pyrus.kicad.render.png import png

__all__ = ["png", "svg"]

"""A small SVG writer: elements in groups, one group for each layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Union

from pyrus.kicad.shapes import XY, Box, arc_through

__all__ = ["Picture", "element", "number", "path_of_arc", "path_of_points"]

Value = Union[str, float, None]


def number(value: float) -> str:
    """Shortest with at most four decimals: a tenth of a micrometre."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(name: str, content: str = "", /, **attributes: Value) -> str:
    """`<name …>content</name>`; `_` in attributes stands for `-`, None leaves one out. The content is SVG already."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, (int, float)) else escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def path_of_points(points: Iterable[XY], closed: bool) -> str:
    """The data of a path through points."""
    text = " ".join(f"{'L' if at else 'M'}{number(x)} {number(y)}" for at, (x, y) in enumerate(points))
    return text + (" Z" if closed and text else "")


def path_of_arc(start: XY, mid: XY, end: XY) -> str:
    """The data of an arc through three points; a line when they lie on one."""
    arc = arc_through(start, mid, end)
    if arc is None:
        return path_of_points((start, mid, end), False)
    radius, target = number(arc.radius), f"{number(end[0])} {number(end[1])}"
    return f"M{number(start[0])} {number(start[1])} A{radius} {radius} 0 {arc.large:d} {arc.clockwise:d} {target}"


class Picture:
    """Elements by layer."""

    def __init__(self) -> None:
        self._layers: dict[str, list[str]] = {}

    def add(self, layer: str, what: str) -> None:
        """Put an element onto a layer."""
        self._layers.setdefault(layer, []).append(what)

    def text(self, box: Box, background: str, order: Callable[[str], object], colour: Callable[[str], str]) -> str:
        """The document: what lies in the box, in millimetres; layers from the farthest to the nearest."""
        groups = [
            # Inherited by the elements, which say what is filled and what is drawn.
            element("g", "\n" + "\n".join(self._layers[layer]) + "\n", id=layer, color=colour(layer))
            for layer in sorted(self._layers, key=order)  # type: ignore[arg-type]
        ]
        area = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
        content = "\n".join([element("rect", **area, fill=background), *groups])
        return (
            element(
                "svg",
                f"\n{content}\n",
                xmlns="http://www.w3.org/2000/svg",
                width=f"{number(box.width)}mm",
                height=f"{number(box.height)}mm",
                viewBox=" ".join(map(number, area.values())),
                stroke_linecap="round",
                stroke_linejoin="round",
                fill="none",
            )
            + "\n"
        )

"""Points and layers. Coordinates are millimetres, x to the right, y down; angles are degrees."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, Union

from pyrus.sexp import pcb

__all__ = ["add", "apply_to_layers", "difference", "get_layers", "neg", "rotate", "sub"]

Point = Union[pcb.Xy, pcb.Xyr]
P = TypeVar("P", pcb.Xy, pcb.Xyr)


def _like(point: P, x: float, y: float, r: float) -> P:
    if isinstance(point, pcb.Xyr):
        return pcb.Xyr(x=x, y=y, r=r)
    return pcb.Xy(x=x, y=y)


def _angle(point: Point) -> float:
    return (point.r or 0.0) if isinstance(point, pcb.Xyr) else 0.0


def rotate(point: P, centre: Point, degrees: float) -> P:
    """A point, of the same type, turned about a centre, counterclockwise on the screen: +90 takes (1, 0) to (0, -1).

    The rotation of an `Xyr` grows by the angle.
    """
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = point.x - centre.x, point.y - centre.y
    turned = (_angle(point) + degrees) % 360
    return _like(point, centre.x + x * cos + y * sin, centre.y - x * sin + y * cos, turned)


def add(left: P, right: Point) -> P:
    """The sum, of the type of `left`; rotations add too."""
    return _like(left, left.x + right.x, left.y + right.y, _angle(left) + _angle(right))


def difference(left: P, right: Point) -> P:
    """`left - right`, of the type of `left`; rotations subtract too."""
    return _like(left, left.x - right.x, left.y - right.y, _angle(left) - _angle(right))


def sub(left: Point, right: Point) -> Point:
    """`left - right` with the types that old callers know: `Xy` for an `Xyr`, `Xyr` for an `Xy`. See `difference`."""
    x, y = left.x - right.x, left.y - right.y
    if isinstance(left, pcb.Xyr):
        return pcb.Xy(x=x, y=y)
    return pcb.Xyr(x=x, y=y, r=-_angle(right))


def neg(point: P) -> P:
    """The opposite, of the same type; the rotation too."""
    return _like(point, -point.x, -point.y, -_angle(point))


def get_layers(item: Any) -> list[str]:
    """The layers that an item lies on: its `layer`, else its `layers`."""
    layer = getattr(item, "layer", None)
    if isinstance(layer, pcb.TextLayer):
        return [layer.layer]
    if layer is not None:
        return [layer]
    return list(getattr(item, "layers", []))


def apply_to_layers(item: Any, change: Callable[[str], str]) -> None:
    """Replace every layer's name of an item, in `layer` and in `layers`, by what `change` makes of it."""
    layer = getattr(item, "layer", None)
    if isinstance(layer, pcb.TextLayer):
        layer.layer = change(layer.layer)
    elif layer is not None:
        item.layer = change(layer)
    if hasattr(item, "layers"):
        item.layers = [change(name) for name in item.layers]

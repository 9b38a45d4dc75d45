"""A picture of parts and nets, as SVG: parts in a row above, each net a line below, as in a channel of a chip.

Where nets do not overlap they share a line: the left-edge algorithm, which gives as few lines as any.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

PITCH, PART, TOP, LINE, MARGIN = 34, 44, 96, 22, 28
# Places between nets on one line, for the name.
ROOM = 1
COLORS = ["#0b6e99", "#d9730d", "#6940a5", "#4d6461", "#ad1a72", "#0f7b6c", "#9b6a3a", "#e03e3e"]


@dataclass(frozen=True)
class Part:
    """A part with its pins, from left to right; of each pin the net."""

    name: str
    kind: str
    nets: list[str]


@dataclass
class Net:
    """Where a net goes: its pins' places from left to right, and its line."""

    name: str
    places: list[int]
    line: int = 0


def channel(parts: list[Part]) -> list[Net]:
    """The nets of the parts with lines that do not overlap. O(pins log pins)."""
    nets: dict[str, Net] = {}
    place = 0
    for part in parts:
        for name in part.nets:
            nets.setdefault(name, Net(name, [])).places.append(place)
            place += 1
    ends: list[int] = []
    for net in sorted(nets.values(), key=lambda net: net.places[0]):
        free = (line for line, end in enumerate(ends) if end + ROOM < net.places[0])
        net.line = next(free, len(ends))
        ends[net.line : net.line + 1] = [net.places[-1]]
    return list(nets.values())


def svg(parts: list[Part], title: str) -> str:
    """The picture."""
    nets = channel(parts)
    lines = 1 + max((net.line for net in nets), default=0)
    width = 2 * MARGIN + PITCH * sum(len(part.nets) for part in parts)
    height = TOP + LINE * (lines + 2)
    body = [*boxes(parts), *(piece for i, net in enumerate(nets) for piece in wire(net, COLORS[i % len(COLORS)]))]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="sans-serif" font-size="11">',
            f"<title>{escape(title)}</title>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        ]
    )


def x_of(place: int) -> int:
    """Where a pin is."""
    return MARGIN + PITCH * place + PITCH // 2


def boxes(parts: list[Part]) -> list[str]:
    """The parts: a box with the symbol, the name above."""
    found, place = [], 0
    for part in parts:
        left = MARGIN + PITCH * place
        wide = PITCH * len(part.nets)
        middle = left + wide // 2
        found += [
            f'<rect x="{left + 4}" y="{TOP - PART - 14}" width="{wide - 8}" height="{PART}" rx="4" fill="#f7f6f3"'
            ' stroke="#37352f"/>',
            f'<text x="{middle}" y="{TOP - PART - 20}" text-anchor="middle">{escape(part.name)}</text>',
            symbol(part.kind, middle, TOP - PART // 2 - 14),
        ]
        place += len(part.nets)
    return found


def symbol(kind: str, x: int, y: int) -> str:
    """How a part is drawn in circuits."""
    paths = {
        "Resistor": f"M{x - 22},{y}h5l3,-7 6,14 6,-14 6,14 6,-14 3,7h5",
        "Capacitor": f"M{x - 22},{y}h19M{x - 3},{y - 10}v20M{x + 3},{y - 10}v20M{x + 3},{y}h19",
    }
    if kind not in paths:
        return f'<text x="{x}" y="{y + 4}" text-anchor="middle">{escape(kind)}</text>'
    return f'<path d="{paths[kind]}" fill="none" stroke="#37352f" stroke-width="1.5"/>'


def wire(net: Net, color: str) -> list[str]:
    """A net: a line, and one up to each pin."""
    y = TOP + LINE * (net.line + 1)
    left, right = x_of(net.places[0]), x_of(net.places[-1])
    stubs = "".join(f"M{x_of(place)},{TOP - 14}V{y}" for place in net.places)
    dots = "".join(f'<circle cx="{x_of(place)}" cy="{y}" r="2.5" fill="{color}"/>' for place in net.places)
    return [
        f'<path d="M{left},{y}H{right}{stubs}" fill="none" stroke="{color}" stroke-width="1.5"/>',
        dots,
        f'<text x="{left + 4}" y="{y - 4}" fill="{color}" stroke="#ffffff" stroke-width="3"'
        f' paint-order="stroke">{escape(net.name)}</text>',
    ]

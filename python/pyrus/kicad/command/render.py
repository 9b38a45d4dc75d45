"""`render`: a picture of a board."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pyrus.kicad.command import plain
from pyrus.kicad.command.failure import FINE, Failed, Failure
from pyrus.kicad.command.sources import STDIN, file_of
from pyrus.kicad.render import png, svg
from pyrus.sexp import pcb

__all__ = ["add"]


def add(commands: Any) -> None:
    """The options."""
    parser = commands.add_parser("render", help="draw a board as SVG or PNG")
    parser.add_argument("file", metavar="FILE", help="a board, or - for stdin")
    parser.add_argument("-o", "--output", metavar="OUT", help="where to; .svg or .png (default: FILE with .svg)")
    parser.add_argument("--layers", metavar="A,B", help="only these layers, as F.Cu,Edge.Cuts")
    parser.add_argument("--width", type=int, default=1600, help="of a PNG, in pixels (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print an object that says what was written")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the picture."""
    kind, file = file_of(options.file)
    if not isinstance(file, pcb.PcbFile):
        raise Failed(Failure(options.file, f"is a {kind.name}: only boards can be drawn"))
    output = Path(options.output or ("board.svg" if options.file == STDIN else Path(options.file).with_suffix(".svg")))
    picture = svg(file.kicad_pcb, options.layers.split(",") if options.layers else None)
    try:
        data = _picture(output, picture, options.width)
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except (OSError, ImportError, ValueError) as error:
        raise Failed(Failure.of(str(output), error)) from error
    if options.json:
        plain.dump({"file": options.file, "output": str(output), "bytes": len(data)})
    else:
        print(f"{output}: {len(data)} bytes")
    return FINE


def _picture(output: Path, picture: str, width: int) -> bytes:
    suffix = output.suffix.lower()
    if suffix == ".svg":
        return picture.encode()
    if suffix == ".png":
        return png(picture, width)
    raise ValueError("expected a name that ends with .svg or .png")

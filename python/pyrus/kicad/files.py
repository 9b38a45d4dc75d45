"""Reading and writing files of every kind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any, TypeVar, cast, overload

from pyrus.kicad.kinds import AnyFile, kind_of, sniff
from pyrus.kicad.sources import Source, text_of
from pyrus.sexp import footprint

__all__ = ["dump", "dumps", "load", "loads", "loads_shared"]

F = TypeVar("F", bound=AnyFile)
_shared: dict[Path, AnyFile] = {}


@overload
def loads(source: Source) -> AnyFile: ...
@overload
def loads(source: Source, type: type[F]) -> F: ...
def loads(source: Source, type: type[Any] | None = None) -> Any:
    """Read a file from a text, bytes, a path or a file object; a `str` is the text itself, never a path.

    Without `type` the root symbol tells the kind. Raises ValueError (kind, position in the text), TypeError, OSError.
    Linear in the size; the interpreter is free for other threads meanwhile.
    """
    text = text_of(source)
    kind = sniff(text) if type is None else kind_of(type)
    return kind.loads(text)


def load(path: str | os.PathLike[str]) -> AnyFile:
    """Read the file at a path; its root symbol tells the kind. Errors as in `loads`."""
    return loads(Path(path))


def loads_shared(type: type[F], source: Source) -> F:
    """Read a file of a type; of a path, the same object each time, for the life of the process.

    A path that was read as another type raises AssertionError. Use `loads` where nothing is to be shared.
    """
    kind = kind_of(type)
    if not isinstance(source, os.PathLike):
        return cast(F, kind.loads(text_of(source)))
    path = Path(source)
    file = _shared.get(path)
    if file is None:
        file = _shared[path] = kind.loads(text_of(path))
    if not isinstance(file, type):
        raise AssertionError from TypeError(f"{path} was read as {file.__class__.__name__}, not {type.__name__}")
    return cast(F, file)


def dumps(file: AnyFile, path: str | os.PathLike[str] | None = None) -> str:
    """The text of a file; with `path` it is written there too, in folders that are made.

    Footprints of libraries end without a line feed, as KiCad's own do. Raises ValueError for another type, and for what
    cannot be written (infinite numbers), before anything is written.
    """
    text = kind_of(file).dumps(file)
    if isinstance(file, footprint.FootprintFile):
        text = text[:-1]
    if path is not None:
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
    return text


def dump(file: AnyFile, out: IO[str] | str | os.PathLike[str]) -> None:
    """Write a file to a path or to a file object that is open for text."""
    if isinstance(out, (str, os.PathLike)):
        dumps(file, out)
    else:
        out.write(dumps(file))

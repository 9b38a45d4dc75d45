"""What a text may come from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol, Union

__all__ = ["Readable", "Source", "text_of"]


class Readable(Protocol):
    """A file object that is open for reading, text or binary."""

    def read(self) -> str | bytes:
        """All that is left in it."""
        ...


Source = Union[str, bytes, bytearray, memoryview, Readable, "os.PathLike[str]"]


def text_of(source: Source) -> str:
    """The text itself, or what the path or file object holds, read as UTF-8 with any kind of line ends.

    A `str` is the text, never a path. Raises TypeError for anything else, OSError, and ValueError for bad UTF-8, which
    names the file.
    """
    if isinstance(source, str):
        return source
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decoded(bytes(source), "bytes")
    if isinstance(source, os.PathLike):
        return _decoded(Path(source).read_bytes(), os.fspath(source))
    read = getattr(source, "read", None)
    if read is None:
        raise TypeError(f"expected str, bytes, Path or a file object, got {type(source).__name__}")
    data = read()
    return data if isinstance(data, str) else _decoded(data, str(getattr(source, "name", "file object")))


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{name} is not UTF-8: byte {data[error.start]:#04x} in line {line}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

"""Embedded files: zstd, then base64 in pieces of 76 characters between `|`."""

from __future__ import annotations

import base64
import binascii
import importlib
from collections.abc import Callable, Iterable
from typing import Any, cast

__all__ = ["compress", "decompress"]

_WIDTH = 76


def _codec() -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes], type[Exception]]:
    """Compress, decompress and what they raise: the standard library's from Python 3.14, else `zstandard`'s."""
    try:
        zstd: Any = importlib.import_module("compression.zstd")
        return zstd.compress, zstd.decompress, zstd.ZstdError
    except ImportError:
        pass
    try:
        package: Any = importlib.import_module("zstandard")
    except ImportError as error:
        message = "embedded files need Python 3.14 or the package zstandard: run `pip install zstandard`"
        raise ImportError(message) from error

    def decompress_all(data: bytes) -> bytes:
        # Frames that do not tell their size, as KiCad may write them, need the object.
        reader = package.ZstdDecompressor().decompressobj()
        unpacked = cast(bytes, reader.decompress(data))
        if not reader.eof:
            raise EOFError("it ends in the middle")
        return unpacked

    return package.compress, decompress_all, package.ZstdError


def compress(data: bytes) -> list[str]:
    """What the field `data` of an embedded file holds for these bytes. Raises ImportError without zstd."""
    pack, _, _ = _codec()
    text = base64.b64encode(pack(data)).decode("ascii")
    pieces = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    pieces[0] = "|" + pieces[0]
    pieces[-1] += "|"
    return pieces


def decompress(data: Iterable[str]) -> bytes:
    """The bytes of an embedded file's field `data`. Raises ValueError for damaged data, ImportError without zstd."""
    _, unpack, failure = _codec()
    text = "".join(data).strip("|")
    try:
        return unpack(base64.b64decode(text, validate=True))
    except (failure, binascii.Error, EOFError) as error:
        raise ValueError(f"decompress(): the embedded data is damaged: {error}") from error

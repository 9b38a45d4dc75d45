"""Writing files so that nobody sees half of one."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def temporary(place: Path) -> Path:
    """Where to write what will replace a file. One process at a time writes a place: the lock is held."""
    return place.with_name(f".{place.name}.{os.getpid()}.tmp")


@contextlib.contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """Where to write what replaces a file by rename when all went well. Otherwise, as on a full disk, nothing stays."""
    new = temporary(place)
    try:
        yield new
        retire(place)
        os.replace(new, place)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def write_text(place: Path, text: str) -> None:
    """Replace a text by rename."""
    with replacing(place) as new:
        new.write_bytes(text.encode("utf-8", "surrogateescape"))


def copy(source: Path, place: Path) -> None:
    """Replace a file by rename: a process that has the old one loaded keeps it."""
    with replacing(place) as new:
        shutil.copyfile(source, new)
        shutil.copymode(source, new)


def retire(place: Path) -> None:
    """Make way for a new file. Windows does not replace a loaded library, but lets it be renamed."""
    if os.name != "nt" or not place.exists():
        return
    number = 0
    while True:
        number += 1
        old = place.with_name(f"{place.name}.{number}.old")
        try:
            os.replace(place, old)
            return
        except PermissionError:
            # An older one of that name is still loaded somewhere.
            if number > 100:
                raise


def clean(folder: Path) -> None:
    """Remove what builders left that were killed, and retired libraries that nobody has loaded any more."""
    for pattern in (".*.tmp", "*.old"):
        for rest in folder.glob(pattern):
            with contextlib.suppress(OSError):
                rest.unlink()

"""Which workspace a package was built for last, in a folder that several workspaces build in (`CARGO_TARGET_DIR`).

Cargo names what it builds after a package's name, version and place in its workspace, and goes by times. So of two
workspaces that both have a package `greet`, one gets the library of the other, when its own sources are older.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from pyrus.loader.files import write_text


def take_over(records: Path, workspace: Path, packages: Iterable[str], clean: Callable[[list[str]], None]) -> None:
    """Let `clean` remove what was built of packages of these names for other workspaces, and remember the new one.

    To be called with the lock held that builds hold; `records` is a folder of its own.
    """
    places = {name: records / name for name in packages}
    foreign = [name for name, place in places.items() if owner(place) != str(workspace)]
    if not foreign:
        return
    clean(foreign)
    records.mkdir(exist_ok=True)
    for name in foreign:
        write_text(places[name], str(workspace))


def owner(place: Path) -> str | None:
    """The workspace that a record names."""
    try:
        return place.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None

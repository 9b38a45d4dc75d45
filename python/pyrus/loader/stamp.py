"""Stamps: what an extension was built from, and whether that is still so.

A stamp is a text with one line per fact. `pyrus.loader.described` reads it on every import, so it is cheap to split:

    pyrus-stamp 2
    <folder of the package>
    <names of variables that build scripts read, separated by tabs>
    <values of all variables that count>
    <path> <tab> <sign>                     the extension itself, then every file that it was built from

    <digest>                                of each of them
    end

The first line goes on `, looked at by the extension` where the extension can be asked whether the other files are what
they were. One made with an older version of the crate `pyrus`, or for Windows, cannot.

The sign is what `os.stat` shows; the digest is of the contents. An empty sign says that there must be no such file. The
sign `?` is never true: the file changed while it was being read, so its contents have to be looked at next time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from pyrus.loader import OWN_STAMP, STAMP, environment, sign
from pyrus.loader.files import write_text

UNSURE = "?"


@dataclass(frozen=True)
class Entry:
    """A file, when it changed last, and what is in it."""

    path: str
    sign: str
    digest: str


@dataclass(frozen=True)
class Stamp:
    """What an extension was built from. The first entry is the extension."""

    kind: str
    package: str
    names: tuple[str, ...]
    settings: str
    entries: tuple[Entry, ...]

    def write(self, place: Path) -> None:
        """Write the file in one step. None if a path has a line break or tab: then Cargo is asked every time."""
        if any("\n" in entry.path or "\t" in entry.path for entry in self.entries):
            place.unlink(missing_ok=True)
            return
        lines = [self.kind, self.package, "\t".join(self.names), self.settings]
        lines += [f"{entry.path}\t{entry.sign}" for entry in self.entries]
        write_text(place, "\n".join([*lines, "", *[entry.digest for entry in self.entries], "end"]))


def kind_for(library: Path) -> str:
    """What stamps of an extension begin with: those that can compare files have this line in them."""
    return OWN_STAMP if OWN_STAMP.encode() in library.read_bytes() else STAMP


@dataclass(frozen=True)
class Verdict:
    """Why an extension is out of date, or its file. A `renewed` stamp knows new times of the same contents."""

    reason: str | None
    renewed: Stamp | None = None
    changed: tuple[str, ...] = ()
    file: str = ""


def read(place: Path) -> Stamp | None:
    """The stamp, or nothing when it is missing or not whole."""
    try:
        text = place.read_text(encoding="utf-8", errors="surrogateescape")
        kind, package, names, settings, files = text.split("\n", 4)
        lines, _, rest = files.partition("\n\n")
        *digests, end = rest.split("\n")
        seen = [line.split("\t") for line in lines.split("\n")]
        if kind not in (STAMP, OWN_STAMP) or end != "end" or len(seen) != len(digests):
            return None
        entries = [Entry(path, sign, digest) for (path, sign), digest in zip(seen, digests)]
    except (OSError, ValueError):
        return None
    return Stamp(kind, package, tuple(names.split("\t")), settings, tuple(entries))


def judge(place: Path, package: str) -> Verdict:
    """Compare a stamp with the files: stat first, contents only where that differs."""
    stamp = read(place)
    if stamp is None:
        there = place.exists()
        return Verdict("the stamp is damaged" if there else "it was not built before")
    if stamp.package != package:
        return Verdict("the package moved")
    settings = environment(stamp.names)
    if settings != stamp.settings:
        return Verdict("the environment changed")
    return compare(stamp)


def compare(stamp: Stamp) -> Verdict:
    """Compare the files of a stamp."""
    entries = tuple(look(entry) for entry in stamp.entries)
    changed = tuple(now.path for old, now in zip(stamp.entries, entries) if now.digest != old.digest)
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        return Verdict(f"{changed[0]}{more} changed", changed=changed)
    renewed = replace(stamp, entries=entries)
    return Verdict(None, renewed if renewed != stamp else None, file=entries[0].path)


def look(entry: Entry) -> Entry:
    """The entry as it is now. Contents are read only when the sign differs."""
    try:
        now = sign(entry.path)
        if now == entry.sign:
            return entry
        return Entry(entry.path, now, digest_of(entry.path))
    except OSError:
        return Entry(entry.path, "", "")


def record(path: str, during: tuple[int, int]) -> Entry:
    """The entry of a file that a build read which began and ended at two times (ns).

    Changed between them: nobody knows what it read. A later time, as of a clock that was set back since, says nothing
    of this build.
    """
    try:
        stat = os.stat(path)
        began, ended = during
        unsure = any(began <= time <= ended for time in (stat.st_mtime_ns, stat.st_ctime_ns))
        return Entry(path, UNSURE, UNSURE) if unsure else Entry(path, sign(path), digest_of(path))
    except OSError:
        return Entry(path, "", "")


def digest_of(path: str) -> str:
    """The digest of a file's contents; of a folder, the names in it."""
    if os.path.isdir(path):
        return hashlib.sha256("\0".join(sorted(os.listdir(path))).encode(errors="surrogateescape")).hexdigest()
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()

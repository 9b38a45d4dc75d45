"""Brings an extension up to date: decides, builds, puts the result into place, and says so in a stamp."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyrus.loader import (
    SUFFIX,
    SUFFIXES,
    cargo_folder,
    environment,
    files,
    inputs,
    is_on,
    module_file,
    newest,
    output_folder,
    project,
    sign,
    stamp,
    stubs,
)
from pyrus.loader.cargo import Built, Cargo, find_cargo
from pyrus.loader.errors import BuildError, FallbackWarning, LoaderError
from pyrus.loader.lock import locked
from pyrus.loader.profiles import profile
from pyrus.loader.progress import tell
from pyrus.loader.stamp import Stamp

# How names end of extensions for many versions; Windows has no word of its own for them.
STABLE = next((suffix for suffix in SUFFIXES if "abi3" in suffix), SUFFIXES[-1])
# How often to build again when files change during the build.
ROUNDS = 3
# File systems keep times in steps of up to two seconds; in nanoseconds.
COARSEST = 2_000_000_000


@dataclass(frozen=True)
class Target:
    """What to build, and where it goes."""

    name: str
    package: str
    root: Path
    mode: str

    @property
    def folder(self) -> Path:
        """Where the loaded file and the stamp are."""
        return Path(output_folder(str(self.root), self.mode, self.name))

    @property
    def stamp(self) -> Path:
        """What the loaded file was built from."""
        return self.folder / "stamp"

    def file(self, built: Built) -> Path:
        """What is loaded. Its name says which interpreters it is for."""
        return Path(module_file(str(self.folder), self.name, STABLE if built.stable else SUFFIX))

    @property
    def failure(self) -> Path:
        """The report of the last build, if it failed."""
        return self.folder / "failure"

    @property
    def cargo(self) -> Path:
        """Where Cargo builds."""
        return Path(cargo_folder(str(self.root)))

    @property
    def lock(self) -> Path:
        """Held while Cargo builds with this profile."""
        return self.cargo / f"{profile(self.mode)}.lock"


def ensure(name: str, package: str, root: str, mode: str) -> str | None:
    """The file of an up-to-date extension, built if need be; nothing when the package is an installed copy."""
    if package and is_copy(name, package):
        return None
    target = Target(name, package, Path(root), mode)
    try:
        return str(update(target))
    except LoaderError as error:
        last = newest(name, package, str(target.folder))
        if last is None or not is_on("PYRUS_FALLBACK"):
            raise
        warnings.warn(f"loading the last good build of {name}: {error}", FallbackWarning, stacklevel=4)
        return last


def is_copy(name: str, package: str) -> bool:
    """Whether an installer put the package there, and says so beside it, as `pip install --target` does."""
    folder = Path(package).parents[name.count(".") - 1]
    installed = f"{name.partition('.')[0]}/__init__.py,"
    return any(installed in record.read_text("utf-8") for record in folder.glob("*.dist-info/RECORD"))


def update(target: Target) -> Path:
    """Build what changed. Raises `LoaderError`."""
    verdict = stamp.judge(target.stamp, target.package)
    if verdict.reason is None and not is_writable(target.folder):
        # The times differ but not the contents, as after a fresh checkout; there it stays so.
        return Path(verdict.file)
    waiting = time.time_ns()
    prepare(target)
    with locked(target.lock):
        verdict = stamp.judge(target.stamp, target.package)
        if verdict.renewed:
            verdict.renewed.write(target.stamp)
        if verdict.reason is None:
            return Path(verdict.file)
        tell(f"building {target.name} ({target.mode}): {verdict.reason}")
        raise_if_failed_since(target, waiting)
        touch(verdict.changed, target.folder.iterdir())
        try:
            return build(target)
        except OSError as error:
            raise LoaderError(
                f"{target.name} could not be put into {target.folder}: {error}. What was built before is still there; "
                "make room or change the rights, or set CARGO_TARGET_DIR to another folder",
                name=target.name,
            ) from error


def is_writable(folder: Path) -> bool:
    """Whether files can be put there."""
    return os.access(folder, os.W_OK)


def prepare(target: Target) -> None:
    """Make the folders. Nothing is written where that fails."""
    try:
        target.folder.mkdir(parents=True, exist_ok=True)
        ignore = target.cargo.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        if not is_writable(target.folder):
            raise PermissionError(f"no permission to write to {target.folder}")
    except OSError as error:
        raise LoaderError(
            f"{target.name} has to be built, but {target.folder} cannot be written: {error}. "
            "Set CARGO_TARGET_DIR to a folder that can, or PYRUS_NORECOMPILE=1 to load what was built before",
            name=target.name,
        ) from error


def raise_if_failed_since(target: Target, time_ns: int) -> None:
    """Give the report of a build that failed while we waited for it: ours would fail likewise."""
    try:
        # Not later than now: the clock may have been set back since.
        if time_ns <= target.failure.stat().st_mtime_ns <= time.time_ns():
            report = target.failure.read_text(encoding="utf-8")
            raise BuildError(f"{target.name} could not be built by another process", name=target.name, report=report)
    except FileNotFoundError:
        pass


def touch(changed: tuple[str, ...], made: Iterable[Path]) -> None:
    """Give files with new contents but an old time a later one than what the last build made: Cargo goes by times.

    Where the clock was set back since, that time is in the future.
    """
    built = max((place.stat().st_mtime_ns for place in made if place.exists()), default=0)
    for path in changed:
        with contextlib.suppress(OSError):
            if os.stat(path).st_mtime_ns <= built:
                later = max(time.time_ns(), built + COARSEST)
                os.utime(path, ns=(later, later))


def build(target: Target) -> Path:
    """Build, with the lock held. What is loaded."""
    extension = project.find(target.root, target.name)
    cargo = Cargo(find_cargo(target.name), extension, target.cargo)
    files.clean(target.folder)
    try:
        for _ in range(ROUNDS):
            started = now(target.folder)
            built = cargo.build(target.mode)
            made = describe(target, cargo, built, started)
            if not any(entry.sign == stamp.UNSURE for entry in made.entries):
                break
    except BuildError as error:
        with contextlib.suppress(OSError):
            files.write_text(target.failure, error.report)
        raise
    target.failure.unlink(missing_ok=True)
    place = target.file(built)
    refuse_old(target, built)
    files.copy(built.library, place)
    stubs.sync(extension, built.stubs, target.package)
    loaded = stamp.Entry(str(place), sign(str(place)), stamp.digest_of(str(place)))
    Stamp(made.kind, made.package, made.names, made.settings, (loaded, *made.entries)).write(target.stamp)
    return place


def refuse_old(target: Target, built: Built) -> None:
    """An extension for the stable ABI of a later version does not run here."""
    if built.stable and sys.version_info < built.stable:
        wanted, here = (".".join(map(str, version[:2])) for version in (built.stable, sys.version_info))
        raise LoaderError(
            f"{target.name} is built for the stable ABI of CPython {wanted} and later, and this is {here}: "
            "use a later one, or build it without the feature abi3",
            name=target.name,
        )


def now(folder: Path) -> int:
    """The time in the clock of the file system, in nanoseconds."""
    probe = files.temporary(folder / "clock")
    probe.write_bytes(b"")
    try:
        return probe.stat().st_mtime_ns
    finally:
        probe.unlink()


def describe(target: Target, cargo: Cargo, built: Built, started: int) -> Stamp:
    """What a build that started at a time was made of."""
    names = inputs.variables(built)
    during = (started, now(target.folder))
    entries = [stamp.record(path, during) for path in inputs.files(cargo, built, target.root)]
    return Stamp(stamp.kind_for(built.library), target.package, names, environment(names), tuple(entries))

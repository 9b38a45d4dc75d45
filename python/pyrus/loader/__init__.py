"""Build on import.

A package with an extension made with Pyrus says in its `__init__.py`:

>>> from pyrus.loader import load  # doctest: +SKIP
>>> load("greet._greet")  # doctest: +SKIP

In a checkout or an editable install this builds the extension when something it is made of changed, and loads it.
In an installed wheel it is a plain import. docs/loader.md describes the variables and files.

This module is all that an import needs when nothing changed: it only looks at files (`os.stat`), never at their
contents, and imports nothing that the interpreter has not loaded already. Everything else is in the other modules of
this package, which are imported when there is something to build.
"""

import os
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import ExtensionFileLoader
from _imp import extension_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType
    from typing import Optional

__all__ = ["install", "load"]

MODES = {mode.lower(): mode for mode in ("ReleaseFast", "ReleaseSafe", "ReleaseSmall", "Debug")}
SUFFIXES = extension_suffixes()
SUFFIX = SUFFIXES[0]
# Like `cpython-313t-x86_64-linux-gnu`: what is built for one of these fits no other.
ABI = SUFFIX.split(".")[1]
STAMP = "pyrus-stamp 2"
# Of an extension that can do the looking: crates/pyrus/src/module/current.rs.
OWN_STAMP = "pyrus-stamp 2, looked at by the extension"
# The environment that every build depends on, beside what build scripts say that they read.
WATCHED = ("CARGO_ENCODED_RUSTFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUSTFLAGS", "RUSTUP_TOOLCHAIN")
WATCHED_PREFIXES = ("CARGO_BUILD_", "CARGO_PROFILE_")

# Of each extension: the file, what it looked like when it was loaded, and the project.
located: "dict[str, str]" = {}
signs: "dict[str, str]" = {}
roots: "dict[str, str]" = {}
# What an extension has to look at when it is loaded next: its stamp, and where the lines begin and end.
questions: "dict[str, tuple[bytes, int, int]]" = {}


class Changed(ImportError):
    """A file that an extension was built from is not what it was; said by the extension."""


def load(name: str, *, project: "Optional[str]" = None) -> "ModuleType":
    """Load an extension module by its full name; build it before when it is out of date.

    `project` is the folder of `bindings.yaml` or of the `pyproject.toml` with `[tool.pyrus]`. It is only needed for an
    extension outside any package: otherwise it is found from the package's folder upwards.

    Raises `ImportError` when the extension is missing or cannot be built, with the compiler's report.
    """
    if name in sys.modules:
        return sys.modules[name]
    package = package_folder(name)
    root = os.path.abspath(project) if project else project_of(package)
    path = locate(name, package, root, ask=True) if root else None
    if root is None or path is None:
        return plain(name, root)
    remember(name, path, root)
    if not found_current(name):
        path = locate(name, package, root) or path
        # Systems give the library that they have for the same path, so it is spelled in another way.
        remember(name, os.path.join(os.path.dirname(path), os.curdir, os.path.basename(path)), root)
        __import__(name)
    return sys.modules[name]


def found_current(name: str) -> bool:
    """Import an extension, unless it finds itself out of date."""
    try:
        __import__(name)
    except Changed:
        return False
    return True


def install(*projects: "str | os.PathLike[str]") -> None:
    """Build extensions whenever they are imported, without a call of `load` in their packages.

    Works for all packages in checkouts and editable installs; for extensions outside packages, give the folders of
    their projects. May be called again.
    """
    from pyrus.loader import hook

    hook.install([os.path.abspath(project) for project in projects])


def package_folder(name: str) -> str:
    """The folder of the package that an extension belongs to; empty when it has none."""
    parent = sys.modules.get(name.rpartition(".")[0])
    folders: Sequence[str] = getattr(parent, "__path__", ())
    for folder in folders:
        return os.path.abspath(folder)
    return ""


def project_of(folder: str) -> "Optional[str]":
    """The project that a package's folder is part of; nothing for installed copies."""
    if is_installed(folder):
        if not os.path.islink(folder):
            return None
        folder = os.path.realpath(folder)
    while folder:
        if is_project(folder):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return None


def is_installed(folder: str) -> bool:
    """Whether installers put packages there."""
    path = f"{folder}/".replace("\\", "/")
    return "/site-packages/" in path or "/dist-packages/" in path


def is_project(folder: str) -> bool:
    """Whether extensions are declared in a folder."""
    if os.path.exists(f"{folder}/bindings.yaml") and os.path.exists(f"{folder}/Cargo.toml"):
        return True
    try:
        with open(f"{folder}/pyproject.toml", encoding="utf-8") as file:
            return "[tool.pyrus" in file.read()
    except (OSError, ValueError):
        return False


def locate(name: str, package: str, root: str, *, ask: bool = False) -> "Optional[str]":
    """The file of an up-to-date extension of a project; nothing to leave the search to Python.

    With `ask`, whether it is up to date may be left to the extension: then loading it may raise `Changed`.
    """
    mode = wanted_mode()
    folder = output_folder(root, mode, name)
    if is_on("PYRUS_NORECOMPILE"):
        path = newest(name, package, folder)
        if path:
            from pyrus.loader.whole import require_whole

            require_whole(path, name)
        return path
    built = described(f"{folder}/stamp", package)
    if built:
        path, compares, lines = built
        if ask and compares:
            questions[name] = lines
            return path
        if unchanged(*lines):
            return path
    from pyrus.loader import build

    return build.ensure(name, package, root, mode)


def wanted_mode() -> str:
    """The mode that `PYRUS_RELEASEMODE` asks for."""
    value = os.environ.get("PYRUS_RELEASEMODE") or "ReleaseFast"
    mode = MODES.get(value.lower())
    if mode is None:
        known = ", ".join(sorted(MODES.values()))
        raise ImportError(f"PYRUS_RELEASEMODE is {value!r}, but must be one of {known}")
    return mode


def is_on(variable: str) -> bool:
    """Whether a variable of the environment is set to anything but 0."""
    return os.environ.get(variable, "") not in ("", "0")


def cargo_folder(root: str) -> str:
    """Where Cargo builds a project for this interpreter."""
    target = os.environ.get("CARGO_TARGET_DIR")
    return f"{os.path.abspath(target) if target else f'{root}/target'}/pyrus/{ABI}"


def output_folder(root: str, mode: str, name: str) -> str:
    """Where the loaded file and the stamp of an extension are."""
    cargo = cargo_folder(root)
    # Projects that share a target folder must not load each other's extensions.
    owner = f"{digest(root)}/" if os.environ.get("CARGO_TARGET_DIR") else ""
    return f"{cargo}/ready/{owner}{mode}/{name}"


def digest(text: str) -> str:
    """A short name of a text (FNV-1a; the hash modules would cost more to import)."""
    value = 0xCBF29CE484222325
    for byte in os.fsencode(text):
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def module_file(folder: str, name: str, suffix: str = SUFFIX) -> str:
    """The file of an extension below a folder."""
    return f"{folder}/{name.rpartition('.')[2]}{suffix}"


def newest(name: str, package: str, folder: str) -> "Optional[str]":
    """The file that was built last: by the loader, or by whoever put one beside the package."""
    found = []
    for place in (folder, package):
        for suffix in SUFFIXES if place else ():
            path = module_file(place, name, suffix)
            try:
                found.append((os.stat(path).st_mtime_ns, path))
            except OSError:
                pass
    return max(found)[1] if found else None


def sign(path: str) -> str:
    """What a file looks like from outside: when it changed, and its size in bytes."""
    stat = os.stat(path)
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size}"


def environment(names: "Iterable[str]") -> str:
    """The values of variables that builds depend on, as one line."""
    environ = os.environ
    watched = {name for name in environ if name.startswith(WATCHED_PREFIXES)}
    watched.update(WATCHED, names)
    return "\t".join([f"{name}={environ[name]!r}" for name in sorted(watched) if name in environ])


def described(stamp: str, package: str) -> "Optional[tuple[str, bool, tuple[bytes, int, int]]]":
    """What a stamp says of an extension that is still the one that was built.

    That is its file, whether it compares itself the files that it was made of, and the lines of these: the whole stamp,
    as a copy would cost, and the positions where they begin and end.
    """
    try:
        text = contents(stamp)
        start = 0
        for _ in range(5):
            start = text.index(b"\n", start) + 1
        kind, folder, names, settings, own, _ = text[:start].decode("utf-8", "surrogateescape").split("\n")
        end = text.index(b"\n\n", start)
        path, _, seen = own.partition("\t")
        if kind not in (STAMP, OWN_STAMP) or folder != package or not text.endswith(b"\nend"):
            return None
        if seen != sign(path) or environment(names.split("\t")) != settings:
            return None
        return path, kind == OWN_STAMP, (text, start, end)
    except (OSError, ValueError):
        return None


def contents(path: str) -> bytes:
    """All of a file. Opening it as Python files are would take three times as long."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return os.read(file, os.fstat(file).st_size)
    finally:
        os.close(file)


def unchanged(text: bytes, start: int, end: int) -> bool:
    """Whether files are as their lines in a stamp say. Looks at them, does not read them."""
    stat = os.stat
    try:
        for line in text[start:end].decode("utf-8", "surrogateescape").split("\n"):
            path, _, seen = line.partition("\t")
            if seen:
                now = stat(path)
                if seen != f"{now.st_mtime_ns} {now.st_ctime_ns} {now.st_size}":
                    return False
            elif os.path.exists(path):
                return False
        return True
    except (OSError, ValueError):
        return False


def find_spec(
    name: str,
    path: "Optional[Sequence[str]]" = None,
    target: "Optional[ModuleType]" = None,
) -> "Optional[ModuleSpec]":
    """Called by the import system: this module is a finder of its own, in `sys.meta_path`."""
    file = located.get(name)
    if file is None:
        return None
    spec = spec_of(name, file)
    if name in questions:
        spec.loader_state = (*questions.pop(name), Changed)
    return spec


def spec_of(name: str, file: str) -> ModuleSpec:
    """How to load an extension from a file."""
    spec = ModuleSpec(name, ExtensionFileLoader(name, file), origin=file)
    spec.has_location = True
    return spec


def remember(name: str, path: str, root: str) -> None:
    """From now on, importing `name` loads this file."""
    located[name] = path
    roots[name] = root
    signs[name] = sign(path)
    finder = sys.modules[__name__]
    if finder not in sys.meta_path:
        sys.meta_path.insert(0, finder)


def plain(name: str, root: "Optional[str]") -> "ModuleType":
    """Import as Python does, from beside the package."""
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise missing(name, root) from None
    module = sys.modules[name]
    spec = module.__spec__
    if spec is not None and spec.origin is None and spec.submodule_search_locations is not None:
        # A folder of stubs is an empty namespace package to Python.
        del sys.modules[name]
        raise missing(name, root)
    return module


def missing(name: str, root: "Optional[str]") -> ImportError:
    """The extension is not there and must not be built."""
    if root is None:
        text = f"the extension {name} is missing from this installation (wanted: *{SUFFIX}): reinstall its package"
    else:
        text = (
            f"{name} was never built for {ABI} in mode {wanted_mode()}, and PYRUS_NORECOMPILE forbids to build it: "
            f"import it once without that variable, or run `pip install -e .` in {root}"
        )
    return ImportError(text, name=name)

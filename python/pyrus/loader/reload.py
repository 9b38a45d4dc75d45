"""New versions of extensions in a running interpreter, as notebooks want them."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from pathlib import Path
from types import ModuleType

from pyrus.loader import is_on, load, locate, located, package_folder, project_of, roots, sign, signs, spec_of
from pyrus.loader.errors import LoaderError, RestartNeeded


def rebuild(module: ModuleType | str, *, fresh: bool = False) -> ModuleType:
    """Build an extension again if it is out of date.

    Gives the module to use. When nothing changed, that is the loaded one. When a new version was built, a warning
    (`RestartNeeded`) says that the interpreter keeps the old one, because native code cannot be unloaded. With
    `fresh=True` the new version is loaded beside it, under a name such as `greet@2._greet`: its classes are other
    classes, and objects made by the old version belong to the old version.

    Raises `LoaderError` when the extension cannot be built; the loaded one goes on working.
    """
    name = module if isinstance(module, str) else original(module.__name__)
    if is_on("PYRUS_NORECOMPILE"):
        raise LoaderError(f"PYRUS_NORECOMPILE forbids to build {name}", name=name)
    if name not in sys.modules:
        return load(name)
    package = package_folder(name)
    root = roots.get(name) or project_of(package)
    path = locate(name, package, root) if root else None
    if path is None:
        raise LoaderError(f"{name} is an installed copy, or no extension of any project: nothing to build", name=name)
    if signs.get(name) == sign(path) and os.path.normpath(located.get(name, "")) == path:
        return sys.modules[name]
    if fresh:
        return newest(name, path)
    text = f"a new version of {name} was built; restart Python to use it, or load it beside the old one with fresh=True"
    warnings.warn(text, RestartNeeded, stacklevel=2)
    return sys.modules[name]


# Versions that were loaded beside the first one, and what their files looked like.
versions: dict[str, list[tuple[str, ModuleType]]] = {}


def original(name: str) -> str:
    """The declared name of a version: `greet._greet` for `greet@2._greet`."""
    parent, dot, leaf = name.rpartition(".")
    return f"{parent.partition('@')[0]}{dot}{leaf}"


def newest(name: str, path: str) -> ModuleType:
    """The newest version, loaded under a name of its own if it is not yet."""
    loaded = versions.setdefault(name, [])
    seen = sign(path)
    for known, module in loaded:
        if known == seen:
            return module
    number = len(loaded) + 2
    parent, dot, leaf = name.rpartition(".")
    module = load_copy(name, f"{parent}@{number}{dot}{leaf}" if dot else f"@{number}.{leaf}", path, number)
    loaded.append((seen, module))
    return module


def load_copy(name: str, new_name: str, path: str, number: int) -> ModuleType:
    """Load a file under another name. Systems give the same library for the same path, so it gets another path, too."""
    from importlib.util import module_from_spec

    folder = Path(path).parent / "versions" / f"{os.getpid()}-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / Path(path).name
    shutil.copyfile(path, copy)
    spec = spec_of(new_name, str(copy))
    before = submodules(name)
    try:
        module = module_from_spec(spec)
        assert spec.loader is not None
        spec.loader.exec_module(module)
    finally:
        # An extension enters its submodules under their declared names; those stay with the first version.
        made = {key: value for key, value in submodules(name).items() if before.get(key) is not value}
        for key in made:
            del sys.modules[key]
        sys.modules.update(before)
        if os.name != "nt":
            shutil.rmtree(folder, ignore_errors=True)
    for key, value in made.items():
        sys.modules[new_name + key[len(name) :]] = value
    sys.modules[new_name] = module
    return module


def submodules(name: str) -> dict[str, ModuleType]:
    """The loaded modules below a module."""
    return {key: value for key, value in sys.modules.items() if key.startswith(f"{name}.")}

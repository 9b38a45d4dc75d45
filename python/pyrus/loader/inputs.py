"""What an extension is made of: every file and variable whose change can change it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyrus.loader.cargo import Built, Cargo

# A space in a name is escaped in dep-info.
SEPARATOR = re.compile(r"(?<!\\) ")
TOOLCHAIN = ("rust-toolchain.toml", "rust-toolchain")
CONFIG = (".cargo/config.toml", ".cargo/config")
VARIABLE = re.compile(r"^cargo::?rerun-if-env-changed=(\S+)", re.MULTILINE)


def files(cargo: Cargo, built: Built, root: Path) -> list[str]:
    """All files, each once, and those that would count if they were there."""
    folder = cargo.extension.folder
    found = [
        *sources(built.library.with_suffix(".d"), cargo.target),
        *map(str, built.manifests),
        str(folder / "bindings.yaml"),
        str(root / "pyproject.toml"),
        str(built.workspace / "Cargo.toml"),
        str(built.workspace / "Cargo.lock"),
        *settings([folder, built.workspace, root]),
        *toolchain(cargo),
    ]
    return list(dict.fromkeys(os.path.abspath(path) for path in found))


def sources(dep_info: Path, target: Path) -> Iterator[str]:
    """What dep-info names: sources, includes and templates of all local crates, but nothing that the build made."""
    made = f"{target}{os.sep}"
    for line in dep_info.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, found, names = line.partition(": ")
        for name in SEPARATOR.split(names) if found else ():
            path = name.replace("\\ ", " ")
            if path and not path.startswith(made):
                yield from walk(path)


def walk(path: str) -> Iterator[str]:
    """The file, or the folder and everything in it."""
    yield path
    for here, folders, names in os.walk(path):
        yield from (os.path.join(here, name) for name in folders + names)


def settings(folders: Iterable[Path]) -> Iterator[str]:
    """Where Cargo and rustup look for settings. Above the project only what is there now."""
    for folder in folders:
        yield from (str(folder / name) for name in TOOLCHAIN + CONFIG)
        for above in folder.parents:
            yield from (str(above / name) for name in TOOLCHAIN + CONFIG if (above / name).exists())
    yield str(home("CARGO_HOME", ".cargo") / "config.toml")
    yield str(home("RUSTUP_HOME", ".rustup") / "settings.toml")


def home(variable: str, usual: str) -> Path:
    """A folder of settings below the home folder, unless a variable names another one."""
    return Path(os.environ.get(variable) or Path.home() / usual)


def toolchain(cargo: Cargo) -> Iterator[str]:
    """The compiler itself, behind rustup's proxy."""
    beside = shutil.which("rustc", path=str(Path(cargo.program).parent))
    compiler = os.environ.get("RUSTC") or beside or shutil.which("rustc")
    if compiler is None:
        return
    ask = [compiler, "--print=sysroot"]
    done = subprocess.run(ask, capture_output=True, text=True, cwd=cargo.extension.folder, check=False)
    if done.returncode == 0:
        name = "rustc.exe" if os.name == "nt" else "rustc"
        yield str(Path(done.stdout.strip()) / "bin" / name)


def variables(built: Built) -> tuple[str, ...]:
    """What the build scripts of local crates read from the environment."""
    texts = [place.read_text(encoding="utf-8", errors="replace") for place in built.script_outputs if place.exists()]
    return tuple(sorted({name for text in texts for name in VARIABLE.findall(text)}))

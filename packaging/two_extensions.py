"""The build backend of this repository: maturin, once for each extension.

maturin builds one extension per project, and `pyrus` has two. `pyproject.toml` beside this folder is the project of
`pyrus._native` and of all Python files, `kicad/pyproject.toml` that of `pyrus._kicad`. The wheel of the second gives
its extension and stubs to the wheel of the first. Settings, such as `build-args`, go to both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

import maturin

get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
get_requires_for_build_editable = maturin.get_requires_for_build_editable
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_editable
build_sdist = maturin.build_sdist

SECOND = Path(__file__).resolve().parents[1] / "kicad"

Settings = Optional[dict[str, Any]]


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    """Build both, as one wheel. Its file name."""
    name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    with tempfile.TemporaryDirectory() as scratch, inside(SECOND):
        second: str = maturin.build_wheel(scratch, config_settings)
        if tags(second) != tags(name):
            raise SystemExit(f"the extensions were built for different platforms: {name} and {second}")
        add(Path(scratch, second), Path(wheel_directory, name), Path(scratch))
    return name


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Put both extensions beside the package. The file name of the wheel that points to it."""
    name: str = maturin.build_editable(wheel_directory, config_settings, metadata_directory)
    with tempfile.TemporaryDirectory() as scratch, inside(SECOND):
        maturin.build_editable(scratch, config_settings)
    return name


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Work in another folder: maturin builds the project it is in."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def tags(wheel: str) -> list[str]:
    """Interpreter, ABI and platform of a wheel."""
    return wheel.removesuffix(".whl").split("-")[-3:]


def add(source: Path, target: Path, scratch: Path) -> None:
    """Put the files of a wheel that another one does not have into that one. Its record is written anew."""
    parts = unpacked(source, scratch / "source"), unpacked(target, scratch / "target")
    (information,) = parts[1].glob("*.dist-info")
    for file in sorted(parts[0].rglob("*")):
        first, *rest = file.relative_to(parts[0]).parts
        if first.endswith(".dist-info"):
            # Of what describes a wheel, only the list of the crates in it is not about the project.
            if "sboms" not in rest:
                continue
            first = information.name
        place = parts[1].joinpath(first, *rest)
        if file.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place)
    run("pack", str(parts[1]), "--dest-dir", str(target.parent))


def unpacked(wheel: Path, folder: Path) -> Path:
    """The contents of a wheel."""
    run("unpack", str(wheel), "--dest", str(folder))
    (contents,) = folder.iterdir()
    return contents


def run(*arguments: str) -> None:
    """Run the command of the package `wheel`."""
    subprocess.run([sys.executable, "-m", "wheel", *arguments], check=True)

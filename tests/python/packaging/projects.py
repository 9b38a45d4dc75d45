"""Projects, and what packaging tools make of them."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tarfile
from pathlib import Path

import targets
from environments import PIP, run
from targets import CHECKOUT


class Tools:
    """The packaging tools of the environment that runs the tests. They build quickly, and without a network."""

    def __init__(self, target: Path) -> None:
        self.target = target
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {key: value for key, value in targets.environment().items() if key != "PYTHONPATH"}
        quick = {"MATURIN_PEP517_ARGS": "--profile dev", "CARGO_TARGET_DIR": str(target)}
        self.variables = {**kept, **PIP, **quick, "PATH": path}

    def wheel(self, source: Path, folder: Path) -> Path:
        """What `pip wheel` builds of a folder with sources."""
        options = ["--no-build-isolation", "--no-deps", "--wheel-dir", str(folder)]
        run([sys.executable, "-m", "pip", "wheel", *options, source], folder.parent, self.variables)
        (wheel,) = folder.glob("*.whl")
        return wheel

    def stable_wheel(self, source: Path, folder: Path) -> Path:
        """What maturin builds for the stable ABI."""
        run(["maturin", "build", "--profile", "dev", "--out", folder], source, self.variables)
        (wheel,) = folder.glob("*.whl")
        return wheel

    def unpacked_sdist(self, source: Path, folder: Path) -> Path:
        """Where the contents of a source distribution are now."""
        run(["maturin", "sdist", "--out", folder], source, self.variables)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as contents:
            contents.extractall(folder)
        return archive.with_name(archive.name.removesuffix(".tar.gz"))

    def sources(self, library: str) -> list[Path]:
        """The files that a library was compiled from, as Cargo tells; not those that the build made."""
        _, _, names = (self.target / "debug" / f"lib{library}.d").read_text().partition(": ")
        paths = [Path(name.replace("\\ ", " ")) for name in re.split(r"(?<!\\)\s+", names) if name]
        return [path for path in paths if self.target not in path.parents]


def new(folder: Path, *options: str) -> Path:
    """A project made by `cargo pyrus new`, with the versions of crates that are known to be on this machine."""
    command = ["cargo", "run", "--quiet", "--package", "cargo-pyrus", "--", "pyrus", "new", *options, folder]
    run(command, CHECKOUT, dict(os.environ))
    shutil.copy(CHECKOUT / "Cargo.lock", folder)
    return folder

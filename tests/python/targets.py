"""Target folders for tests that run Cargo: one for each run, with the crates that extensions depend on in it already.

The crates are compiled once, below Cargo's own folder for temporary files, where the Rust tests of `cargo pyrus` build
too. Each run copies them: Cargo sees no difference, and runs side by side have nothing in common that one of them
could take from the other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

CHECKOUT = Path(__file__).parents[2]
OUTER = Path(os.environ.get("CARGO_TARGET_DIR", CHECKOUT / "target")).absolute()
COMPILED = OUTER / "tmp/projects"

MANIFEST = """\
[package]
name = "seed"
version = "0.1.0"
edition = "2024"

[lib]
path = "lib.rs"

[dependencies]
pyrus = {{ path = '{crates}/pyrus' }}

[build-dependencies]
pyrus-build = {{ path = '{crates}/build' }}

[workspace]
"""


def environment() -> dict[str, str]:
    """The environment without what the run that we are part of says of itself; builds are quick in it, and local."""
    outer = ("PYRUS_", "CARGO", "MATURIN_", "PIP_", "PYO3_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(outer) or key == "CARGO_HOME"}
    return {**kept, "CARGO_NET_OFFLINE": "true", "CARGO_PROFILE_DEV_DEBUG": "none"}


@contextmanager
def private(name: str) -> Iterator[Path]:
    """A folder of this run, which goes with it; what runs left that were killed goes, too."""
    parent = OUTER / name
    parent.mkdir(parents=True, exist_ok=True)
    # With the lock, nobody sees a folder before it is held.
    with FileLock(parent / "lock"):
        for old in parent.glob("run-*"):
            remove_if_left(old)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=parent))
        held = FileLock(folder / "held")
        held.acquire()
    try:
        yield folder
    finally:
        held.release()
        shutil.rmtree(folder, ignore_errors=True)


def remove_if_left(folder: Path) -> None:
    """Remove the folder of a run that does not run any more."""
    try:
        with FileLock(folder / "held", timeout=0):
            shutil.rmtree(folder, ignore_errors=True)
    except (Timeout, OSError):
        pass


def fill(folder: Path, profile: str = "dev", *arguments: str) -> None:
    """Put the compiled crates into the folder of a profile; compile them before if nobody has."""
    project = COMPILED.with_name("seed")
    project.mkdir(parents=True, exist_ok=True)
    command = ["cargo", "build", "--quiet", "--profile", profile, *arguments, "--target-dir", str(COMPILED)]
    with FileLock(project / "lock"):
        write(project / "Cargo.toml", MANIFEST.format(crates=CHECKOUT / "crates"))
        write(project / "Cargo.lock", (CHECKOUT / "Cargo.lock").read_text())
        write(project / "lib.rs", "")
        write(project / "build.rs", 'fn main() {\n    println!("cargo::rerun-if-changed=build.rs");\n}\n')
        subprocess.run(command, cwd=project, env=environment(), check=True)
    compiled = COMPILED / {"dev": "debug"}.get(profile, profile)
    # Cargo's own lock: nobody builds there meanwhile.
    with FileLock(compiled / ".cargo-lock"):
        shutil.copytree(compiled, folder, ignore=shutil.ignore_patterns("incremental"), copy_function=share)


def share(source: str, place: str) -> None:
    """Copy a file. What compilers make is large, and they replace it instead of writing into it: a link will do."""
    if source.endswith((".rlib", ".rmeta")):
        os.link(source, place)
    else:
        shutil.copy2(source, place)


def write(place: Path, text: str) -> None:
    """Write a file unless it has that text: Cargo goes by times."""
    if not place.exists() or place.read_text() != text:
        place.write_text(text)

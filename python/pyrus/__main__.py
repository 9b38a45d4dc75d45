"""`python -m pyrus …` is `cargo pyrus …`, for this interpreter.

Runs the program `cargo-pyrus` from `PATH`, or builds and runs it in a checkout of Pyrus.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the command; its exit code, or 2 when it is not there."""
    command = find()
    if command is None:
        print(
            "error: the program cargo-pyrus was not found in PATH, and this is no checkout of Pyrus with cargo: "
            "install it with `cargo install --path crates/cargo-pyrus` in a checkout",
            file=sys.stderr,
        )
        return 2
    environment = {"PYRUS_PYTHON": sys.executable, **os.environ}
    try:
        return subprocess.run([*command, "pyrus", *arguments], env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def find() -> list[str] | None:
    """The program, and what it needs before its own arguments."""
    program = shutil.which("cargo-pyrus")
    if program is not None:
        return [program]
    manifest = Path(__file__).resolve().parents[2] / "crates" / "cargo-pyrus" / "Cargo.toml"
    cargo = os.environ.get("CARGO") or shutil.which("cargo")
    if cargo is None or not manifest.is_file():
        return None
    return [cargo, "run", "--quiet", "--manifest-path", str(manifest), "--"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

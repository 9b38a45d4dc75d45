"""The other CPythons of this machine: under pyenv, or on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def find(version: str) -> str | None:
    """An interpreter of a version, like `3.12`, that runs and has a GIL."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(f"python{version}"), *map(str, versions.glob(f"{version}.*/bin/python"))]
    return next((path for path in found if path and is_one(path, version)), None)


def is_one(path: str, version: str) -> bool:
    """Whether a program is the interpreter that its name says."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2] + getattr(sys, 'abiflags', ''))"
    done = subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False)
    return (done.returncode, done.stdout.strip()) == (0, version)

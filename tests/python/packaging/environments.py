"""Virtual environments that have what a test puts into them, and no more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import targets
from packaging.requirements import Requirement

SCRIPTS = "Scripts" if os.name == "nt" else "bin"
# Settings of this machine are not those of the test.
PIP = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_NO_INDEX": "1",
}


def run(command: list[str | Path], folder: Path, environment: dict[str, str]) -> str:
    """Run a program that must succeed: what it prints."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


class Environment:
    """A virtual environment. It has not even pip."""

    def __init__(self, folder: Path, interpreter: str = sys.executable) -> None:
        self.folder = folder
        run([interpreter, "-m", "venv", "--without-pip", folder], folder.parent, dict(os.environ))
        self.python = folder / SCRIPTS / ("python.exe" if os.name == "nt" else "python")
        self.site = Path(self.run("-c", "import sysconfig; print(sysconfig.get_paths()['platlib'])").strip())

    def variables(self, **more: str) -> dict[str, str]:
        """Where a program in the environment finds things: no Cargo, no checkout."""
        kept = {key: value for key, value in targets.environment().items() if not key.startswith(("PYTHON", "CARGO"))}
        return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PATH": str(self.folder / SCRIPTS), **more}

    def run(self, *arguments: str, folder: Path | None = None, **variables: str) -> str:
        """Run the interpreter; what it prints."""
        return run([self.python, *arguments], folder or self.folder, self.variables(**variables))

    def install(self, *arguments: str | Path, **variables: str) -> str:
        """Install with the pip of the interpreter that runs the tests."""
        command = [sys.executable, "-m", "pip", "--python", self.python, "install", "--no-deps", *arguments]
        return run(command, self.folder, self.variables(**{**PIP, **variables}))

    def copy(self, *names: str) -> None:
        """Take over packages, and what they need, from the environment that runs the tests: there is no index."""
        todo, done = list(names), set[str]()
        while todo:
            name = todo.pop()
            if name not in done:
                done.add(name)
                todo += self.copy_one(name)

    def copy_one(self, name: str) -> list[str]:
        """Take over one package: what else it needs."""
        found = distribution(name)
        for file in found.files or ():
            place = self.site / file
            source = Path(str(found.locate_file(file)))
            if source.is_file() and "__pycache__" not in source.parts:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, place)
        needed = map(Requirement, found.requires or ())
        return [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]

"""A reader who follows a page, without a network: an empty folder, a virtual environment, and a shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from pages import CHECKOUT, Block, changed, commands, matches

# Set by those who started us; readers have none of it.
OUTER = ("PYRUS_", "CARGO", "RUST", "PYTHON", "PYTEST", "PIP_", "MATURIN")
KEPT = ("CARGO_HOME", "RUSTUP_HOME")


def program() -> Path:
    """The folder of the program `cargo-pyrus`, as `cargo install` would put it."""
    command = ["cargo", "build", "--quiet", "--package", "cargo-pyrus", "--message-format=json"]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    found = [message["executable"] for message in messages if message.get("executable")]
    return Path(found[-1]).parent


class Session:
    """Runs the blocks of a page in order."""

    def __init__(self, folder: Path, target: Path) -> None:
        folder.mkdir()
        self.folder = folder
        environment = folder.parent / "environment"
        venv.create(environment, symlinks=True)
        self.environment = self.variables(environment, target)
        self.share(environment)

    def variables(self, environment: Path, target: Path) -> dict[str, str]:
        """The variables of the reader's shell, who is in the virtual environment."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OUTER) or name in KEPT}
        path = [environment / "bin", program(), Path(sys.executable).parent, os.environ["PATH"]]
        # maturin and the loader share what Cargo builds, which is not optimised.
        cargo = target / "pyrus" / sysconfig.get_config_var("SOABI")
        return {
            **kept,
            "PATH": os.pathsep.join(map(str, path)),
            "VIRTUAL_ENV": str(environment),
            "CARGO_NET_OFFLINE": "true",
            "CARGO_PROFILE_DEV_DEBUG": "none",
            "CARGO_TARGET_DIR": str(target),
            "PYRUS_RELEASEMODE": "Debug",
            "MATURIN_PEP517_ARGS": f"--profile=dev --target-dir={cargo}",
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def share(self, environment: Path) -> None:
        """Let the environment see what is installed here, and the package `pyrus`, as if they were installed there."""
        ask = [str(environment / "bin/python"), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
        place = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
        for name in ("mypy", "pip", "pytest"):
            script = environment / "bin" / name
            script.write_text(f'#!/bin/sh\nexec {environment}/bin/python -m {name} "$@"\n')
            script.chmod(0o755)
        shared = [sysconfig.get_paths()["purelib"], str(CHECKOUT / "python")]
        (place / "shared.pth").write_text("".join(f"{path}\n" for path in shared))

    def run(self, block: Block) -> None:
        """Do what a block says."""
        if block.language == "diff" and block.title:
            file = self.folder / block.title
            file.write_text(changed(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        elif block.title:
            (self.folder / block.title).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, shown in commands(block.text):
                self.shell(command, shown)
        elif block.language == "pycon":
            self.python(block.text)

    def shell(self, command: str, shown: str) -> None:
        """Run a command. The next one is run in the folder where it ended."""
        where = self.folder.parent / "where"
        done = self.start(["bash", "-c", f"{command}\ncode=$?; pwd > '{where}'; exit $code"])
        self.folder = Path(where.read_text().strip())
        if shown:
            assert matches(shown, done.stdout), f"$ {command}\nprinted:\n{done.stdout}\ninstead of:\n{shown}"
        else:
            assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        if (self.folder / "Cargo.toml").exists() and not (self.folder / "Cargo.lock").exists():
            # The versions of the workspace are known to be there without a network.
            shutil.copy(CHECKOUT / "Cargo.lock", self.folder)

    def python(self, text: str) -> None:
        """Run a Python session."""
        file = self.folder.parent / "session.txt"
        file.write_text(text, encoding="utf-8")
        done = self.start(["python", "-m", "doctest", "-o", "ELLIPSIS", str(file)])
        assert done.returncode == 0, done.stdout

    def start(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program in the reader's shell; both outputs come as one."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

"""`python -m pyrus` forwards to the program `cargo-pyrus`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(arguments, path, package=ROOT / "python"):
    environment = {**os.environ, "PATH": str(path), "PYTHONPATH": str(package)}
    environment.pop("CARGO", None)
    environment.pop("PYRUS_PYTHON", None)
    command = [sys.executable, "-m", "pyrus", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_the_program_in_path_gets_arguments_interpreter_and_exit_code(tmp_path):
    program = tmp_path / "cargo-pyrus"
    program.write_text('#!/bin/sh\necho "$@" "$PYRUS_PYTHON"\nexit 7\n')
    program.chmod(0o755)
    done = run(["explain", "B0104"], tmp_path)
    assert (done.returncode, done.stdout) == (7, f"pyrus explain B0104 {sys.executable}\n")


def test_a_missing_program_is_told(tmp_path):
    shutil.copytree(ROOT / "python" / "pyrus", tmp_path / "pyrus", ignore=shutil.ignore_patterns("*.so", "*.pyd"))
    done = run(["check"], tmp_path / "nothing", tmp_path)
    assert done.returncode == 2
    assert "cargo-pyrus was not found" in done.stderr


@pytest.mark.skipif(shutil.which("cargo") is None, reason="cargo is not in PATH")
def test_a_checkout_runs_its_own(tmp_path):
    cargo = Path(shutil.which("cargo"))
    done = run(["explain", "B0104"], f"{cargo.parent}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert "B0104" in done.stdout

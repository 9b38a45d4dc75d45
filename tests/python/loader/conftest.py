"""Projects for the tests of the loader. They share a folder for what Cargo builds, so that crates are compiled once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from projects import CHECKOUT, Project

pytest.importorskip("filelock", reason="building needs filelock")

if shutil.which("cargo") is None:
    pytest.skip("building needs cargo", allow_module_level=True)


@pytest.fixture(scope="session")
def target() -> Iterator[Path]:
    """Where Cargo builds; what the projects of the tests leave there is removed."""
    outer = os.environ.get("CARGO_TARGET_DIR", str(CHECKOUT / "target"))
    folder = Path(outer).absolute() / "loader-tests"
    yield folder
    leftovers = ["ready", "*/build/greet-*", "*/.fingerprint/greet-*", "*/incremental/greet-*", "*/incremental/_*"]
    for abi in (folder / "pyrus").glob("*"):
        for pattern in leftovers:
            for rest in abi.glob(pattern):
                shutil.rmtree(rest, ignore_errors=True)


@pytest.fixture
def project(tmp_path: Path, target: Path) -> Project:
    """A project that was not built yet."""
    return Project(tmp_path / "greet", target)


@pytest.fixture
def built(project: Project) -> Project:
    """A project that was built."""
    assert project.hello() == "Hello you"
    return project

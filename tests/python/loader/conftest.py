"""Projects for the tests of the loader. Those of a run share a folder for what Cargo builds, unknown to other runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

pytest.importorskip("filelock", reason="building needs filelock")

import targets
from projects import Project, other_python
from pyrus.loader.profiles import arguments

if shutil.which("cargo") is None:
    pytest.skip("building needs cargo", allow_module_level=True)


@pytest.fixture(scope="session")
def target() -> Iterator[Path]:
    """Where Cargo builds."""
    with targets.private("loader-tests") as folder:
        targets.fill(folder / "pyrus" / abi(EXTENSION_SUFFIXES[0]) / "debug")
        yield folder


@pytest.fixture(scope="session")
def safe(target: Path) -> None:
    """What `PYRUS_RELEASEMODE=ReleaseSafe` needs is compiled."""
    folder = target / "pyrus" / abi(EXTENSION_SUFFIXES[0]) / "release-safe"
    targets.fill(folder, *arguments("ReleaseSafe", targets.CHECKOUT)[1:])


@pytest.fixture(scope="session")
def other(target: Path) -> str:
    """An interpreter of another version, and what it needs is compiled."""
    python = other_python()
    if python is None:
        pytest.skip("needs CPython of another version, 3.10 or later")
    ask = [python, "-c", "import sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))"]
    suffix = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    targets.fill(target / "pyrus" / abi(suffix) / "debug")
    return python


def abi(suffix: str) -> str:
    """Like `cpython-313-x86_64-linux-gnu`: the loader builds apart for each."""
    return suffix.split(".")[1]


@pytest.fixture
def project(tmp_path: Path, target: Path) -> Project:
    """A project that was not built yet."""
    return Project(tmp_path / "greet", target)


@pytest.fixture
def built(project: Project) -> Project:
    """A project that was built."""
    assert project.hello() == "Hello you"
    return project

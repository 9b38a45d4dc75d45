"""Wheels, and what they are built from; each is built once for all tests."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

for needed in ("filelock", "maturin", "packaging", "pip", "wheel"):
    if importlib.util.find_spec(needed) is None:
        pytest.skip(f"packaging needs {needed}: pip install -r requirements-dev.txt", allow_module_level=True)
if shutil.which("cargo") is None:
    pytest.skip("packaging needs cargo", allow_module_level=True)

import targets
from environments import Environment
from projects import Tools, new


@pytest.fixture(scope="session")
def tools() -> Iterator[Tools]:
    """Packaging tools, and a folder where they and the loader find the crates compiled."""
    with targets.private("packaging-tests") as folder:
        targets.fill(folder / "debug")
        targets.fill(folder / "pyrus" / EXTENSION_SUFFIXES[0].split(".")[1] / "debug")
        yield Tools(folder)


@pytest.fixture
def empty(tmp_path: Path) -> Environment:
    """An environment with pytest, and no more."""
    environment = Environment(tmp_path / "environment")
    environment.copy("pytest")
    return environment


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made by `cargo pyrus new`."""
    return new(tmp_path_factory.mktemp("new") / "sample")


@pytest.fixture(scope="session")
def sample_wheel(sample: Path, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its wheel."""
    return tools.wheel(sample, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def stable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made by `cargo pyrus new --abi3`."""
    return new(tmp_path_factory.mktemp("stable") / "sample", "--abi3")


@pytest.fixture(scope="session")
def stable_wheel(stable: Path, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its wheel; which version of CPython the tools run on makes no difference."""
    return tools.stable_wheel(stable, tmp_path_factory.mktemp("stable"))


@pytest.fixture(scope="session")
def pyrus_sdist(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the source distribution of this checkout holds."""
    if not (targets.CHECKOUT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("the source distribution holds what git knows, and this is no git checkout")
    return tools.unpacked_sdist(targets.CHECKOUT, tmp_path_factory.mktemp("pyrus-sdist"))


@pytest.fixture(scope="session")
def pyrus_wheel(pyrus_sdist: Path, tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project, built from its source distribution."""
    return tools.wheel(pyrus_sdist, tmp_path_factory.mktemp("pyrus"))

"""The wheel of a project made by `cargo pyrus new --abi3`: one file for CPython 3.12 and every later version."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import interpreters
import pytest
from environments import Environment

OLDEST = (3, 12)
EXTENSION = "_sample.pyd" if os.name == "nt" else "_sample.abi3.so"


def test_the_wheel_says_what_it_is_for(stable_wheel: Path) -> None:
    with ZipFile(stable_wheel) as wheel:
        assert f"sample/{EXTENSION}" in wheel.namelist()
        assert "sample/_sample.pyi" in wheel.namelist()
    name, _version, python, abi, _platform = stable_wheel.stem.split("-")
    assert (name, python, abi) == ("sample", "cp312", "abi3")


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_the_wheel_works_alone(version: str, stable: Path, stable_wheel: Path, tmp_path: Path) -> None:
    interpreter = interpreters.find(version)
    if interpreter is None:
        pytest.skip(f"there is no CPython {version} on this machine")
    environment = Environment(tmp_path / "environment", interpreter)
    environment.copy("pytest")
    environment.install(stable_wheel)
    shutil.copytree(stable / "tests", environment.folder / "tests")
    where = "import sample; print(sample._sample.__file__)"
    assert Path(environment.run("-c", where).strip()) == environment.site / "sample" / EXTENSION
    assert "5 passed" in environment.run("-m", "pytest", "-q", "tests")


@pytest.mark.skipif(sys.version_info >= OLDEST, reason="the interpreter that runs the tests is new enough")
def test_older_versions_do_not_take_it(stable_wheel: Path, empty: Environment) -> None:
    with pytest.raises(AssertionError, match="is not a supported wheel on this platform"):
        empty.install(stable_wheel)

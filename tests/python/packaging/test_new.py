"""Packages of a project made by `cargo pyrus new`."""

from __future__ import annotations

import shutil
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from zipfile import ZipFile

from environments import Environment
from projects import Tools


def passes_its_tests(environment: Environment, project: Path) -> None:
    """The project's tests pass where nothing but them and the wheel is."""
    shutil.copytree(project / "tests", environment.folder / "tests")
    # A bare interpreter: what the tests import is installed there, and there is no Cargo.
    where = "import shutil, sample; print(sample._sample.__file__, shutil.which('cargo'))"
    extension, cargo = environment.run("-c", where).split()
    assert (Path(extension).parent, cargo) == (environment.site / "sample", "None")
    assert "5 passed" in environment.run("-m", "pytest", "-q", "tests")


def test_a_wheel_holds_the_package_its_extension_and_stubs(sample: Path, sample_wheel: Path) -> None:
    with ZipFile(sample_wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        stub = wheel.read("sample/_sample.pyi").decode()
    assert names == {
        "sample/__init__.py",
        f"sample/_sample{EXTENSION_SUFFIXES[0]}",
        "sample/_sample.pyi",
        "sample/py.typed",
    }
    assert stub == (sample / "gen/sample/_sample.pyi").read_text()


def test_a_wheel_works_alone(sample: Path, sample_wheel: Path, empty: Environment) -> None:
    empty.install(sample_wheel)
    passes_its_tests(empty, sample)


def test_a_source_distribution_is_all_that_a_build_needs(
    sample: Path, tools: Tools, empty: Environment, tmp_path: Path
) -> None:
    (tmp_path / "sdist").mkdir()
    source = tools.unpacked_sdist(sample, tmp_path / "sdist")
    empty.install(tools.wheel(source, tmp_path / "wheel"))
    passes_its_tests(empty, sample)
    used = tools.sources("_sample")
    assert used
    assert [path for path in used if source not in path.parents] == []

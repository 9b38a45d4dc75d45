"""The package `pyrus`: two extensions, the loader, and what is Python."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from zipfile import ZipFile

import pytest
from environments import Environment, run
from targets import CHECKOUT

TESTS = ["graph/test_calls.py", "kicad/test_objects.py"]


def below(folder: Path, pattern: str) -> set[str]:
    """Names of files, as they are in a wheel."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def test_a_wheel_holds_both_extensions_and_all_stubs(pyrus_sdist: Path, pyrus_wheel: Path) -> None:
    with ZipFile(pyrus_wheel) as wheel:
        names = set(wheel.namelist())
    extensions = {f"pyrus/{name}{EXTENSION_SUFFIXES[0]}" for name in ("_native", "_kicad")}
    stubs = below(pyrus_sdist / "gen", "*.pyi") | below(pyrus_sdist / "kicad/gen", "*.pyi")
    modules = below(pyrus_sdist / "python", "*.py") | {"pyrus/py.typed"}
    assert {name for name in names if ".dist-info/" not in name} == extensions | stubs | modules
    # What each extension is linked of.
    assert {Path(name).name for name in names if "/sboms/" in name} == {
        "pyrus-native.cyclonedx.json",
        "pyrus-kicad.cyclonedx.json",
    }


def test_a_wheel_works_alone(pyrus_wheel: Path, empty: Environment) -> None:
    empty.install(pyrus_wheel)
    for name in ("graph", "kicad"):
        shutil.copytree(CHECKOUT / "tests/python" / name, empty.folder / name)
    found = empty.run("-c", "import pyrus, shutil; print(pyrus.__file__, shutil.which('cargo'))").split()
    assert found == [str(empty.site / "pyrus/__init__.py"), "None"]
    for test in TESTS:
        told = empty.run("-m", "pytest", "-q", test, PYRUS_ROUNDS="10")
        assert " passed" in told and "skipped" not in told, told


def test_an_installed_loader_builds_nothing(
    sample: Path, pyrus_wheel: Path, sample_wheel: Path, tmp_path: Path
) -> None:
    # Below the sources, as many have it: what could be built is near.
    shutil.copytree(sample, tmp_path / "sample")
    inside = Environment(tmp_path / "sample/.venv")
    inside.install(pyrus_wheel, sample_wheel)
    code = """
import sys, sample
print(sample.mean([1, 2]), "pyrus.loader" in sys.modules)
print({"pyrus.loader.build", "filelock", "rich", "subprocess"} & set(sys.modules))
"""
    assert inside.run("-c", code) == "1.5 True\nset()\n"
    wanted = inside.run("-c", "import importlib.util as u; print(u.find_spec('filelock'), u.find_spec('rich'))")
    assert wanted.split() == ["None", "None"]


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="needs mypy")
def test_type_checkers_find_the_stubs(pyrus_wheel: Path, sample_wheel: Path, empty: Environment) -> None:
    empty.install(pyrus_wheel, sample_wheel)
    program = empty.folder / "program.py"
    program.write_text(
        "import sample\nfrom pyrus.graph import GraphView\n"
        "reveal_type(sample.mean([1.0]))\nreveal_type(GraphView.create().insert_node)\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", empty.python, program]
    told = run(command, empty.folder, empty.variables())
    assert 'Revealed type is "float"' in told or 'Revealed type is "builtins.float"' in told
    assert "BoundNode" in told

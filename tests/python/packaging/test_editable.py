"""An editable install of a project made by `cargo pyrus new`, in a fresh environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from environments import PIP, Environment
from projects import Tools, new


class Installed:
    """The project, and the environment where it is installed."""

    def __init__(self, project: Path, environment: Environment, tools: Tools) -> None:
        self.project = project
        self.environment = environment
        path = os.pathsep.join([environment.variables()["PATH"], tools.variables["PATH"]])
        self.variables = {**tools.variables, **PIP, "PATH": path, "PYRUS_RELEASEMODE": "Debug"}

    def python(self, *arguments: str, **variables: str) -> str:
        """Run the environment's interpreter outside the project, with Cargo at hand."""
        return self.environment.run(*arguments, **{**self.variables, **variables})

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a file of the project."""
        place = self.project / file
        text = place.read_text()
        assert old in text
        place.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def installed(tools: Tools, pyrus_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The project, after `pip install -e .`."""
    folder = tmp_path_factory.mktemp("editable")
    environment = Environment(folder / "environment")
    environment.copy("pytest", "filelock", "rich", "maturin")
    environment.install(pyrus_wheel)
    it = Installed(new(folder / "sample"), environment, tools)
    environment.install("--no-build-isolation", "-e", it.project, **it.variables)
    return it


def test_an_import_builds_what_changed(installed: Installed) -> None:
    code = "import sample; print(sample._sample.__file__)"
    assert "pyrus: building sample._sample (Debug)" in installed.python("-c", code, PYRUS_VERBOSE="1")
    assert "pyrus: building" not in installed.python("-c", code, PYRUS_VERBOSE="1")
    assert "5 passed" in installed.python("-m", "pytest", "-q", str(installed.project))

    installed.edit("src/lib.rs", "values.iter().sum::<f64>()", "2.0 * values.iter().sum::<f64>()")
    assert installed.python("-c", "import sample; print(sample.mean([1, 2]))") == "3.0\n"


def test_a_declaration_reaches_python_and_the_stubs(installed: Installed) -> None:
    installed.edit("bindings.yaml", "functions:\n", "functions:\n  total: {args: {a: u8, b: u8}, returns: u16}\n")
    total = "pub fn total(a: u8, b: u8) -> u16 {\n    u16::from(a) + u16::from(b)\n}\n\n"
    installed.edit("src/lib.rs", "/// Counts", f"{total}/// Counts")
    assert installed.python("-c", "from sample._sample import total; print(total(200, b=100))") == "300\n"
    for stub in ("gen/sample/_sample.pyi", "python/sample/_sample.pyi"):
        assert "def total(a: int, b: int) -> int: ..." in (installed.project / stub).read_text()

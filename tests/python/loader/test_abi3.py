"""Extensions for the stable ABI."""

from __future__ import annotations

import sys
from importlib.machinery import EXTENSION_SUFFIXES

import pytest
from projects import HELLO, Project

STABLE = next((suffix for suffix in EXTENSION_SUFFIXES if "abi3" in suffix), EXTENSION_SUFFIXES[-1])


@pytest.fixture
def stable(project: Project) -> Project:
    """A project whose extension is for the stable ABI."""
    choose(project, "', features = ['abi3'] }")
    return project


def choose(project: Project, end: str) -> None:
    """Change how the manifest names the runtime."""
    manifest = project.folder / "Cargo.toml"
    lines = manifest.read_text().splitlines()
    changed = [f"{line.partition('/pyrus')[0]}/pyrus{end}" if line.startswith("pyrus =") else line for line in lines]
    manifest.write_text("\n".join(changed) + "\n")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the stable ABI that Pyrus uses is that of CPython 3.12")
def test_its_file_says_so(stable: Project) -> None:
    assert stable.hello() == "Hello you"
    assert stable.file.name == f"_greet{STABLE}"
    assert not stable.builds()
    choose(stable, "' }")
    assert stable.builds()
    assert stable.file.name == f"_greet{EXTENSION_SUFFIXES[0]}"
    assert not stable.builds()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="runs where the stable ABI of CPython 3.12 is not there")
def test_older_interpreters_refuse_it(stable: Project) -> None:
    answer = stable.run(HELLO)
    assert answer.code == 1
    assert "built for the stable ABI of CPython 3.12 and later, and this is 3." in answer.err

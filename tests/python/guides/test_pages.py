"""Pages beside the tutorial: their sessions run with the zoo, and what they quote is there, in the repository or in the
stubs of a new project.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ANYTHING, CHECKOUT, DOCS, Block, blocks
from session import program

PAGES = sorted(path.name for path in DOCS.glob("*.md") if path.name != "tutorial.md")
SESSIONS = [(page, block) for page in PAGES for block in blocks(page) if block.language == "pycon"]
QUOTES = [(page, block) for page in PAGES for block in blocks(page) if block.title and block.language != "text"]


def place(page_and_block: tuple[str, Block]) -> str:
    page, block = page_and_block
    return f"{page}:{block.line}"


@pytest.mark.parametrize("session", SESSIONS, ids=map(place, SESSIONS))
def test_sessions(session: tuple[str, Block], tmp_path: Path) -> None:
    _, block = session
    file = tmp_path / "session.txt"
    file.write_text(block.text, encoding="utf-8")
    path = os.pathsep.join([str(CHECKOUT / "examples/zoo/python"), str(CHECKOUT / "python")])
    done = subprocess.run(
        [sys.executable, "-m", "doctest", "-o", "ELLIPSIS", str(file)],
        env={**os.environ, "PYTHONPATH": path, "PYRUS_NORECOMPILE": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project called `sample`."""
    folder = tmp_path_factory.mktemp("new") / "sample"
    subprocess.run([program() / "cargo-pyrus", "pyrus", "new", folder], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("quote", QUOTES, ids=map(place, QUOTES))
def test_quotes(quote: tuple[str, Block], new_project: Path) -> None:
    _, block = quote
    title = str(block.title)
    root = new_project if title.startswith("gen/") else CHECKOUT
    source = (root / title).read_text(encoding="utf-8")
    for part in block.text.split(f"{ANYTHING}\n"):
        assert part in source, f"{block.title} has no\n{part}"

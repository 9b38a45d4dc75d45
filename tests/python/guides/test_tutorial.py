"""The tutorial, as its reader follows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pages import blocks
from session import Session

pytest.importorskip("maturin", reason="the tutorial builds wheels")


@pytest.mark.skipif(os.name == "nt", reason="the tutorial's shell is bash")
def test_the_tutorial(tmp_path: Path, target: Path) -> None:
    session = Session(tmp_path / "work", target)
    for block in blocks("tutorial.md"):
        try:
            session.run(block)
        except (AssertionError, ValueError) as error:
            pytest.fail(f"docs/tutorial.md:{block.line}: {error}", pytrace=False)

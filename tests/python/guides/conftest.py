"""What the pages of `docs/` say is run here. Needs Cargo, and what `requirements-dev.txt` names."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pages import CHECKOUT

if shutil.which("cargo") is None:
    pytest.skip("building needs cargo", allow_module_level=True)


@pytest.fixture(scope="session")
def target() -> Iterator[Path]:
    """Where Cargo builds; what the projects of the pages leave there is removed."""
    outer = os.environ.get("CARGO_TARGET_DIR", str(CHECKOUT / "target"))
    folder = Path(outer).absolute() / "loader-tests"
    yield folder
    for pattern in ("build", ".fingerprint", "incremental"):
        for rest in (folder / "pyrus").glob(f"*/*/{pattern}/*ledger-*"):
            shutil.rmtree(rest, ignore_errors=True)

"""What the pages of `docs/` say is run here. Needs Cargo, and what `requirements-dev.txt` names."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

import targets

if shutil.which("cargo") is None:
    pytest.skip("building needs cargo", allow_module_level=True)


@pytest.fixture(scope="session")
def target() -> Iterator[Path]:
    """Where Cargo builds, and finds what the projects of the pages depend on."""
    with targets.private("guides-tests") as folder:
        targets.fill(folder / "pyrus" / sysconfig.get_config_var("SOABI") / "debug")
        yield folder

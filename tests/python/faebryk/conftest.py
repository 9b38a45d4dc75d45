"""Finds the package in the checkout when it is not installed."""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("pyrus") is None:
    sys.path.insert(0, str(Path(__file__).parents[3] / "python"))

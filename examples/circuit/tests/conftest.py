"""Finds the example, and the package in the checkout where it is not installed."""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = [str(ROOT / "examples" / "circuit")]
if importlib.util.find_spec("pyrus") is None:
    FOLDERS.append(str(ROOT / "python"))
sys.path[:0] = FOLDERS
os.environ["PYTHONPATH"] = os.pathsep.join([*FOLDERS, *filter(None, [os.environ.get("PYTHONPATH")])])

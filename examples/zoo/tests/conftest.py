"""Finds the built extensions: `PYRUS_ZOO_DIR`, or `examples/zoo/python` where `cargo xtask` puts them."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("PYRUS_ZOO_DIR", HERE.parent / "python")).resolve()

sys.path[:0] = [str(FOLDER), str(HERE)]
# Children find the extensions too.
inherited = os.environ.get("PYTHONPATH")
os.environ["PYTHONPATH"] = os.pathsep.join([str(FOLDER), *([inherited] if inherited else [])])

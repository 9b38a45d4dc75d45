"""`python -m pyrus.kicad COMMAND …`: look at KiCad's files, format, check, compare and draw them."""

from __future__ import annotations

import sys

from pyrus.kicad.command import main

if __name__ == "__main__":
    sys.exit(main())

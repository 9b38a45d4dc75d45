"""The commands that `cargo pyrus` runs: each takes one argument, its options as JSON."""

from __future__ import annotations

import json
import sys


def main() -> None:
    command, options = sys.argv[1], json.loads(sys.argv[2])
    if command == "worker":
        from . import worker

        worker.run(**options)
    elif command == "shrink":
        from . import shrink

        shrink.run(**options)
    elif command == "leaks":
        from . import leaks

        leaks.run(**options)
    else:
        sys.exit(f"no such command: {command}")


main()

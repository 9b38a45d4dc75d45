"""The commands that `cargo pyrus` runs: each takes one argument, its options as JSON, or the file `@PATH` with them."""

from __future__ import annotations

import json
import sys


def main() -> None:
    # `-m` puts the folder first in which this runs. Calls write files there, and none of them shall be imported.
    if not getattr(sys.flags, "safe_path", False):
        sys.path.pop(0)
    command, text = sys.argv[1:3]
    if text.startswith("@"):
        with open(text[1:], encoding="utf-8") as file:
            text = file.read()
    options = json.loads(text)
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

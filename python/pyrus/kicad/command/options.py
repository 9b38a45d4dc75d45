"""The command line."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from pyrus.kicad.command import check, diff, fmt, info, render
from pyrus.kicad.command.failure import TROUBLE, Failed, report

__all__ = ["main", "parser"]

_INTERRUPTED = 130
_EPILOG = """A folder stands for all of KiCad's files in it and below. One bad file does not stop the others.

exit codes: 0 all is well; 1 the command found what it looks for (problems, differences, files to be formatted);
2 some file could not be read or written, or the command line is wrong; 130 interrupted"""


def parser() -> argparse.ArgumentParser:
    """All options."""
    top = argparse.ArgumentParser(
        prog="python -m pyrus.kicad",
        description="Look at KiCad's files, format, check, compare and draw them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in (info, fmt, check, diff, render):
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code. A wrong command line raises SystemExit(2), as argparse does."""
    options = parser().parse_args(arguments)
    _never_fail_to_print()
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except Failed as error:
        return report([error.failure])
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Who read the output has seen enough; nothing may be written when the interpreter ends.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return TROUBLE


def _never_fail_to_print() -> None:
    """A terminal that does not know a character of a name or a line is shown its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")

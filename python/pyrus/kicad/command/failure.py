"""What kept a file from being worked on, and what that makes of the exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from pyrus.sexp import ParseError

__all__ = ["FINE", "FOUND", "TROUBLE", "Failed", "Failure", "report"]

FINE = 0
"""All is well."""
FOUND = 1
"""The command found what it looks for: problems, differences, files to be formatted."""
TROUBLE = 2
"""Some file could not be worked on, or the command line is wrong."""

# Messages of the codec begin `Kind in type field 'name' at 3:5: `.
_PLACE = re.compile(r"[A-Z]\w+(?: in \S+(?: field '\w+')?)? at (\d+):(\d+): ")


@dataclass(frozen=True)
class Failure:
    """A file, what is wrong, and where in it: line and column from 1, None where that is not known."""

    file: str
    message: str
    line: int | None = None
    column: int | None = None

    @classmethod
    def of(cls, file: str, error: BaseException) -> Failure:
        """What an exception says about a file."""
        if isinstance(error, ParseError):
            return cls(file, str(error), error.line, error.column)
        if isinstance(error, OSError):
            return cls(file, error.strerror or str(error))
        if isinstance(error, RecursionError):
            return cls(file, "records are nested too deeply")
        message = str(error)
        place = _PLACE.match(message)
        return cls(file, message, int(place[1]), int(place[2])) if place else cls(file, message)

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line is not None else ""
        return f"{self.file}{place}: {self.message}"


class Failed(Exception):
    """A file cannot be worked on."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def report(failures: Iterable[Failure]) -> int:
    """Tell of failures on stderr; the exit code that they ask for."""
    code = FINE
    for failure in failures:
        print(f"error: {failure}", file=sys.stderr)
        code = TROUBLE
    return code

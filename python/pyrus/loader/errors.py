"""What goes wrong when building on import. Everything is an `ImportError`, since an import asked for it."""

from __future__ import annotations


class LoaderError(ImportError):
    """An extension cannot be built or loaded; the message says what to do about it."""


class BuildError(LoaderError):
    """Cargo failed. `report` is what it said: for each mistake the file, the line and the source."""

    def __init__(self, message: str, *, name: str, report: str) -> None:
        super().__init__(f"{message}\n\n{report}", name=name)
        self.report = report


class FallbackWarning(ImportWarning, UserWarning):
    """An extension could not be built, and its last good build was loaded instead (`PYRUS_FALLBACK=1`)."""


class RestartNeeded(UserWarning):
    """A new version of a loaded extension was built, but the running interpreter keeps the old one."""

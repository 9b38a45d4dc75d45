"""One build at a time: a lock of the operating system, which goes with its process, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyrus.loader.errors import LoaderError
from pyrus.loader.progress import tell

# Somebody else has the lock.
BUSY = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK}


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Hold the lock; wait for whoever has it."""
    try:
        from filelock import FileLock, Timeout
    except ModuleNotFoundError:
        raise LoaderError(
            "building on import needs the package filelock: run `pip install 'pyrus[build]'`, "
            "or set PYRUS_NORECOMPILE=1 to load what is there"
        ) from None
    try:
        probe(place)
        lock = FileLock(place)
        try:
            lock.acquire(timeout=0.5)
        except Timeout:
            tell(f"waiting for another process that builds (it holds {place})")
            lock.acquire()
    except (OSError, NotImplementedError) as error:
        raise LoaderError(
            f"cannot lock {place}: {error}. If its file system has no locks, set CARGO_TARGET_DIR to a folder on a "
            "local disk; PYRUS_NORECOMPILE=1 loads what is there"
        ) from error
    try:
        yield
    finally:
        lock.release()


def probe(place: Path) -> None:
    """Raise `OSError` when the file system has no locks: the library may wait forever."""
    if sys.platform == "win32":
        return
    import fcntl

    file = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in BUSY:
            raise
    finally:
        os.close(file)

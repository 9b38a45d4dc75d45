"""Work on many files at once.

Reading leaves the interpreter to other threads, and is about half of what a command does; the rest is not. So
threads help at once but never more than twice, and processes help more with more cores, but starting one costs as much
as reading 20 MB. The size of the files decides.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from pyrus.kicad.command.sources import STDIN

__all__ = ["cores", "over"]

R = TypeVar("R")
_LARGE = 64 << 20


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def over(work: Callable[[str], R], files: Sequence[str], jobs: int) -> Iterator[R]:
    """What `work`, which may be called in other processes, gives for each file, in their order."""
    jobs = min(jobs, len(files))
    if jobs < 2:
        yield from map(work, files)
        return
    with _pool(files, jobs) as pool:
        yield from pool.map(work, files, chunksize=max(1, min(32, len(files) // (jobs * 4))))


def _pool(files: Sequence[str], jobs: int) -> Executor:
    if STDIN in files or sum(map(_size, files)) < _LARGE:
        return ThreadPoolExecutor(jobs)
    # Not by a fork, since there may be threads. An interrupt is for the process that shows what happens.
    return ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0

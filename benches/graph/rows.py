"""What a row is, and how it is taken."""

from __future__ import annotations

import gc
import time
import timeit
from collections.abc import Callable
from dataclasses import dataclass, field

Sample = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """An operation, by everybody who has it. A sample is seconds, or bytes, per item."""

    name: str
    samples: dict[str, Sample]
    # Of the system that is replaced, on its own machine: from, to. Nanoseconds or bytes.
    replaced: tuple[float, float] | None = None
    unit: str = "ns"
    rounds: int = 7


@dataclass
class Result:
    """The best sample of each contender."""

    row: Row
    best: dict[str, float] = field(default_factory=dict)

    @property
    def aim(self) -> float | None:
        """The share of the other system's figure that is aimed at: a third of its time, half of its memory."""
        if self.row.replaced is None:
            return None
        return 1 / 2 if self.row.unit == "bytes" else 1 / 3

    @property
    def ratio(self) -> float | None:
        """By the lowest figure of the system that is replaced."""
        return self.best["pyrus"] / self.row.replaced[0] if self.row.replaced else None


def take(row: Row) -> Result:
    """Let the contenders take turns, so that a slow moment of the machine hits them all."""
    result = Result(row)
    scale = 1e9 if row.unit == "ns" else 1
    for _ in range(row.rounds):
        for who, sample in row.samples.items():
            gc.collect()
            taken = sample() * scale
            result.best[who] = min(taken, result.best.get(who, taken))
    return result


def loop(statement: str, count: int, setup: str = "pass", divide: int = 1, **names: object) -> Sample:
    """Seconds of CPU for one run of a statement in a loop of so many, less the loop; `setup` runs before each sample.

    `divide` is how many items one run is about.
    """
    timer = timeit.Timer(statement, setup, time.thread_time, names)
    empty = timeit.Timer("pass", "pass", time.thread_time)

    def sample() -> float:
        return max(timer.timeit(count) - empty.timeit(count), 0) / count / divide

    return sample


def once(action: Callable[[], object], divide: int = 1) -> Sample:
    """Seconds of CPU for one call of a function that does a lot, by the items that it is about."""

    def sample() -> float:
        start = time.thread_time()
        kept = action()
        taken = time.thread_time() - start
        del kept
        return taken / divide

    return sample

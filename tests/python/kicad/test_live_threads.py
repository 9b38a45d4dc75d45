"""Threads hammer the same live records and lists. On free-threaded builds they do so at once."""

from __future__ import annotations

import copy
import pickle
import random
import sys
import threading
import traceback
from collections.abc import Callable, Iterator

import pytest
from kicad_tools import board, points
from pyrus.sexp import pcb as P

Job = Callable[[random.Random], object]


@pytest.fixture(autouse=True)
def often() -> Iterator[None]:
    """A GIL changes hands all the time."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def hammer(*jobs: Job, rounds: int = 500, count: int = 8) -> None:
    """Run each job often, in threads that begin at once."""
    start, failures = threading.Barrier(count), []

    def work(i: int) -> None:
        job, rng = jobs[i % len(jobs)], random.Random(i)
        start.wait()
        try:
            for _ in range(rounds):
                job(rng)
        except BaseException:  # noqa: BLE001 - told below
            failures.append(traceback.format_exc())

    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]


def test_fields() -> None:
    """A field is what somebody has written, whole."""
    net, line = P.Net(number=1, name="a"), P.Line(start=P.Xy(x=1, y=1), end=P.Xy(x=2, y=2))
    names = [None, "", "a", "b" * 100, "ü" * 30]

    def write(rng: random.Random) -> None:
        net.name = rng.choice(names)
        net.number = rng.randrange(5)
        both = float(rng.randrange(9))
        line.start = P.Xy(x=both, y=both)

    def read(_: random.Random) -> None:
        assert net.name in names
        assert net.number in range(5)
        start = line.start
        assert start.x == start.y
        assert repr(net).startswith("pcb.Net(")
        assert copy.deepcopy(line).end.x == 2
        assert pickle.loads(pickle.dumps(line)).end.y == 2
        assert line == line  # noqa: PLR0124 - that is the question

    hammer(write, read)


def test_lists() -> None:
    """Lists stay whole, and what was taken out lives on."""
    xys = points(*range(10)).xys

    def change(rng: random.Random) -> None:
        choice = rng.randrange(9)
        try:
            if choice < 3:
                xys.append(P.Xy(x=rng.randrange(9), y=0))
            elif choice == 3:
                assert xys.pop().y == 0
            elif choice == 4:
                xys.insert(rng.randrange(20), P.Xy(x=1, y=0))
            elif choice == 5:
                del xys[rng.randrange(5) : rng.randrange(10)]
            elif choice == 6:
                xys.reverse()
            elif choice == 7:
                xys[rng.randrange(5)] = P.Xy(x=2, y=0)
            else:
                xys.remove(xys[0])
        except (IndexError, ValueError):
            pass

    def read(rng: random.Random) -> None:
        assert all(xy.y == 0 for xy in xys)
        assert all(xy.y == 0 for xy in xys[::2])
        assert all(xy.y == 0 for xy in reversed(xys))
        kept = list(xys)
        assert len(kept) == len(list(map(repr, kept)))
        try:
            xys.sort(key=lambda xy: (xy.x, rng.random()))
        except ValueError as error:
            assert "modified" in str(error)  # noqa: PT017 - either is right
        assert isinstance(xys == xys, bool)  # noqa: PLR0124 - whichever it is

    hammer(change, read, rounds=200)


def test_files() -> None:
    """A file can be written, copied and compared while others change it."""
    file = P.PcbFile(kicad_pcb=board())
    root = file.kicad_pcb

    def change(rng: random.Random) -> None:
        root.nets.append(P.Net(number=rng.randrange(100), name=rng.choice(["a", "b" * 50, None])))
        root.generator = rng.choice(["g", "h" * 40])
        if len(root.nets) > 50:
            root.nets.clear()
        root.general = copy.copy(root.general)

    def use(_: random.Random) -> None:
        again = P.loads(P.dumps(file)).kicad_pcb
        assert again.generator in ("g", "h" * 40)
        assert all(net.number in range(100) for net in again.nets)
        assert copy.deepcopy(file).kicad_pcb.generator in ("g", "h" * 40)

    hammer(change, use, rounds=100)


def test_reading_at_once() -> None:
    text = P.dumps(P.PcbFile(kicad_pcb=board()))

    def read(_: random.Random) -> None:
        assert P.dumps(P.loads(text)) == text

    hammer(read, rounds=100)

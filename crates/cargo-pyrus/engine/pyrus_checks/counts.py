"""What must be the same before and after: reference counts of constants and types, and blocks of memory."""

from __future__ import annotations

import array
import ctypes
import sys
from typing import Callable

from .model import Model
from .prelude import Thing, forget

RUNS = 5


class Counts:
    """Counts what a program may not keep."""

    def __init__(self, model: Model, thing: Thing) -> None:
        self.thing = thing
        constants: list[object] = [
            None,
            True,
            False,
            ...,
            NotImplemented,
            (),
            "",
            b"",
            0,
            1,
            -1,
            7,
            "a",
            int,
            str,
            list,
            dict,
        ]
        kinds: list[tuple[object, str]] = [(kind.python, f"the class {kind.path}") for kind in model.kinds.values()]
        paths = [kind.path for kind in model.kinds.values()]
        named = (
            [repr(one) for one in constants[:3]] + ["...", "NotImplemented"] + [repr(one) for one in constants[5:13]]
        )
        named += ["int", "str", "list", "dict"]
        counted = [f"sys.getrefcount({name})" for name in ["THING", *named, *paths]]
        # How a script counts the same.
        self.expressions = ["sys.getallocatedblocks()", *counted]
        self.watched = [(one, repr(one)) for one in constants] + kinds

    def clean(self) -> None:
        """Let everything go that only hangs in cycles."""
        self.thing.__dict__.clear()
        forget()

    def of_thing(self) -> int:
        return sys.getrefcount(self.thing)

    def width(self) -> int:
        return len(self.watched) + 2

    def into(self, seen: array.array[int], at: int) -> None:
        """Write all counts. Nothing is made by that which would count itself."""
        seen[at] = sys.getallocatedblocks()
        seen[at + 1] = self.of_thing()
        for one, _ in self.watched:
            at += 1
            seen[at + 1] = sys.getrefcount(one)

    def name(self, i: int) -> str:
        """What a count is of."""
        return ["blocks of memory", "references to THING", *(f"references to {name}" for _, name in self.watched)][i]

    def kept(self, run: Callable[[], None], runs: int = RUNS) -> tuple[str, str] | None:
        """What grows or shrinks each time that something is run, and how that is counted; looked at twice."""
        run()
        run()
        suspects = self.drifting(run, runs)
        if suspects:
            again = self.drifting(run, 2 * runs)
            suspects = {i: by for i, by in again.items() if i in suspects}
        if not suspects:
            return None
        # References say more than blocks do.
        first = max(suspects)
        return f"{self.name(first)} {suspects[first]:+d} each time", self.expressions[first]

    def drifting(self, run: Callable[[], None], runs: int) -> dict[int, int]:
        width = self.width()
        seen = array.array("q", bytes(8 * width * (runs + 1)))
        for at in range(0, len(seen), width):
            if at:
                run()
            self.clean()
            self.into(seen, at)
        drifts = {}
        for i in range(width):
            column = seen[width + i :: width]
            changes = [new - old for old, new in zip(column, column[1:])]
            # Fewer blocks are never a mistake.
            if min(changes) > 0 or (max(changes) < 0 and i):
                drifts[i] = min(changes) if min(changes) > 0 else max(changes)
        return drifts


class MallInfo(ctypes.Structure):
    """What `mallinfo2` of glibc tells."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        ]
    ]


def native_bytes() -> Callable[[], int]:
    """A function that tells how many bytes are in use outside of Python's own pools."""
    try:
        libc = ctypes.CDLL(None)
        ask = libc.mallinfo2
    except (OSError, AttributeError, TypeError):
        return resident
    ask.restype = MallInfo

    def count() -> int:
        info = ask()
        return int(info.uordblks + info.hblkhd)

    return count


def resident() -> int:
    """Memory of the process, where nothing finer can be had."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * 4096
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

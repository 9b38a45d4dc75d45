"""Repeats calls of every item, good ones and bad ones, and counts what stays."""

from __future__ import annotations

import array
import faulthandler
import gc
import importlib
import json
import os
import sys
import time
import warnings
from types import CodeType
from typing import Any

from . import prelude
from .counts import Counts, native_bytes
from .dice import Dice
from .model import Item, Model
from .steps import Steps
from .values import makers
from .worker import limit_memory, quiet_streams

GOOD, BAD = 4, 6
WINDOWS = 3
# Calls before anything is counted, and seconds that a window may take.
WARM, LONG = 20, 0.4


class Leaks:
    """Calls and counts."""

    def __init__(self, model: Model, rounds: int) -> None:
        self.model, self.rounds = model, rounds
        self.makers = makers(model)
        self.thing = prelude.Thing()
        self.names: dict[str, Any] = {**vars(prelude), "THING": self.thing}
        for name in model.imports():
            importlib.import_module(name)
            top = name.partition(".")[0]
            self.names[top] = sys.modules[top]
        self.counts = Counts(model, self.thing)
        self.native = native_bytes()

    def item(self, item: Item, number: int) -> dict[str, Any]:
        """A row of the table."""
        rng = Dice(f"leaks/{item.key}")
        row: dict[str, Any] = {
            "item": item.key,
            "number": number,
            "good": 0,
            "bad": 0,
            "blocks": 0.0,
            "bytes": 0.0,
            "refs": 0.0,
        }
        seen: set[str] = set()
        for mood in ["good"] * GOOD * 4 + ["odd"] * BAD + ["bad"] * BAD:
            steps = Steps(self.model, rng, self.makers, threads=1)
            text = steps.write(item, mood)
            if text in seen or (row["good"] >= GOOD and mood == "good"):
                continue
            seen.add(text)
            code = compile(f"try:\n    {text}\nexcept BaseException:\n    failed()", "<call>", "exec")
            works = self.works(code)
            if (works and row["good"] >= GOOD) or (not works and row["bad"] >= BAD):
                continue
            row["good" if works else "bad"] += 1
            self.measure(code, text, row)
        return row

    def works(self, code: CodeType) -> bool:
        failures: list[int] = []
        self.run(code, 1, lambda: failures.append(1))
        return not failures

    def run(self, code: CodeType, rounds: int, failed: Any = lambda: None) -> None:
        names = {**self.names, "failed": failed}
        for _ in range(rounds):
            exec(code, names)
        names.clear()

    def measure(self, code: CodeType, text: str, row: dict[str, Any]) -> None:
        """Three windows: what grows in each of them stays. What seems to is looked at twice more, for longer each time:
        what the allocator keeps for later grows for a while, and then no more."""
        start = time.perf_counter()
        self.run(code, WARM)
        cost = (time.perf_counter() - start) / WARM
        # A call that takes long, as with a list of thousands, is not made as often.
        rounds = max(WARM, min(self.rounds, int(LONG / cost)))
        grown = self.windows(code, rounds)
        for _ in range(2):
            if any(grown):
                rounds *= 4
                grown = self.windows(code, rounds)
        for name, by in zip(("blocks", "bytes", "refs"), grown):
            if by > row[name]:
                row[name], row["call"] = by, text

    def windows(self, code: CodeType, rounds: int) -> tuple[float, float, float]:
        """Blocks, native bytes and references that each call leaves behind: the least of all windows."""
        counts, native = self.counts, self.native
        width = counts.width()
        seen = array.array("q", bytes(8 * (width + 1) * (WINDOWS + 1)))
        for window in range(WINDOWS + 1):
            if window:
                self.run(code, rounds)
            counts.clean()
            at = window * (width + 1)
            counts.into(seen, at)
            seen[at + width] = native()

        def least(column: int) -> float:
            values = seen[column :: width + 1]
            by = min(b - a for a, b in zip(values, values[1:])) / rounds
            return by if by > 0 else 0.0

        def most_lost(column: int) -> float:
            values = seen[column :: width + 1]
            by = min(a - b for a, b in zip(values, values[1:])) / rounds
            return by if by > 0 else 0.0

        blocks, leaked = least(0), least(width)
        refs = max(max(least(i), most_lost(i)) for i in range(1, width))
        # A call that leaves something leaves it each time, or nearly so; what is less is the noise of caches.
        return (blocks if blocks > 0.2 else 0.0, leaked if leaked >= 4.0 else 0.0, refs if refs > 0.2 else 0.0)


def run(model_file: str, first: int, rounds: int, memory: float, item: str | None = None) -> None:
    """Measure all items from a number on, or those whose name contains a text."""
    out = quiet_streams()
    faulthandler.enable()
    limit_memory(memory)
    warnings.simplefilter("ignore")
    model = Model.load(model_file)
    leaks = Leaks(model, rounds)
    gc.collect()
    gc.freeze()

    def tell(what: dict[str, Any]) -> None:
        os.write(out, (json.dumps(what) + "\n").encode())

    tell({"items": [one.key for one in model.items]})
    for number, one in enumerate(model.items):
        if number >= first and (item is None or item in one.key):
            tell({"at": number})
            tell(leaks.item(one, number))
    tell({"end": True})

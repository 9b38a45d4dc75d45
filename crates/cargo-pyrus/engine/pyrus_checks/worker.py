"""Runs programs of random calls, and tells the process that started it what happened, as lines of JSON."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import json
import os
import sys
import time
import warnings
from types import CodeType
from typing import Any, Callable

from . import prelude
from .counts import Counts
from .dice import Dice
from .model import Item, Model
from .steps import Steps
from .values import makers

STEPS = 60
# Programs whose text is kept for the case that the process dies: what breaks memory may show later.
REMEMBERED = 100


class Found(Exception):
    """A step did what no step may do."""


class Journal:
    """The text of what runs, in a file that outlives this process."""

    def __init__(self, path: str) -> None:
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        self.programs = 0

    def begin(self, number: int) -> None:
        self.programs += 1
        if self.programs % REMEMBERED == 0:
            os.ftruncate(self.file, 0)
            os.lseek(self.file, 0, os.SEEK_SET)
        os.write(self.file, f"#{number}\n".encode())

    def write(self, line: str, item: Item | None) -> None:
        os.write(self.file, f"{item.key if item else '-'}\t{line}\n".encode("utf-8", "surrogatepass"))


class Worker:
    """Runs programs, one after the other."""

    def __init__(
        self, model: Model, seed: str, threads: int, repeat: int, journal: str, tell: Callable[[dict[str, Any]], None]
    ) -> None:
        self.model, self.seed, self.threads, self.tell = model, seed, threads, tell
        # A program is repeated, and counted what it keeps, once in so many.
        self.repeat = repeat
        self.makers = makers(model)
        self.journal = Journal(journal)
        self.thing = prelude.Thing()
        self.names = {**vars(prelude), "THING": self.thing}
        for name in model.imports():
            module = importlib.import_module(name)
            top = name.partition(".")[0]
            self.names[top] = sys.modules.get(top, module)
        self.counts = Counts(model, self.thing)
        self.calls = 0
        self.panics: dict[str, str] = {}
        sys.unraisablehook = self.unraisable
        self.ignored: BaseException | None = None

    def unraisable(self, args: Any) -> None:
        if isinstance(args.exc_value, SystemError):
            self.ignored = args.exc_value

    def program(self, number: int) -> None:
        """Write and run a program; tell what it found."""
        steps = Steps(self.model, Dice(f"{self.seed}/{number}"), self.makers, self.threads)
        self.journal.begin(number)
        before = self.counts.of_thing()
        names = dict(self.names)
        lines: list[str] = []
        try:
            for _ in range(STEPS):
                line, item = steps.next()
                self.journal.write(line, item)
                lines.append(line)
                self.calls += 1
                self.step(compile(line, "<step>", "exec"), line, item, names)
                if line[0] == "v" and "=" in line:
                    steps.learn(line, names.get(line.partition(" ")[0]))
        except Found as found:
            key = item.key if item else "-"
            self.tell({"found": found.args[0], "what": found.args[1], "item": key, "lines": lines, "program": number})
        del steps
        names.clear()
        self.counts.clean()
        if self.counts.of_thing() != before or number % self.repeat == 0:
            self.count(lines, number)

    def step(self, code: CodeType, line: str, item: Item | None, names: dict[str, Any]) -> None:
        try:
            exec(code, names)
            # An exception that is set although there was a result comes out of the next call that can tell.
            PROBE[-1]
        except SystemError as error:
            raise Found("SystemError", str(error)) from None
        except BaseException as error:
            if item is not None:
                item.raised += 1
            if error.args and isinstance(error, RuntimeError):
                self.look_for_panic(error, line)
        else:
            if item is not None:
                item.ok += 1
        if self.ignored is not None:
            ignored, self.ignored = self.ignored, None
            raise Found("SystemError", f"ignored: {ignored}")

    def look_for_panic(self, error: BaseException, line: str) -> None:
        text = str(error.args[0])
        if "panic" in text and len(self.panics) < 50:
            place = text.rpartition(" at ")[2]
            if place not in self.panics:
                self.panics[place] = text
                self.tell({"panic": text[:300], "line": line[:300]})

    def count(self, lines: list[str], number: int) -> None:
        """Repeat a program, and see whether something is kept each time."""
        code = compile("\n".join(f"try:\n {line}\nexcept BaseException: pass" for line in lines), "<program>", "exec")

        def run() -> None:
            names = dict(self.names)
            exec(code, names)
            names.clear()

        kept = self.counts.kept(run)
        if kept is not None:
            what, count = kept
            self.tell({"found": "kept", "what": what, "count": count, "item": "-", "lines": lines, "program": number})


PROBE = [0]


def limit_memory(gigabytes: float) -> None:
    """More memory than that is an error, and not the machine's end. 0: no limit."""
    if not gigabytes:
        return
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * 2**30), hard))


def quiet_streams() -> int:
    """Programs print into nothing; what this process has to say goes elsewhere."""
    out = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return out


def run(
    model_file: str,
    seed: str,
    first: int,
    last: int,
    calls: int,
    threads: int,
    repeat: int,
    journal: str,
    memory: float,
) -> None:
    """Run programs from `first` until there were enough calls, or programs."""
    out = quiet_streams()
    faulthandler.enable()
    limit_memory(memory)
    warnings.simplefilter("ignore")
    prelude.THREADS = max(threads, 1)

    def tell(what: dict[str, Any]) -> None:
        os.write(out, (json.dumps(what) + "\n").encode())

    model = Model.load(model_file)
    worker = Worker(model, seed, threads, repeat, journal, tell)
    items = model.items
    told = [(0, 0)] * len(items)
    gc.collect()
    gc.freeze()
    tell({"items": [item.key for item in items], "imports": model.imports()})
    due = time.monotonic()
    number = first
    while number < last and worker.calls < calls:
        worker.program(number)
        number += 1
        if time.monotonic() >= due or worker.calls >= calls:
            due = time.monotonic() + 0.2
            tell({"calls": worker.calls, "next": number, "cover": fresh(items, told)})
    tell({"calls": worker.calls, "next": number, "cover": fresh(items, told), "end": True})
    os._exit(0) if threads > 1 else None


def fresh(items: list[Item], told: list[tuple[int, int]]) -> dict[str, list[int]]:
    """How often items succeeded and raised since this was asked the last time."""
    new = {}
    for i, item in enumerate(items):
        if (item.ok, item.raised) != told[i]:
            new[item.key] = [item.ok - told[i][0], item.raised - told[i][1]]
            told[i] = (item.ok, item.raised)
    return new

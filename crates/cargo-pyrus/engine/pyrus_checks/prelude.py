"""What the text of programs uses: hostile objects, and shapes of calls. Scripts take from here what they need."""

from __future__ import annotations

import array
import collections  # noqa: F401
import copy  # noqa: F401
import decimal  # noqa: F401
import gc
import itertools
import pathlib  # noqa: F401
import pickle
import sys
import threading
import warnings
import weakref  # noqa: F401
from collections.abc import Iterator
from typing import Any, Callable

THREADS = 4


class Thing:
    """An object of no special kind."""


class OddInt(int):
    """An `int` whose own methods lie."""

    def __index__(self) -> int:
        raise ZeroDivisionError

    __int__ = __float__ = __bool__ = __hash__ = __index__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


class OddStr(str):
    """A `str` whose own methods lie."""

    def __str__(self) -> str:
        raise ZeroDivisionError

    __repr__ = __hash__ = __len__ = __iter__ = __str__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


class OddList(list):  # type: ignore[type-arg]
    """A `list` whose own methods lie."""

    def __iter__(self) -> Iterator[Any]:
        raise ZeroDivisionError

    def __len__(self) -> int:
        return 1 << 40

    def __getitem__(self, index: object) -> Any:
        raise ZeroDivisionError


class OddDict(dict):  # type: ignore[type-arg]
    """A `dict` whose own methods lie."""

    def keys(self) -> Any:
        return [None]

    items = values = __iter__ = keys

    def __len__(self) -> int:
        return 1 << 40


class Hook:
    """Takes the place of a number, a text, a path, a truth value or a key, and runs something while it is asked."""

    def __init__(self, run: Callable[[], object], value: Any) -> None:
        self.run, self.value = run, value

    def __index__(self) -> int:
        self.run()
        return self.value  # type: ignore[no-any-return]

    __float__ = __bool__ = __fspath__ = __len__ = __str__ = __int__ = __index__  # type: ignore[assignment]

    def __hash__(self) -> int:
        self.run()
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        self.run()
        return bool(self.value == other)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.run()
        return self.value


def hooked(run: Callable[[], object], items: Any) -> Iterator[Any]:
    """An iterator that runs something before every item and at the end."""
    for item in items:
        run()
        yield item
    run()


class Endless:
    """An iterator that ends with an error, late."""

    def __init__(self, item: object) -> None:
        self.item, self.left = item, 20

    def __iter__(self) -> Endless:
        return self

    def __next__(self) -> object:
        self.left -= 1
        if self.left < 0:
            raise ZeroDivisionError
        return self.item

    def __length_hint__(self) -> int:
        return 1 << 50


def after(run: Callable[[], object], result: object) -> Callable[..., Any]:
    """A function that runs something and gives a result."""

    def call(*_args: object, **_keywords: object) -> object:
        run()
        return result

    return call


def again(call: Callable[[Any], object]) -> Callable[..., Any]:
    """A function that does the call it was given to, again, some levels deep."""
    left = [30]

    def callback(*_args: object) -> object:
        left[0] -= 1
        return call(callback) if left[0] > 0 else None

    return callback


class Trying:
    """Passes over what the lines in its `with` raise; but not over a `SystemError`, which no call may raise."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, *_rest: object) -> bool:
        return kind is not None and not issubclass(kind, SystemError)


trying = Trying()


def forget() -> None:
    """Let everything go that only hangs in cycles, or in the cache of attributes, where most places hold `None`."""
    gc.collect()
    clear = getattr(sys, "_clear_internal_caches", None) or getattr(sys, "_clear_type_cache", None)
    if clear is not None:
        clear()


def keeps(run: Callable[[], None], count: Callable[[], int]) -> None:
    """Fails if a count changes in the same direction each time that something is run."""
    seen = array.array("q", [0] * 9)
    for i in range(3 - len(seen), len(seen)):
        run()
        forget()
        seen[max(i, 0)] = count()
    changes = [new - old for old, new in zip(seen, seen[1:])]
    if min(changes) > 0 or max(changes) < 0:
        sys.exit(f"changes each time: {changes}")


def echo(*args: Any) -> Any:
    """The last argument."""
    return args[-1] if args else None


def fail(*_args: object, **_keywords: object) -> Any:
    """Raises."""
    raise KeyError("asked for")


def stop(*_args: object) -> Any:
    """Raises what is no `Exception`."""
    raise KeyboardInterrupt


def quiet(run: Callable[[], object]) -> object:
    """What a call gives, or its exception."""
    try:
        return run()
    except BaseException as error:
        if isinstance(error, SystemError):
            raise
        return error.__class__


def grown(items: list[Any], size: int) -> list[Any]:
    """A list that is changed, within bounds: threads do it again and again."""
    items[:] = (items * size)[:999]
    return items


def take(items: Any, most: int = 50) -> list[Any]:
    """The first items."""
    return list(itertools.islice(items, most))


def held(manager: Any, run: Callable[[], object]) -> object:
    """A call inside a `with`."""
    with manager:
        return run()


def strict(run: Callable[[], object]) -> object:
    """A call where warnings are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return run()


def collecting(run: Callable[[], object]) -> object:
    """A call during which the garbage collector runs as often as it can."""
    old = gc.get_threshold()
    gc.set_threshold(1)
    try:
        return run()
    finally:
        gc.set_threshold(*old)


def pickled(value: object, protocol: int) -> Any:
    """There and back."""
    return pickle.loads(pickle.dumps(value, protocol))


def blank(kind: type) -> Any:
    """An object that was never initialised, if there is a way to get one."""
    make: Any = kind.__new__
    return make(kind)


def child(kind: type) -> type:
    """A Python subclass."""
    return type(kind)("Child", (kind,), {"extra": 1})


def threads(*runs: Callable[[], object]) -> None:
    """All calls at the same time, each several times."""
    problems: list[BaseException] = []

    def repeat(run: Callable[[], object]) -> None:
        for _ in range(10):
            try:
                run()
            except SystemError as error:
                problems.append(error)
                return
            except BaseException:
                pass

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    workers = [
        threading.Thread(target=repeat, args=(run,), daemon=True) for run in runs for _ in range(THREADS // len(runs))
    ]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        sys.setswitchinterval(interval)
    for problem in problems:
        raise problem

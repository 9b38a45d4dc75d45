"""What several tests need."""

import gc
import os
import subprocess
import sys
import sysconfig
import textwrap

# Threads run at once.
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))

# Fewer where the extensions are built without optimisation.
ROUNDS = int(os.environ.get("PYRUS_ROUNDS", 10_000))


def flat(run, rounds=ROUNDS):
    """Assert that calling `run` again and again keeps the number of live blocks.

    What leaks grows by one block a round at least, every time it is measured; CPython's own caches grow by less, and not for
    ever, and what threads of pytest's plugins allocate comes and goes.
    """
    for _ in range(50):
        run()
    for _ in range(3):
        gc.collect()
        before = sys.getallocatedblocks()
        for _ in range(rounds):
            run()
        gc.collect()
        grown = sys.getallocatedblocks() - before
        if grown < rounds // 4:
            return
    raise AssertionError(f"{grown} blocks more after {rounds} rounds")


def kept(run, *objects, rounds=1000):
    """Assert that calling `run` changes no reference count."""
    run()
    gc.collect()
    before = [sys.getrefcount(one) for one in objects]
    for _ in range(rounds):
        run()
    gc.collect()
    after = [sys.getrefcount(one) for one in objects]
    assert after == before


def fails(run, error, *words):
    """Assert that `run` raises exactly `error`, with every word in its message. Returns the exception."""
    try:
        result = run()
    except BaseException as caught:
        assert type(caught) is error, f"{type(caught).__name__}: {caught}"
        for word in words:
            assert word in str(caught), f"{word!r} is not in {str(caught)!r}"
        return caught
    raise AssertionError(f"{error.__name__} was not raised; the result is {result!r}")


def python(code, *args, timeout=60):
    """Run a program in a new process: it must end well and in silence. Returns what it printed."""
    program = textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, *args, "-c", program],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


NOISE = 100


def fresh(text):
    """An equal string that is no literal, hence not interned."""
    return "".join(list(text))


def watched():
    """What a careless call would give away or keep: singletons, small numbers, modules, every class of the extensions."""
    import samples
    import visitor

    modules = [one for name, one in sys.modules.items() if name.split(".")[0] in ("zoo", "visitor")]
    values = [getattr(module, name) for module in modules for name in dir(module)]
    classes = {value for value in values if isinstance(value, type)}
    singles = [None, True, False, NotImplemented, ..., (), "", b"", 0, 1, 2, "a", samples.THING, samples.POINT, samples.PARK]
    return [*singles, *samples.CAGES, visitor, *modules, *classes, TypeError, ValueError, OverflowError]


def steady(run, *more, rounds=ROUNDS):
    """Assert that calling `run` again and again keeps the live blocks and the reference counts of what it could touch.

    `more` is what only the caller knows of.

    CPython's caches may take a few dozen blocks more, however many rounds there are. Threads of pytest's plugins allocate
    too: what leaks grows every time it is measured, what they do does not.
    """
    objects = [*watched(), *more]
    gc.freeze()  # What is there already needs no look at each collection.
    for _ in range(400):
        run()
    for _ in range(3):
        grown, wrong = growth(run, rounds, objects)
        if grown < NOISE and not wrong:
            break
    gc.unfreeze()
    assert grown < NOISE, f"{grown} blocks more after {rounds} rounds"
    assert not wrong, f"reference counts changed over {rounds} rounds: {wrong}"


def growth(run, rounds, objects):
    """How many live blocks `rounds` calls add, and the objects whose reference counts they change."""
    gc.collect()
    counts = [sys.getrefcount(one) for one in objects]
    blocks = sys.getallocatedblocks()
    for _ in range(rounds):
        run()
    gc.collect()
    grown = sys.getallocatedblocks() - blocks
    drift = [sys.getrefcount(one) - before for one, before in zip(objects, counts)]
    return grown, [(one, change) for one, change in zip(objects, drift) if abs(change) >= NOISE]

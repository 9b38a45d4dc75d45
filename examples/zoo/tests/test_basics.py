"""The common ground of the zoo: conversions, calls that must fail, records, enums, panics, leaks."""

from __future__ import annotations

import contextlib
import copy
import gc
import inspect
import pickle
import sys
from pathlib import Path

import pytest
from support import kept, python

sys.path.insert(0, str(Path(__file__).parents[1] / "python"))

zoo = pytest.importorskip("zoo", reason="build the zoo first: cargo xtask test builds it")
measures, visits, animals = zoo.measures, zoo.visits, zoo.animals

WIDTHS = {
    "i8": (-(2**7), 2**7 - 1),
    "i16": (-(2**15), 2**15 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "i64": (-(2**63), 2**63 - 1),
    "u8": (0, 2**8 - 1),
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
}


def public_functions():
    modules = [zoo, measures, visits, animals, zoo.cages]
    return [
        (name, getattr(module, name))
        for module in modules
        for name in module.__all__
        if inspect.isbuiltin(getattr(module, name))
    ]


@pytest.mark.parametrize("kind", WIDTHS)
def test_integers_keep_their_range(kind):
    echo = getattr(measures, f"echo_{kind}")
    for value in WIDTHS[kind]:
        assert echo(value) == value
    for value in (WIDTHS[kind][0] - 1, WIDTHS[kind][1] + 1):
        with pytest.raises((ValueError, OverflowError), match=rf"echo_{kind}\(\) argument '\w+': .*{kind}"):
            echo(value)
    for value in (1.0, "1", None, b"1"):
        with pytest.raises(TypeError, match=rf"echo_{kind}\(\) argument '\w+': expected int, got"):
            echo(value)


def test_integers_of_any_size():
    for value in (0, -1, 2**63, -(2**64), 2**127, -(2**127) - 1, 10**100, -(10**100)):
        assert measures.echo_int(value) == value


def test_text_is_kept_whole():
    for text in ("", "a\0b", "é😀", "x" * 10_000):
        assert measures.echo_str(text) == text
    with pytest.raises(UnicodeEncodeError):
        measures.echo_str("\ud800")
    with pytest.raises(TypeError, match=r"echo_str\(\) argument '\w+': expected str, got bytes"):
        measures.echo_str(b"x")
    assert measures.echo_bytes(b"a\0b") == b"a\0b"


@pytest.mark.parametrize(("name", "function"), public_functions())
def test_calls_that_cannot_fit(name, function):
    signature = inspect.signature(function)
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    if inspect.Parameter.VAR_POSITIONAL not in kinds:
        with pytest.raises(TypeError, match=rf"{name}\(\)"):
            function(*[object()] * 40)
    if inspect.Parameter.VAR_KEYWORD not in kinds:
        with pytest.raises(TypeError, match=rf"{name}\(\)"):
            function(**{"".join(["no_", "such"]): 1})


def test_bad_calls_do_not_leak():
    def bad():
        for function in (measures.echo_u8, measures.echo_str, measures.echo_list):
            try:
                function(object())
            except TypeError:
                pass
        try:
            measures.echo_u8(value=1, nothing=2)
        except TypeError:
            pass

    for _ in range(1000):
        bad()
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(10_000):
        bad()
    gc.collect()
    assert sys.getallocatedblocks() - before < 1000


def test_panics_become_exceptions():
    for function in (visits.panic, visits.panic_without_gil):
        needed = [
            "out of hay"
            for parameter in inspect.signature(function).parameters.values()
            if parameter.default is parameter.empty
        ]
        with pytest.raises(RuntimeError, match="panicked"):
            function(*needed)


def test_records_are_data():
    meal = zoo.Meal("hay", grams=3)
    for other in (copy.copy(meal), copy.deepcopy(meal), pickle.loads(pickle.dumps(meal))):
        assert other == meal
        assert other is not meal
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(meal, protocol)) == meal
    assert repr(meal) == "<3 g of hay>"
    assert repr(zoo.Point(1, 2)) == "Point(x=1.0, y=2.0)"
    assert zoo.Meal("hay", grams=4) != meal
    meal.grams = 4
    assert meal.grams == 4
    with pytest.raises(TypeError, match=r"Meal\.grams: expected int, got str"):
        meal.grams = "x"
    with pytest.raises(AttributeError):
        del meal.grams
    with pytest.raises(TypeError, match="missing required argument 'food'"):
        zoo.Meal()


def test_enums_are_pythons():
    assert zoo.Mood.__module__ == "zoo"
    assert zoo.mood.__module__ == "zoo"
    for member in zoo.Mood:
        assert pickle.loads(pickle.dumps(member)) is member


def test_failures_chain_and_carry_what_they_declare():
    with pytest.raises(Exception) as caught:
        visits.fail_builtin()
    assert not isinstance(caught.value, SystemError)
    with pytest.raises(zoo.ZooError) as caught:
        visits.chain()
    first, deepest = caught.value.__cause__, caught.value.__cause__.__cause__
    assert (type(first), type(deepest)) == (KeyError, ValueError) and deepest.__cause__ is None


def test_errors_keep_nothing_on_their_way():
    class Own(Exception):
        pass

    def raises(*args):
        raise Own

    def go(call, *args):
        with contextlib.suppress(Exception):
            call(*args)

    kept(lambda: go(visits.chain), zoo.ZooError, KeyError, ValueError)
    kept(lambda: go(visits.apply, raises, 1), Own, raises)


def test_objects_without_constructor_say_what_to_call():
    with pytest.raises(TypeError, match=r"use Herd\.walk\(\)"):
        animals.Walk()
    for attempt in (animals.Walk.__new__, object.__new__):
        with pytest.raises(TypeError):
            attempt(animals.Walk)


def test_methods_called_on_the_wrong_object():
    with pytest.raises(TypeError, match="must be called on a Herd|descriptor"):
        animals.Herd.walk(3)
    with pytest.raises(TypeError):
        animals.Herd.walk()


@pytest.mark.parametrize("before", ["enable", "disable"])
def test_an_import_leaves_the_collector_as_it_was(before):
    python(f"""
        import gc, sys
        sys.path[:] = {sys.path!r}
        gc.{before}()
        state = gc.isenabled()
        import zoo
        assert gc.isenabled() is state
    """)

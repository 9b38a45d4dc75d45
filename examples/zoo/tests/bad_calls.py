"""Calls that must fail, for everything that the stubs declare."""

import inspect
from dataclasses import dataclass
from typing import Callable

from calling import POSITIONAL, call
from samples import FAILING, OPTIONAL, THING, receiver

# What takes any object.
ANYTHING = {"object", "Any", "Never", "_T", "_A", "_B", "type[BaseException] | None", "BaseException | None", "TracebackType | None"}
# Parameters of type `truth` show as `bool`, and take anything.
TRUTHS = {"zoo.measures.truths"}
# Parameters with texts of their own for values of another type, also for text without UTF-8 form.
REFUSED = {("zoo.invite", "guests"): "guests must be a list of names", ("zoo.invite", "host"): "host must be a name"}
TEXTS = {"str", "str | None", "MaybeName"}
# Protocols that ask the other operand when this one cannot answer.
POLITE = {"eq", "ne", "lt", "le", "gt", "ge", "contains"} | {
    f"{side}{name}"
    for side in ("", "r", "i")
    for name in "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor".split()
}


@dataclass
class Bad:
    label: str
    run: Callable
    errors: tuple
    words: tuple = ()
    may_answer: bool = False  # instead of raising


def is_protocol(item):
    return item.name.startswith("__") and item.kind == "method"


def of_arguments(item):
    """A wrong value for each parameter."""
    polite = item.name.strip("_") in POLITE and is_protocol(item)
    for parameter in item.parameters:
        kind, name = parameter.annotation, parameter.name
        name_shown = name
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            name_shown = "extra_option"
        place = (item.shown,) if item.kind == "set" else (item.shown, f"{name_shown}'")
        if item.key not in TRUTHS and kind not in ANYTHING and "_T" not in kind.split("["):
            words = () if polite else (*place, "expected", "got Thing")
            words = (REFUSED[item.key, name],) if (item.key, name) in REFUSED else words
            yield Bad(f"{name}: wrong type", call(item, {name: lambda: THING}), (TypeError,), words, polite)
        if kind in TEXTS:
            wrong = call(item, {name: lambda: "\ud800"})
            if (item.key, name) in REFUSED:
                yield Bad(f"{name}: surrogate", wrong, (TypeError,), (REFUSED[item.key, name],))
            else:
                yield Bad(f"{name}: surrogate", wrong, (UnicodeEncodeError,), ("surrogate",))
        if "Path" in kind:
            wrong = call(item, {name: lambda: "a\0"})
            yield Bad(f"{name}: NUL", wrong, (ValueError,), (*place, "NUL"))
        if kind in ("int", "CageId"):
            wrong = call(item, {name: lambda: 2**200})
            yield Bad(f"{name}: out of range", wrong, (OverflowError,), place, True)
        if parameter.required and item.kind != "set" and not is_protocol(item):
            words = (item.shown, "missing" if len(item.parameters) > 1 else "argument")
            yield Bad(f"{name}: missing", call(item, {name: None}), (TypeError,), words)


def of_calls(item):
    """Too many arguments, and unexpected ones."""
    kinds = {parameter.kind for parameter in item.parameters}
    # CPython itself refuses arguments where there are no parameters; it names static functions without their class.
    shown = item.shown if item.parameters or item.kind != "static" else f"{item.name}()"
    words = () if is_protocol(item) else (shown,)
    if inspect.Parameter.VAR_KEYWORD not in kinds:
        yield Bad("unexpected keyword", call(item, more_kwargs={"no_such": 1}), (TypeError,), words)
    if inspect.Parameter.VAR_POSITIONAL not in kinds:
        filler = [THING] * 5
        yield Bad("too many", call(item, {}, filler), (TypeError,), words)
    twice = [p.name for p in item.parameters if p.kind is POSITIONAL[1]]
    if twice and not is_protocol(item):
        words = (item.shown, twice[0] if len(item.parameters) > 1 else "argument")
        yield Bad("given twice", call(item, more_kwargs={twice[0]: 1}), (TypeError,), words)


def of_attributes(item):
    """Reading and assigning what must not be."""

    def delete():
        delattr(receiver(item), item.name)

    def elsewhere():
        vars(type(receiver(item)))[item.name].__get__(THING)

    if item.key.rstrip("=") not in OPTIONAL:
        yield Bad("delete", delete, (AttributeError, TypeError))
    yield Bad("of another object", elsewhere, (TypeError,))


def of_receiver(item):
    def elsewhere():
        vars(type(receiver(item)))[item.name](THING)

    yield Bad("on another object", elsewhere, (TypeError,), () if is_protocol(item) else (item.owner,))


def bad_calls(item):
    """Every way to call it that must fail."""
    if item.key in FAILING:
        changes, errors = FAILING[item.key]
        yield Bad("declared error", call(item, changes), errors if isinstance(errors, tuple) else (errors,))
    yield from of_arguments(item)
    if item.kind in ("get", "set"):
        yield from of_attributes(item)
    elif not item.overloaded:
        yield from of_calls(item)
    if item.kind == "method":
        yield from of_receiver(item)

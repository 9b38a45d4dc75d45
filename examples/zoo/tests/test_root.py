"""The root module: constants, enums, unions, aliases, namespaces, conditions."""

import enum
import inspect
import pickle
import sys
import typing

import pytest
from support import fails, flat

import zoo
from zoo import Access, Diet, Mood, Perks, Season, Size


def test_constants():
    assert (zoo.OPEN, zoo.COLDEST, zoo.DEPTH, zoo.BALANCE) == (True, -40, -300, -70000)
    assert (zoo.EPOCH, zoo.STARS) == (-(2**63), 2**64 - 1)
    assert (zoo.GATES, zoo.TREES, zoo.VISITORS) == (255, 65535, 4_000_000_000)
    assert (zoo.RATIO, zoo.DENSITY) == (2.0, 0.25)
    assert type(zoo.RATIO) is float
    assert zoo.OPEN is True
    assert zoo.MOTTO == "All animals are equal."
    assert zoo.FAVOURITE is Diet.LEAVES
    assert zoo.VERSION == "0.1.0"
    assert zoo.MAGIC == b"ZOO\0\xff"
    assert zoo.FOUNDED == 1844
    assert zoo.LOUD is True


def test_conditions():
    assert zoo.LAMPS == 3
    assert zoo.by_night() == zoo.Guard(lamp=zoo.Lamp.ON)
    assert zoo.animals.Owl().hoot() == "hoo"
    assert zoo.animals.Animal("x").by_night() is False
    assert zoo.Calendar.bright() is False
    assert issubclass(zoo.LampError, ValueError)
    for gone in ("MOONS", "Moon", "Sleeper", "MoonError", "Stars", "by_moon"):
        assert not hasattr(zoo, gone)
    assert not hasattr(zoo.animals, "Bat")
    assert not hasattr(zoo.animals.Animal, "by_moon")
    assert not hasattr(zoo.Calendar, "dark")
    windows = sys.platform == "win32"
    for name in ("DRIVE", "Drive", "Registry", "DriveError", "only_there"):
        assert hasattr(zoo, name) == windows
    for name in ("POSIX", "Tides", "only_here"):
        assert hasattr(zoo, name) != windows
    assert hasattr(zoo.animals, "Penguin") == windows
    assert hasattr(zoo.animals.Animal, "on_windows") == windows


def test_all():
    for module in (zoo, zoo.animals, zoo.cages, zoo.cages.plans, zoo.cages.plans.drafts, zoo.measures, zoo.visits):
        assert module.__all__
        for name in module.__all__:
            assert hasattr(module, name), f"{module.__name__}.{name}"
        public = {name for name in dir(module) if not name.startswith("_")}
        assert public == set(module.__all__)
        assert sys.modules[module.__name__] is module


def test_modules():
    assert zoo.__name__ == "zoo"
    assert zoo.__doc__.startswith("A small zoo.\n\nEvery feature")
    assert zoo.cages.plans.drafts.__name__ == "zoo.cages.plans.drafts"
    assert zoo.cages.__doc__ == "Cages, seen through the zoo that owns them."
    assert zoo.cages.plans.Plan.__module__ == "zoo.cages"
    assert zoo.animals.Animal.__module__ == "zoo.animals"
    import zoo.cages.plans as plans

    assert plans.draw.__module__ == "zoo.cages"
    assert zoo.greet.__module__ == "zoo"


def test_enums():
    strings = getattr(enum, "StrEnum", enum.Enum)
    assert issubclass(Diet, strings) and issubclass(Diet, str)
    assert issubclass(Size, enum.IntEnum) and issubclass(Access, enum.IntFlag)
    assert [m.name for m in Diet] == ["LEAVES", "MEAT", "ANY_THING"]
    assert [m.value for m in Diet] == ["leaves", "meat", "any"]
    assert str(Diet.MEAT) == "meat" and f"{Diet.MEAT}" == "meat"
    assert [m.value for m in Size] == [1, 2, -1]
    assert Diet.__doc__.startswith("What an animal eats.")
    assert (Diet.__module__, Diet.__qualname__) == ("zoo", "Diet")
    for member in (*Diet, *Size, *Mood, *Season, Access.ALL, Perks.POOL):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(member, protocol)) is member


def test_enums_as_arguments():
    assert zoo.grow(Size.TINY) is Size.SMALL
    assert zoo.grow(1) is Size.LARGE
    assert zoo.mood(Mood.CALM) == (Mood.CALM, Season.WET)
    assert zoo.mood("angry", 10) == (Mood.VERY_ANGRY, Season.DRY)
    assert zoo.enter(Access.FEED) == Access.FEED | Access.LOOK
    assert type(zoo.enter(2)) is Access
    assert zoo.enter(Access.CLEAN | Access.FEED) == Access.CLEAN | Access.FEED
    assert zoo.enter(0) is Access.LOOK
    assert zoo.enter(Access.NONE) is Access.LOOK
    assert zoo.perks(Perks.POOL | Perks.SHADE) == 3
    fails(lambda: zoo.grow(3), ValueError, "grow()", "'size'", "3", "Size", "1, 2, -1")
    fails(lambda: zoo.grow(True), TypeError, "grow()", "'size'", "Size", "got bool")
    fails(lambda: zoo.grow("1"), TypeError, "grow()", "Size", "got str")
    fails(lambda: zoo.grow(Mood.CALM), TypeError, "grow()", "got Mood")
    fails(lambda: zoo.grow(2**80), ValueError, "grow()", "'size'")
    fails(lambda: zoo.mood("happy"), ValueError, "mood()", "happy", "calm")
    fails(lambda: zoo.enter(8), ValueError, "enter()", "8", "Access")
    fails(lambda: zoo.enter(-1), ValueError, "enter()")
    fails(lambda: zoo.enter(2**70), ValueError, "enter()")
    fails(lambda: zoo.perks(4), ValueError, "perks()")


def test_named_unions():
    assert [zoo.label(one) for one in (1, 2.5, "x", True)] == [1, 2.5, "x!", True]
    assert [type(zoo.label(one)) for one in (1, 2.5, "x", True)] == [int, float, str, bool]
    assert zoo.label(2**200) == 2**200
    assert zoo.width(5) == "u8 5"
    assert zoo.width(-5) == "i32 -5"
    assert zoo.width(256) == "i32 256"
    assert zoo.width(2**40) == "u64 1099511627776"
    fails(lambda: zoo.width(-(2**40)), ValueError, "width()", "'value'")
    fails(lambda: zoo.width(2**64), OverflowError, "width()", "'value'")
    fails(lambda: zoo.width(1.5), TypeError, "width()", "expected int", "got float")
    fails(lambda: zoo.label(b"x"), TypeError, "label()", "'value'", "expected int | float | str | bool", "got bytes")
    assert zoo.remark("a\nb") == ["a", "b"]
    assert zoo.remark(["a", "b"]) == "a\nb"
    assert zoo.remark(4) == 5
    fails(lambda: zoo.remark(2**63), OverflowError, "remark()", "i64")
    fails(lambda: zoo.remark([1]), TypeError, "remark()", "got int")
    fails(lambda: zoo.remark(None), TypeError, "remark()", "got NoneType")
    for one in (1, "x", 2.5, True):
        flat(lambda one=one: zoo.label(one))
    flat(lambda: zoo.remark(["a", "b"]))
    flat(lambda: zoo.remark("a\nb"))


def test_aliases():
    assert zoo.Weight is float
    assert zoo.CageId is int
    assert typing.get_origin(zoo.Names) in (list, typing.List)
    assert typing.get_args(zoo.Label) == (int, float, str, bool)
    assert typing.get_args(zoo.MaybeName) == (str, type(None))
    assert typing.get_args(zoo.Position) == (float, float)
    assert zoo.place((1, 2.5)) == ((1.0, 2.5), None)
    assert zoo.place(at=(1, 2), name="x") == ((1.0, 2.0), "x")
    fails(lambda: zoo.place((1, 2, 3)), ValueError, "place()", "'at'", "2 items", "3")
    fails(lambda: zoo.place([1, 2]), TypeError, "place()", "'at'", "got list")
    fails(lambda: zoo.place((1, "x")), TypeError, "place()", "'at'", "[1]", "expected float", "got str")


def test_callback_through_an_alias():
    assert zoo.greet_all(1, ["a", "b"], lambda whom, name: f"{whom}{name}") == ["1a", "1b"]
    with pytest.raises(ZeroDivisionError):
        zoo.greet_all(0, ["a"], lambda whom, name: 1 / whom)
    fails(lambda: zoo.greet_all(1, ["a"], None), TypeError, "greet_all()", "'greeter'", "got NoneType")
    fails(lambda: zoo.greet_all(1, ["a"], lambda a, b: 1), TypeError, "greet_all()", "expected str", "got int")


def test_refusals_in_words_of_their_own():
    assert zoo.invite(["a", "b"], host="c") == 3 and zoo.invite([]) == 0

    def says(text, *arguments):
        with pytest.raises(TypeError) as caught:
            zoo.invite(*arguments)
        assert str(caught.value) == text

    says("guests must be a list of names", ("a",))
    says("each guest must be a name", ["a", 1])
    says("each guest must be a name", ["\ud800"])
    says("host must be a name", [], 1)
    says("host must be a name", [], "\ud800")


def test_namespaces():
    assert zoo.Calendar.days(Season.DRY) == 182
    assert zoo.Calendar.days(10, leap=True) == 183
    assert zoo.Calendar.next(Season.DRY) is Season.WET
    assert zoo.Calendar.WEEK == 7
    assert zoo.Calendar.FIRST is Season.DRY
    assert zoo.Tides.high(13) is True
    assert zoo.Calendar.__doc__ == "Days at the zoo."
    assert isinstance(inspect.getattr_static(zoo.Calendar, "days"), staticmethod) or callable(zoo.Calendar.days)
    fails(lambda: zoo.Calendar.days(30), ValueError, "Calendar.days()", "'season'")
    fails(lambda: zoo.Calendar.days(), TypeError, "Calendar.days()", "missing", "'season'")
    fails(lambda: zoo.Tides.high(256), ValueError, "Tides.high()", "'hour'", "u8")
    flat(lambda: zoo.Calendar.days(Season.DRY, leap=True))
    flat(lambda: zoo.enter(6))

"""Records: data with a constructor, equality, copies and pickles."""

import copy
import gc
import pickle
import weakref

import pytest
from support import fails, flat, kept

import zoo
from zoo import Access, Diet, Meal, Mood, Point, Profile
from zoo.cages import Stop
from zoo.cages.plans import Plan, draw


def profile(**changes):
    fields = {"name": "Leo", "home": Point(1, 2), "nicknames": {"a"}, "box": (1.5, -2, "b"), "photo": b"\0\xff"}
    return Profile(**{**fields, **changes})


FULL = {
    "born": Point(3),
    "weights": [1.0, 2.5],
    "tags": (1, 2, 3),
    "notes": {"a": 1, "b": "x", "c": 2.5, "d": True},
    "meals": [Meal("hay"), Meal("meat", 5, Diet.MEAT)],
    "diet": Diet.MEAT,
    "access": Access.ALL,
    "mood": Mood.VERY_ANGRY,
    "remark": ["l", "m"],
    "either": "x",
    "file": "a/b",
    "chip": 2**100,
    "tame": True,
    "small": None,
    "extra": {"k": [1]},
    "anything": [1, "x", None],
}


def test_fields_and_defaults():
    p = profile()
    assert (p.name, p.home, p.born, p.weights, p.nicknames) == ("Leo", Point(1, 2), None, [], {"a"})
    assert (p.box, p.tags, p.notes, p.meals, p.diet) == ((1.5, -2, "b"), (), {}, [], Diet.LEAVES)
    assert (p.access, p.mood, p.remark, p.either, p.photo) == (Access.NONE, Mood.CALM, "none", 0, b"\0\xff")
    assert (str(p.file), p.chip, p.tame, p.small, p.extra, p.anything) == ("animal.txt", 0, False, 0.5, None, [])
    full = profile(**FULL)
    assert full.meals == [Meal("hay"), Meal("meat", 5, Diet.MEAT)]
    assert full.notes == FULL["notes"] and list(full.notes) == list("abcd")
    assert full.extra is FULL["extra"]
    assert full.anything[0] is FULL["anything"][0]
    assert (full.chip, full.remark, full.small) == (2**100, ["l", "m"], None)
    assert Profile.__field_names__()[:3] == ("name", "home", "born")
    assert len(Profile.__field_names__()) == 21
    assert Profile.__match_args__ == ()
    assert Point.__match_args__ == ("x", "y")
    assert Meal.__match_args__ == ("food", "grams", "diet")


def test_constructor_kinds():
    assert Point(1) == Point(1.0, 0.0)
    fails(lambda: Point(x=1), TypeError, "Point()")
    fails(lambda: Point(), TypeError, "Point()", "missing", "'x'")
    fails(lambda: Point(1, 2, 3), TypeError, "Point()", "at most 2", "3 given")
    assert Meal("a", diet="meat") == Meal(food="a", grams=100, diet=Diet.MEAT)
    fails(lambda: Profile("Leo"), TypeError, "Profile()", "keyword arguments only")
    fails(lambda: Profile(name="Leo"), TypeError, "Profile()", "missing", "'home'", "'photo'")
    fails(lambda: profile(colour=1), TypeError, "Profile()", "unexpected", "'colour'")
    fails(lambda: Meal("a", food="b"), TypeError, "Meal()", "multiple values", "'food'")
    assert Point.__new__(Point, 1, 2) == Point(1, 2)
    assert Meal.__new__(Meal, **{"food": "x"}) == Meal("x")


BAD_FIELDS = [
    ("name", 1, TypeError, "expected str", "got int"),
    ("home", (1, 2), TypeError, "expected Point", "got tuple"),
    ("home", None, TypeError, "expected Point", "got NoneType"),
    ("born", 1, TypeError, "expected Point | None", "got int"),
    ("weights", [1, "x"], TypeError, "[1]", "expected float", "got str"),
    ("weights", (1,), TypeError, "got tuple"),
    ("nicknames", {1}, TypeError, "expected str", "got int"),
    ("nicknames", ["a"], TypeError, "got list"),
    ("box", (1, 2), ValueError, "3 items", "2"),
    ("box", (1, 2**20, "x"), ValueError, "[1]", "i16"),
    ("tags", (1, 300), ValueError, "[1]", "300", "u8"),
    ("notes", {1: 1}, TypeError, "key", "expected str", "got int"),
    ("notes", {"a": None}, TypeError, "got NoneType"),
    ("meals", [Point(1)], TypeError, "[0]", "expected Meal", "got Point"),
    ("diet", "grass", ValueError, "grass"),
    ("access", 99, ValueError, "99"),
    ("remark", [1], TypeError, "got int"),
    ("either", 1.5, TypeError, "got float"),
    ("photo", "x", TypeError, "expected bytes", "got str"),
    ("file", 1, TypeError, "got int"),
    ("file", "a\0", ValueError, "NUL"),
    ("chip", "1", TypeError, "expected int", "got str"),
    ("tame", 1, TypeError, "expected bool", "got int"),
    ("small", 1e200, OverflowError, "f32"),
    ("anything", (), TypeError, "got tuple"),
    ("name", "\ud800", UnicodeEncodeError, "surrogate"),
]


@pytest.mark.parametrize("case", BAD_FIELDS, ids=[f"{c[0]}-{i}" for i, c in enumerate(BAD_FIELDS)])
def test_bad_fields(case):
    name, value, error, *words = case
    caught = fails(lambda: profile(**{name: value}), error, *words)
    p = profile()
    assigned = fails(lambda: setattr(p, name, value), error, *words)
    if error is not UnicodeEncodeError:
        assert f"Profile() argument '{name}'" in str(caught)
        assert f"Profile.{name}" in str(assigned)
    assert p == profile()

    def once():
        for run in (lambda: profile(**{name: value}), lambda: setattr(p, name, value)):
            try:
                run()
            except error:
                pass

    flat(once, 2000)


def test_assigning():
    p = profile()
    for name, value in FULL.items():
        setattr(p, name, value)
    assert p == profile(**FULL)
    p.home = Point(9)
    assert p.home.x == 9.0
    with pytest.raises((TypeError, AttributeError)):
        del p.name
    with pytest.raises(AttributeError):
        p.colour = 1
    with pytest.raises(AttributeError):
        p.colour
    with pytest.raises(AttributeError):
        Point(1).x = 2


def test_nested_values_are_copies():
    p = profile(**FULL)
    p.weights.append(9.0)
    assert p.weights == [1.0, 2.5]
    meal = p.meals[0]
    meal.grams = 7
    assert p.meals[0].grams == 100
    home = p.home
    assert home is not p.home and home == p.home
    p.notes["z"] = 1
    assert "z" not in p.notes


def test_equality_and_hash():
    assert profile(**FULL) == profile(**FULL)
    assert profile(**FULL) != profile()
    assert profile() != 3 and not profile() == None  # noqa: E711
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert hash(Point(1, 2)) == hash(Point(1.0, 2.0))
    assert {Point(1): "a"}[Point(1)] == "a"
    assert len({Point(1), Point(1), Point(2)}) == 2
    fails(lambda: hash(profile()), TypeError, "unhashable", "Profile")
    fails(lambda: hash(Meal("a")), TypeError, "unhashable", "Meal")
    assert Point(1).__eq__(1) is NotImplemented
    with pytest.raises(TypeError):
        Point(1) < Point(2)
    nan = float("nan")
    assert Point(nan) != Point(nan)

    class Odd:
        def __eq__(self, other):
            raise KeyError("odd")

        __hash__ = None

    with pytest.raises(KeyError, match="odd"):
        assert profile(extra=Odd()) == profile(extra=Odd())


def test_repr():
    assert repr(Point(1, -2.5)) == "Point(x=1.0, y=-2.5)"
    assert repr(Meal("hay", 5)) == "<5 g of hay>"
    assert "remark=['l', 'm']" in repr(profile(**FULL))
    assert repr(Plan(size=1)) == "Plan(size=<Size.SMALL: 1>, at=None, cost=0)"
    p = profile()
    p.extra = [p]
    assert "..." in repr(p)


def test_methods():
    assert Point.origin() == Point(0)
    assert Point(3, 4).distance(Point.origin()) == 5.0
    assert Point.DIMENSIONS == Point(1).DIMENSIONS == 2
    meal = Meal("hay", 150)
    assert meal.double() is None
    assert meal.grams == 300
    assert meal.scaled(2).grams == 600 and meal.grams == 300
    fails(lambda: meal.scaled(2**31), OverflowError, "too much food")
    assert meal.kilos == 0.3
    meal.ounces = 10
    assert meal.grams == 283
    assert round(meal.ounces, 1) == 10.0
    fails(lambda: setattr(meal, "ounces", "x"), TypeError, "Meal.ounces", "expected float", "got str")
    with pytest.raises(AttributeError):
        meal.kilos = 1
    fails(lambda: Point(1).distance((1, 2)), TypeError, "Point.distance()", "'to'", "expected Point", "got tuple")


@pytest.mark.parametrize("record", [Point(1, 2), Stop(row=1, name="pond")], ids=["by position", "by keyword"])
def test_frozen_records_stay(record):
    was = repr(record)
    for name in record.__field_names__():
        value = getattr(record, name)
        for run in (
            lambda name=name, value=value: setattr(record, name, value),
            lambda name=name: delattr(record, name),
            lambda name=name, value=value: object.__setattr__(record, name, value),
            lambda name=name, value=value: getattr(type(record), name).__set__(record, value),
        ):
            fails(run, AttributeError, name, "not writable")
    assert repr(record) == was


def test_deprecated_record():
    with pytest.warns(DeprecationWarning, match="nobody reads wishes"):
        assert zoo.Wish("x").text == "x"


SAMPLES = [Point(1, 2), Meal("hay", 5), profile(), profile(**FULL), Plan(size=2, at=Point(1)), zoo.by_night()]


@pytest.mark.parametrize("record", SAMPLES, ids=lambda one: type(one).__name__)
def test_pickle_and_copy(record, monkeypatch):
    # `public: zoo.cages` says that users import it from there; a package would do so.
    monkeypatch.setattr(zoo.cages, "Plan", Plan, raising=False)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(record, protocol))
        assert again == record and again is not record and type(again) is type(record)
    shallow = copy.copy(record)
    deep = copy.deepcopy(record)
    assert shallow == deep == record
    flat(lambda: pickle.loads(pickle.dumps(record)), 1000)
    flat(lambda: copy.copy(record), 2000)
    flat(lambda: copy.deepcopy(record), 1000)
    twice = copy.deepcopy([record, record])
    assert twice[0] is twice[1]


def test_deepcopy_of_objects():
    p = profile(extra=[1, [2]])
    shallow, deep = copy.copy(p), copy.deepcopy(p)
    assert shallow.extra is p.extra
    assert deep.extra == p.extra and deep.extra is not p.extra
    p.extra = [p]
    loop = copy.deepcopy(p)
    assert loop is not p and loop.extra is not p.extra


def test_garbage_in_values_of_a_dict():
    class Marker:
        pass

    marker = Marker()
    gone = weakref.ref(marker)
    marker.back = zoo.Guard(lamp=1, bag={"marker": marker})
    del marker
    gc.collect()
    assert gone() is None


def test_garbage():
    class Marker:
        pass

    marker = Marker()
    gone = weakref.ref(marker)
    p = profile(extra=marker)
    marker.back = p
    p.anything = [p, marker]
    del p, marker
    gc.collect()
    assert gone() is None
    marker = Marker()
    p = profile(extra=marker)
    kept(lambda: p.extra, marker)
    kept(lambda: profile(extra=marker, anything=[marker]), marker)
    kept(lambda: setattr(p, "extra", marker), marker)
    kept(lambda: (profile(extra=marker) == p, repr(p), copy.copy(p)), marker)


def test_reentrant_assignment():
    """Converting a value runs Python, which may use the record meanwhile."""
    p = profile()

    class Sneaky:
        def __index__(self):
            p.chip = 5
            assert p.chip == 5
            return 7

    p.chip = Sneaky()
    assert p.chip == 7

    class Reader(list):
        pass

    p.weights = Reader([1.0])
    assert p.weights == [1.0]


def test_matching():
    namespace = {"Point": Point, "Meal": Meal}
    try:
        code = compile(
            "match value:\n"
            "    case Point(x, y): found = ('point', x, y)\n"
            "    case Meal(food, grams=g): found = ('meal', food, g)\n",
            "<match>",
            "exec",
        )
    except SyntaxError:
        pytest.skip("match statements came with 3.10")
    exec(code, namespace, namespace.setdefault("value", Point(1, 2)) and namespace)
    assert namespace["found"] == ("point", 1.0, 2.0)
    namespace["value"] = Meal("hay", 5)
    exec(code, namespace)
    assert namespace["found"] == ("meal", "hay", 5)


GOOD = [
    lambda: Point(1, 2),
    lambda: Point.__new__(Point, 1),
    lambda: Meal("hay", grams=4),
    lambda: profile(),
    lambda: profile(**FULL),
    lambda: profile(**FULL) == profile(**FULL),
    lambda: repr(profile(**FULL)),
    lambda: hash(Point(1, 2)),
    lambda: Meal("hay").double(),
    lambda: Meal("hay").scaled(2),
    lambda: Point(1).distance(Point(2)),
    lambda: Profile.__field_names__(),
    lambda: [getattr(SAMPLES[3], name) for name in Profile.__field_names__()],
    lambda: [setattr(SAMPLES[3], name, value) for name, value in FULL.items()],
    lambda: draw(zoo=ZOO),
    lambda: SAMPLES[0].__rust_address__(),
    lambda: SAMPLES[0].__reduce__(),
]
ZOO = zoo.cages.Zoo.create(name="plans")


@pytest.mark.parametrize("run", GOOD, ids=range(len(GOOD)))
def test_nothing_leaks(run):
    flat(run, 3000)


def test_nested_modules():
    assert draw(zoo=ZOO) == Plan(size=zoo.Size.LARGE, at=Point(0), cost=0)
    assert draw(zoo=ZOO, size=-1).size is zoo.Size.TINY
    assert zoo.cages.plans.drafts.count(plans=[draw(zoo=ZOO)] * 3) == 3
    assert isinstance(Point(1).__rust_address__(), int)

"""Every kind of parameter, called rightly and wrongly."""

import copy
import functools
import pickle
import sys

import pytest
from support import fails, flat, fresh

import zoo
from zoo import visits as v
from zoo.animals import Animal


def test_mixed():
    assert v.mixed(1, c=3) == (1, 2, (), 3, 4, {})
    assert v.mixed(1, 5, 6, 7, c=8, d=9, z=1, y=2) == (1, 5, (6, 7), 8, 9, {"z": 1, "y": 2})
    assert list(v.mixed(1, c=3, z=1, b=0, y=2)[5]) == ["z", "y"]
    assert v.mixed(1, 2, a=5, c=3)[5] == {"a": 5}  # `a` is positional-only: the keyword is an option


def test_kinds():
    assert v.starred(5, b=3) == 2
    assert v.starred(a=5, b=3) == v.starred(b=3, a=5) == 2
    assert v.slashed(1) == 112
    assert v.slashed(1, 2, 3) == v.slashed(1, 2, c=3) == 123
    assert v.by_keyword(first="a") == "a -"
    assert v.by_keyword(last="b", first="a") == "a b"
    assert v.by_position("a") == "a -"
    assert v.by_position("a", "b") == "a b"
    assert v.options_only() == []
    assert v.options_only(a=1, b="x") == ["a: int", "b: str"]
    assert v.rest_only() == ""
    assert v.rest_only(*"abc") == "a,b,c"
    assert v.elsewhere() == "elsewhere"
    assert zoo.type(match="x") == zoo.type("x") == "X"
    assert v.nothing() is None


def test_defaults():
    shown = v.defaults()
    assert shown == (
        'true -1 18446744073709551615 2.5 inf "say \\"hi\\" = hello\\n" [] [] None Meat Access(1) here '
        'B("one") NoneType F64(1.5) [] [] 0.5 170141183460469231731687303715884105727 int'
    )
    assert v.defaults(i=7, j="leaves", k=6, g=["x"], h={"a": 1}, m=2, n="", o="x", p=(1,), q="ab", s=-(2**200), t=None) != shown


BAD = [
    (lambda: v.nothing(1), TypeError, "nothing()", "takes no arguments", "1 given"),
    (lambda: v.nothing(a=1), TypeError, "nothing()", "no keyword arguments"),
    (lambda: v.mixed(), TypeError, "mixed()", "missing", "'a'", "'c'"),
    (lambda: v.mixed(1), TypeError, "mixed()", "missing", "'c'"),
    (lambda: v.mixed(c=1), TypeError, "mixed()", "missing", "'a'"),
    (lambda: v.mixed(1, 2, b=3, c=4), TypeError, "mixed()", "multiple values", "'b'"),
    (lambda: v.mixed(1, "x", c=4), TypeError, "mixed()", "'b'", "expected int", "got str"),
    (lambda: v.mixed(1, 2, 3, "x", c=4), TypeError, "mixed()", "'*rest'[1]", "expected int", "got str"),
    (lambda: v.mixed(1, c=4, z="x"), TypeError, "mixed()", "'z'", "expected int", "got str"),
    (lambda: v.starred(1, 2), TypeError, "starred()", "at most 1 positional", "2 given"),
    (lambda: v.starred(1), TypeError, "starred()", "missing", "'b'"),
    (lambda: v.starred(1, b=2, c=3), TypeError, "starred()", "unexpected", "'c'"),
    (lambda: v.starred(1, a=1, b=2), TypeError, "starred()", "multiple values", "'a'"),
    (lambda: v.slashed(a=1), TypeError, "slashed()"),
    (lambda: v.slashed(1, b=2), TypeError, "slashed()", "unexpected", "'b'"),
    (lambda: v.slashed(1, 2, 3, 4), TypeError, "slashed()", "at most 3", "4 given"),
    (lambda: v.by_keyword("a"), TypeError, "by_keyword()", "keyword arguments only", "1 positional given"),
    (lambda: v.by_keyword(), TypeError, "by_keyword()", "missing", "'first'"),
    (lambda: v.by_position(first="a"), TypeError, "by_position()"),
    (lambda: v.by_position(), TypeError, "by_position()", "missing", "'first'"),
    (lambda: v.options_only(1), TypeError, "options_only()", "1 positional given"),
    (lambda: v.rest_only("a", 1), TypeError, "rest_only()", "'*rest'[1]", "expected str", "got int"),
    (lambda: v.rest_only(a="a"), TypeError, "rest_only()", "no keyword arguments"),
    (lambda: v.defaults(1), TypeError, "defaults()", "'a'", "expected bool", "got int"),
    (lambda: v.defaults(b=200), ValueError, "defaults()", "'b'", "200", "i8", "-128 to 127"),
    (lambda: v.defaults(c=-1), ValueError, "defaults()", "'c'", "-1", "u64"),
    (lambda: v.defaults(c=2**64), OverflowError, "defaults()", "'c'", "u64"),
    (lambda: v.defaults(d="x"), TypeError, "defaults()", "'d'", "expected float", "got str"),
    (lambda: v.defaults(f="\ud800"), UnicodeEncodeError, "surrogates"),
    (lambda: v.defaults(f=None), TypeError, "defaults()", "'f'", "expected str", "got NoneType"),
    (lambda: v.defaults(g=("x",)), TypeError, "defaults()", "'g'", "expected list[str]", "got tuple"),
    (lambda: v.defaults(g=["x", 1]), TypeError, "defaults()", "'g'", "[1]", "expected str", "got int"),
    (lambda: v.defaults(h={1: 1}), TypeError, "defaults()", "'h'", "key", "expected str", "got int"),
    (lambda: v.defaults(h={"x": None}), TypeError, "defaults()", "'h'", "'x'", "expected int", "got NoneType"),
    (lambda: v.defaults(i=2**31), ValueError, "defaults()", "'i'", "i32"),
    (lambda: v.defaults(j="grass"), ValueError, "defaults()", "'j'", "grass", "leaves"),
    (lambda: v.defaults(j=1), TypeError, "defaults()", "'j'", "Diet", "got int"),
    (lambda: v.defaults(k=8), ValueError, "defaults()", "'k'", "8", "Access"),
    (lambda: v.defaults(k="x"), TypeError, "defaults()", "'k'", "Access", "got str"),
    (lambda: v.defaults(l="a\0b"), ValueError, "defaults()", "'l'", "NUL"),
    (lambda: v.defaults(l=b"a"), TypeError, "defaults()", "'l'", "PathLike", "got bytes"),
    (lambda: v.defaults(m=[]), TypeError, "defaults()", "'m'", "int | str", "got list"),
    (lambda: v.defaults(o=b""), TypeError, "defaults()", "'o'", "got bytes"),
    (lambda: v.defaults(q=1), TypeError, "defaults()", "'q'", "Iterable", "got int"),
    (lambda: v.defaults(r=1e300), OverflowError, "defaults()", "'r'", "f32"),
    (lambda: v.defaults(nope=1), TypeError, "defaults()", "unexpected", "'nope'"),
    (lambda: v.defaults(**{"\ud800": 1}), TypeError, "defaults()", "unexpected"),
    (lambda: v.options_only(**{"\ud800": 1}), UnicodeEncodeError, "surrogates"),
    (lambda: Animal(), TypeError, "Animal()", "missing", "'name'"),
    (lambda: Animal("a", 1, "leaves"), TypeError, "Animal()", "at most 2", "3 given"),
    (lambda: Animal("a", name="b"), TypeError, "Animal()", "multiple values", "'name'"),
    (lambda: Animal("a", wings=2), TypeError, "Animal()", "unexpected", "'wings'"),
    (lambda: Animal(3), TypeError, "Animal()", "'name'", "expected str", "got int"),
    (lambda: Animal("x").eat(), TypeError, "Animal.eat()", "missing", "'meal'"),
    (lambda: Animal("x").eat("hay"), TypeError, "Animal.eat()", "'meal'", "expected Meal", "got str"),
    (lambda: Animal("x").eat(meal=None), TypeError, "Animal.eat()", "'meal'", "expected Meal", "got NoneType"),
    (lambda: Animal("x").describe(True), TypeError, "Animal.describe()", "keyword arguments only"),
    (lambda: Animal("x").twin(1), TypeError, "twin()", "takes no arguments"),
    (lambda: Animal.parse(), TypeError, "Animal.parse()", "missing", "'text'"),
    (lambda: Animal.parse(1), TypeError, "Animal.parse()", "'text'", "expected str", "got int"),
    (lambda: Animal.create(), TypeError, "Animal.create()", "missing", "'name'"),
]


@pytest.mark.parametrize("case", BAD, ids=range(len(BAD)))
def test_bad_calls(case):
    run, error, *words = case
    fails(run, error, *words)


@pytest.mark.parametrize("case", BAD, ids=range(len(BAD)))
def test_bad_calls_leak_nothing(case):
    run, error, *_ = case

    def once():
        try:
            run()
        except error:
            pass

    flat(once, 2000)


def test_names_that_are_not_interned():
    assert v.by_keyword(**{fresh("first"): "a", fresh("last"): "b"}) == "a b"
    assert v.mixed(1, **{fresh("c"): 3, fresh("other"): 4}) == (1, 2, (), 3, 4, {"other": 4})
    assert Animal(**{fresh("name"): "x", fresh("diet"): "meat"}).diet is zoo.Diet.MEAT
    assert zoo.Point(1, *[2]) == zoo.Point(1.0, 2.0)
    assert zoo.Meal(**{fresh("food"): "hay"}).food == "hay"
    fails(lambda: v.by_keyword(**{fresh("first"): "a", fresh("lost"): "b"}), TypeError, "'lost'")

    class Name(str):
        pass

    assert v.by_keyword(**{Name("first"): "a"}) == "a -"


def test_keywords_that_are_no_strings():
    with pytest.raises(TypeError, match="strings"):
        v.by_keyword(**{1: 2})
    with pytest.raises(TypeError, match="strings"):
        v.options_only(**{1: 2})


def test_roundabout_calls():
    assert functools.partial(v.starred, 5)(b=3) == 2
    assert functools.partial(v.mixed, 1, c=3)(d=0, e=7) == (1, 2, (), 3, 0, {"e": 7})
    assert functools.partial(Animal, weight=4)("x").weight == 4
    assert list(map(v.by_position, "ab", "cd")) == ["a c", "b d"]
    assert v.mixed.__call__(1, c=3)[3] == 3
    assert type(v.mixed).__call__(v.mixed, 1, c=3)[3] == 3
    eat = Animal("x").eat
    assert functools.partial(eat)(meal=zoo.Meal("hay", 1000)) == 2.0
    assert Animal.describe(Animal("x"), shout=True) == "X OF 1 KG"
    assert functools.partial(Animal.describe, Animal("x"))(shout=True) == "X OF 1 KG"
    assert functools.partialmethod(Animal.describe, shout=True).__get__(Animal("y"))() == "Y OF 1 KG"


class Child(Animal):
    pass


@pytest.mark.parametrize("name", ["describe", "twin", "eat", "release", "give", "myself", "chase", "old_name"])
def test_unbound_with_a_wrong_self(name):
    method = getattr(Animal, name)
    for wrong in (1, None, "x", zoo.animals.Herd(), Animal, zoo.Point(1)):
        with pytest.raises(TypeError, match="Animal"):
            method(wrong)
        with pytest.raises(TypeError):
            method.__get__(wrong)()
    with pytest.raises(TypeError):
        method()


def test_slots_with_a_wrong_self():
    for name in ("__eq__", "__hash__", "__lt__", "__repr__", "__str__"):
        with pytest.raises(TypeError):
            getattr(Animal, name)(1, 2) if name in ("__eq__", "__lt__") else Animal.__dict__[name](1)
    for name in ("__len__", "__getitem__", "__iter__", "__call__", "__bool__", "__iadd__"):
        with pytest.raises(TypeError):
            zoo.animals.Herd.__dict__[name](1, 2)
    with pytest.raises(TypeError):
        zoo.measures.Amount.__add__(1, 2)
    with pytest.raises(TypeError):
        Animal.__dict__["weight"].__get__(1)
    with pytest.raises(TypeError):
        Animal.__dict__["weight"].__set__(1, 2.0)
    with pytest.raises(TypeError):
        zoo.Meal.__dict__["grams"].__get__(Animal("x"))
    with pytest.raises(TypeError):
        zoo.Meal.__copy__(1)


def test_subclass_instances_are_instances():
    child = Child("c", 3.0)
    assert child.describe() == "c of 3 kg"
    assert Animal.describe(child) == "c of 3 kg"
    assert zoo.animals.heaviest([child, Animal("a", 9)]) == 9
    assert type(child.twin()) is Animal
    assert type(Child.create("x")) is Child
    assert Child.parse("x:2").weight == 2
    assert child == Animal("c")
    assert zoo.animals.adopt(child) == "c"


def test_ways_to_make_an_object():
    made = Animal.__new__(Animal, "x", weight=2.0)
    assert made.weight == 2.0
    assert type(Animal.__new__(Child, "x")) is Child
    made.__init__()
    assert made.name == "x"
    for cls in (Animal, zoo.Point, zoo.Meal, zoo.animals.Herd, zoo.animals.Walk, zoo.cages.Zoo, zoo.cages.Cage, zoo.Calendar):
        with pytest.raises(TypeError):
            object.__new__(cls)
    with pytest.raises(TypeError):
        Animal.__new__(int, "x")
    with pytest.raises(TypeError):
        Animal.__new__(zoo.animals.Herd, "x")
    with pytest.raises(TypeError):
        Animal.__new__()
    with pytest.raises(TypeError):
        zoo.animals.Herd.__new__(Animal)


def test_classes_without_constructor_name_their_factory():
    fails(lambda: zoo.animals.Walk(), TypeError, "Walk", "Herd.walk()")
    fails(lambda: zoo.cages.Zoo(), TypeError, "Zoo", "Zoo.create()")
    fails(lambda: zoo.cages.Cage(), TypeError, "Cage", "Zoo.add_cage()")
    fails(lambda: zoo.cages.Sign(1, a=2), TypeError, "Sign", "Zoo.sign()")
    fails(lambda: zoo.Calendar(), TypeError, "Calendar")


def test_classes_are_closed():
    for cls in (zoo.Point, zoo.animals.Herd, zoo.cages.Zoo, zoo.Calendar, zoo.measures.Amount):
        with pytest.raises(TypeError):
            type("Sub", (cls,), {})
    if sys.version_info >= (3, 10):
        for cls in (zoo.Point, Animal, zoo.cages.Zoo):
            with pytest.raises(TypeError):
                cls.surprise = 1
    with pytest.raises(AttributeError):
        Animal("x").surprise = 1
    Child("x").surprise = 1


GOOD = [
    lambda: v.mixed(1, 2, 3, 4, c=5, d=6, e=7),
    lambda: v.mixed(1, c=5, **{fresh("zz"): 7}),
    lambda: v.starred(1, b=2),
    lambda: v.by_keyword(first="a", last="b"),
    lambda: v.by_position("a", "b"),
    lambda: v.options_only(a=1, b=2),
    lambda: v.rest_only("a", "b"),
    lambda: v.defaults(),
    lambda: v.defaults(g=["a", "b"], h={"a": 1}, p=(1, 2), q=iter("abc"), s=2**300, m="x", l="y"),
    lambda: v.area(2.0),
    lambda: v.area("x"),
    lambda: v.swap([], {}),
    lambda: v.first_of([[]]),
    lambda: v.is_kind(1, int),
    lambda: v.any_kind(dict),
    lambda: Animal("x", 2.0, diet="meat"),
    lambda: Animal.parse("a:1"),
    lambda: Animal.create("x"),
    lambda: Child.create("x"),
    lambda: Animal("x").describe(shout=True),
    lambda: functools.partial(Animal, "x")(weight=2),
]


@pytest.mark.parametrize("run", GOOD, ids=range(len(GOOD)))
def test_good_calls_leak_nothing(run):
    flat(run)


def test_what_is_not_pickled_says_what_to_use():
    walk = zoo.animals.Herd("ab").walk()
    for refused in (pickle.dumps, copy.copy, copy.deepcopy):
        fails(lambda: refused(walk), TypeError, "Walk objects can't be pickled or copied", "Herd.names()")
    assert "Not pickled and not copied; use Herd.names()." in zoo.animals.Walk.__doc__

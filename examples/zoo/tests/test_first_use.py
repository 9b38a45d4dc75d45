"""Types, enums, errors and aliases are made when somebody needs them for the first time, whoever that is.

Each test is a process of its own, where nobody has needed anything yet.
"""

import os
import pickle
import sys

import pytest
import zoo
from support import python

# Classes of the zoo that exist, by name, without touching any module.
MADE = """
import gc, sys

def made():
    gc.collect()
    return {t.__qualname__ for t in gc.get_objects() if isinstance(t, type) and str(t.__module__).split(".")[0] == "zoo"}
"""


def fresh(code, *args):
    return python(MADE + "import zoo\n" + code, *args)


def test_an_import_makes_nothing():
    fresh("""
assert made() == set()
assert not {"Meal", "Diet", "ZooError", "Remark", "FAVOURITE", "Calendar"} & set(vars(zoo))
assert {"MOTTO", "greet", "animals", "__all__"} <= set(vars(zoo))
""")


def test_an_import_needs_no_module_of_python():
    folder = os.path.dirname(zoo.__file__)
    python(f"""
import sys
before = set(sys.modules)
sys.path.insert(0, {folder!r})
sys.dont_write_bytecode = True
import zoo
assert {{name for name in set(sys.modules) - before if name.split(".")[0] != "zoo"}} == set()
""", "-I", "-S")


def test_a_name_makes_what_it_stands_for_and_no_more():
    fresh("""
meal = zoo.Meal
assert made() == {"Meal"}
assert vars(zoo)["Meal"] is meal is zoo.Meal
from zoo import Diet
assert made() == {"Meal", "Diet"}
assert Diet is zoo.Diet and Diet.MEAT == "meat"
assert zoo.animals.Beast is zoo.animals.Creature is zoo.animals.Animal, "names of one class"
assert made() == {"Meal", "Diet", "Animal"}
""")


def test_what_a_function_answers():
    fresh("""
badge = zoo.enter(3)
assert made() == {"Access"}
assert badge == 3 and type(badge) is zoo.Access
mood, season = zoo.mood("calm")
assert made() == {"Access", "Mood", "Season"}
assert mood is zoo.Mood.CALM and season is zoo.Season.WET
assert type(zoo.by_night()) is zoo.Guard
assert type(zoo.by_night().lamp) is zoo.Lamp
""")


def test_what_a_field_holds():
    fresh("""
meal = zoo.Meal("hay")
assert made() == {"Meal"}
assert repr(meal)
diet = meal.diet
assert made() == {"Meal", "Diet"}
assert diet is zoo.Diet.ANY_THING
""")


def test_what_live_views_give():
    fresh("""
file = zoo.trails.loads('(park_map (version 1) (trail "loop" (sign_posts 1) (spot 1 2)))')
assert made() == {"MapFile"}
(trail,) = file.park_map.trails
assert made() == {"MapFile", "ParkMap", "Trail"}
assert trail.grade is zoo.trails.Grade.FLAT and trail.surface == "gravel"
assert trail.spots[0].x == 1 and type(trail.spots[0]) is zoo.trails.Spot
assert type(zoo.trails.straight("s", trail.spots[0], trail.spots[0])) is type(trail)
import pickle
assert pickle.loads(pickle.dumps(file)) == file
""")


def test_a_view_is_free_while_it_makes_an_enum():
    """That runs Python, which may change the very field that is being read."""
    fresh("""
import enum
trail = zoo.trails.Trail(name="loop", signs=1)
usual = enum.IntEnum

def from_inside(*args, **kwargs):
    enum.IntEnum = usual
    trail.grade = 1
    return usual(*args, **kwargs)

enum.IntEnum = from_inside
assert trail.grade is zoo.trails.Grade.STEEP
""")


def test_values_of_enums_that_nobody_needed():
    fresh("""
assert zoo.Meal("hay", 1, "leaves") == zoo.Meal("hay", 1, "leaves")
assert "Diet" not in made()
for wrong in ("grass", 7, None):
    try:
        zoo.Meal("hay", 1, wrong)
    except (TypeError, ValueError) as error:
        assert "Diet" in str(error), error
    else:
        raise AssertionError(wrong)
assert "Diet" not in made()
assert zoo.Meal("hay", 1, zoo.Diet.LEAVES) == zoo.Meal("hay", 1, "leaves")
""")


def test_objects_of_classes_that_nobody_needed():
    fresh("""
point = zoo.Point(1.0)
try:
    zoo.visits.apply(lambda n, text: n / 2, point)
except TypeError as error:
    pass
else:
    raise AssertionError
try:
    point.distance(3)
except TypeError as error:
    assert "expected Point" in str(error), error
else:
    raise AssertionError
import visitor
try:
    visitor.weigh(point)
except TypeError as error:
    assert "expected Animal" in str(error), error
else:
    raise AssertionError
""")


def test_another_extension_asks_for_classes():
    fresh("""
import visitor
animal = visitor.breed("x")
assert "Animal" in made() and type(animal) is zoo.animals.Animal
assert visitor.weigh(zoo.animals.Animal("y", 2)) == 2
herd = visitor.guests.gather(["a"])
assert type(herd) is zoo.animals.Herd and visitor.guests.names(herd) == ["a"]
""")


def test_an_error_is_raised():
    fresh("""
try:
    zoo.visits.fail("choked")
except Exception as error:
    assert [cls.__name__ for cls in type(error).__mro__[:3]] == ["ChokedError", "FeedingError", "ZooError"]
    assert type(error) is zoo.ChokedError and type(error).__base__ is zoo.FeedingError
    assert error.diet is zoo.Diet.MEAT
else:
    raise AssertionError
""")


def test_an_error_is_caught_by_name():
    fresh("""
try:
    zoo.visits.fail("choked")
except zoo.ZooError as error:
    assert isinstance(error, zoo.ChokedError)
""")


def test_what_comes_out_of_a_pickle():
    one = [zoo.Meal("hay", 3, zoo.Diet.MEAT), zoo.Point(1.0, 2.0), zoo.Access.ALL, zoo.Diet, zoo.Meal.double, zoo.Point.origin]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps(one, protocol)
        fresh(f"""
import pickle
meal, point, access, diet, double, origin = pickle.loads({data!r})
assert (meal, point) == (zoo.Meal("hay", 3, "meat"), zoo.Point(1.0, 2.0))
assert access is zoo.Access.ALL and diet is zoo.Diet and double is zoo.Meal.double and origin() == zoo.Point.origin()
""")


def test_copies():
    fresh("""
import copy
meal = zoo.Meal("hay", 3, "meat")
assert copy.copy(meal) == copy.deepcopy(meal) == meal
assert copy.deepcopy(zoo.Access(3)) is zoo.Access(3)
""")


def test_constants_and_aliases():
    fresh("""
assert zoo.FAVOURITE is zoo.Diet.LEAVES
assert zoo.Calendar.FIRST is zoo.Season.DRY
alias = zoo.Remark
assert alias is zoo.Remark is vars(zoo)["Remark"]
import typing
assert set(typing.get_args(zoo.Label)) == {int, float, str, bool}
assert "Plan" not in made()
reviewer = zoo.cages.plans.Reviewer
assert "Plan" in made()
assert zoo.cages.plans.Plan in typing.get_args(reviewer)[0]
""")


def test_hints_and_names():
    fresh("""
import typing

def feed(meal: "zoo.Meal", diet: "zoo.Diet") -> "zoo.ZooError": ...

assert typing.get_type_hints(feed) == {"meal": zoo.Meal, "diet": zoo.Diet, "return": zoo.ZooError}
for cls in (zoo.Meal, zoo.Diet, zoo.ZooError, zoo.Calendar):
    assert cls.__module__ == "zoo" and cls.__qualname__ == cls.__name__
assert zoo.animals.Animal.__module__ == "zoo.animals"
""")


@pytest.mark.skipif(sys.version_info < (3, 10), reason="`match` came with 3.10")
def test_match():
    fresh("""
exec('''
match zoo.enter(2):
    case zoo.Access.FEED:
        seen = 1
match [zoo.Point(1.0, 2.0), zoo.Meal("hay")]:
    case [zoo.Point(x, y), zoo.Meal(food=food)]:
        seen = (x, y, food)
''')
assert seen == (1.0, 2.0, "hay")
""")


def test_dir_knows_all_names_and_makes_nothing():
    fresh("""
before = dir(zoo)
assert made() == set()
assert before == sorted(set(before)) and set(zoo.__all__) <= set(before)
assert not {"__getattr__", "__dir__"} & set(before)
zoo.Meal, zoo.Diet
assert dir(zoo) == before
everything = {name: getattr(zoo, name) for name in before}
assert dir(zoo) == before
assert {name: vars(zoo)[name] for name in before} == everything
""")


def test_a_star_takes_all():
    fresh("""
names = {}
exec("from zoo import *", names)
assert set(zoo.__all__) <= set(names)
assert all(names[name] is getattr(zoo, name) for name in zoo.__all__)
""")


def test_a_module_that_has_all_is_like_any_other():
    fresh("""
for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "zoo"]:
    for name in dir(module):
        getattr(module, name)
    assert not {"__getattr__", "__dir__"} & set(vars(module)), module
    assert sorted(vars(module)) == dir(module)
    assert not hasattr(module, "absent")
""")


def test_members_and_help():
    fresh("""
import inspect, pydoc
text = pydoc.plain(pydoc.render_doc(zoo))
for word in ("class Meal", "class Diet", "class ZooError", "FAVOURITE", "greet("):
    assert word in text, word
classes = dict(inspect.getmembers(zoo, inspect.isclass))
assert {"Meal", "Diet", "ZooError", "Calendar"} <= set(classes)
assert inspect.getmodule(zoo.Meal) is zoo
""")


@pytest.mark.parametrize("name", ["absent", "__path__", "meal", "Meal ", "", "__file", "Mealé", "\ud800"])
def test_names_that_are_not_there(name):
    fresh(f"""
import types
name = {ascii(name)}
for module in (zoo, zoo.animals):
    try:
        getattr(module, name)
    except (AttributeError, UnicodeEncodeError) as error:
        if isinstance(error, AttributeError):
            plain = types.ModuleType(module.__name__)
            try:
                getattr(plain, name)
            except AttributeError as usual:
                assert str(error) == str(usual)
                assert getattr(error, "name", name) == name and getattr(error, "obj", module) is module
        else:
            assert name == "\\ud800"
    else:
        raise AssertionError(name)
assert made() == set()
""")


def test_imports_of_what_is_not_there():
    fresh("""
try:
    from zoo import absent
except ImportError as error:
    assert "cannot import name 'absent' from 'zoo'" in str(error)
else:
    raise AssertionError
try:
    vars(zoo)["__getattr__"](3)
except TypeError:
    pass
else:
    raise AssertionError
""")


def test_names_that_somebody_sets():
    fresh("""
from unittest import mock
zoo.Meal = "mine"
assert zoo.Meal == "mine" and made() == set()
with mock.patch.object(zoo, "Point", "other"):
    assert zoo.Point == "other"
assert zoo.Point.__name__ == "Point" and zoo.Point.origin() == zoo.Point(0.0)
assert zoo.Meal == "mine"
for name in dir(zoo):
    getattr(zoo, name)
assert zoo.Meal == "mine"
zoo.__getattr__ = lambda name: name
assert zoo.Anything == "Anything"
""")


def test_a_failing_import_of_enum():
    fresh("""
sys.modules.pop("enum", None)
sys.modules["enum"] = None
uses = [
    lambda: zoo.Diet,
    lambda: zoo.FAVOURITE,
    lambda: zoo.Meal("hay").diet,
    lambda: zoo.enter(1),
    lambda: zoo.Calendar,
    lambda: exec("from zoo import Diet"),
]
for use in uses * 2:
    try:
        use()
    except ImportError as error:
        assert "enum" in str(error)
    else:
        raise AssertionError
assert made() == {"Meal"}
assert not {"Diet", "FAVOURITE", "Calendar"} & set(vars(zoo)) and "Diet" in dir(zoo)
del sys.modules["enum"]
assert zoo.FAVOURITE is zoo.Diet.LEAVES and zoo.Meal("hay").diet is zoo.Diet.ANY_THING
assert zoo.enter(1) is zoo.Access.LOOK and zoo.Calendar.FIRST is zoo.Season.DRY
""")


@pytest.mark.skipif(
    hasattr(sys, "gettotalrefcount"),
    reason="CPython 3.13 fails an assertion of its own when a type's dictionary cannot grow",
)
def test_too_little_memory():
    pytest.importorskip("_testcapi")
    fresh("""
import _testcapi
NAMES = ["Meal", "Point", "Profile", "ZooError", "Tides"]

def attempt(name, allowed):
    _testcapi.set_nomemory(allowed)
    try:
        return getattr(zoo, name)
    except MemoryError:
        return None
    finally:
        _testcapi.remove_mem_hooks()

for name in NAMES:
    failures, allowed = 0, 0
    while attempt(name, allowed) is None:
        assert name not in vars(zoo)
        failures, allowed = failures + 1, allowed + 1
    assert failures > 3, name
    assert getattr(zoo, name) is vars(zoo)[name]
assert zoo.Meal("hay", grams=3).grams == 3 and zoo.Point(1.0).x == 1.0
""")


def test_made_twice_at_once():
    """While one makes an enum, somebody else needs it too: here from inside, as another thread would."""
    fresh("""
import enum
usual, inner = enum.IntFlag, []

def from_inside(*args, **kwargs):
    enum.IntFlag = usual
    inner.append(zoo.Access)
    inner.append(zoo.enter(4))
    return usual(*args, **kwargs)

enum.IntFlag = from_inside
access = zoo.Access
assert inner[0] is access is zoo.Access
assert type(inner[1]) is access and zoo.enter(4) is inner[1] and zoo.enter(access.ALL) is access.ALL
""")


def test_threads_that_need_the_same():
    fresh("""
import threading
sys.setswitchinterval(1e-6)
names = [name for name in dir(zoo) if not name.startswith("__")]
count = 8
start = threading.Barrier(count)
seen, failures = [[] for _ in range(count)], []

def look(mine):
    start.wait()
    try:
        for name in names:
            mine.append(getattr(zoo, name))
            zoo.Meal("hay").diet, zoo.enter(3), zoo.mood("calm"), zoo.by_night().lamp
    except BaseException as error:
        failures.append(error)

threads = [threading.Thread(target=look, args=(mine,)) for mine in seen]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failures, failures
for mine in seen:
    assert [id(one) for one in mine] == [id(getattr(zoo, name)) for name in names]
assert type(zoo.enter(3)) is zoo.Access and zoo.Meal("hay").diet is zoo.Diet.ANY_THING
""")


# Classes that others may use are known to the directory of all extensions too, from when somebody asks for them by name.
@pytest.mark.parametrize("touch", ["", "zoo.by_night().lamp, zoo.enter(1)", "zoo.Diet, zoo.ZooError, zoo.Calendar, zoo.Remark"])
def test_the_module_goes_with_what_it_has_made(touch):
    fresh(f"""
import weakref
{touch}
module = weakref.ref(zoo)
for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
    del sys.modules[name]
del zoo
for _ in range(5):
    gc.collect()
assert module() is None
assert made() == set()
""")


# Classes that others may use stay in the directory until the extension is imported again.
def test_all_that_an_import_has_made_goes_when_its_successor_has_made_the_same():
    fresh("""
import types
kinds = (type, types.ModuleType, types.BuiltinFunctionType)

def modules():
    return [name for name in sys.modules if name.split(".")[0] == "zoo"]

def use():
    for place in [sys.modules[name] for name in modules()]:
        for thing in [getattr(place, name) for name in dir(place)]:
            if isinstance(thing, type):
                for member in [getattr(thing, name, None) for name in dir(thing)]:
                    for fact in ("__doc__", "__name__", "__text_signature__", "__self__", "__module__"):
                        getattr(member, fact, None)

# What the collector has cleared has no weak references any more, and may still be there.
def alive():
    for _ in range(5):
        gc.collect()
    return sum(isinstance(one, kinds) for one in gc.get_objects())

def again():
    for name in modules():
        del sys.modules[name]
    global zoo
    import zoo
    use()
    return alive()

before = alive()
use()
assert alive() > before + 50
again()
assert again() == again() == again()
""")


def test_names_of_arguments_go_with_the_module():
    fresh("""
names = [sys.intern(name) for name in ("number", "sign", "other", "regarding")]

def again():
    for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
        del sys.modules[name]
    global zoo
    import zoo
    zoo.cages.Zoo.create(name="x").add_cage(sign="y")
    gc.collect()
    return [sys.getrefcount(name) for name in names]

again()
assert again() == again() == again()
""")


def test_memory_kept_for_reuse_goes_with_the_module():
    fresh("""
def unload():
    for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
        del sys.modules[name]
    for _ in range(5):
        gc.collect()

def again():
    unload()
    import zoo
    points, meals = [zoo.Point(1, 2) for _ in range(500)], [zoo.Meal("hay") for _ in range(500)]
    del zoo, meals  # before its module
    unload()
    del points  # after it
    unload()
    return sys.getallocatedblocks()

for _ in range(3):
    before = again()
for _ in range(10):
    after = again()
assert after < before + 100, (before, after)
""")


def test_objects_keep_what_is_not_made_yet():
    fresh("""
meal, enter = zoo.Meal("hay"), zoo.enter
for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
    del sys.modules[name]
del zoo
gc.collect()
diet = meal.diet
assert diet.value == "any" and type(diet).__name__ == "Diet"
assert enter(2).value == 3
""")


def test_an_old_import_stays_itself():
    fresh("""
old = zoo
for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
    del sys.modules[name]
import zoo
assert old is not zoo and old.Meal is not zoo.Meal and old.Diet is not zoo.Diet
assert type(old.Meal("hay").diet) is old.Diet and type(zoo.Meal("hay").diet) is zoo.Diet
import typing
for one in (old, zoo):
    assert one.cages.plans.Plan in typing.get_args(one.cages.plans.Reviewer)[0]
    assert one.FAVOURITE is one.Diet.LEAVES
# What the old one makes now does not take the place of what the new one has published.
new = zoo.animals.Animal("new", 3)
old.animals.Animal
import visitor
assert visitor.weigh(new) == 3
""")

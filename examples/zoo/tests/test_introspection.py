"""What Python tools see: signatures equal to the stubs', help texts, names, pickles of functions and methods."""

import builtins
import copy
import inspect
import operator
import pickle
import pydoc
import warnings

import pytest
import stubs
from support import kept, steady, watched

import zoo

ITEMS = stubs.items()
CALLABLE = [item for item in ITEMS if item.kind not in ("get", "set") and not item.overloaded]
MODULES = [zoo, zoo.animals, zoo.cages, zoo.cages.plans, zoo.cages.plans.drafts, zoo.measures, zoo.visits]


def names(items):
    return [item.key for item in items]


def is_slot(item):
    """Protocols are CPython's slot wrappers, which have fixed signatures of CPython's."""
    return type(item.target).__name__ in ("wrapper_descriptor", "NoneType") or item.name == "__buffer__"


WRITTEN = [item for item in CALLABLE if item.kind == "new" or not item.name.startswith("__")]
OWN_DUNDERS = [item for item in CALLABLE if item not in WRITTEN and hasattr(item.target, "__text_signature__") and not is_slot(item)]


@pytest.mark.parametrize("item", WRITTEN + OWN_DUNDERS, ids=names(WRITTEN + OWN_DUNDERS))
def test_signature_is_the_stubs(item):
    shown = list(inspect.signature(item.target).parameters.values())
    if item.kind == "method":
        assert shown[0].name == "self"
        shown = shown[1:]
    assert [(p.name, p.kind) for p in shown] == [(p.name, p.kind) for p in item.parameters]
    for real, stub in zip(shown, item.parameters):
        if stub.default is None:
            assert real.default is inspect.Parameter.empty
        elif stub.default == "...":
            assert real.default is not inspect.Parameter.empty
        else:
            assert repr(real.default) == repr(eval(stub.default)), real


@pytest.mark.parametrize("item", WRITTEN, ids=names(WRITTEN))
def test_names_and_help(item):
    target = item.target
    name = item.owner if item.kind == "new" else item.name
    assert target.__name__ == name
    if item.owner is not None and item.kind != "new":
        assert target.__qualname__ == f"{item.owner}.{item.name}"
    text = pydoc.plain(pydoc.render_doc(target))
    assert name in text
    doc = inspect.getdoc(target)
    if doc:
        assert doc.splitlines()[0] in text
    first = ", ".join(p.name for p in item.parameters[:1])
    assert first in text


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_help_on_modules(module):
    text = pydoc.plain(pydoc.render_doc(module))
    for name in module.__all__:
        if not name.isupper():
            assert name in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_members_are_what_inspect_knows():
    assert inspect.isclass(zoo.Point) and inspect.isclass(zoo.Calendar)
    assert inspect.isbuiltin(zoo.greet) and inspect.isroutine(zoo.visits.mixed)
    assert inspect.ismethoddescriptor(zoo.animals.Animal.eat) and inspect.isroutine(zoo.animals.Animal.eat)
    assert inspect.isgetsetdescriptor(vars(zoo.animals.Animal)["name"])
    kinds = {one.name: one.kind for one in inspect.classify_class_attrs(zoo.animals.Animal)}
    assert (kinds["eat"], kinds["create"], kinds["KINGDOM"]) == ("method", "class method", "data")
    members = dict(inspect.getmembers(zoo.animals.Animal("x"), inspect.isroutine))
    assert "eat" in members and "parse" in members and "create" in members


def round_trips(value):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        yield pickle.loads(pickle.dumps(value, protocol))


# A module with `public:` hands its members out under another name; a package would put them there.
BY_NAME = [item for item in WRITTEN if not item.module.startswith("zoo.cages.plans")]


@pytest.mark.parametrize("item", BY_NAME, ids=names(BY_NAME))
def test_pickled_by_name(item):
    """Functions, classes, methods and static methods; bound class methods come back equal."""
    for again in round_trips(item.target):
        assert again == item.target
    assert copy.copy(item.target) == copy.deepcopy(item.target) == item.target


def test_bound_methods_are_pickled_with_their_object():
    point = zoo.Point(3, 4)
    for bound in round_trips(point.distance):
        assert bound(zoo.Point.origin()) == 5.0
    with pytest.raises(TypeError, match="cannot pickle.*Animal"):
        pickle.dumps(zoo.animals.Animal("x").describe)


@pytest.mark.parametrize("make", ["animals.Animal('x')", "animals.Herd('a')", "cages.Zoo.create(name='x')", "measures.Samples([1])"])
def test_handles_are_not_data(make):
    """A handle has an identity: it is neither pickled nor copied, and says so."""
    handle = eval(make, vars(zoo))
    for refuse in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match=rf"cannot pickle.*{type(handle).__name__}"):
            refuse(handle)


def test_deprecation_points_at_the_caller():
    animal = zoo.animals.Animal("x")
    uses = [zoo.visits.old, zoo.visits.older, animal.old_name, lambda: animal.legs, zoo.animals.Dodo, lambda: zoo.Wish("x")]
    for use in uses:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            use()
        assert [(one.category, one.filename) for one in caught] == [(DeprecationWarning, __file__)], use
        assert "deprecated" in str(caught[0].message) or "deprecated" in str(caught[0].message).lower()


def test_pickling_by_name_keeps_nothing():
    items = [item.target for item in BY_NAME if item.kind != "new"]

    def dump():
        for item in items:
            pickle.dumps(item)

    kept(dump, builtins, operator, *items, rounds=50)


TELLING = ["__doc__", "__name__", "__qualname__", "__module__", "__objclass__", "__text_signature__", "__self__"]


def test_looking_keeps_nothing():
    """What each member says of itself, again and again."""
    classes = [one for one in watched() if isinstance(one, type) and one.__module__.split(".")[0] == "zoo"]
    members = [member for one in classes for member in vars(one).values()]
    assert len(members) > 300

    def look():
        for member in members:
            for name in TELLING:
                getattr(member, name, None)

    steady(look, rounds=120)

"""Good arguments for everything that the stubs declare: by annotation, by class, and by name where those do not do."""

import array
import os

import visitor
import zoo
from zoo import animals, cages, measures, trails
from zoo.cages import plans


class Thing:
    """An object of no special kind. One is enough: what is kept of it shows in its reference count."""


THING = Thing()
POINT = zoo.Point(1, 2)


def new_park():
    park = cages.Zoo.create(name="samples")
    for sign in ("apes", "owls"):
        park.add_cage(sign=sign)
    return park


PARK = new_park()
CAGES = PARK.cages()


def identity(value, *_):
    return value


# What each annotation takes. A new one in the stubs must find its sample here: the tests say so.
VALUES = {
    "Amount": lambda: measures.Amount(3),
    "Animal": lambda: animals.Animal("ann"),
    "Animal | None": lambda: animals.Animal("ann"),
    "Animal | str": lambda: animals.Animal("ann"),
    "BaseException | None": lambda: None,
    "Cage": lambda: CAGES[0],
    "Sequence[Cage]": lambda: CAGES,
    "Sequence[str | StopLike]": lambda: ("a", cages.Stop(row=1, name="b")),
    "Stop": lambda: cages.Stop(row=1, name="b"),
    "StopLike": lambda: cages.Stop(row=1, name="b"),
    "CageId": lambda: 0,
    "Callable[[Animal], bool]": lambda: bool,
    "Callable[[Point, Diet, list[str], Any], Point | None]": lambda: identity,
    "Callable[[], None] | None": lambda: THING.__init__,
    "Callable[[], _T]": lambda: list,
    "Callable[[_T, Cage], bool]": lambda: lambda ctx, cage: ctx is THING,
    "Callable[[int, str], float]": lambda: identity,
    "Buffer": lambda: array.array("d", [1, 2]),
    "Diet | str": lambda: "meat",
    "Fork": lambda: trails.Fork(name="f", ways=[trails.Fork(name="g")]),
    "Grade | int": lambda: trails.Grade.STEEP,
    "Greeter[_T]": lambda: lambda whom, name: name + "!",
    "Herd": lambda: animals.Herd("abc"),
    "Herd | None": lambda: animals.Herd("abc"),
    "Iterable[float]": lambda: iter([1, 2.5]),
    "Iterable[str]": lambda: iter(["a", "b"]),
    "Iterator[int]": lambda: iter([1, 2]),
    "Keeper": lambda: cages.Keeper(name="kim", pay=2),
    "Leash": lambda: animals.Leash(),
    "Label": lambda: 2.5,
    "Lamp | int": lambda: 1,
    "Locker": lambda: cages.Locker(number=1),
    "MaybeName": lambda: "x",
    "MapFile": lambda: trails.MapFile(park_map=VALUES["ParkMap"]()),
    "Meal": lambda: zoo.Meal("hay"),
    "Mood | str": lambda: "calm",
    "Names": lambda: ["a", "b"],
    "Owl": lambda: animals.Owl(),
    "Diary": lambda: visitor.Diary(),
    "Dodo": lambda: animals.Dodo(),
    "Guard": lambda: zoo.Guard(lamp=1),
    "ParkMap": lambda: trails.ParkMap(version=1, trails=[VALUES["Trail"]()]),
    "Perks | int": lambda: zoo.Perks.POOL,
    "Access | int": lambda: zoo.Access.FEED,
    "Phase | str": lambda: "final",
    "Plan": lambda: plans.Plan(size=1, at=POINT),
    "Point": lambda: POINT,
    "Point | None": lambda: POINT,
    "Position": lambda: (1, 2.5),
    "Profile": lambda: zoo.Profile(
        name="p", home=POINT, nicknames={"a"}, box=(1, 2, "c"), photo=b"x", extra=THING, anything=[THING], tags=(1,)
    ),
    "Remark": lambda: ["a", "b"],
    "Reviewer[_T]": lambda: identity,
    "Samples": lambda: measures.Samples([1.0, 2.0]),
    "Season | int": lambda: 10,
    "Sequence[Fork]": lambda: [VALUES["Fork"]()],
    "Sequence[Spot]": lambda: [VALUES["Spot"](), VALUES["Spot"]()],
    "Sequence[Trail]": lambda: [VALUES["Trail"]()],
    "Sequence[str]": lambda: ("a", "ü"),
    "Sign": lambda: CAGES[0].sign(),
    "Size | int": lambda: zoo.Size.LARGE,
    "Spot": lambda: trails.Spot(x=3, y=4, note="here"),
    "Step": lambda: identity,
    "Surface | str": lambda: trails.Surface.BOARD_WALK,
    "Tally": lambda: measures.Tally(8),
    "Ticket": lambda: animals.Ticket(1),
    "Trail": lambda: trails.Trail(name="t", tags=["a"], spots=[VALUES["Spot"]()], signs=1),
    "TracebackType | None": lambda: None,
    "Walk": lambda: animals.Herd("ab").walk(),
    "Weight": lambda: 2.5,
    "Width": lambda: 300,
    "Wish": lambda: zoo.Wish("w"),
    "None": lambda: None,
    "Zoo": lambda: PARK,
    "_A": lambda: THING,
    "_B": lambda: THING,
    "_T": lambda: THING,
    "bool": lambda: True,
    "bool | None": lambda: True,
    "bool | float | str | None": lambda: "x",
    "float | bool | bytes | str": lambda: b"x",
    "bool | float | str | bytes | list[str]": lambda: ["x"],
    "bytes": lambda: b"a\0b",
    "bytes | list[int] | Point": lambda: POINT,
    "dict[str, Any]": lambda: {"a": THING},
    "dict[str, Label]": lambda: {"a": 1, "b": "x"},
    "dict[str, dict[int, list[tuple[bytes, float | None]]]]": lambda: {"a": {1: [(b"x", None), (b"y", 2.5)]}},
    "dict[str, int]": lambda: {"a": 1},
    "dict[str, list[int]]": lambda: {"a": [1, 2]},
    "float": lambda: 1.5,
    "float | None": lambda: 1.5,
    "int": lambda: 1,
    "int | None": lambda: 1,
    "int | str": lambda: "x",
    "list[Animal]": lambda: [animals.Animal("ann"), animals.Animal("bob")],
    "list[Any]": lambda: [THING, POINT],
    "list[Cage]": lambda: CAGES[:],
    "list[Keeper]": lambda: [cages.Keeper(name="kim")],
    "list[Meal]": lambda: [zoo.Meal("hay")],
    "list[Plan]": lambda: [plans.Plan(size=1)],
    "list[Point]": lambda: [POINT, POINT],
    "list[Weight]": lambda: [1, 2.5],
    "list[_T]": lambda: [THING],
    "list[int]": lambda: [1, 2],
    "list[str]": lambda: ["a", "b"],
    "object": lambda: THING,
    "set[Diet]": lambda: {"meat", zoo.Diet.LEAVES},
    "set[str]": lambda: {"a", "b"},
    "str": lambda: "a\0ü",
    "str | None": lambda: "x",
    "str | PathLike[str]": lambda: os.curdir,
    "tuple[float, ...]": lambda: (1, 2.5),
    "tuple[float, int, str]": lambda: (1, 2, "c"),
    "tuple[int, ...]": lambda: (1, 2),
    "tuple[int, str, bool | None]": lambda: (1, "x", None),
    "tuple[str]": lambda: ("x",),
    "type[Animal]": lambda: animals.Animal,
    "type[BaseException] | None": lambda: None,
    "type[Trail]": lambda: trails.Trail,
    "type[_T]": lambda: Thing,
    "type[object]": lambda: Thing,
}

CODES = {"i8": "b", "i16": "h", "i32": "i", "i64": "q", "u8": "B", "u16": "H", "u32": "I", "u64": "Q", "f32": "f", "f64": "d"}

# Where the annotation does not say enough: arguments by name of the parameter.
ARGUMENTS = {
    "zoo.animals.Animal.create": {"name": lambda: "ann"},
    "zoo.animals.Animal.parse": {"text": lambda: "ann:2"},
    "zoo.animals.Animal.sleep": {"seconds": lambda: 0.0},
    "zoo.visits.hold": {"seconds": lambda: 0.0},
    "zoo.visits.take": {"count": lambda: 2},
    "zoo.visits.fail": {"kind": lambda: "nothing"},
    "zoo.visits.fail_builtin": {"text": lambda: ""},
    "zoo.visits.faulty": {"at": lambda: 3},
    "zoo.cages.Sign.longer": {"other": lambda: CAGES[1].sign()},
    # Live records hold no NUL.
    "zoo.trails.Fork": {"name": lambda: "ü"},
    "zoo.trails.Fork.name=": {"value": lambda: "ü"},
    "zoo.trails.Spot": {"note": lambda: "ü"},
    "zoo.trails.Spot.note=": {"value": lambda: "ü"},
    "zoo.trails.Trail": {"name": lambda: "ü", "keeper": lambda: "ü"},
    "zoo.trails.Trail.name=": {"value": lambda: "ü"},
    "zoo.trails.Trail.keeper=": {"value": lambda: "ü"},
    "zoo.trails.straight": {"name": lambda: "ü"},
    "zoo.trails.loads": {"text": lambda: trails.dumps(file=VALUES["MapFile"]())},
    **{
        f"zoo.trails.{kind}.__restore__": {"data": lambda kind=kind: VALUES[kind]().__reduce__()[1][0]}
        for kind in ("Fork", "Spot", "Trail", "ParkMap", "MapFile")
    },
    "visitor.Diary.praise": {"hero": lambda: animals.Animal("ann")},
    **{f"zoo.measures.sum_{name}": {"data": lambda code=code: array.array(code, [1, 2])} for name, code in CODES.items()},
}
for record in ("zoo.Point", "zoo.Meal", "zoo.Profile", "zoo.Guard", "zoo.Wish", "zoo.cages.plans.Plan"):
    ARGUMENTS[f"{record}.__deepcopy__"] = {"memo": dict}

# Fields that `del` sets to `None`.
OPTIONAL = {"zoo.trails.Spot.note", *(f"zoo.trails.Trail.{name}" for name in ("keeper", "visits", "shade", "climb", "steps"))}

# What raises whatever it is given.
ALWAYS = {
    "zoo.cages.unlock": cages.LockedError,
    "zoo.animals.Animal.choke": zoo.ChokedError,
    "zoo.visits.chain": zoo.ZooError,
    "zoo.visits.panic": RuntimeError,
    "zoo.visits.panic_without_gil": RuntimeError,
}

# Raised by name: the same call with these arguments fails with this error.
FAILING = {
    "zoo.animals.Animal": ({"name": lambda: ""}, ValueError),
    "zoo.animals.Animal.eat": ({"meal": lambda: zoo.Meal("beef", 5, "meat")}, zoo.FeedingError),
    "zoo.animals.Animal.parse": ({"text": lambda: "x"}, ValueError),
    "zoo.animals.Animal.create": ({"name": lambda: THING}, TypeError),
    "zoo.animals.Animal.weight=": ({"value": lambda: float("nan")}, ValueError),
    "zoo.animals.Herd.__getitem__": ({"index": lambda: 9}, IndexError),
    "zoo.animals.Herd.__setitem__": ({"index": lambda: 9}, IndexError),
    "zoo.animals.Herd.__delitem__": ({"index": lambda: 9}, IndexError),
    "zoo.cages.plans.build": ({"phase": lambda: "sketch"}, plans.PlanError),
    "zoo.measures.Amount.__truediv__": ({"other": lambda: measures.Amount(0)}, ZeroDivisionError),
    "zoo.measures.Tally.__ifloordiv__": ({"other": lambda: 0}, ZeroDivisionError),
    "zoo.measures.fill": ({"data": lambda: bytes(8)}, (BufferError, ValueError)),
    "zoo.trails.loads": ({"text": lambda: "(park_map (version 1)"}, ValueError),
    "zoo.trails.Trail": ({"name": lambda: "a\0"}, ValueError),
    "zoo.trails.Trail.surface=": ({"value": lambda: "mud"}, ValueError),
    "zoo.trails.Spot.__restore__": ({"data": lambda: b"x"}, ValueError),
    "zoo.visits.fail": ({"kind": lambda: "choked"}, zoo.ChokedError),
    "zoo.visits.fail_one": ({"grams": lambda: 99}, zoo.FeedingError),
    "zoo.visits.fail_builtin": ({"text": lambda: "x"}, ValueError),
    "zoo.visits.first_of": ({"items": list}, IndexError),
    "zoo.visits.total": ({"numbers": lambda: iter([2**63 - 1, 1])}, ValueError),
    "visitor.breed": ({"name": lambda: ""}, ValueError),
    "visitor.parade": ({"names": lambda: ["a", ""]}, ValueError),
    "zoo.Meal.scaled": ({"by": lambda: 2**31}, OverflowError),
}


def receiver(item):
    """An object to call a method on, or to read a property of."""
    return new_park() if item.owner == "Zoo" else VALUES[item.owner]()


def arguments(item):
    """A function that makes good arguments, by name."""
    special = ARGUMENTS.get(item.key, {})
    makers = {p.name: special.get(p.name) or VALUES[p.annotation] for p in item.parameters}
    return lambda: {name: make() for name, make in makers.items()}

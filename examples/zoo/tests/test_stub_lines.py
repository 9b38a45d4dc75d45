"""How each feature of the declaration language looks in a stub. Written by hand: no command changes these lines."""

import pytest
from stubs import ZOO

STUB_LINES = {
    # modules and what stands in them
    "doc of a module": ("zoo", '"""A small zoo.\n\nEvery feature of the declaration language is used in it at least once.\n"""'),
    "nested modules": ("zoo", "from . import animals, cages, measures, trails, visits"),
    "names of other modules": ("zoo/animals", "from . import Diet, Meal, Weight"),
    "types: alias": ("zoo", "Weight: TypeAlias = float"),
    "types: tuple": ("zoo", "Position: TypeAlias = tuple[float, float]"),
    "types: optional": ("zoo", "MaybeName: TypeAlias = str | None"),
    "types: union": ("zoo", "Label: TypeAlias = int | float | str | bool"),
    "types: union of one Python type": ("zoo", "Width: TypeAlias = int"),
    "generic alias": ("zoo", "Greeter: TypeAlias = Callable[[_T, str], str]"),
    "generic alias in a nested module": ("zoo/cages/plans/__init__", "Reviewer: TypeAlias = Callable[[_T, Plan], _T]"),
    "constants: value": ("zoo", "COLDEST: Final = -40"),
    "constants: no literal for a stub": ("zoo", "EPOCH: Final[int]"),
    "constants: text": ("zoo", 'MOTTO: Final = "All animals are equal."'),
    "constants: enum": ("zoo", "FAVOURITE: Final = Diet.LEAVES"),
    "constants: rust": ("zoo", "FOUNDED: Final[int]"),
    "platform": ("zoo", 'if sys.platform == "win32":\n    class Drive(IntEnum):'),
    "feature": ("zoo", "def by_night() -> Guard: ..."),
    "enums: str": ("zoo", 'class Mood(StrEnum):\n    CALM = "calm"\n    VERY_ANGRY = "angry"'),
    "enums: int": ("zoo", 'class Size(IntEnum):\n    """How large a cage is."""\n\n    SMALL = 1\n    LARGE = 2\n    TINY = -1'),
    "enums: flag": ("zoo", "class Perks(IntFlag):\n    SHADE = 1\n    POOL = 2"),
    "errors: base, fields": (
        "zoo",
        'class FeedingError(ZooError):\n    """An animal does not eat that."""\n\n    food: str\n    grams: int',
    ),
    "namespaces": ("zoo", "    WEEK: Final = 7\n    FIRST: Final = Season.DRY\n\n    @staticmethod\n    def days("),
    "extern": ("visitor", "from zoo.cages import Zoo"),
    "extern in a nested module": ("visitor/guests", "def names(herd: Herd) -> list[str]: ..."),
    # records
    "frozen record": ("zoo", "    @property\n    def x(self) -> float: ...\n    @property\n    def y(self) -> float: ..."),
    "constructor of a record": ("zoo", "def __new__(cls, x: float, y: float = 0.0, /) -> Self: ..."),
    "field": ("zoo", "    food: str\n    grams: int\n"),
    "field with another type when set": (
        "zoo",
        "    @property\n    def diet(self) -> Diet: ...\n    @diet.setter\n    def diet(self, value: Diet | str) -> None: ...",
    ),
    "doc of a field": ("zoo", "    Attributes:\n        grams: How much.\n"),
    "match_args": ("zoo", '    __match_args__ = ("food", "grams", "diet")'),
    "deprecated record": ("zoo", '@final\n@deprecated("nobody reads wishes")\nclass Wish:'),
    # classes
    "subclass": ("zoo/animals", '@disjoint_base\nclass Animal:\n    """An animal.'),
    "no subclass": ("zoo/animals", "@final\nclass Herd:"),
    "new": (
        "zoo/animals",
        "def __new__(\n        cls, name: str, weight: Weight = 1.0, *, diet: Diet | str = ...\n    ) -> Self: ...",
    ),
    "factory": ("zoo/animals", "Made by Herd.walk()."),
    "hold: value": ("zoo/animals", "Ownership: the contents live in this object."),
    "hold: shared": ("zoo/cages/__init__", "Ownership: the contents are shared with other holders."),
    "hold: view": ("zoo/cages/__init__", "Ownership: a view into its Zoo, which it keeps alive."),
    "destroy": ("zoo/animals", '    def destroy(self) -> None:\n        """Release the contents now."""'),
    "destroy with a doc": ("zoo/cages/__init__", '    def destroy(self) -> None:\n        """Let go of the thing."""'),
    "aliases": ("zoo/animals", "Beast: TypeAlias = Animal\nCreature: TypeAlias = Animal"),
    "static": ("zoo/animals", "    @staticmethod\n    def parse(text: str) -> Animal:"),
    "class": ("zoo/animals", "    @classmethod\n    def create(cls, name: object) -> Any:"),
    "Self": ("zoo/animals", "    def twin(self) -> Animal: ..."),
    "deprecated method": ("zoo/animals", '    @deprecated("use `name`")\n    def old_name(self) -> str: ...'),
    "deprecated property": ("zoo/animals", '    @property\n    @deprecated("nobody counts them")\n    def legs(self) -> int: ...'),
    "property with a setter": (
        "zoo/animals",
        "    @property\n    def nickname(self) -> str | None: ...\n    @nickname.setter\n    def nickname(self, value: str | None) -> None: ...",
    ),
    "constant of a class": ("zoo/animals", '    KINGDOM: Final = "animalia"'),
    "raises": ("zoo/animals", "        Raises:\n            FeedingError: An animal does not eat that.\n            OverflowError"),
    "doc of a parameter": ("zoo/animals", "        Args:\n            meal: What it gets."),
    "doc of a result": ("zoo/animals", "        Returns:\n            What it weighs now."),
    # live records
    "live record": ("zoo/trails", "@disjoint_base\nclass Trail:"),
    "live list": (
        "zoo/trails",
        "    @property\n    def spots(self) -> MutableList[Spot]: ...\n    @spots.setter\n    def spots(self, value: Sequence[Spot]) -> None: ...",
    ),
    "live field": ("zoo/trails", "    start: Spot\n"),
    "default of a live record": ("zoo/trails", "        start: Spot = ...,\n        spots: Sequence[Spot] = [],"),
    "hash of a node": ("zoo/trails", "    def __hash__(self) -> int: ..."),
    "alias of a member": ("zoo/trails", '    BOARD_WALK = "board-walk"\n    PLANKS = BOARD_WALK\n'),
    # protocols
    "__eq__": ("zoo/animals", "    def __eq__(self, value: object, /) -> bool: ..."),
    "__lt__ and its reflection": (
        "zoo/animals",
        "    def __lt__(self, other: Animal, /) -> bool: ...\n    def __gt__(self, value: Animal, /) -> bool: ...",
    ),
    "unhashable": ("zoo/animals", "    __hash__: ClassVar[None]  # type: ignore[assignment]"),
    "__next__": ("zoo/animals", "    def __next__(self) -> str: ..."),
    "__exit__": ("zoo/animals", "        exc_type: type[BaseException] | None,\n        exc_value: BaseException | None,"),
    "__i…__": ("zoo/animals", "    def __iadd__(self, other: Herd, /) -> Self: ..."),
    "__r…__": ("zoo/measures", "    def __radd__(self, other: int, /) -> Amount:"),
    "__buffer__": ("zoo/measures", "    def __buffer__(self, flags: int, /) -> memoryview: ..."),
    # parameters
    "every kind of parameter": ("zoo/visits", "    a: int, /, b: int = 2, *rest: int, c: int, d: int = 4, **options: int\n"),
    "args: keyword": ("zoo/cages/__init__", "def first(*, zoo: Zoo) -> Cage | None:"),
    "kind: keyword": ("zoo/visits", 'def by_keyword(*, first: str, last: str = "-") -> str: ...'),
    "kind: positional": ("zoo/visits", 'def by_position(first: str, last: str = "-", /) -> str: ...'),
    "defaults": ("zoo/visits", "    f: str = 'say \"hi\" = hello\\n',\n    g: list[str] = [],\n    h: dict[str, int] = {},"),
    "default that is no literal": ("zoo/visits", "    j: Diet | str = ...,"),
    "overloads": ("zoo/visits", "@overload\ndef area(a: float, b: float | None) -> float:"),
    "generic": ("zoo/visits", "def swap(a: _A, b: _B) -> tuple[_B, _A]: ..."),
    # types
    "enum as argument": ("zoo", "def grow(size: Size | int) -> Size: ..."),
    "Path": ("zoo/measures", "def echo_path(value: str | PathLike[str], /) -> Path: ..."),
    "object": ("zoo/measures", "def echo_object(value: object, /) -> Any: ..."),
    "None": ("zoo/measures", "def echo_none() -> None: ..."),
    "dict, list, tuple": ("zoo/measures", "dict[str, dict[int, list[tuple[bytes, float | None]]]]"),
    "tuple[T, ...]": ("zoo/measures", "def echo_tuples(value: tuple[float, ...], /) -> tuple[float, ...]: ..."),
    "set": ("zoo/measures", "def echo_set(value: set[str], /) -> set[str]: ..."),
    "buffer": ("zoo/measures", "def sum_f64(data: Buffer, /) -> float: ..."),
    "Iterator": ("zoo/visits", "def take(numbers: Iterator[int], count: int) -> list[int]:"),
    "Iterable": ("zoo/visits", "def drain(words: Iterable[str]) -> list[str]: ..."),
    "Callable": ("zoo/visits", "def apply(f: Callable[[int, str], float], n: int) -> float:"),
    "Callable?": ("zoo/visits", "def maybe(f: Callable[[], None] | None = None) -> bool:"),
    "type": ("zoo/visits", "def is_kind(value: object, kind: type[_T]) -> bool:"),
}


def stub(name):
    """The text of a stub, without the comments that say where a line was declared."""
    folder = ZOO / "visitor" / "gen" if name.startswith("visitor") else ZOO / "gen"
    paths = [folder / f"{name}.pyi", folder / name / "__init__.pyi"]
    text = next(path for path in paths if path.exists()).read_text(encoding="utf-8")
    return "\n".join(line.split("  # bindings")[0] for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("feature", STUB_LINES)
def test_stub(feature):
    name, lines = STUB_LINES[feature]
    assert lines in stub(name)

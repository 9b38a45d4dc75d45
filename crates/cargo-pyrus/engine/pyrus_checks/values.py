"""Values as Python text: what a type takes, what is just inside or outside of it, and what it must refuse."""

from __future__ import annotations

from typing import Any, Callable

from .dice import Dice
from .model import INT_BITS, Item, Model, Param, Type

TEXTS = [
    "''",
    "'a'",
    "'\\ufffd\\U0001f400'",
    "'name'",
    "'a b'",
    "'1'",
    "'ü' * 40",
    "'a.b'",
    "'[('",
    "'%s{}'",
]
ODD_TEXTS = ["'x\\x00y'", "'\\ud800'", "'a\\udfff'", "'a' * 100000", "OddStr('a')", "'\\x00'", "'\\n' * 9"]
FLOATS = ["0.0", "-0.0", "1.5", "-2.25", "1e-9", "7", "True"]
ODD_FLOATS = [
    "float('nan')",
    "float('inf')",
    "float('-inf')",
    "1.7976931348623157e308",
    "5e-324",
    "2 ** 64",
    "10 ** 400",
]
BYTES = ["b''", "b'a'", "b'\\x00\\xff'", "b'abc' * 30"]
CODES = {"I8": "b", "I16": "h", "I32": "i", "I64": "q", "U8": "B", "U16": "H", "U32": "I", "U64": "Q"}
STRANGE = [
    "None", "THING", "0", "-1", "1.5", "'x'", "b'x'", "[]", "{}", "()", "set()", "object()", "type", "...",
    "NotImplemented", "(2 ** 70)", "fail", "decimal.Decimal(1)", "pathlib.Path('a')", "array.array('d', [1.0])",
    "iter([1])", "OddInt(3)", "OddStr('x')", "OddList([1])", "OddDict(a=1)", "Thing", "range(3)", "1j",
    "bytearray(b'x')", "memoryview(b'abc')[::2]", "float('nan')", "'\\ud800'", "[[[[]]]]", "(None,) * 9",
    "{None: None}", "Exception('x')", "threading.local()", "collections.OrderedDict()", "weakref.ref(THING)",
    "(lambda: 0)", "frozenset({1})",
]  # fmt: skip


class Values:
    """Writes values. `objects` holds expressions of objects that a program has, by key of their class."""

    def __init__(self, model: Model, rng: Dice, makers: dict[str, list[Way]]) -> None:
        self.model, self.rng, self.makers = model, rng, makers
        self.objects: dict[str, list[str]] = {}
        self.others: list[str] = []
        # Writes any call, for code that runs inside of another call.
        self.nested: Callable[[], str] | None = None

    def chance(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent

    def param(self, param: Param, mood: str = "good") -> str:
        """A value for a parameter; `mood` is good, odd or bad."""
        hints = self.model.hints
        limit = hints.limits.get(param.key)
        if limit is not None:
            return self.limited(param, limit, mood)
        samples = hints.values.get(param.key)
        if samples and self.chance(70):
            return self.rng.choice(samples)
        return self.value(param.type, mood)

    def limited(self, param: Param, limit: float, mood: str) -> str:
        if mood == "bad":
            return self.rng.choice(["None", "'x'", "[]", "THING", "-1"])
        inner = param.type
        if inner in ("F32", "F64"):
            return repr(self.rng.choice([0.0, limit / 2, limit]))
        return repr(self.rng.randrange(int(limit) + 1))

    def value(self, of: Type, mood: str = "good", depth: int = 0) -> str:
        """A value for a type."""
        if mood == "bad":
            return self.strange()
        if mood == "odd" and self.chance(50):
            odd = self.odd(of, depth)
            if odd is not None:
                return odd
        return self.good(of, mood, depth)

    def strange(self) -> str:
        """Anything at all."""
        known = [text for texts in self.objects.values() for text in texts]
        if known and self.chance(30):
            return self.rng.choice(known)
        if self.others and self.chance(20):
            return self.rng.choice(self.others)
        return self.rng.choice(STRANGE)

    def code(self) -> str:
        """A call as a function without parameters."""
        if self.nested is None:
            return "fail"
        text = self.nested()
        return f"lambda: quiet(lambda: {text})" if self.chance(60) else f"lambda: {text}"

    def good(self, of: Type, mood: str, depth: int) -> str:
        if isinstance(of, str):
            return self.simple(of)
        ((shape, inside),) = of.items()
        writer = getattr(self, f"of_{shape.lower()}")
        return str(writer(inside, mood, depth + 1))

    def simple(self, of: str) -> str:
        pick = self.rng.choice
        if of == "Str":
            return pick(TEXTS)
        if of in ("F32", "F64"):
            return pick(FLOATS)
        if of in ("Bool", "Truth"):
            return pick(["True", "False"])
        if of == "BigInt":
            return pick(["0", "-1", "2 ** 63", "-(2 ** 63) - 1", "2 ** 200", "10 ** 30", "7"])
        if of == "Bytes":
            return pick(BYTES)
        if of == "Path":
            return pick(["'a'", "pathlib.Path('a/b')", "'.'", "''"])
        if of == "None":
            return "None"
        return self.strange()  # Object

    def odd(self, of: Type, depth: int) -> str | None:
        """The edges of a type, and objects that act while they are asked."""
        name = of if isinstance(of, str) else next(iter(of))
        pick = self.rng.choice
        if name in ("Int", "F32", "F64", "BigInt", "Truth", "Path", "Str") and depth < 3 and self.chance(25):
            return f"Hook({self.code()}, {self.good(of, 'good', depth)})"
        if name == "Int":
            bits, low, high = limits(of)
            return pick(
                [str(low), str(high), str(low - 1), str(high + 1), f"2 ** {bits * 2}", "True", f"OddInt({high})"]
            )
        if name in ("F32", "F64"):
            return pick(ODD_FLOATS)
        if name == "Str":
            return pick(ODD_TEXTS)
        if name == "Bytes":
            return pick(["bytearray(b'x')", "memoryview(b'x')", "b'x' * 100000"])
        if name == "BigInt":
            return pick(["-(2 ** 10000)", "OddInt(2 ** 70)", "2 ** 64 - 1"])
        if name == "Path":
            return pick(["'a\\x00'", "b'a'", "'\\ud800'", "OddStr('a')"])
        if name in ("List", "Tuple", "VarTuple", "Dict", "Set", "Iterable", "Iterator"):
            return self.odd_items(of, depth)
        return None

    def odd_items(self, of: Any, depth: int) -> str:
        ((shape, inside),) = of.items()
        good = self.good(of, "odd", depth)
        if shape == "Dict":
            return self.rng.choice([f"OddDict({good})", good, f"{{Hook({self.code()}, 1): 1}}"])
        if shape in ("Iterable", "Iterator"):
            item = self.value(inside, "good", depth + 1)
            return self.rng.choice(
                [f"Endless({item})", f"hooked({self.code()}, [{item}, {item}])", f"iter(OddList([{item}]))"]
            )
        if shape == "List":
            held = self.rng.choice(self.others) if self.others else "[]"
            return self.rng.choice([f"OddList({good})", f"{good} * 1000", f"tuple({good})", held, f"{good} + [None]"])
        return self.rng.choice([good, "(1,) * 300", "set()", "frozenset()"])

    def of_int(self, inside: str, _mood: str, _depth: int) -> str:
        _, low, high = limits({"Int": inside})
        number = self.rng.choice([0, 0, 1, 1, 2, 3, 7, 100, self.rng.randrange(100), low, high])
        return str(max(low, min(high, number)))

    def of_optional(self, inside: Type, mood: str, depth: int) -> str:
        return "None" if depth > 4 or self.chance(25) else self.value(inside, mood, depth)

    def of_union(self, inside: list[Type], mood: str, depth: int) -> str:
        return self.value(self.rng.choice(inside), mood, depth)

    def some(self, inside: Type, mood: str, depth: int) -> list[str]:
        count = self.rng.choice([0, 1, 2, 3] if depth < 3 else [0, 1] if depth < 5 else [0])
        return [self.value(inside, mood, depth) for _ in range(count)]

    def of_list(self, inside: Type, mood: str, depth: int) -> str:
        return f"[{', '.join(self.some(inside, mood, depth))}]"

    def of_tuple(self, inside: list[Type], mood: str, depth: int) -> str:
        return f"({''.join(self.value(one, mood, depth) + ', ' for one in inside)})"

    def of_vartuple(self, inside: Type, mood: str, depth: int) -> str:
        return f"({''.join(one + ', ' for one in self.some(inside, mood, depth))})"

    def of_dict(self, inside: list[Type], mood: str, depth: int) -> str:
        count = self.rng.choice([0, 1, 2] if depth < 5 else [0])
        pairs = (f"{self.value(inside[0], mood, depth)}: {self.value(inside[1], mood, depth)}" for _ in range(count))
        return f"{{{', '.join(pairs)}}}"

    def of_set(self, inside: Type, mood: str, depth: int) -> str:
        return f"{{*[{', '.join(self.some(inside, mood, depth))}]}}"

    def of_iterable(self, inside: Type, mood: str, depth: int) -> str:
        items = self.of_list(inside, mood, depth)
        return self.rng.choice([items, f"iter({items})", f"tuple({items})", f"hooked({self.code()}, {items})"])

    def of_sequence(self, inside: Type, mood: str, depth: int) -> str:
        items = self.of_list(inside, mood, depth)
        return self.rng.choice([items, f"tuple({items})"])

    def of_iterator(self, inside: Type, mood: str, depth: int) -> str:
        items = self.of_list(inside, mood, depth)
        return self.rng.choice([f"iter({items})", f"iter({items})", f"hooked({self.code()}, {items})"])

    def of_callable(self, inside: list[Any], mood: str, depth: int) -> str:
        result = self.value(inside[1], mood if self.chance(20) else "good", depth)
        choices = [f"lambda *_: {result}"] * 3 + ["echo", "fail", "stop", f"after({self.code()}, {result})"] * 2
        return self.rng.choice([*choices, "print", "AGAIN"] if depth == 1 else choices)

    def of_typeof(self, inside: Any, _mood: str, _depth: int) -> str:
        if isinstance(inside, dict) and "Var" not in inside:
            ((shape, number),) = inside.items()
            arena = {"Class": "classes", "Record": "records"}.get(shape)
            if arena and self.chance(80):
                path = self.model.path_of(arena, number)
                return self.rng.choice([path, path, f"child({path})"])
        return self.rng.choice(["int", "Thing", "type", "object", "type(THING)", "OddInt"])

    def of_buffer(self, inside: Any, _mood: str, _depth: int) -> str:
        code = CODES[inside["Int"]] if isinstance(inside, dict) else {"F32": "f", "F64": "d"}.get(inside, "B")
        text = f"array.array('{code}', [1, 2, 3])"
        return self.rng.choice(
            [text, text, f"memoryview({text})", f"array.array('{code}')", f"memoryview({text})[::2]", "b'abcdefgh'"]
        )

    def of_var(self, _inside: str, _mood: str, _depth: int) -> str:
        return self.strange()

    def of_enum(self, number: int, mood: str, _depth: int) -> str:
        declared = self.model.api["enums"][number]
        member = self.rng.choice(declared["members"])
        (value,) = member["value"].values()
        if mood == "odd" and self.chance(30):
            return self.rng.choice([f"{value!r} * 2", "'no such'", "-7", "2 ** 40", "OddStr('x')"])
        return self.rng.choice([f"{self.model.path_of('enums', number)}.{member['name']}", repr(value)])

    def of_alias(self, number: int, mood: str, depth: int) -> str:
        return self.value(self.model.api["aliases"][number]["ty"], mood, depth - 1)

    def of_class(self, number: int, _mood: str, depth: int) -> str:
        return self.object(self.model.key_of("classes", number), depth)

    def of_record(self, number: int, _mood: str, depth: int) -> str:
        return self.object(self.model.key_of("records", number), depth)

    def of_kind(self, key: str, _mood: str, depth: int) -> str:
        return self.object(key, depth)

    def of_extern(self, number: int, _mood: str, depth: int) -> str:
        extern = self.model.api["externs"][number]
        return self.object(f"{extern['module']}.{extern['class']}", depth)

    def object(self, key: str, depth: int) -> str:
        """An object of a class or record: one that is there, or a new one."""
        known = self.objects.get(key)
        if known and self.chance(85):
            return self.rng.choice(known)
        made = self.new(key, depth)
        return made or (self.rng.choice(known) if known else "None")

    def new(self, key: str, depth: int = 0) -> str | None:
        """An expression that makes an object of a class or record."""
        hinted = self.model.hints.values.get(key)
        if hinted:
            return self.rng.choice(hinted)
        ways = self.makers.get(key, [])
        if depth > 3:
            ways = ways[:1]
        if not ways or depth > 8:
            return None
        way = ways[0] if self.chance(60) else self.rng.choice(ways[:3])
        return f"{self.call(way.item, 'good', depth + 1)}{way.suffix}"

    def call(self, item: Item, mood: str, depth: int = 0) -> str:
        """The text of a call, with good arguments or not quite."""
        if item.owner is None:
            return f"{item.path}({self.arguments(item, mood, depth)})"
        target = self.object(item.owner, depth) if mood != "bad" or self.chance(90) else f"({self.strange()})"
        if item.kind == "get":
            return f"{target}.{item.name}"
        return f"{target}.{item.name}({self.arguments(item, mood, depth)})"

    def arguments(self, item: Item, mood: str, depth: int = 0) -> str:
        """Arguments between brackets."""
        given: list[str] = []
        by_name: list[str] = []
        worst = self.rng.randrange(len(item.params)) if item.params else 0
        for i, param in enumerate(item.params):
            own = mood if mood != "bad" or i == worst else "good"
            if param.kind == "VarPositional":
                given += [self.value(param.type, own, depth) for _ in range(0 if by_name else self.rng.randrange(3))]
            elif param.kind == "VarKeyword":
                by_name += [f"{name}={self.value(param.type, own, depth)}" for name in ("p", "q") if self.chance(50)]
            elif not param.required and (depth > 2 or self.chance(80 if depth else 50)):
                if param.kind == "PositionalOnly":
                    break
            else:
                text = self.param(param, own) if depth == 0 else self.deep(param, depth)
                named = (
                    param.kind == "KeywordOnly" or bool(by_name) or (param.kind != "PositionalOnly" and self.chance(30))
                )
                (by_name if named and param.kind != "PositionalOnly" else given).append(
                    f"{param.name}={text}" if named and param.kind != "PositionalOnly" else text
                )
        if mood == "bad" and self.chance(25):
            self.spoil(given, by_name)
        return ", ".join([*given, *by_name])

    def deep(self, param: Param, depth: int) -> str:
        hints = self.model.hints
        if param.key in hints.values or param.key in hints.limits:
            return self.param(param)
        return self.value(param.type, "good", depth)

    def spoil(self, given: list[str], by_name: list[str]) -> None:
        """One argument more, one less, or one that nobody asked for."""
        way = self.rng.randrange(4)
        if way == 0:
            given.append(self.strange())
        elif way == 1:
            by_name.append(f"no_such_name={self.strange()}")
        elif way == 2 and (given or by_name):
            (by_name or given).pop()
        else:
            by_name.append(f"**{{'{self.rng.choice(['', 'self', 'a', 'x' * 50])}': 1}}")


def limits(of: Any) -> tuple[int, int, int]:
    """Bits, least and largest value of a machine integer."""
    name = of["Int"]
    bits = INT_BITS[name]
    return (bits, 0, 2**bits - 1) if name[0] == "U" else (bits, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


class Way:
    """How to get an object of a class: what to call, and what to do with the result."""

    def __init__(self, item: Item, suffix: str, cost: int) -> None:
        self.item, self.suffix, self.cost = item, suffix, cost


def makers(model: Model) -> dict[str, list[Way]]:
    """For each class, what makes its objects; what needs the fewest other objects first."""
    cost: dict[str, int] = {}
    found: dict[str, list[Way]] = {}
    for _ in range(8):
        found = {}
        for item in model.items:
            if item.kind == "set" or item.name in ("__iter__", "__enter__", "__next__"):
                continue
            needs = [item.owner] if item.owner else []
            for param in item.params:
                if param.required and param.key not in model.hints.values:
                    needs += needed(model, param.type)
            price = 1 + sum(cost.get(key, 99) for key in needs)
            for key, suffix in given(model, item.returns):
                found.setdefault(key, []).append(Way(item, suffix, price + 2 * len(suffix)))
        for key, ways in found.items():
            ways.sort(key=lambda way: way.cost)
            cost[key] = min(cost.get(key, 99), ways[0].cost)
    return {key: [way for way in ways if way.cost < 99] for key, ways in found.items()}


def kind_key(model: Model, of: Type) -> str | None:
    """The key of the class that a type is."""
    if isinstance(of, dict):
        ((shape, inside),) = of.items()
        if shape in ("Class", "Record"):
            return model.key_of("classes" if shape == "Class" else "records", inside)
        if shape == "Kind":
            return str(inside)
        if shape == "Extern":
            extern = model.api["externs"][inside]
            return f"{extern['module']}.{extern['class']}"
        if shape == "Alias":
            return kind_key(model, model.api["aliases"][inside]["ty"])
    return None


def needed(model: Model, of: Type) -> list[str]:
    """The classes that a value of a type cannot do without."""
    key = kind_key(model, of)
    if key is not None:
        return [key]
    if isinstance(of, dict) and "Tuple" in of:
        return [key for one in of["Tuple"] for key in needed(model, one)]
    return []


def given(model: Model, of: Type) -> list[tuple[str, str]]:
    """The classes whose objects a result gives, and how to get them out of it."""
    key = kind_key(model, of)
    if key is not None:
        return [(key, "")]
    if isinstance(of, dict):
        ((shape, inside),) = of.items()
        if shape == "Optional":
            return given(model, inside)
        if shape in ("List", "VarTuple"):
            return [(key, f"[0]{rest}") for key, rest in given(model, inside)]
        if shape == "Tuple":
            return [(key, f"[{i}]{rest}") for i, one in enumerate(inside) for key, rest in given(model, one)]
        if shape == "Iterator":
            return [(key, f".__next__(){rest}") for key, rest in given(model, inside)]
    return []

"""The steps of a program, each a line of Python: calls of declared items, and what else Python does with objects."""

from __future__ import annotations

from typing import Any

from .dice import Dice
from .model import Item, Model
from .values import Values, Way

BINARY = dict(
    add="+", sub="-", mul="*", matmul="@", truediv="/", floordiv="//", mod="%", pow="**", lshift="<<", rshift=">>",
    xor="^", eq="==", ne="!=", lt="<", le="<=", gt=">", ge=">=", **{"and": "&", "or": "|"},
)  # fmt: skip
UNARY = dict(
    neg="-{0}", pos="+{0}", invert="~{0}", abs="abs({0})", len="len({0})", hash="hash({0})", repr="repr({0})",
    str="str({0})", bool="bool({0})", int="int({0})", float="float({0})", index="hex({0})", iter="take({0})",
    next="next({0})", enter="held({0}, list)", buffer="memoryview({0})",
)  # fmt: skip

# What Python does with any object. `{v}` is one that the program has, `{w}` another, `{x}` anything, `{f}` runs a call.
ANY = """
repr({v})|str({v})|hash({v})|{v} == {w}|{v} != {w}|{v} < {w}|bool({v})|dir({v})|len({v})|take({v})|next({v})
iter({v})|{v}[0]|{v}[{x}]|{v}[-1:3]|{x} in {v}|list(map(repr, take({v})))|copy.copy({v})|copy.deepcopy({v})
pickled({v}, 2)|pickled({v}, 4)|{v}.__reduce__()|{v}.__reduce_ex__(4)|{v}.__sizeof__()|format({v})|f'{{{v}}}'
memoryview({v})|bytes({v})|{v} + {w}|{v} - {x}|{x} + {v}|{v} * 3|-{v}|abs({v})|{v} @ {w}|int({v})|float({v})
hex({v})|{v}({x})|weakref.ref({v})|weakref.proxy({v})|held({v}, {f})|held({v}, lambda: held({v}, {f}))
isinstance({v}, type({w}))|{v}.__rust_address__()|{v}.__field_names__()|setattr({v}, 'no_such', {x})
delattr({v}, 'no_such')|{v}.__class__|setattr({v}, '__class__', type({w}))|{v}.__dict__|{v}.__init__()
{v}.__init__({x})|type({v}).__init__({w})|type({v}).__new__(type({v}))|type({v}).__new__(type({v}), {x})
type({v}).__new__(type({w}))|object.__new__(type({v}))|type({v})()|type({v})({x})|type({v})({x}, {x})
type({v})(no_such={x})|blank(type({v}))|child(type({v}))|child(type({v}))({x})|{v}.__setstate__({x})
{v}.__setstate__({{'x': {x}}})|setattr(type({v}), 'no_such', {x})|delattr(type({v}), '__repr__')
type({v}).__eq__({v}, {x})|type({v}).__hash__({x})|{v}.destroy()|{v}.__enter__()|{v}.__exit__(None, None, None)
{v}.__exit__(KeyError, {x}, None)|gc.get_referents({v})|gc.get_referrers({v}) and None|sys.getsizeof({v})
collecting({f})|strict({f})|{v}.__iter__().__next__()|reversed({v})|THING.__setattr__('held', {v})
setattr(THING, 'cycle', [{v}, THING])|THING.__dict__.clear()|sorted([{v}, {w}])|{{{v}: {w}}}|{v} is {w}
copy.replace({v})|{v}.append({x})|{v}.insert(0, {x})|{v}.extend(hooked({f}, [{x}]))|{v}.pop()|{v}.clear()
{v}.remove({x})|{v}.sort(key=after({f}, 1))|{v}.index({x})|{v}.reverse()|{v}.__delitem__(0)
{v}.__setitem__(0, {x})|{v}.__setitem__(slice(None), take({w}))|{v}.__delitem__(slice(None, None, 2))
{v}.__imul__(2)|{v}.__iadd__({w})|{v}.copy()|grown({v}, 3)|grown({v}, 0)|type({v}).__dict__['__doc__']
super(type({v}), {v}).__repr__()|hash(type({v}))|{v}.__doc__|type({v}).mro(type({v}))|{v}.__init_subclass__()
type({v}).__subclasshook__({x})|{v}.__getstate__()|print(end='')|{v}.__buffer__(0)|{v}.__format__({x})
{v}.__getattribute__({x})|getattr({v}, 'a' * 9999)|vars({v})|callable({v})
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


class Steps:
    """Writes one program, step by step, and knows what its variables hold."""

    KEPT = 24

    def __init__(self, model: Model, rng: Dice, makers: dict[str, list[Way]], threads: int) -> None:
        self.model, self.rng, self.threads = model, rng, threads
        self.values = Values(model, rng, makers)
        self.values.nested = self.nested
        self.depth = 0
        self.made = 0
        self.kept: list[tuple[str, list[str]]] = []  # variables, and where their expressions are listed
        self.keys = {kind.python: key for key, kind in model.kinds.items() if kind.python}

    def next(self) -> tuple[str, Item | None]:
        """A line of Python, and the item that it calls."""
        item: Item | None = None
        dice = self.rng.random()
        if dice < 0.72 or not self.kept:
            item = self.item()
            text = self.call(item)
        elif dice < 0.90:
            text = self.anything()
        elif dice < 0.94:
            text = self.member()
        elif dice < 0.95 and self.threads > 1:
            calls = [f"lambda: {self.nested()}" for _ in range(self.rng.choice([1, 2, 2, self.threads]))]
            text = f"threads({', '.join(calls)})"
        elif dice < 0.98:
            text = "gc.collect()"
        else:
            variable = self.rng.choice(self.kept)[0]
            return f"{variable} = None", None
        if item is not None and item.kind == "set":
            return text, item
        self.made = (self.made + 1) % self.KEPT
        return f"v{self.made} = {text}", item

    def item(self) -> Item:
        return self.rng.choice(self.model.items)

    def chance(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent

    def mood(self) -> str:
        dice = self.rng.random()
        return "good" if dice < 0.6 else "odd" if dice < 0.82 else "bad"

    def call(self, item: Item) -> str:
        """A call of an item in any mood."""
        return self.write(item, self.mood())

    def write(self, item: Item, mood: str) -> str:
        """A call of an item, as a method or an operator, with arguments that are good, odd or bad."""
        values = self.values
        if item.kind == "set":
            target = values.object(item.owner or "", 0)
            return f"setattr({target}, '{item.name}', {values.param(item.params[0], mood)})"
        operator = item.name.strip("_") if item.name.startswith("__") and item.owner else ""
        text = (self.operator(item, operator, mood) if operator and self.chance(60) else None) or values.call(
            item, mood
        )
        if "AGAIN" in text:
            inner = text.replace("AGAIN", "me")
            text = text.replace("AGAIN", f"again(lambda me: {inner})")
        if self.returns_iterator(item) and self.chance(70):
            return f"take({text})"
        return text

    def returns_iterator(self, item: Item) -> bool:
        return isinstance(item.returns, dict) and "Iterator" in item.returns

    def operator(self, item: Item, name: str, mood: str) -> str | None:
        values = self.values
        target = values.object(item.owner or "", 0)
        if name in UNARY:
            return UNARY[name].format(target)
        others = [values.param(param, mood) for param in item.params]
        if name in BINARY and len(others) == 1:
            return f"({target} {BINARY[name]} {others[0]})"
        if name[:1] == "r" and name[1:] in BINARY and len(others) == 1:
            return f"({others[0]} {BINARY[name[1:]]} {target})"
        if name == "getitem" and others:
            return f"{target}[{others[0]}]"
        if name == "contains" and others:
            return f"({others[0]} in {target})"
        if name == "call":
            return f"{target}({values.arguments(item, mood)})"
        return None

    def nested(self) -> str:
        """A call inside of another call."""
        if self.depth > 1 or (self.depth and self.chance(50)):
            return "gc.collect()"
        self.depth += 1
        try:
            if self.kept and self.chance(45):
                return self.rng.choice([self.anything, self.ending])()
            return self.call(self.item())
        finally:
            self.depth -= 1

    def ending(self) -> str:
        """Takes away what is in use."""
        target = self.some()
        return self.rng.choice(
            [f"{target}.destroy()", f"grown({target}, 0)", f"{target}.clear()", "gc.collect()", f"{target}.pop()"]
        )

    def some(self) -> str:
        known = [text for texts in self.values.objects.values() for text in texts]
        if known and self.chance(80):
            return self.rng.choice(known)
        return self.rng.choice(self.kept)[0] if self.kept else "THING"

    def anything(self) -> str:
        template = self.rng.choice(ANY)
        code = self.values.code() if "{f}" in template else ""
        return template.format(v=self.some(), w=self.some(), x=self.values.strange(), f=code)

    def member(self) -> str:
        """An attribute of the type that nobody declared, used somehow."""
        kinds = list(self.model.kinds.values())
        if not kinds:
            return self.anything()
        kind = self.rng.choice(kinds)
        name = self.rng.choice(dir(kind.python))
        arguments = ", ".join(self.values.strange() for _ in range(self.rng.choice([0, 1, 1, 2, 3])))
        ways = [
            f"{self.values.object(kind.key, 0)}.{name}({arguments})",
            f"{kind.path}.{name}({self.some()}, {arguments})" if arguments else f"{kind.path}.{name}({self.some()})",
            f"{kind.path}.__dict__[{name!r}].__get__({self.some()}, {self.values.strange()})",
            f"{kind.path}.__dict__[{name!r}].__set__({self.some()}, {self.values.strange()})",
            f"setattr({self.values.object(kind.key, 0)}, {name!r}, {self.values.strange()})",
            f"delattr({self.values.object(kind.key, 0)}, {name!r})",
            f"[getattr({kind.path}.{name}, one, None) for one in dir({kind.path}.{name})]",
        ]
        return self.rng.choice(ways)

    def learn(self, text: str, value: object) -> None:
        """Remember what a line has put into its variable."""
        variable = text.partition(" ")[0]
        self.forget(variable)
        key = self.keys.get(type(value))
        if key is None and type(value) in (list, tuple) and value:
            items: Any = value
            key = self.keys.get(type(items[0]))
            if key is not None:
                texts = self.values.objects.setdefault(key, [])
                texts.append(f"{variable}[0]")
                self.kept.append((variable, texts))
                self.values.others.append(variable)
                return
        texts = self.values.others if key is None else self.values.objects.setdefault(key, [])
        texts.append(variable)
        self.kept.append((variable, texts))

    def forget(self, variable: str) -> None:
        """The variable holds something else from now on."""
        for entry in self.kept:
            if entry[0] == variable:
                entry[1][:] = [text for text in entry[1] if text.partition("[")[0] != variable]
                self.values.others[:] = [text for text in self.values.others if text != variable]
                self.kept.remove(entry)
                return

"""The declared items of an extension, from the checked model as JSON."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import dataclass, field
from typing import Any, Union

# A type of the model: a word such as "Str", or one key with what is inside: {"List": "Str"}.
Type = Union[str, dict[str, Any]]

INT_BITS = {"I8": 8, "I16": 16, "I32": 32, "I64": 64, "U8": 8, "U16": 16, "U32": 32, "U64": 64}


@dataclass
class Param:
    """A parameter of a function."""

    name: str
    kind: str
    type: Type
    required: bool
    key: str  # `zoo.animals.Animal.parse.text`, without the extension: what hints name


@dataclass
class Item:
    """Something declared that can be called, read or assigned."""

    key: str  # `animals.Animal.eat`
    kind: str  # function, static, new, method, get, set
    name: str
    path: str  # expression of a function or class: `zoo.animals.Animal`
    owner: str | None  # key of the class or record of methods, getters and setters
    params: list[Param]
    returns: Type
    ok: int = 0
    raised: int = 0


@dataclass
class Kind:
    """A class or a record."""

    key: str
    path: str
    live: bool = False
    record: bool = False
    destroys: bool = False
    items: list[Item] = field(default_factory=list)
    python: type | None = None


@dataclass
class Hints:
    """What the declarations do not say."""

    skip: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    limits: dict[str, float] = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)


class Model:
    """Everything that is declared, and exists here."""

    def __init__(self, api: dict[str, Any], hints: Hints) -> None:
        self.api = api
        self.hints = hints
        self.extension: str = api["extension"]
        self.modules = [module["name"] for module in api["modules"]]
        self.kinds: dict[str, Kind] = {}
        self.items: list[Item] = []
        self.keys: dict[tuple[str, int], str] = {}
        for name in [*hints.imports, self.extension]:
            importlib.import_module(name)
        for extern in api["externs"]:
            importlib.import_module(extern["module"])
        self.read()

    @classmethod
    def load(cls, path: str) -> Model:
        """Read the file that `cargo pyrus` writes, and import the extension."""
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        return cls(data["api"], Hints(**data["hints"]))

    def imports(self) -> list[str]:
        """What a program must import."""
        externs = [extern["module"] for extern in self.api["externs"]]
        return sorted({*self.hints.imports, *externs, *self.modules})

    def read(self) -> None:
        for module in self.api["modules"]:
            place = ".".join(module["path"])
            for function in module["functions"]:
                self.add(self.function(function, join(place, function["name"]), f"{module['name']}.{function['name']}"))
            for space in module["namespaces"]:
                for function in space["functions"]:
                    inside = f"{space['name']}.{function['name']}"
                    self.add(self.function(function, join(place, inside), f"{module['name']}.{inside}"))
            for item in module["items"]:
                for shape, of_shape in (("Class", "classes"), ("Record", "records")):
                    if shape in item:
                        self.kind(self.api[of_shape][item[shape]], module, record=shape == "Record")

    def kind(self, declared: dict[str, Any], module: dict[str, Any], record: bool) -> None:
        key = join(".".join(module["path"]), declared["name"])
        kind = Kind(key, f"{module['name']}.{declared['name']}", declared.get("live", False), record)
        python = resolve(kind.path)
        if not isinstance(python, type):
            return  # of another platform
        kind.python = python
        self.kinds[key] = kind
        if record:
            params = [self.param(one, key, declared["kind"]) for one in declared["fields"]]
            self.add(Item(key, "new", declared["name"], kind.path, None, params, self.type_of(key)), kind)
            for one in params:
                self.add(Item(one.key, "get", one.name, kind.path, key, [], one.type), kind)
                if not declared["frozen"]:
                    self.add(Item(f"{one.key}=", "set", one.name, kind.path, key, [one], "None"), kind)
        elif declared["new"]:
            made = self.function(declared["new"], key, kind.path)
            made.kind, made.name, made.returns = "new", declared["name"], self.type_of(key)
            self.add(made, kind)
        for method in declared["methods"]:
            self.add(self.method(method, kind), kind)
        if declared.get("destroy"):
            kind.destroys = True
            self.add(Item(f"{key}.destroy", "method", "destroy", kind.path, key, [], "None"), kind)
        for one in declared["properties"]:
            inside = f"{key}.{one['name']}"
            self.add(Item(inside, "get", one["name"], kind.path, key, [], one["get"]["returns"]), kind)
            if one["set"]:
                value = self.param(one["set"]["params"][0], inside)
                value.key = inside
                self.add(Item(f"{inside}=", "set", one["name"], kind.path, key, [value], "None"), kind)

    def type_of(self, key: str) -> Type:
        return {"Kind": key}

    def method(self, declared: dict[str, Any], kind: Kind) -> Item:
        key, path = f"{kind.key}.{declared['name']}", f"{kind.path}.{declared['name']}"
        item = self.function(declared, key, path)
        if isinstance(declared["binding"], dict):
            item.kind, item.owner, item.path = "method", kind.key, kind.path
        else:
            item.kind = "static"
        return item

    def function(self, declared: dict[str, Any], key: str, path: str) -> Item:
        params = [self.param(one, key) for one in declared["params"]]
        return Item(key, "function", declared["name"], path, None, params, declared["returns"])

    def param(self, declared: dict[str, Any], place: str, kind: str = "PositionalOnly") -> Param:
        kind = str(declared.get("kind", kind))
        required = declared.get("default") is None and not kind.startswith("Var")
        return Param(declared["name"], kind, declared["ty"], required, f"{place}.{declared['name']}")

    def add(self, item: Item, kind: Kind | None = None) -> None:
        here = item.path if kind is None or item.kind in ("new", "static") else f"{item.path}.{item.name}"
        if resolve(here) is None:
            return  # on another platform
        if kind is not None:
            kind.items.append(item)
        if item.key not in self.hints.skip and item.key.rstrip("=") not in self.hints.skip:
            self.items.append(item)

    def key_of(self, shape: str, number: int) -> str:
        """The key of a class, record or enum, by its place in the model."""
        key = self.keys.get((shape, number))
        if key is None:
            declared = self.api[shape][number]
            key = join(".".join(self.api["modules"][declared["module"]]["path"]), declared["name"])
            self.keys[shape, number] = key
        return key

    def path_of(self, shape: str, number: int) -> str:
        """The expression that names a class, record or enum."""
        declared = self.api[shape][number]
        return f"{self.api['modules'][declared['module']]['name']}.{declared['name']}"


def join(*parts: str) -> str:
    """Dotted, without what is empty."""
    return ".".join(part for part in parts if part)


def resolve(path: str) -> object:
    """What a dotted path names now; nothing if it is not there."""
    parts = path.split(".")
    for size in range(len(parts) - 1, 0, -1):
        found: object = sys.modules.get(".".join(parts[:size]))
        if found is not None:
            for part in parts[size:]:
                found = getattr(found, part, None)
            return found
    return None

"""What the committed stubs say: every function, method, property and constructor, with its parameters.

The stubs are print-outs of the declarations, so a test that walks them covers what is declared, and what is added later.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import sys
from dataclasses import dataclass, field
from pathlib import Path

ZOO = Path(__file__).parents[1]
STUBS = {"zoo": ZOO / "gen", "visitor": ZOO / "visitor" / "gen"}


@dataclass
class Parameter:
    name: str
    kind: inspect._ParameterKind
    default: str | None
    annotation: str

    @property
    def required(self):
        return self.default is None and self.kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass
class Item:
    """Something that can be called, read or assigned."""

    module: str
    owner: str | None
    name: str
    kind: str  # function, method, static, class, new, get, set
    parameters: list[Parameter] = field(default_factory=list)
    overloaded: bool = False
    deprecated: bool = False

    @property
    def key(self):
        """Like `zoo.animals.Animal.eat`, `zoo.Point` for a constructor, `zoo.Meal.grams=` for a setter."""
        parts = [self.module, self.owner, self.name if self.kind != "new" else None]
        return ".".join(part for part in parts if part) + ("=" if self.kind == "set" else "")

    @property
    def shown(self):
        """How messages name it."""
        owner = "" if self.owner is None or self.kind == "new" else f"{self.owner}."
        name = self.owner if self.kind == "new" else self.name
        return f"{owner}{name}" + ("" if self.kind in ("get", "set") else "()")

    @property
    def target(self):
        """The object in the module; for members, in the class."""
        module = importlib.import_module(self.module)
        if self.owner is None:
            return getattr(module, self.name)
        owner = getattr(module, self.owner)
        return owner if self.kind == "new" else getattr(owner, self.name)


def files():
    """(module, path) of every stub."""
    for folder in STUBS.values():
        for path in sorted(folder.rglob("*.pyi")):
            parts = path.relative_to(folder).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def statements(body):
    """The statements that count on this platform and version."""
    for node in body:
        if isinstance(node, ast.If):
            here = eval(compile(ast.Expression(node.test), "<stub>", "eval"), {"sys": sys})
            yield from statements(node.body if here else node.orelse)
        else:
            yield node


def parameters(node, bound):
    args = node.args
    plain = [(a, inspect.Parameter.POSITIONAL_ONLY) for a in args.posonlyargs]
    plain += [(a, inspect.Parameter.POSITIONAL_OR_KEYWORD) for a in args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + args.defaults
    found = [(a, kind, default) for (a, kind), default in zip(plain, defaults)][1 if bound else 0 :]
    if args.vararg:
        found.append((args.vararg, inspect.Parameter.VAR_POSITIONAL, None))
    found += [(a, inspect.Parameter.KEYWORD_ONLY, d) for a, d in zip(args.kwonlyargs, args.kw_defaults)]
    if args.kwarg:
        found.append((args.kwarg, inspect.Parameter.VAR_KEYWORD, None))
    return [Parameter(a.arg, k, d and ast.unparse(d), ast.unparse(a.annotation)) for a, k, d in found]


def decorators(node):
    return [ast.unparse(one).split("(")[0] for one in node.decorator_list]


def function(module, owner, node):
    marks = decorators(node)
    kind = "function"
    if owner is not None:
        kinds = {"staticmethod": "static", "classmethod": "class", "property": "get", f"{node.name}.setter": "set"}
        kind = next((kinds[mark] for mark in marks if mark in kinds), "new" if node.name == "__new__" else "method")
    shown = parameters(node, kind not in ("function", "static"))
    return Item(module, owner, node.name, kind, shown, "overload" in marks, "deprecated" in marks)


def members(module, cls):
    for node in statements(cls.body):
        if isinstance(node, ast.FunctionDef):
            yield function(module, cls.name, node)
        elif isinstance(node, ast.ClassDef):
            # A namespace within a class is an attribute of the module too.
            yield from members(module, node)
        elif isinstance(node, ast.AnnAssign) and not ast.unparse(node.annotation).startswith(("Final", "ClassVar")):
            name = node.target.id
            value = Parameter("value", inspect.Parameter.POSITIONAL_ONLY, None, ast.unparse(node.annotation))
            yield Item(module, cls.name, name, "get")
            yield Item(module, cls.name, name, "set", [value])


def items():
    """Everything that the stubs declare, once; Python's own classes (enums and exceptions) left out."""
    found = {}
    for module, path in files():
        for node in statements(ast.parse(path.read_text(encoding="utf-8")).body):
            new = []
            if isinstance(node, ast.FunctionDef):
                new = [function(module, None, node)]
            elif isinstance(node, ast.ClassDef) and "type_check_only" in decorators(node):
                continue
            elif isinstance(node, ast.ClassDef) and not is_pythons(module, node.name):
                new = list(members(module, node))
                if "deprecated" in decorators(node):
                    for one in new:
                        one.deprecated = True
            for one in new:
                found.setdefault(one.key, one)
    return list(found.values())


def is_pythons(module, name):
    return issubclass(getattr(importlib.import_module(module), name), (enum.Enum, BaseException))

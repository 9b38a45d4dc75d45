"""Programs as scripts that stand alone: the lines, and of the prelude what they use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
IMPORTS = "from collections.abc import Iterator\nfrom typing import Any, Callable\n"


class Prelude:
    """The definitions of the prelude by name, and what each of them uses."""

    def __init__(self) -> None:
        self.source = (HERE / "prelude.py").read_text(encoding="utf-8")
        self.parts: dict[str, str] = {}
        self.modules: set[str] = set()
        lines = self.source.splitlines()
        for node in ast.parse(self.source).body:
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                self.parts[node.name] = re.sub(r"  # type: ignore\[[a-z-]+\]", "", text)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.parts[node.targets[0].id] = text
            elif isinstance(node, ast.Import):
                self.modules.add(node.names[0].name)

    def used(self, text: str) -> tuple[list[str], list[str]]:
        """The modules and the definitions that a text needs, in the order of the prelude."""
        names: set[str] = set()
        todo = words(text)
        while todo:
            name = todo.pop()
            if name in self.parts and name not in names:
                names.add(name)
                todo |= words(self.parts[name])
            elif name in self.modules:
                names.add(name)
        return sorted(self.modules & names), [part for name, part in self.parts.items() if name in names]


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]\w*", text))


def render(about: str, imports: Iterable[str], lines: list[str], body: str) -> str:
    """A script: what it is about, what it needs, what it does. `body` is what becomes of the lines."""
    prelude = Prelude()
    text = "\n".join(lines)
    if "THING" in words(text):
        body = f"THING = Thing()\n{body}"
    modules, parts = prelude.used(body)
    mentioned = [name for name in imports if re.search(rf"\b{re.escape(name)}\b", body)]
    needed = {f"import {name}" for name in [*modules, *(mentioned or list(imports)[:1])]}
    joined = "\n\n\n".join(parts)
    head = f'"""{about}"""\n\nfrom __future__ import annotations\n\n'
    head += "\n".join(sorted(needed, key=lambda line: (line.split()[0] != "import", line))) + "\n"
    if words(joined) & {"Iterator", "Any", "Callable"}:
        head += IMPORTS
    return head + (f"\n\n{joined}\n\n" if parts else "") + f"\n{body}\n"


def plain(lines: Iterable[str], bare: Iterable[str] = ()) -> str:
    """The lines one after the other; what they raise is passed over, except by those that are `bare`."""
    done = set(bare)
    return "\n".join(line if line in done else f"with trying:\n    {line}" for line in lines)


def counted(lines: Iterable[str], bare: Iterable[str], count: str) -> str:
    """The lines as a function that is repeated, and what is counted."""
    inside = plain(lines, bare).replace("\n", "\n    ")
    return f"def program():\n    {inside}\n\n\nkeeps(program, lambda: {count})"

"""Makes a program that breaks something as small as it can, and writes it as a script."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Callable

from .script import counted, plain, render
from .worker import limit_memory


@dataclass
class Verdict:
    """How a script ended."""

    kind: str  # fine, signal, timeout, SystemError, kept, other
    detail: str = ""
    report: str = ""


class Judge:
    """Runs scripts, and says whether they fail as the program did."""

    def __init__(self, kind: str, count: str, imports: list[str], timeout: float, memory: float, budget: float) -> None:
        self.kind, self.count, self.imports = kind, count, imports
        self.timeout, self.memory = timeout, memory
        self.deadline = time.monotonic() + budget
        self.last = Verdict("fine")
        self.detail: str | None = None

    def text(self, lines: list[str], bare: list[str] | None = None, about: str = "Found by `cargo pyrus fuzz`.") -> str:
        given = bare or []
        body = counted(lines, given, self.count) if self.kind == "kept" else plain(lines, given)
        return render(about, self.imports, lines, body)

    def run(self, text: str) -> Verdict:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "program.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            setup: Callable[[], None] | None = (lambda: limit_memory(self.memory)) if os.name == "posix" else None
            command = [sys.executable, "-X", "faulthandler", "-W", "ignore", path]
            try:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder,
                    timeout=self.timeout, preexec_fn=setup, check=False,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                return Verdict("timeout", f"more than {self.timeout:g} s")
        return judge(done.returncode, done.stderr.decode("utf-8", "replace"))

    def fails(self, lines: list[str], bare: list[str] | None = None) -> bool:
        """Whether a program breaks the same thing; nothing does when the time is up."""
        if not lines or time.monotonic() > self.deadline:
            return False
        verdict = self.run(self.text(lines, bare))
        same = verdict.kind == self.kind and (self.detail is None or verdict.detail == self.detail)
        if same:
            self.last = verdict
        return same


def judge(code: int, report: str) -> Verdict:
    """What the end of a process means."""
    if code < 0 or code > 128:
        return Verdict("signal", str(abs(code) if code < 0 else code), report)
    if "SystemError: " in report:
        return Verdict("SystemError", "", report)
    if "changes each time: " in report:
        return Verdict("kept", "", report)
    return Verdict("fine" if code == 0 else "other", "", report)


def names(line: str) -> set[str]:
    return set(re.findall(r"\bv\d+\b", line))


def needed(lines: list[str]) -> list[str]:
    """The last line, and those that make what it uses."""
    wanted = names(lines[-1])
    kept = [lines[-1]]
    for line in reversed(lines[:-1]):
        target = line.partition(" = ")[0]
        if target in wanted:
            wanted = (wanted - {target}) | names(line.partition(" = ")[2])
            kept.append(line)
    return kept[::-1]


def fewer_lines(lines: list[str], fails: Callable[[list[str]], bool]) -> list[str]:
    """Delta debugging: leave out ever smaller parts, as long as it fails."""
    parts = 2
    while len(lines) > 1:
        size = max(1, -(-len(lines) // parts))
        for start in range(0, len(lines), size):
            rest = lines[:start] + lines[start + size :]
            if fails(rest):
                lines, parts = rest, max(parts - 1, 2)
                break
        else:
            if size == 1:
                break
            parts *= 2
    return lines


def simpler(line: str) -> Iterator[str]:
    """The line with something left out or replaced by a part of it; large changes first."""
    tree = ast.parse(line)
    statement = tree.body[0]
    if isinstance(statement, ast.Assign):
        yield ast.unparse(statement.value)
    places = list(ast.walk(tree))
    for node in places:
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr) and name not in ("func", "target"):
                for smaller in replacements(value):
                    setattr(node, name, smaller)
                    yield ast.unparse(tree)
                setattr(node, name, value)
            elif isinstance(value, list) and name in ("args", "keywords", "elts", "generators"):
                for i in range(len(value)):
                    setattr(node, name, value[:i] + value[i + 1 :])
                    yield ast.unparse(tree)
                    if isinstance(value[i], ast.expr):
                        for smaller in replacements(value[i]):
                            setattr(node, name, [*value[:i], smaller, *value[i + 1 :]])
                            yield ast.unparse(tree)
                setattr(node, name, value)


def replacements(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, (ast.Name, ast.Constant)) and not (
        isinstance(value, ast.Constant) and value.value not in (None, 0, "", True)
    ):
        return
    yield ast.Constant(None)
    if isinstance(value, (ast.Call, ast.Subscript, ast.BinOp, ast.Starred, ast.IfExp)):
        for child in ast.iter_child_nodes(value):
            if isinstance(child, ast.expr) and not (isinstance(value, ast.Call) and child is value.func):
                yield child
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        yield value.func.value
    if isinstance(value, ast.Lambda):
        yield value.body
    if isinstance(value, ast.Constant):
        yield ast.Constant("" if isinstance(value.value, str) else b"" if isinstance(value.value, bytes) else 0)


def smaller_lines(lines: list[str], fails: Callable[[list[str]], bool], deadline: float) -> list[str]:
    """Make every line as simple as it can be."""
    for i in range(len(lines)):
        changed = True
        while changed and time.monotonic() < deadline:
            changed = False
            for line in simpler(lines[i]):
                if len(line) < len(lines[i]) and fails([*lines[:i], line, *lines[i + 1 :]]):
                    lines = [*lines[:i], line, *lines[i + 1 :]]
                    changed = True
                    break
    return lines


def shrink(lines: list[str], judge: Judge) -> tuple[list[str], list[str]] | None:
    """The smallest program that fails in the same way, and its lines that need no protection; nothing if none fails."""
    for start in (needed(lines), lines[-20:], lines):
        if judge.fails(start):
            break
    else:
        return None
    small = fewer_lines(start, judge.fails)
    small = smaller_lines(small, judge.fails, judge.deadline)
    small = fewer_lines(small, judge.fails)
    bare: list[str] = []
    for line in small:
        if judge.fails(small, [*bare, line]):
            bare.append(line)
    judge.fails(small, bare)
    return small, bare


def run(
    found: dict[str, Any], imports: list[str], folder: str, name: str, timeout: float, memory: float, budget: float
) -> None:
    """Shrink what was found, write the script, and tell of it as JSON."""
    judge = Judge(found["kind"], found.get("count", "0"), imports, timeout, memory, budget)
    result = None
    for lines in found["programs"]:
        judge.deadline = time.monotonic() + budget
        result = shrink(lines, judge)
        if result is not None:
            break
    lines, bare = result if result is not None else (found["programs"][0], [])
    by = f"Found by `cargo pyrus fuzz --seed {found['seed']}` in program {found['program']}."
    about = f"{found['what']}: {found['item']}.\n\n{by}"
    text = judge.text(lines, bare, about)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"{name}.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    print(json.dumps({"script": path, "text": text, "again": result is not None, "report": judge.last.report[-2000:]}))

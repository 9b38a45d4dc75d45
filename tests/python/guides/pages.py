"""What the pages of `docs/` let their readers write and run: fenced blocks, in order.

A block's language and title say what it is:

| block | meaning |
|---|---|
| any language, `title="PATH"` | the whole text of a file of the reader's project |
| `diff`, `title="PATH"` | a change of that file: its lines without `+` are there once, and become those without `-` |
| `console` | commands behind `$`, each with what it prints; a command without output must succeed |
| `pycon` | a session in a new interpreter, as `doctest` reads it |
| `text` | a message |

In output and messages `…` stands for any text; alone in a line, for any lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]
DOCS = CHECKOUT / "docs"
FENCE = re.compile(r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
ANYTHING = "…"


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    line: int
    language: str
    title: str | None
    text: str


def blocks(page: str) -> list[Block]:
    """All blocks of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found["language"], found["title"], found["text"])
        for found in FENCE.finditer(text)
    ]


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that is shown."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        else:
            command, shown = found[-1]
            found[-1] = (command, shown + line)
    return found


def pattern(shown: str) -> str:
    """The regular expression of what a page shows."""
    parts = []
    for line in shown.strip("\n").split("\n"):
        if line.strip() == ANYTHING:
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[^\n]*".join(map(re.escape, line.rstrip().split(ANYTHING))) + "\n")
    return "".join(parts)


def matches(shown: str, output: str) -> bool:
    """Whether some output is what a page shows."""
    lines = [line.rstrip() for line in output.strip("\n").split("\n")]
    return re.fullmatch(pattern(shown), "\n".join(lines) + "\n") is not None


def changed(old: str, change: str) -> str:
    """A text after a change; raises `ValueError` when it does not apply exactly once."""
    lines = change.splitlines(keepends=True)
    before, after = ("".join(line[1:] for line in lines if line[0] != drop) for drop in "+-")
    if old.count(before) != 1:
        raise ValueError(f"is there {old.count(before)} times:\n{before}")
    return old.replace(before, after)

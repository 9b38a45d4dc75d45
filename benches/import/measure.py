"""What an unchanged import through the loader costs, beside a plain import of the same extension in the same run.

Every sample is a process of its own. Both kinds alternate, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import own

ROOT = Path(__file__).parents[2]
LIMIT = 1.0

# Everything from the first line of the package on: the loader itself has to be imported, too.
LOADED = "from pyrus.loader import load; load({module!r}, project={project!r})"
PLAIN = "import {leaf}"
TIMED = "import time; start = time.perf_counter(); {code}; print((time.perf_counter() - start) * 1e3)"
WHERE = "{code}; import sys; print(sys.modules[{module!r}].__file__)"


@dataclass(frozen=True)
class Extension:
    """An extension of this repository."""

    module: str
    project: Path

    @property
    def loaded(self) -> str:
        """How to import it through the loader."""
        return LOADED.format(module=self.module, project=str(self.project))

    @property
    def leaf(self) -> str:
        """Its name without the package."""
        return self.module.rpartition(".")[2]


EXTENSIONS = [Extension("calls_pyrus", ROOT / "benches/calls"), Extension("pyrus._native", ROOT)]


def own_project() -> Extension:
    """A project that uses Pyrus from outside, below the folder that Cargo builds in."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target/bench/import")
    return Extension(own.NAME, own.write(target / "own", ROOT))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="processes of each kind")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    rows = [measure(extension, args.rounds) for extension in [own_project(), *EXTENSIONS]]
    if args.json:
        print(json.dumps([{**asdict(row), "adds": row.adds} for row in rows], indent=2))
        return
    head = f"{'extension':<16}{'files':>7}{'plain ms':>10}{'loaded ms':>11}{'adds ms':>9}{'ratio':>7}"
    print(f"Python {sys.version.split()[0]}, medians of {args.rounds} processes each\n\n{head}\n{'-' * len(head)}")
    for row in rows:
        print(row)
    print("\nof that, importing the loader (python -X importtime, us: self, cumulative):")
    print(importtime(EXTENSIONS[0]))


@dataclass(frozen=True)
class Row:
    """What was measured; times in milliseconds."""

    module: str
    files: int
    plain: float
    loaded: float

    @property
    def adds(self) -> float:
        """What the loader costs."""
        return self.loaded - self.plain

    def __str__(self) -> str:
        columns = f"{self.files:>7}{self.plain:>10.2f}{self.loaded:>11.2f}{self.adds:>9.2f}"
        verdict = f"{'under' if self.adds < LIMIT else 'NOT under'} {LIMIT:.0f} ms"
        return f"{self.module:<16}{columns}{self.loaded / self.plain:>7.2f}  adds {verdict}"


def measure(extension: Extension, rounds: int) -> Row:
    """Measure one extension."""
    # The first import builds, the second one finds everything in the caches of the system.
    for _ in range(2):
        file = Path(run(WHERE.format(code=extension.loaded, module=extension.module), ROOT / "python"))
    # Four lines of facts, and that of the extension itself.
    files = len(file.with_name("stamp").read_text().split("\n", 5)[5].partition("\n\n")[0].splitlines())
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / file.name).symlink_to(file)
        plain, loaded = [], []
        for _ in range(rounds):
            plain.append(sample(PLAIN.format(leaf=extension.leaf), Path(folder)))
            loaded.append(sample(extension.loaded, ROOT / "python"))
    return Row(extension.module, files, statistics.median(plain), statistics.median(loaded))


def sample(code: str, path: Path) -> float:
    """Milliseconds that code takes in a process of its own."""
    return float(run(TIMED.format(code=code), path))


def importtime(extension: Extension) -> str:
    """What the interpreter itself says about importing the loader."""
    done = process([sys.executable, "-X", "importtime", "-c", extension.loaded], ROOT / "python")
    lines = [line.partition(":")[2] for line in done.stderr.splitlines()]
    return "\n".join(line for line in lines if line.endswith((" pyrus", " pyrus.loader")))


def run(code: str, path: Path) -> str:
    """The last line that code prints."""
    return process([sys.executable, "-c", code], path).stdout.splitlines()[-1]


def process(command: list[str], path: Path) -> subprocess.CompletedProcess[str]:
    """Run an interpreter that finds modules in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYRUS_"))}
    environment = {**kept, "PYTHONPATH": str(path)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    main()

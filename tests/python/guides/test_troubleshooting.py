"""The messages that docs/troubleshooting.md explains: ours stand in the sources, and those of others come."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from pages import ANYTHING, CHECKOUT, Block, blocks

MESSAGES = [block for block in blocks("troubleshooting.md") if block.language == "text"]
SOURCES = [
    *(CHECKOUT / "python/pyrus/loader").glob("*.py"),
    *(path for crate in ("build", "pyrus", "cargo-pyrus") for path in (CHECKOUT / "crates" / crate).glob("**/*.rs")),
]


def joined(source: str) -> str:
    """A source in which a text is in one piece, however it was broken into lines."""
    source = re.sub(r"\\\n\s*", "", source)
    return re.sub(r'"\s*\n\s*f?"', "", source).replace('\\"', '"')


@pytest.fixture(scope="session")
def sources() -> list[str]:
    """What prints our messages."""
    return [joined(path.read_text(encoding="utf-8")) for path in SOURCES if "tests" not in path.parts[-3:]]


@pytest.mark.parametrize("block", [block for block in MESSAGES if not block.title], ids=lambda block: str(block.line))
def test_our_messages(block: Block, sources: list[str]) -> None:
    wanted = re.compile("[^\n]{0,120}".join(map(re.escape, block.text.strip().split(ANYTHING))))
    assert any(wanted.search(source) for source in sources), block.text


def output(*command: object, folder: Path, **variables: str) -> str:
    """What a command prints that fails."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**environment, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode != 0, done.stdout
    return done.stdout


def python_says(folder: Path) -> str:
    """Imports of what was never built, and of what was renamed."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    (folder / "ledger").mkdir()
    (folder / "ledger/__init__.py").write_text("import ledger._ledger\n")
    shutil.copy(CHECKOUT / f"examples/zoo/python/zoo{suffix}", folder / f"renamed{suffix}")
    return "".join(output(sys.executable, "-c", f"import {name}", folder=folder) for name in ("ledger", "renamed"))


def compiler(folder: Path) -> str:
    """The compiler itself, which needs no `PATH`."""
    ask = ["rustc", "--print=sysroot"]
    return subprocess.run(ask, cwd=folder, check=True, capture_output=True, text=True).stdout.strip() + "/bin/rustc"


def rustc_says(folder: Path) -> str:
    """Items of another type, items that are not there, and no linker."""
    rustc = [compiler(folder), "--edition=2024", "--crate-type=cdylib"]
    (folder / "drifted.rs").write_text("pub fn f(a: i64) -> i64 { a }\nconst F: fn(i32) -> i32 = crate::f;\n")
    (folder / "missing.rs").write_text("const F: fn(i32) -> i32 = crate::f;\n")
    (folder / "good.rs").write_text("")
    told = [output(*rustc, f"{name}.rs", folder=folder, PATH="/nowhere") for name in ("drifted", "missing", "good")]
    return "".join(told)


def system_says(folder: Path) -> str:
    """A library that wants a function which no interpreter has."""
    (folder / "wants.rs").write_text(
        'unsafe extern "C" { fn Py_NotThere(); }\n'
        '#[unsafe(no_mangle)] pub unsafe extern "C" fn PyInit_wants() { unsafe { Py_NotThere() } }\n'
    )
    library = folder / f"wants{sysconfig.get_config_var('EXT_SUFFIX')}"
    command = [compiler(folder), "--edition=2024", "--crate-type=cdylib", "wants.rs", "-o", str(library)]
    subprocess.run(command, cwd=folder, check=True)
    return output(sys.executable, "-c", "import wants", folder=folder)


def cargo_says(folder: Path) -> str:
    """A lock file that does not know of a dependency."""
    for name, dependency in (("one", "two = { path = '../two' }"), ("two", "")):
        (folder / name / "src").mkdir(parents=True)
        (folder / name / "src/lib.rs").touch()
        (folder / name / "Cargo.toml").write_text(
            f'[package]\nname = "{name}"\nedition = "2024"\n[dependencies]\n{dependency}\n[workspace]\n'
        )
    (folder / "one/Cargo.lock").write_text('version = 4\n\n[[package]]\nname = "one"\nversion = "0.0.0"\n')
    return output("cargo", "metadata", "--locked", "--offline", "--format-version=1", folder=folder / "one")


def pyo3_says(folder: Path) -> str:
    """The sources of the crate that finds the interpreter."""
    ask = ["cargo", "metadata", "--offline", "--format-version=1"]
    facts = json.loads(subprocess.run(ask, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE).stdout)
    manifest = next(package["manifest_path"] for package in facts["packages"] if package["name"] == "pyo3-ffi")
    return (Path(manifest).parent / "build.rs").read_text(encoding="utf-8")


OTHERS = {
    "from Cargo": cargo_says,
    "from Python": python_says,
    "from pyo3-ffi": pyo3_says,
    "from rustc": rustc_says,
    "from the system": system_says,
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems say it in other words")
@pytest.mark.parametrize("who", OTHERS)
def test_messages_of_others(who: str, tmp_path: Path) -> None:
    said = OTHERS[who](tmp_path)
    for block in MESSAGES:
        if block.title == who:
            wanted = "[^\n]*".join(map(re.escape, block.text.strip().split(ANYTHING)))
            assert re.search(wanted, said), f"{block.text}\nis not in\n{said}"


def test_everybody_is_known() -> None:
    assert {block.title for block in MESSAGES} == {None, *OTHERS}

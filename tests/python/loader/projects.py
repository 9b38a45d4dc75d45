"""A small project with an extension, in a folder of its own, and interpreters that import it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import interpreters
import targets

CHECKOUT = targets.CHECKOUT

MANIFEST = """\
[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
pyrus = {{ path = '{crates}/pyrus' }}

[build-dependencies]
pyrus-build = {{ path = '{crates}/build' }}

[workspace]
"""

BINDINGS = """\
idl: 1
extension: {module}
doc: Greets.
include: [more.yaml]
functions:
  hello:
    doc: A greeting.
    args: {{name: str}}
    returns: str
"""

MORE = """\
modules:
  more:
    doc: More than greetings.
    functions:
      answer: {doc: A number., returns: u32}
"""

LIBRARY = """\
//! Greets.

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));

mod words;

/// A greeting.
pub fn hello(name: &str) -> String {
    format!("{} {name}", words::WORD)
}

/// More than greetings.
pub mod more {
    /// A number.
    pub fn answer() -> u32 {
        42
    }
}
"""

BUILD = "//! Renders `bindings.yaml`.\n\nfn main() -> std::process::ExitCode {\n    pyrus_build::main()\n}\n"


def words(word: str) -> str:
    """The source file that tests change."""
    return f'//! Words.\n\n/// How we greet.\npub const WORD: &str = "{word}";\n'


def write_project(folder: Path, extensions: list[str]) -> None:
    """List several extensions in `pyproject.toml`, each in a folder of its own."""
    tables = ", ".join(f'{{ module = "greet._{name}", manifest = "{name}/Cargo.toml" }}' for name in extensions)
    (folder / "pyproject.toml").write_text(f"[tool.pyrus]\nextensions = [{tables}]\n")


def write_crate(folder: Path, name: str, module: str) -> None:
    """Write an extension."""
    for file, text in {
        "Cargo.toml": MANIFEST.format(name=name, crates=CHECKOUT / "crates"),
        "bindings.yaml": BINDINGS.format(module=module),
        "more.yaml": MORE,
        "build.rs": BUILD,
        "src/lib.rs": LIBRARY,
        "src/words.rs": words("Hello"),
    }.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    # The same versions of everything as in the workspace, and no network.
    shutil.copy(CHECKOUT / "Cargo.lock", folder / "Cargo.lock")


class Project:
    """The package `greet` with the extension `greet._greet`."""

    def __init__(self, folder: Path, target: Path | None) -> None:
        self.folder = folder
        self.target = target
        write_crate(folder, "greet", "greet._greet")
        self.package = folder / "python" / "greet"
        self.package.mkdir(parents=True)
        (self.package / "__init__.py").write_text('from pyrus.loader import load\n\nload("greet._greet")\n')

    @property
    def words(self) -> Path:
        """A source file."""
        return self.folder / "src/words.rs"

    def say(self, word: str) -> None:
        """Change how the extension greets."""
        self.words.write_text(words(word))

    def environment(self, **variables: str) -> dict[str, str]:
        """The environment of an interpreter that sees the package, as after an editable install."""
        kept = targets.environment()
        kept["PYTHONPATH"] = os.pathsep.join([str(self.folder / "python"), str(CHECKOUT / "python")])
        kept["PYRUS_RELEASEMODE"] = "Debug"
        kept["PYTHONWARNINGS"] = "default"
        if self.target:
            kept["CARGO_TARGET_DIR"] = str(self.target)
        return {key: value for key, value in {**kept, **variables}.items() if value}

    def path_for_other(self, folder: Path) -> str:
        """The `PYTHONPATH` of an interpreter that has no packages: those that building needs are plain Python."""
        import filelock

        folder.mkdir()
        place = Path(filelock.__file__).parent
        for package in [place, place.with_name("typing_extensions.py")]:
            if package.exists():
                (folder / package.name).symlink_to(package)
        return os.pathsep.join([self.environment()["PYTHONPATH"], str(folder)])

    def start(
        self,
        code: str,
        python: str = sys.executable,
        before: Callable[[], None] | None = None,
        **variables: str,
    ) -> subprocess.Popen[str]:
        """Start an interpreter."""
        return subprocess.Popen(
            [python, "-c", code],
            env=self.environment(**variables),
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=before,
        )

    def run(
        self,
        code: str,
        python: str = sys.executable,
        before: Callable[[], None] | None = None,
        **variables: str,
    ) -> Answer:
        """Run code in a new interpreter."""
        process = self.start(code, python, before, **variables)
        out, err = process.communicate(timeout=600)
        return Answer(process.returncode, out.strip(), err)

    def hello(self, python: str = sys.executable, **variables: str) -> str:
        """Import, call, and expect silence beside the answer."""
        answer = self.run(HELLO, python, **variables)
        assert answer.code == 0, answer.err
        return answer.out

    @property
    def file(self) -> Path:
        """The extension that is loaded."""
        return Path(self.run("import greet; print(greet._greet.__file__)", PYRUS_NORECOMPILE="1").out)

    @property
    def stamp(self) -> Path:
        """What the extension was built from."""
        return self.file.with_name("stamp")

    def builds(self, **variables: str) -> bool:
        """Whether an import asks Cargo to build."""
        answer = self.run(HELLO, PYRUS_VERBOSE="1", **variables)
        assert answer.code == 0, answer.err
        return "pyrus: building" in answer.err


def other_python() -> str | None:
    """An interpreter of another version that can be built for."""
    ours = f"{sys.version_info[0]}.{sys.version_info[1]}"
    others = [version for version in ("3.13", "3.12", "3.11", "3.10") if version != ours]
    return next(filter(None, map(interpreters.find, others)), None)


HELLO = "import greet; print(greet._greet.hello('you'))"


class Answer:
    """How an interpreter ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

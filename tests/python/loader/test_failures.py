"""Builds that fail, and surroundings that do not let them start."""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import HELLO, Answer, Project

posix = pytest.mark.skipif(os.name != "posix", reason="about POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="about Linux")


def fails(project: Project, code: str = HELLO, **variables: str) -> str:
    """The error of an import that must fail with an `ImportError`."""
    answer = project.run(f"try:\n    {code}\nexcept ImportError as error:\n    print(error)", **variables)
    assert answer.code == 0, answer.err
    return answer.out


def test_a_mistake_in_rust_is_reported_as_rustc_reports_it(built: Project) -> None:
    built.words.write_text("/// How we greet.\npub const WORD: &str = 7;\n")
    told = fails(built)
    assert "greet._greet could not be built" in told
    assert "error[E0308]: mismatched types" in told
    assert "--> src/words.rs:2:24" in told
    assert "pub const WORD: &str = 7;" in told


def test_the_last_good_build_stays(built: Project) -> None:
    built.words.write_text("broken\n")
    assert "could not be built" in fails(built)
    assert built.hello(PYRUS_NORECOMPILE="1") == "Hello you"
    built.say("Better")
    assert built.hello() == "Better you"


def test_fallback_loads_the_last_good_build_with_a_warning(built: Project) -> None:
    built.words.write_text("broken\n")
    answer = built.run(HELLO, PYRUS_FALLBACK="1")
    assert (answer.code, answer.out) == (0, "Hello you")
    assert "FallbackWarning: loading the last good build of greet._greet" in answer.err
    assert "--> src/words.rs:1" in answer.err


def test_fallback_without_a_good_build_fails(project: Project) -> None:
    project.words.write_text("broken\n")
    assert "could not be built" in fails(project, PYRUS_FALLBACK="1")


def test_a_mistake_in_the_declarations_is_reported_as_by_cargo_build(built: Project) -> None:
    place = built.folder / "bindings.yaml"
    place.write_text(place.read_text().replace("name: str", "name: strr"))
    told = fails(built)
    environment = built.environment(PYO3_PYTHON=getattr(sys, "_base_executable", sys.executable))
    target = Path(environment["CARGO_TARGET_DIR"]) / "pyrus"
    target = next(folder for folder in target.iterdir() if sys.implementation.cache_tag in folder.name)
    command = ["cargo", "build", "--quiet", "--lib", "--target-dir", str(target)]
    cargo = subprocess.run(command, cwd=built.folder, env=environment, capture_output=True, text=True, check=False)
    assert "error[B" in told and "bindings.yaml:8:18" in told
    assert cargo.stderr.strip() in told


def test_missing_cargo(project: Project, tmp_path: Path) -> None:
    told = fails(project, PATH=str(tmp_path), CARGO_HOME=str(tmp_path))
    assert "cargo was not found: install Rust from https://rustup.rs" in told
    assert "PYRUS_NORECOMPILE=1" in told


def test_missing_filelock(project: Project) -> None:
    told = fails(project, "import sys; sys.modules['filelock'] = None; import greet")
    assert "pip install 'pyrus[build]'" in told


def test_a_wrong_mode_names_the_four(project: Project) -> None:
    told = fails(project, PYRUS_RELEASEMODE="fast")
    assert told == "PYRUS_RELEASEMODE is 'fast', but must be one of Debug, ReleaseFast, ReleaseSafe, ReleaseSmall"


def test_norecompile_never_builds(built: Project) -> None:
    built.say("New")
    assert built.hello(PYRUS_NORECOMPILE="1") == "Hello you"
    built.file.unlink()
    told = fails(built, PYRUS_NORECOMPILE="1")
    assert "greet._greet was never built" in told and "import it once without that variable" in told


def test_norecompile_takes_what_was_put_beside_the_package(built: Project) -> None:
    shutil.copy(built.file, built.package)
    found = built.run("import greet; print(greet._greet.__file__)", PYRUS_NORECOMPILE="1").out
    assert Path(found).parent == built.package


def without_privileges() -> None:
    """Let file modes count also for the superuser."""
    if os.geteuid() == 0:
        drop, override, search = 24, 1, 2
        for capability in (override, search):
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take away the right to write to a folder and all in it."""
    places = [folder, *folder.rglob("*")]
    modes = {place: place.stat().st_mode for place in places}
    for place, mode in modes.items():
        place.chmod(stat.S_IMODE(mode) & ~0o222)
    try:
        yield
    finally:
        for place, mode in modes.items():
            place.chmod(stat.S_IMODE(mode))


def import_read_only(project: Project) -> Answer:
    return project.run(HELLO, before=without_privileges, CARGO_TARGET_DIR="")


@pytest.fixture
def own(project: Project) -> Project:
    """A project with a target folder of its own, filled as by a build."""
    project.hello()
    shared = project.file.parents[2]
    kept = project.folder / "target/pyrus" / shared.parents[1].name / "ready/Debug/greet._greet"
    shutil.copytree(project.file.parent, kept)
    stamp = kept / "stamp"
    # The copies have new times, but the same contents.
    stamp.write_text(stamp.read_text().replace(str(project.file.parent), str(kept)))
    return project


@linux
def test_a_read_only_tree_that_is_up_to_date_needs_no_build(own: Project) -> None:
    with read_only(own.folder):
        answer = import_read_only(own)
    assert (answer.code, answer.out, answer.err) == (0, "Hello you", "")


@linux
def test_a_read_only_tree_that_is_out_of_date_says_so(own: Project) -> None:
    own.say("Bye")
    with read_only(own.folder):
        answer = import_read_only(own)
    assert answer.code == 1
    assert "greet._greet has to be built, but" in answer.err and "cannot be written" in answer.err
    assert "Set CARGO_TARGET_DIR" in answer.err


NO_LOCKS = """
#include <errno.h>
int flock(int file, int what) { (void)file; (void)what; errno = ENOLCK; return -1; }
"""


@linux
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_a_file_system_without_locks(built: Project, tmp_path: Path) -> None:
    (tmp_path / "no_locks.c").write_text(NO_LOCKS)
    library = tmp_path / "no_locks.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "no_locks.c"], check=True)
    assert built.hello(LD_PRELOAD=str(library)) == "Hello you"
    built.say("Bye")
    told = fails(built, LD_PRELOAD=str(library))
    assert "cannot lock" in told and "No locks available" in told and "CARGO_TARGET_DIR" in told
    assert built.hello(PYRUS_NORECOMPILE="1") == "Hello you"


def test_an_extension_that_the_project_does_not_have(built: Project) -> None:
    (built.package / "__init__.py").write_text('from pyrus.loader import load\n\nload("greet._other")\n')
    assert "has no extension greet._other, only greet._greet" in fails(built)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.pyrus]\nextensions = [{ modul = 'greet._greet' }]\n", "needs a module"),
        ("[tool.pyrus]\nextensions = [{ module = 'greet._greet', feature = [] }]\n", "unknown key 'feature'"),
        ("[tool.pyrus]\nextensions = 3\n", "must be a list of tables"),
        ("[tool.pyrus\n", "pyproject.toml: "),
        ("[tool.pyrus]\nextensions = [{ module = 'greet._greet', package = 'no' }]\n", "has no package no"),
    ],
)
def test_mistakes_in_pyproject(project: Project, text: str, expected: str) -> None:
    (project.folder / "pyproject.toml").write_text(text)
    assert expected in fails(project)

"""Full disks, clocks that jump, libraries cut short or not ours: the old state or the new one, never a third."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import HELLO, Project

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
HOUR = 3_600_000_000_000
HELD = {"PYRUS_NORECOMPILE": "1"}


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A file system of so many bytes at a folder, with what is in the folder."""
    kept = folder.with_name(f"{folder.name}.kept")
    shutil.copytree(folder, kept)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "pyrus-test", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs Linux, and the right to mount a file system")
    try:
        for file in kept.iterdir():
            shutil.copy2(file, folder / file.name)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_where_the_extension_goes(built: Project) -> None:
    folder, size = built.file.parent, built.file.stat().st_size
    with small_disk(folder, size * 3 // 2):
        built.say("Bye")
        answer = built.run(HELLO)
        assert answer.code == 1
        assert "greet._greet could not be put into" in answer.err and "No space left on device" in answer.err
        # The old one is whole, and nothing fills the disk further.
        assert built.hello(**HELD) == "Hello you"
        assert not list(folder.glob(".*.tmp"))
        subprocess.run(["mount", "-o", f"remount,size={size * 4}", str(folder)], check=True)
        assert built.hello() == "Bye you"
        assert not built.builds()


def test_a_full_disk_where_cargo_builds(built: Project, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    with small_disk(target, 1 << 20):
        answer = built.run(HELLO, CARGO_TARGET_DIR=str(target))
        assert answer.code == 1
        # Which of Cargo's tools meets the end of the disk, and how well it says so, is not ours to say.
        assert "greet._greet could not be" in answer.err
    assert built.hello() == "Hello you"


@pytest.mark.parametrize("there", [0, 1])
def test_a_source_from_the_future_is_built_once(built: Project, there: int) -> None:
    built.say("Later")
    future = time.time_ns() + 1000 * HOUR
    for file in (built.words, built.folder / "bindings.yaml")[there:]:
        os.utime(file, ns=(future, future))
    assert built.hello() == "Later you"
    assert not built.builds()
    built.say("Now")
    assert built.hello() == "Now you"
    assert not built.builds()


def test_a_clock_that_was_set_back(built: Project) -> None:
    # What was made before the jump has times that are yet to come, Cargo's own files too.
    move(built, HOUR)
    built.say("After")
    assert built.hello() == "After you"
    assert not built.builds()
    built.say("Again")
    assert built.hello() == "Again you"


def test_a_failure_before_the_clock_was_set_back_is_forgotten(built: Project) -> None:
    whole = built.words.read_text()
    built.words.write_text("this is not Rust\n")
    assert built.run(HELLO).code == 1
    failure = built.file.with_name("failure")
    future = time.time_ns() + HOUR
    os.utime(failure, ns=(future, future))
    built.words.write_text(whole.replace("Hello", "Mended"))
    assert built.hello() == "Mended you"


def move(project: Project, ns: int) -> None:
    """Move the times of all that was built."""
    abi = project.file.parents[4]
    fingerprints = list(abi.glob("debug/.fingerprint/greet-*"))
    assert fingerprints
    ours = [project.file.parent, *fingerprints, *abi.glob("debug/build/greet-*")]
    places = [place for folder in ours for place in [folder, *folder.rglob("*")]]
    places += [*abi.glob("debug/*greet*"), *abi.glob("debug/deps/*greet*")]
    # Cargo links some files to two names.
    for place in {place.stat().st_ino: place for place in places}.values():
        stat = place.stat()
        os.utime(place, ns=(stat.st_atime_ns + ns, stat.st_mtime_ns + ns))
    # The stamp names the extension with the time that it had.
    assert not project.builds()


@pytest.mark.parametrize("rest", ["half", "head", "empty"])
def test_a_library_that_was_cut_short_is_built_again(built: Project, rest: str) -> None:
    whole = built.file.read_bytes()
    kept = {"half": len(whole) // 2, "head": 48, "empty": 0}[rest]
    cut(built.file, whole[:kept])
    assert built.builds()
    assert built.file.read_bytes() == whole


@linux
@pytest.mark.parametrize("kept", [0.25, 0.5, 0.99])
def test_a_library_that_was_cut_short_is_not_loaded(built: Project, kept: float) -> None:
    whole = built.file.read_bytes()
    cut(built.file, whole[: int(len(whole) * kept)])
    answer = built.run(HELLO, **HELD)
    assert answer.code == 1
    assert "was cut short, and loading it would end the process: build greet._greet again" in answer.err


def test_a_foreign_library_is_an_import_error(built: Project) -> None:
    import _ctypes

    file = built.file
    cut(file, Path(_ctypes.__file__).read_bytes())
    answer = built.run(HELLO, **HELD)
    assert answer.code == 1
    assert "ImportError" in answer.err and "PyInit__greet" in answer.err
    assert built.builds()
    assert built.hello() == "Hello you"


def test_an_extension_for_another_version_is_an_import_error(built: Project, other: str, tmp_path: Path) -> None:
    path = built.path_for_other(tmp_path / "packages")
    ask = "import greet; print(greet._greet.__file__)"
    theirs = Path(built.run(ask, other, PYTHONPATH=path).out)
    cut(built.file, theirs.read_bytes())
    answer = built.run(HELLO, **HELD)
    assert answer.code == 1
    # The linker may find the difference first.
    ours = f"this is CPython {sys.version_info[0]}.{sys.version_info[1]}: build it again for this interpreter"
    assert ours in answer.err or "undefined symbol" in answer.err


def cut(file: Path, contents: bytes) -> None:
    """Replace a library; one that is loaded somewhere must not change in place."""
    file.unlink()
    file.write_bytes(contents)


def test_two_interpreters_build_at_once(built: Project, other: str, tmp_path: Path) -> None:
    path = built.path_for_other(tmp_path / "packages")
    built.say("Both")
    processes = [built.start(HELLO, python, PYTHONPATH=path) for python in (sys.executable, other) * 3]
    answers = [process.communicate(timeout=600) for process in processes]
    assert [(out, err) for out, err in answers] == [("Both you\n", "")] * 6


@linux
def test_a_killed_cargo_is_told_and_does_no_harm(built: Project) -> None:
    built.say("Bye")
    code = f"""
import os, signal, pyrus.loader.cargo as place
listen = place.listen
def kill(process, report, verbose):
    os.kill(process.pid, {int(signal.SIGKILL)})
    listen(process, report, verbose)
place.listen = kill
import greet
"""
    answer = built.run(code)
    assert answer.code == 1 and "greet._greet could not be built: cargo failed" in answer.err
    assert built.hello(**HELD) == "Hello you"
    assert built.hello() == "Bye you"

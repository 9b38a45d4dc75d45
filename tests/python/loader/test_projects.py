"""Several extensions, several modes, several interpreters, installed copies, the import hook, and terminals."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import HELLO, Project, words, write_crate, write_project


def test_two_extensions_are_built_apart(project: Project) -> None:
    for name in ("one", "two"):
        write_crate(project.folder / name, f"greet-{name}", f"greet._{name}")
    write_project(project.folder, ["one", "two"])
    (project.package / "__init__.py").write_text(
        'from pyrus.loader import load\n\nload("greet._one")\nload("greet._two")\n'
    )
    code = "import greet; print(greet._one.hello('you'), greet._two.hello('you'))"
    assert project.run(code).out == "Hello you Hello you"
    (project.folder / "two/src/words.rs").write_text(words("Bye"))
    answer = project.run(code, PYRUS_VERBOSE="1")
    assert answer.out == "Hello you Bye you"
    assert "building greet._two" in answer.err and "building greet._one" not in answer.err


@pytest.mark.usefixtures("safe")
def test_projects_of_one_name_that_share_a_folder_are_kept_apart(project: Project, tmp_path: Path) -> None:
    assert project.target is not None
    other = Project(tmp_path / "other", project.target)
    other.say("Salut")
    assert project.hello() == "Hello you"
    # All files of the other one are older than what was built, which Cargo would take for it.
    assert other.hello() == "Salut you"
    assert (other.folder / "gen/greet/_greet/more.pyi").exists()
    assert not project.builds()


def test_modes_are_kept_apart(built: Project) -> None:
    library = built.folder / "src/lib.rs"
    text = library.read_text().replace("{} {name}", "{} {} {name}")
    library.write_text(text.replace("words::WORD)", "words::WORD, if cfg!(debug_assertions) { 1 } else { 0 })"))
    assert built.hello() == "Hello 1 you"
    assert built.builds(PYRUS_RELEASEMODE="releasesafe")
    assert built.hello(PYRUS_RELEASEMODE="RELEASESAFE") == "Hello 1 you"
    assert not built.builds(PYRUS_RELEASEMODE="DEBUG")
    assert not built.builds(PYRUS_RELEASEMODE="ReleaseSafe")


def test_interpreters_are_kept_apart(built: Project, other: str, tmp_path: Path) -> None:
    path = built.path_for_other(tmp_path / "packages")
    assert built.hello(other, PYTHONPATH=path) == "Hello you"
    assert not built.builds()
    assert built.hello(other, PYTHONPATH=path, PYRUS_NORECOMPILE="1") == "Hello you"


@pytest.mark.parametrize("inside", [True, False])
def test_an_installed_copy_is_only_imported(built: Project, tmp_path: Path, inside: bool) -> None:
    site = (built.folder if inside else tmp_path) / ".venv/lib/site-packages"
    shutil.copytree(built.package, site / "greet", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(built.file, site / "greet")
    shutil.copytree(Path(__file__).parents[3] / "python/pyrus/loader", site / "pyrus/loader")
    # The build half is not there, nor Cargo, nor any package.
    for module in (site / "pyrus/loader").glob("*.py"):
        if module.name != "__init__.py":
            module.unlink()
    built.say("New")
    nothing = str(tmp_path / "nothing")
    code = f"{HELLO}; print(greet._greet.__file__)"
    answer = built.run(code, PYTHONPATH=str(site), PATH=nothing, CARGO_HOME=nothing)
    assert answer.code == 0, answer.err
    hello, file = answer.out.splitlines()
    assert hello == "Hello you"
    assert Path(file).parent == site / "greet"


def test_a_copy_installed_into_a_plain_folder_is_only_imported(built: Project) -> None:
    libraries = built.folder / "libraries"
    shutil.copytree(built.package, libraries / "greet")
    shutil.copy(built.file, libraries / "greet")
    (libraries / "greet-0.1.0.dist-info").mkdir()
    (libraries / "greet-0.1.0.dist-info/RECORD").write_text("greet/__init__.py,,\n")
    built.say("New")
    path = os.pathsep.join([str(libraries), built.environment()["PYTHONPATH"]])
    assert built.hello(PYTHONPATH=path) == "Hello you"


def test_an_installed_copy_without_its_extension_says_so(built: Project, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    shutil.copytree(built.package, site / "greet")
    path = os.pathsep.join([str(site), built.environment()["PYTHONPATH"]])
    answer = built.run(HELLO, PYTHONPATH=path)
    assert "ImportError: the extension greet._greet is missing from this installation" in answer.err


def test_a_linked_package_is_built_in_its_project(built: Project, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    site.mkdir()
    (site / "greet").symlink_to(built.package)
    built.say("Linked")
    path = os.pathsep.join([str(site), built.environment()["PYTHONPATH"]])
    assert built.hello(PYTHONPATH=path) == "Linked you"


def test_the_hook_builds_for_packages_that_do_not_call_the_loader(built: Project) -> None:
    (built.package / "__init__.py").write_text("")
    built.say("Hooked")
    code = "import pyrus.loader; pyrus.loader.install(); import greet._greet; print(greet._greet.hello('you'))"
    answer = built.run(code)
    assert answer.out == "Hooked you", answer.err


def test_the_hook_builds_extensions_outside_packages(project: Project) -> None:
    write_crate(project.folder / "alone", "greet-alone", "alone")
    code = f"""
import pyrus.loader
pyrus.loader.install({str(project.folder / "alone")!r})
import alone, alone.more
print(alone.hello("you"), alone.more.answer())
"""
    answer = project.run(code)
    assert answer.out == "Hello you 42", answer.err


def test_load_finds_extensions_outside_packages_in_a_given_project(project: Project) -> None:
    write_crate(project.folder / "alone", "greet-alone", "alone")
    folder = str(project.folder / "alone")
    code = f"from pyrus.loader import load; print(load('alone', project={folder!r}).hello('you'))"
    assert project.run(code).out == "Hello you"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_shows_progress(built: Project) -> None:
    pytest.importorskip("rich")
    import pty

    built.say("Bye")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", HELLO],
        env=built.environment(TERM="xterm"),
        cwd=built.folder,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    out, _ = process.communicate()
    assert out == b"Bye you\n"
    assert b"pyrus: b" in shown and b"crates" in shown

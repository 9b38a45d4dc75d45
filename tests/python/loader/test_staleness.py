"""When an import builds, and when it does not."""

from __future__ import annotations

import os
import re

import pytest
from projects import HELLO, Project


def test_first_import_builds_and_the_next_does_not(project: Project) -> None:
    assert project.builds()
    assert not project.builds()


def test_a_build_says_nothing_on_pipes(project: Project) -> None:
    answer = project.run(HELLO)
    assert (answer.code, answer.out, answer.err) == (0, "Hello you", "")


def test_an_unchanged_import_loads_nothing_of_the_build_half(built: Project) -> None:
    loaded = "import sys; before = set(sys.modules); import greet; print(*sorted(set(sys.modules) - before))"
    names = built.run(loaded).out.split()
    ours = [name for name in names if name.startswith("pyrus")]
    assert ours == ["pyrus", "pyrus.loader"]
    assert not {"json", "subprocess", "hashlib", "filelock", "rich"} & set(names)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("src/words.rs", "Hello", "Bye"),
        ("bindings.yaml", "A greeting.", "A salute."),
        ("more.yaml", "A number.", "The number."),
        ("build.rs", "Renders", "Does render"),
        ("Cargo.toml", "0.1.0", "0.2.0"),
    ],
)
def test_every_source_counts(built: Project, file: str, old: str, new: str) -> None:
    place = built.folder / file
    place.write_text(place.read_text().replace(old, new))
    assert built.builds()
    assert not built.builds()


def test_declarations_reach_python(built: Project) -> None:
    place = built.folder / "bindings.yaml"
    place.write_text(place.read_text().replace("A greeting.", "A salute."))
    assert built.run("import greet; print(greet._greet.hello.__doc__)").out == "A salute."


def test_files_are_compared_by_python_where_the_extension_cannot(built: Project) -> None:
    kind, _, rest = built.stamp.read_text().partition("\n")
    assert kind == "pyrus-stamp 2, looked at by the extension"
    for word in ("Bye", "Howdy"):
        built.stamp.write_text(f"pyrus-stamp 2\n{rest}")
        assert not built.builds()
        built.say(word)
        assert built.hello() == f"{word} you"
        rest = built.stamp.read_text().partition("\n")[2]


def test_who_compares_does_not_show_in_a_failure(built: Project) -> None:
    built.words.write_text("nonsense")
    answer = built.run("import greet")
    assert "greet._greet could not be built" in answer.err
    assert "Changed" not in answer.err


def test_an_extension_that_is_out_of_date_makes_nothing(built: Project) -> None:
    # What a module does last is to ask for a report of its objects at exit, when there are to be any.
    built.say("Bye")
    code = """
import atexit
asked = []
register = atexit.register
atexit.register = lambda function, *args: (asked.append(function.__name__), register(function, *args))
import greet
print(greet._greet.hello("you"), asked.count("_look_for_leaks"))
"""
    assert built.run(code, PYRUS_LEAKS="1").out == "Bye you 1"


def test_features_count(built: Project) -> None:
    manifest = built.folder / "Cargo.toml"
    manifest.write_text(manifest.read_text() + "\n[features]\nloud = []\n")
    loud = 'if cfg!(feature = "loud") { "HELLO" } else { "hello" }'
    library = built.folder / "src/lib.rs"
    library.write_text(library.read_text().replace("words::WORD)", f"{{ let _ = words::WORD; {loud} }})"))
    assert built.hello() == "hello you"
    listed = '[tool.pyrus]\nextensions = [{ module = "greet._greet", features = ["loud"] }]\n'
    (built.folder / "pyproject.toml").write_text(listed)
    assert built.hello() == "HELLO you"


def test_what_build_scripts_read_from_the_environment_counts(built: Project) -> None:
    assert built.builds(CFLAGS="-DSOMETHING")
    assert not built.builds(CFLAGS="-DSOMETHING")


def test_settings_of_cargo_count_when_they_appear(built: Project) -> None:
    settings = built.folder / ".cargo/config.toml"
    settings.parent.mkdir()
    settings.write_text("[term]\nquiet = false\n")
    assert built.builds()
    assert not built.builds()


def test_a_new_time_without_new_contents_builds_nothing(built: Project) -> None:
    os.utime(built.words, (1, 1))
    assert not built.builds()
    # The stamp was renewed, so the contents are not looked at again.
    code = "import sys, greet; print('pyrus.loader.build' in sys.modules)"
    assert built.run(code).out == "False"


def test_an_old_time_with_new_contents_builds(built: Project) -> None:
    before = built.words.stat()
    built.say("Howdy")
    os.utime(built.words, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert built.hello() == "Howdy you"


def test_a_change_during_the_build_is_not_lost(built: Project) -> None:
    built.say("Early")
    code = f"""
from pathlib import Path
from pyrus.loader.cargo import Cargo
build, words = Cargo.build, Path({str(built.words)!r})
def build_and_edit(self, mode):
    done = build(self, mode)
    if "Early" in words.read_text():
        words.write_text(words.read_text().replace("Early", "Later"))
    return done
Cargo.build = build_and_edit
import greet
print(greet._greet.hello("you"))
"""
    answer = built.run(code)
    assert answer.out == "Later you", answer.err
    assert not built.builds()


@pytest.mark.parametrize("rest", ["", "pyrus-stamp 2\n", "half", "binary"])
def test_a_damaged_stamp_is_made_again(built: Project, rest: str) -> None:
    whole = built.stamp.read_bytes()
    texts = {"half": whole[: len(whole) // 2], "binary": b"\xff\x00\n" * 9}
    built.stamp.write_bytes(texts.get(rest, rest.encode()))
    assert built.builds()
    assert not built.builds()


def test_a_missing_or_broken_extension_is_built_again(built: Project) -> None:
    file = built.file
    file.unlink()
    assert built.builds()
    file.write_bytes(b"not a library")
    assert built.builds()
    assert not built.builds()


def test_a_build_says_why_when_asked(built: Project) -> None:
    built.say("Bye")
    answer = built.run(HELLO, PYRUS_VERBOSE="1")
    assert re.search(r"pyrus: building greet\._greet \(Debug\): .*words\.rs changed", answer.err)
    assert "Compiling greet" in answer.err

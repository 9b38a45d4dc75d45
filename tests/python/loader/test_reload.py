"""New versions in a running interpreter."""

from __future__ import annotations

import pytest
from projects import Project, words


def run(project: Project, code: str) -> str:
    """Run code in which `say` changes the extension."""
    header = f"""
import warnings
from pathlib import Path
import pyrus, greet
from greet import _greet
WORDS = {words("@")!r}
def say(word):
    Path({str(project.words)!r}).write_text(WORDS.replace("@", word))
"""
    answer = project.run(header + code)
    assert answer.code == 0, answer.err
    return answer.out


def test_nothing_changed(built: Project) -> None:
    assert run(built, "print(pyrus.rebuild(_greet) is _greet)") == "True"


def test_a_restart_is_asked_for(built: Project) -> None:
    code = """
say("Bye")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    same = pyrus.rebuild("greet._greet")
print(same is _greet, same.hello("you"), caught[0].category.__name__, "restart Python" in str(caught[0].message))
"""
    assert run(built, code) == "True Hello you RestartNeeded True"
    assert not built.builds()


def test_a_new_version_is_loaded_beside_the_old_one(built: Project) -> None:
    code = """
import sys
say("Bye")
new = pyrus.rebuild(_greet, fresh=True)
print(new.__name__, new.hello("you"), _greet.hello("you"))
print(pyrus.rebuild(_greet, fresh=True) is new, sys.modules["greet._greet"] is _greet, greet._greet is _greet)
print(sys.modules["greet._greet.more"] is _greet.more, sys.modules["greet@2._greet.more"] is new.more)
say("Again")
newer = pyrus.rebuild(new, fresh=True)
print(newer.__name__, newer.hello("you"), new.hello("you"))
"""
    assert run(built, code).splitlines() == [
        "greet@2._greet Bye you Hello you",
        "True True True",
        "True True",
        "greet@3._greet Again you Bye you",
    ]


def test_a_failed_build_leaves_the_loaded_version(built: Project) -> None:
    code = """
say('"; broken')
try:
    pyrus.rebuild(_greet)
except ImportError as error:
    print("src/words.rs" in str(error), _greet.hello("you"))
"""
    assert run(built, code) == "True Hello you"


def test_what_cannot_be_built_again(built: Project) -> None:
    code = """
import json
for module in (json, "nothing"):
    try:
        pyrus.rebuild(module)
    except ImportError as error:
        print(error)
"""
    told = run(built, code)
    assert "json is an installed copy, or no extension of any project" in told
    assert "No module named 'nothing'" in told or "nothing" in told


@pytest.mark.parametrize("variable", ["PYRUS_NORECOMPILE"])
def test_rebuild_respects_norecompile(built: Project, variable: str) -> None:
    code = "import greet, pyrus\ntry:\n    pyrus.rebuild(greet._greet)\nexcept ImportError as error:\n    print(error)"
    assert built.run(code, **{variable: "1"}).out == "PYRUS_NORECOMPILE forbids to build greet._greet"

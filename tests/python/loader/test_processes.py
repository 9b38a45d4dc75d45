"""Many processes, and processes that die."""

from __future__ import annotations

import signal

import pytest
from projects import HELLO, Project

KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def test_a_hundred_processes_build_once(built: Project) -> None:
    built.say("Hi")
    processes = [built.start(HELLO, PYRUS_VERBOSE="1") for _ in range(100)]
    answers = [process.communicate(timeout=600) for process in processes]
    assert {(process.returncode, out) for process, (out, _) in zip(processes, answers)} == {(0, "Hi you\n")}
    assert sum("pyrus: building" in err for _, err in answers) == 1


# Where the builder dies: the function that is called instead of doing its work.
MOMENTS = {
    "before Cargo starts": "from pyrus.loader.cargo import Cargo as place; name = 'build'",
    "while Cargo works": "import pyrus.loader.cargo as place; name = 'listen'",
    "when Cargo is done": "from pyrus.loader.cargo import Cargo as place; name = 'collect'",
    "before the extension appears": "import pyrus.loader.files as place; name = 'retire'",
    "before the stubs are synced": "import pyrus.loader.stubs as place; name = 'sync'",
    "before the stamp is written": "from pyrus.loader.stamp import Stamp as place; name = 'write'",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_builder_does_no_harm(built: Project, moment: str) -> None:
    built.say("Bye")
    die = f"def die(*_):\n    {KILL}\n{MOMENTS[moment]}\nsetattr(place, name, die)\nimport greet"
    assert built.run(die).code == -signal.SIGKILL
    # What is there is usable, old or new, and the next import builds.
    assert built.hello(PYRUS_NORECOMPILE="1") in ("Hello you", "Bye you")
    assert built.hello() == "Bye you"
    assert not built.builds()
    assert not list(built.file.parent.glob(".*.tmp"))


def test_builders_killed_at_any_time_do_no_harm(built: Project) -> None:
    for round, seconds in enumerate([0.05, 0.15, 0.3, 0.5, 0.8]):
        built.say(f"Round{round}")
        process = built.start(HELLO)
        try:
            process.wait(timeout=seconds)
        except Exception:
            process.kill()
        process.communicate()
        assert built.run(HELLO, PYRUS_NORECOMPILE="1").code == 0
    assert built.hello() == "Round4 you"


def test_threads_of_one_process_load_one_module(built: Project) -> None:
    built.say("Hi")
    code = """
import threading
def work():
    import greet
    found.append(id(greet._greet))
found = []
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(found), len(set(found)))
"""
    assert built.run(code).out == "8 1"


def test_a_failure_is_told_to_all_who_waited(built: Project) -> None:
    (built.folder / "src/lib.rs").write_text("this is not Rust\n")
    processes = [built.start(HELLO, PYRUS_VERBOSE="1") for _ in range(8)]
    answers = [process.communicate(timeout=600) for process in processes]
    assert all(process.returncode != 0 and "src/lib.rs:1" in err for process, (_, err) in zip(processes, answers))

"""`python -m pyrus.graph`."""

import json
import os
import subprocess
import sys

import pytest
from pyrus.graph import __main__ as stress


def run(*arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "pyrus.graph", *arguments], capture_output=True, text=True, env=environment, check=False
    )


def test_no_memory_is_kept():
    done = run("--rounds", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no memory is kept" in done.stdout and "100,000 nodes" in done.stdout


def test_json():
    done = run("--nodes", "2000", "--rounds", "2", "--json")
    facts = json.loads(done.stdout)
    assert done.returncode == 0 and facts["passed"] and len(facts["rounds"]) == 2
    assert facts["limit"] == 2000 * 40 + 2 * 2**20
    assert all(r["created"] >= r["before"] > 0 for r in facts["rounds"])


@pytest.mark.parametrize("wrong", [("--nodes", "0"), ("--rounds", "-1"), ("--nodes", "many"), ("more",)])
def test_wrong_arguments(wrong):
    done = run(*wrong)
    assert done.returncode == 2 and "usage:" in done.stderr and "Traceback" not in done.stderr


def test_kept_memory_is_reported():
    """The verdict is not always the same."""

    def outcome(*kept):
        levels = [100 * 2**20]
        for growth in kept:
            levels.append(levels[-1] + growth)
        rounds = [stress.Round(a, a + 2**25, b, b, 0.1, 0.1) for a, b in zip(levels, levels[1:])]
        return stress.Outcome(100_000, 100_000 * 40 + 2 * 2**20, rounds)

    assert outcome(2**20, 0, 0).passed and "no memory is kept" in stress.table(outcome(0))
    assert not outcome(0, 8 * 2**20, 0).passed
    assert outcome(2**22, 2**20, 0).passed
    assert not outcome(*[2**20] * 10).passed and "MEMORY IS KEPT" in stress.table(outcome(*[2**20] * 10))

"""The workflows for a public CI: this repository's, and the one that new projects get."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pages import CHECKOUT
from session import program

yaml = pytest.importorskip("yaml", reason="workflows are YAML")
pytest.importorskip("check_jsonschema", reason="it has the schema of workflows")

OURS = CHECKOUT / ".github/workflows/ci.yml"


def check(workflow: Path) -> None:
    """It is a workflow."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ours() -> None:
    check(OURS)
    jobs = yaml.safe_load(OURS.read_text(encoding="utf-8"))["jobs"]
    matrix = jobs["python"]["strategy"]["matrix"]
    supported = re.search(r"SUPPORTED: &\[&str\] = &\[(.*)\]", (CHECKOUT / "xtask/src/interpreters.rs").read_text())
    assert supported and set(re.findall(r'"(.*?)"', supported[1])) < set(matrix["python"])
    assert all(job["strategy"]["matrix"]["os"] for name, job in jobs.items() if name in ("rust", "python", "wheels"))


def test_commands_are_there() -> None:
    """Every `cargo xtask NAME` and `cargo pyrus NAME` that it runs."""
    text = OURS.read_text(encoding="utf-8")
    known = {"xtask": "xtask/src/main.rs", "pyrus": "crates/cargo-pyrus/src/args.rs"}
    for tool, name in re.findall(r"run: cargo (xtask|pyrus) (\w+)", text):
        variant = rf"^    {name.capitalize()}\b"
        assert re.search(variant, (CHECKOUT / known[tool]).read_text(encoding="utf-8"), re.MULTILINE), (tool, name)


def test_that_of_a_new_project(tmp_path: Path) -> None:
    subprocess.run([program() / "cargo-pyrus", "pyrus", "new", tmp_path / "ledger"], check=True, capture_output=True)
    workflow = tmp_path / "ledger/.github/workflows/ci.yml"
    check(workflow)
    steps = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["test"]["steps"]
    assert {"PYRUS_STUBS": "check"} in [step.get("env") for step in steps]

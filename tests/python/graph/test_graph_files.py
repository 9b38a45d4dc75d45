"""`python -m pyrus.graph info` and `export`."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from graph_tools import edge, view
from pyrus.graph import files


def run(*arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "pyrus.graph", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def saved(tmp_path):
    g, [a, b] = view(2)
    g.insert_edge(edge=edge(a, b, 130))
    path = tmp_path / "a.graph"
    g.save(path)
    return path


def test_info(saved):
    done = run("info", saved)
    assert done.returncode == 0, done.stderr
    assert "nodes                3" in done.stdout
    assert "130: 1" in done.stdout
    [facts] = json.loads(run("info", "--json", saved).stdout)
    assert (facts["nodes"], facts["edges"], facts["edge types"]) == (3, 1, {"130": 1})
    assert facts["bytes"] == saved.stat().st_size


def test_export(saved):
    graphml, dot = saved.with_suffix(".graphml"), saved.with_suffix(".dot")
    for to in (graphml, dot):
        done = run("export", saved, to)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert ET.parse(graphml).getroot().tag.endswith("graphml")
    assert dot.read_text().startswith("digraph {")
    assert len(list(saved.parent.iterdir())) == 3


def test_mistakes_are_said(saved):
    saved.with_name("no.graph").write_text("no")
    for arguments, said in [
        (("info", saved.with_name("missing")), "No such file"),
        (("info", saved.with_name("no.graph")), "not a saved graph"),
        (("export", saved, "a.png"), "the suffix says the format"),
        (("export", saved, saved.parent / "none" / "a.dot"), "No such file"),
    ]:
        done = run(*arguments)
        assert done.returncode == 1, arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_a_terminal_shows_how_far_it_is(capsys):
    line = files.Line("reading")
    line(1, 10)
    line.end()
    assert capsys.readouterr().err == ""
    line(50_000, 200_000)
    line(50_001, 200_000)
    line.end()
    assert capsys.readouterr().err == "\rreading  25 %\r\x1b[K"

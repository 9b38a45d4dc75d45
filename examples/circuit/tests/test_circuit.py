"""The ladder of RC stages: what is in it, what is connected, what is drawn."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from circuit.__main__ import answers, picture
from circuit.drawing import Part, channel, svg
from circuit.ladder import Ladder, child, path_of, type_of, wires
from pyrus.graph import GraphView

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def ladder():
    return Ladder(4)


def test_a_stage_is_a_tree_of_parts(ladder):
    assert [path_of(part) for part in ladder.parts()[:3]] == ["s0.r", "s0.c", "s1.r"]
    assert type_of(ladder.at("s3.r"), ladder.library) == "Resistor"
    assert type_of(ladder.at("s3.c.p2"), ladder.library) == "Electrical"
    with pytest.raises(LookupError, match="s0 has no 'x'"):
        ladder.at("s0.x")
    with pytest.raises(LookupError, match="has no type"):
        type_of(ladder.root, ladder.library)


def test_each_call_adds_a_stage(ladder):
    other = Ladder(1)
    before = (other.view.get_node_count(), other.view.get_edge_count())
    other.add("more")
    assert (other.view.get_node_count() - before[0], other.view.get_edge_count() - before[1]) == (17, 45)


def test_nets(ladder):
    nets = [sorted(map(path_of, net)) for net in ladder.nets()]
    assert nets[0] == ["s0.input", "s0.r.p1"]
    assert nets[1] == ["s0.c.p1", "s0.output", "s0.r.p2", "s1.input", "s1.r.p1"]
    ground = nets[2]
    assert len(ground) == 8 and set(ground) == {f"s{i}.{pin}" for i in range(4) for pin in ("ground", "c.p2")}
    assert len(nets) == 4 + 2


def test_wires(ladder):
    assert wires(ladder.at("s0.c.p2"), ladder.at("s2.c.p2")) == [
        "s0.c.p2",
        "s0.ground",
        "s1.ground",
        "s2.ground",
        "s2.c.p2",
    ]
    assert wires(ladder.at("s0.input"), ladder.at("s0.output")) is None
    assert wires(ladder.at("s0.input"), ladder.at("s0.input")) == ["s0.input"]


def test_ten_thousand_instances():
    ladder = Ladder(600)
    instances = dict(ladder.library.types.get_type_instance_overview())
    assert instances["Electrical"] == 7 * 600 and instances["Stage"] == 600
    assert ladder.view.get_node_count() > 10_000
    assert wires(ladder.at("s0.ground"), ladder.at("s599.ground"))[300] == "s300.ground"
    assert "602 nets; the largest has 1,200 pins" in answers(ladder)


def test_it_is_saved_with_its_types(ladder):
    loaded = GraphView.from_bytes(ladder.view.to_bytes())
    root = loaded.get_self_node()
    assert wires(child(root, "s0.c.p2"), child(root, "s1.ground")) == ["s0.c.p2", "s0.ground", "s1.ground"]


def test_nets_that_overlap_have_lines_of_their_own():
    parts = [Part("a", "?", ["x", "y"]), Part("b", "?", ["y", "z"]), Part("c", "?", ["z", "x"])]
    lines = {net.name: (net.line, net.places) for net in channel(parts)}
    assert lines == {"x": (0, [0, 5]), "y": (1, [1, 2]), "z": (2, [3, 4])}
    assert len(ET.fromstring(svg(parts, "<&>")).findall(SVG + "circle")) == 6


def test_the_picture_has_all_parts(ladder):
    texts = [text.text for text in ET.fromstring(picture(ladder)).iter(SVG + "text")]
    assert {f"s{i}.{part}" for i in range(4) for part in "rc"} <= set(texts)
    assert {"s0.input", "s0.output", "s0.ground", "s3.output"} <= set(texts)


def test_the_picture_of_the_page_is_current():
    page = Path(__file__).parents[1] / "circuit.svg"
    assert page.read_text(encoding="utf-8") == picture(Ladder(5))


def test_the_command(tmp_path):
    command = [sys.executable, "-m", "circuit", "--stages", "30", "--svg", "a.svg", "--save", "a.graph"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "30 x Resistor" in done.stdout
    assert GraphView.load(tmp_path / "a.graph").get_node_count() > 500
    assert ET.parse(tmp_path / "a.svg").getroot().tag == SVG + "svg"

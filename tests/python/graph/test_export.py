"""GraphML and DOT, read by programs that know them."""

import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from graph_tools import view
from hypothesis import given
from hypothesis import strategies as st
from pyrus.graph import Edge, GraphView, Node

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
XML = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)


def tree(g):
    return ET.fromstring(g.to_graphml().encode())


def values(element):
    return {data.get("key"): data.text or "" for data in element.findall(SPACE + "data")}


def graph(**attributes):
    g = GraphView.create()
    g.insert_node(node=Node.create(**attributes))
    return g


def test_graphml():
    g, [a, b] = view(2)
    made = Edge.create(source=a.node(), target=b.node(), edge_type=130, directional=True, name="r1", w=2)
    g.insert_edge(edge=made)
    g.insert_edge(edge=Edge.create(source=b.node(), target=b.node(), edge_type=7))
    root = tree(g)
    keys = {key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type")) for key in root.iter(SPACE + "key")}
    assert keys["kind"] == ("edge", "pyrus.edge_type", "int")
    assert keys["b0"] == ("edge", "name", "string")
    assert keys["b1"] == ("edge", "w", "long")
    inner = root.find(SPACE + "graph")
    assert [node.get("id") for node in inner.findall(SPACE + "node")] == ["n0", "n1", "n2"]
    one, two = inner.findall(SPACE + "edge")
    assert (one.get("source"), one.get("target"), one.get("directed")) == ("n1", "n2", "true")
    assert values(one) == {"kind": "130", "order": "0", "specific": "0", "b0": "r1", "b1": "2"}
    assert (two.get("source"), two.get("target"), two.get("directed")) == ("n2", "n2", "false")


@given(st.dictionaries(XML, XML, max_size=3))
def test_text_comes_through_xml(attributes):
    node = tree(graph(**attributes)).find(f"{SPACE}graph/{SPACE}node[@id='n1']")
    assert list(values(node).values()) == list(attributes.values())


def test_what_xml_cannot_hold_is_marked():
    node = tree(graph(a="a\0b\x1b\r\n")).find(f"{SPACE}graph/{SPACE}node[@id='n1']")
    assert values(node) == {"a0": "a\ufffdb\ufffd\r\n"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, -5], "long"),
        ([1, 0.5], "double"),
        ([True, False], "boolean"),
        ([2**63], "string"),
        ([1, True], "string"),
        (["1", 1], "string"),
    ],
)
def test_types_of_keys(values, expected):
    g = GraphView.create()
    for value in values:
        g.insert_node(node=Node.create(x=value))
    assert [key.get("attr.type") for key in tree(g).iter(SPACE + "key")][3:] == [expected]


def test_networkx_reads_graphml(tmp_path):
    networkx = pytest.importorskip("networkx")
    g = graph(x=1, s="a&b")
    a = g.get_nodes()[1].node()
    g.insert_edge(edge=Edge.create(source=a, target=a, edge_type=3, name="loop", directional=True))
    path = tmp_path / "a.graphml"
    path.write_text(g.to_graphml(), encoding="utf-8")
    read = networkx.read_graphml(path)
    assert read.nodes["n1"] == {"x": 1, "s": "a&b"}
    assert read.edges["n1", "n1"]["pyrus.edge_type"] == 3


def test_dot():
    g, [a, b] = view(2)
    g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=130))
    lines = g.to_dot().splitlines()
    assert lines[0] == "digraph {"
    assert lines[-1] == "}"
    assert '  n1 -> n2 [label="Composition"' in g.to_dot()


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_graphviz_reads_dot():
    g = graph(**{"a\0": '\\N"\n<b>', "\\": "é"})
    a = g.get_nodes()[1].node()
    g.insert_edge(edge=Edge.create(source=a, target=a, edge_type=3, name='"'))
    done = subprocess.run(["dot", "-Tsvg"], input=g.to_dot().encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")

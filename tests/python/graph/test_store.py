"""Graphs as bytes, files and text; and that nothing else is pickled behind anybody's back."""

import copy
import gc
import math
import os
import pickle
import re
import stat
import struct
import sys
import threading
import zlib
from pathlib import Path

import pytest
from graph_tools import edge, names, view, watched
from hypothesis import given
from hypothesis import strategies as st
from pyrus.graph import BFSPath, Edge, GraphDestroyedError, GraphFormatError, GraphView, Node

LITERALS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
ATTRIBUTES = st.dictionaries(KEYS, LITERALS, max_size=4)
KINDS = st.sampled_from([0, 1, 130, 255])


def shown(attributes):
    """Attributes, comparable also where they are NaN, with their types."""
    exact = {k: struct.pack("<d", v) if isinstance(v, float) else v for k, v in attributes.items()}
    return [(k, type(attributes[k]), v) for k, v in exact.items()]


def facts(g):
    """Everything about a graph but ids."""
    nodes = g.get_nodes()
    place = {bound: i for i, bound in enumerate(nodes)}
    edges = []
    lists = []
    for bound in nodes:
        for kind in range(256):
            seen = []
            bound.visit_edges_of_type(edge_type=kind, ctx=seen, f=list.append)
            for e in (x.edge() for x in seen):
                if e not in edges:
                    edges.append(e)
            if seen:
                lists.append((place[bound], kind, [edges.index(x.edge()) for x in seen]))
    ends = [(place[g.bind(node=e.source())], place[g.bind(node=e.target())]) for e in edges]
    return (
        [shown(bound.node().get_dynamic_attrs()) for bound in nodes],
        [(end, e.edge_type(), e.directional(), shown(e.get_dynamic_attrs())) for end, e in zip(ends, edges)],
        lists,
    )


def small():
    """A graph with one of everything."""
    g = GraphView.create()
    a = Node.create(low=-(2**63), high=2**63 - 1, unsigned=2**64 - 1, nan=math.nan, zero=-0.0)
    b = Node.create(**{"": "a\0b é😀", "a\0b": True})
    for node in (a, b):
        g.insert_node(node=node)
    options = {"directional": True, "name": "r1", "weight": 1.5}
    g.insert_edge(edge=Edge.create(source=a, target=b, edge_type=130, **options))
    g.insert_edge(edge=Edge.create(source=b, target=b, edge_type=0))
    g.insert_edge(edge=Edge.create(source=b, target=a, edge_type=130, name="r2"))
    return g


def test_a_file_comes_back(tmp_path):
    g = small()
    path = tmp_path / "a.graph"
    assert g.save(path) is None
    loaded = GraphView.load(str(path))
    assert facts(loaded) == facts(g)
    assert loaded != g
    assert set(loaded.get_nodes()).isdisjoint(g.get_nodes())
    assert loaded.get_self_node() == loaded.get_nodes()[0]
    assert path.read_bytes() == g.to_bytes() == loaded.to_bytes()
    assert names(loaded.get_nodes()[1], 130) == ["r1", "r2"]


def test_a_loaded_graph_goes_on():
    g = GraphView.from_bytes(small().to_bytes())
    new = g.create_and_insert_node()
    g.insert_edge(edge=edge(g.get_nodes()[1], new, 130, name="r3"))
    assert names(g.get_nodes()[1], 130) == ["r1", "r2", "r3"]
    assert (g.get_node_count(), g.get_edge_count()) == (4, 4)


@st.composite
def graphs(draw):
    """Any graph."""
    g = GraphView.create()
    nodes = [Node.create(**a) for a in draw(st.lists(ATTRIBUTES, min_size=1, max_size=6))]
    for node in nodes:
        g.insert_node(node=node)
    reserved = {"source", "target", "edge_type", "directional"}
    for _ in range(draw(st.integers(0, 8))):
        attributes = {k: v for k, v in draw(ATTRIBUTES).items() if k not in reserved}
        source, target = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        kind, directional = draw(KINDS), draw(st.booleans())
        made = Edge.create(source=source, target=target, edge_type=kind, directional=directional, **attributes)
        g.insert_edge(edge=made)
    return g


@given(graphs())
def test_any_graph_comes_back(g):
    data = g.to_bytes()
    loaded = GraphView.from_bytes(data)
    assert facts(loaded) == facts(g)
    assert loaded.to_bytes() == data


def test_every_damaged_byte_is_found():
    data = small().to_bytes()
    for i in range(len(data)):
        with pytest.raises(GraphFormatError) as caught:
            GraphView.from_bytes(data[:i] + bytes([data[i] ^ 0xFF]) + data[i + 1 :])
        assert 0 <= caught.value.offset <= len(data)
        assert caught.value.reason


def test_every_lost_end_is_found(tmp_path):
    data = small().to_bytes()
    path = tmp_path / "cut.graph"
    for end in range(len(data)):
        path.write_bytes(data[:end])
        with pytest.raises(GraphFormatError):
            GraphView.load(path)
    with pytest.raises(GraphFormatError, match="bytes where there should be"):
        GraphView.from_bytes(data + b"\0")


def with_sums(data):
    """The bytes with the checksums that they would have, as docs/graph-format.md says."""
    data = bytearray(data)
    data[40:44] = zlib.crc32(data[:40]).to_bytes(4, "little")
    at = 44
    while at + 16 <= len(data):
        end = at + 12 + int.from_bytes(data[at + 4 : at + 12], "little")
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[at:end]).to_bytes(4, "little")
        at = end + 4
    return bytes(data)


@given(st.lists(st.tuples(st.integers(16, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_what_has_good_sums_and_bad_contents_is_refused_or_another_graph(changes):
    data = bytearray(small().to_bytes())
    for at, value in changes:
        data[16 + at % (len(data) - 16)] = value
    try:
        other = GraphView.from_bytes(with_sums(data))
    except GraphFormatError as error:
        assert 0 <= error.offset <= len(data)
    else:
        assert facts(GraphView.from_bytes(other.to_bytes())) == facts(other)


def test_a_claim_costs_no_memory():
    data = bytearray(GraphView.create().to_bytes())
    for at in (24, 32):
        claim = bytes(data[:at]) + (2**31).to_bytes(8, "little") + bytes(data[at + 8 :])
        with pytest.raises(GraphFormatError, match="impossible number") as caught:
            GraphView.from_bytes(with_sums(claim))
        assert caught.value.offset == at


def test_other_files_and_versions_are_named(tmp_path):
    path = tmp_path / "no.graph"
    path.write_text("digraph {}")
    with pytest.raises(GraphFormatError, match="not a saved graph") as caught:
        GraphView.load(path)
    assert str(path) in str(caught.value)
    assert (caught.value.offset, caught.value.reason) == (0, "not a saved graph")
    data = bytearray(small().to_bytes())
    data[8] = 9
    with pytest.raises(ValueError, match="version 9 of the format; this library reads 1"):
        GraphView.from_bytes(bytes(data))


def test_errors_of_the_system_have_their_class(tmp_path):
    missing = tmp_path / "missing.graph"
    with pytest.raises(FileNotFoundError) as caught:
        GraphView.load(missing)
    assert (caught.value.errno, caught.value.filename) == (2, str(missing))
    with pytest.raises(FileNotFoundError):
        small().save(tmp_path / "no" / "folder")
    with pytest.raises(OSError):
        small().save(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")
def test_saving_keeps_links_and_modes(tmp_path):
    real, link = tmp_path / "real.graph", tmp_path / "link.graph"
    old = os.umask(0o027)
    try:
        small().save(real)
    finally:
        os.umask(old)
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    real.chmod(0o604)
    link.symlink_to(real)
    GraphView.create().save(link)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o604
    assert GraphView.load(real).get_node_count() == 1


def test_progress_is_told_and_can_stop(tmp_path):
    g, bounds = view(20_000)
    g.insert_edge(edge=edge(bounds[0], bounds[1]))
    calls = []

    def tell(done, total):
        calls.append((done, total))

    path = tmp_path / "a.graph"
    g.save(path, progress=tell)
    assert len(calls) > 1
    assert calls[-1] == (20_002, 20_002)
    calls.clear()
    GraphView.load(path, progress=tell)
    size = path.stat().st_size
    assert len(calls) > 1
    assert all(done <= size == total for done, total in calls)
    assert sorted(calls) == calls
    for export in (g.to_dot, g.to_graphml, g.to_bytes):
        calls.clear()
        export(progress=tell)
        assert calls[-1] == (20_002, 20_002)
    before = path.read_bytes()

    def stop(done, total):
        raise KeyboardInterrupt

    for work in (lambda: GraphView.create().save(path, progress=stop), lambda: GraphView.load(path, progress=stop)):
        with pytest.raises(KeyboardInterrupt):
            work()
    assert path.read_bytes() == before


def test_what_happens_while_it_is_saved_does_not_show():
    g, bounds = view(3)
    data = g.to_bytes(progress=lambda done, total: g.destroy())
    assert GraphView.from_bytes(data).get_node_count() == 4
    with pytest.raises(GraphDestroyedError):
        g.to_bytes()
    assert bounds[0].node().get_dynamic_attrs() == {}


def test_threads_save_and_load_at_once(tmp_path):
    g = small()
    expected = facts(g)

    def work(i):
        for _ in range(20):
            path = tmp_path / f"{i % 2}.graph"
            g.save(path)
            found.append(facts(GraphView.load(path)) == expected)

    found: list = []
    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 80


def test_objects_on_nodes_stay_where_they_are():
    g, [a] = view(1)
    thing, alive = watched()
    a.store(data=thing)
    del thing
    loaded = GraphView.from_bytes(g.to_bytes())
    assert loaded.get_nodes()[1].try_load(t=object) is None
    assert a.load(t=object) is alive()
    del a
    g.destroy()
    gc.collect()
    assert alive() is None


def test_calls_are_checked(tmp_path):
    g = small()
    for bad in (lambda: g.save(), lambda: g.save(1), lambda: g.save(tmp_path / "a", print), lambda: GraphView.load(None)):
        with pytest.raises(TypeError):
            bad()
    for bad in ("text", None, bytearray(b"")):
        with pytest.raises(TypeError):
            GraphView.from_bytes(bad)
    with pytest.raises(TypeError):
        g.to_dot(progress=1)
    with pytest.raises(ValueError):
        g.save("a\0b")


def test_nothing_is_pickled_or_copied_silently():
    g, [a, b] = view(2)
    e = g.insert_edge(edge=edge(a, b))
    for x in (g, a, e, a.node(), e.edge()):
        for refused in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match=r"objects can't be pickled or copied; use .*GraphView\.save\(\)"):
                refused(x)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError, match="pickled"):
                pickle.dumps([x], protocol)
    assert "pickled" in (GraphView.__doc__ or "")
    assert "get_edges()" in (BFSPath.__doc__ or "")


def test_the_page_says_how_to_read_it():
    """The reader of docs/graph-format.md finds what is in a graph."""
    page = (Path(__file__).parents[3] / "docs/graph-format.md").read_text(encoding="utf-8")
    code = re.search(r'```python\n(import struct.*?)```', page, re.DOTALL)
    names: dict = {}
    exec(code[1], names)
    g = small()
    nodes, edges, lists = names["read_graph"](g.to_bytes())
    assert [shown(dict(attributes)) for attributes in nodes] == facts(g)[0]
    assert [edge[:6] for edge in edges] == [(1, 2, 130, True, 0, 0), (2, 2, 0, False, 0, 0), (2, 1, 130, False, 0, 0)]
    assert [edge[6] for edge in edges] == [[("name", "r1"), ("weight", 1.5)], [], [("name", "r2")]]
    assert lists == []

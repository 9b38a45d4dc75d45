"""Values on their way through a call: what the fast ways do must be what the slow ways do."""

import copy
import inspect
import pickle
import sys

import pytest

from pyrus.graph import GraphView, NodeReference

TEXTS = ["", "a", "é", "ÿé", "Ω", "aΩ", "😀", "a😀é", "x" * 1000, "ÿ" * 50, "\0a", "a\0😀", "\x7f\x80"]
INTEGERS = [0, 1, -1, 255, 2**30 - 1, 2**30, -(2**30), 2**60 - 1, 2**60, -(2**60), 2**63 - 1, -(2**63)]


class Whole(int):
    """A subclass has its digits elsewhere than a plain `int` of old."""


def round_trip(value):
    return NodeReference.create(value=value).get_attr(key="value")


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_back_as_it_was(text):
    back = round_trip(text)
    assert back == text
    assert hash(back) == hash(text)
    assert back.isascii() == text.isascii()
    # As narrow as the interpreter would store it.
    assert sys.getsizeof(back) == sys.getsizeof(text.encode().decode())


@pytest.mark.parametrize("value", INTEGERS)
@pytest.mark.parametrize("kind", [int, Whole])
def test_integers_come_back_as_they_were(value, kind):
    assert round_trip(kind(value)) == value


def test_static_functions_say_where_they_belong():
    create = GraphView.create
    assert create.__name__ == "create"
    assert create.__qualname__ == "GraphView.create"
    assert create.__module__ == GraphView.__module__
    kinds = {found.name: found.kind for found in inspect.classify_class_attrs(GraphView)}
    assert kinds["create"] == "static method"
    assert str(inspect.signature(create)) == "()"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_static_functions_are_pickled_by_name(protocol):
    assert pickle.loads(pickle.dumps(GraphView.create, protocol)) == GraphView.create
    assert copy.deepcopy(GraphView.create) is GraphView.create


def test_static_functions_do_not_bind():
    graph = GraphView.create()
    assert isinstance(graph.create(), GraphView)


def test_an_argument_of_the_receivers_class_is_checked():
    node = NodeReference.create()
    assert node.is_same(other=node)
    with pytest.raises(TypeError, match="expected NodeReference, got BoundNode"):
        node.is_same(other=GraphView.create().insert_node(node=node))
    with pytest.raises(TypeError, match="expected NodeReference, got int"):
        node.is_same(other=1)

"""Trees of any S-expressions: what is in them, where it stands, and KiCad's layout."""

from __future__ import annotations

import gc
import pickle
import threading
from pathlib import Path

import pytest
from samples import BOARD, ROOTS, SHARED, needs_shared

from pyrus.sexp import ErrorKind, Kind, Node, ParseError, Position, Tree, format, parse

TEXT = '; c\n(net "é😀\\n" 5 (at 1.5 -2) ; x\n ())\n'
DEEP = 1_000_000
FILES = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.suffix != ".md")


def parsed(text: str | bytes) -> Node:
    return parse(text).root


def failure(text: str | bytes) -> ParseError:
    with pytest.raises(ParseError) as caught:
        parse(text)
    return caught.value


def test_nodes_say_what_they_are() -> None:
    assert [(node.kind, node.value) for node in parse(TEXT).walk()] == [
        (Kind.COMMENT, "; c"),
        (Kind.LIST, None),
        (Kind.SYMBOL, "net"),
        (Kind.STRING, "é😀\n"),
        (Kind.NUMBER, "5"),
        (Kind.LIST, None),
        (Kind.SYMBOL, "at"),
        (Kind.NUMBER, "1.5"),
        (Kind.NUMBER, "-2"),
        (Kind.COMMENT, "; x"),
        (Kind.LIST, None),
    ]


def test_lists_are_sequences_of_their_children() -> None:
    root = parsed(TEXT)
    assert len(root) == 6 and list(root) == root.children == [root[at] for at in range(6)]
    assert root[-1] == root[5] and root[-6].value == "net"
    assert len(root[0]) == 0 and list(root[0]) == [] == root[0].children
    for index in (6, -7, 1 << 40):
        with pytest.raises(IndexError, match=f"{index} of 6 children"):
            root[index]
    assert all(parse("(() a)").root), "also an empty list is true"


def test_children_are_found_by_head() -> None:
    root = parsed('(a (b 1) b ("b" 2) (; b\n b 3) (c))')
    first = root.find("b")
    assert first is not None and first.source == "(b 1)"
    assert [int(node[-1]) for node in root.find_all("b")] == [1, 3]
    assert root.find("x") is None and root.find_all("x") == []
    assert [node.head for node in root] == [None, "b", None, None, "b", "c"]


def test_parents() -> None:
    tree = parse(TEXT)
    for node in tree.walk():
        assert all(child.parent == node for child in node)
    assert [item.parent for item in tree] == [None, None]
    assert [node.value for node in tree.root[3].walk()] == [None, "at", "1.5", "-2"]


def test_numbers_are_worth_something() -> None:
    root = parsed('(1.50 0x1F -7 "8" 1e400 99999999999999999999)')
    assert [float(root[at]) for at in range(3)] == [1.5, 31.0, -7.0]
    assert root[0].value == "1.50" and int(root[2]) == -7
    with pytest.raises(ValueError, match=r'expected a number, got "8" at 1:15'):
        float(root[3])
    for at in (0, 3, 5):
        with pytest.raises(ValueError, match="expected an integer of 64 bits"):
            int(root[at])


@pytest.mark.parametrize("text", [TEXT, BOARD, "\ufeff(a\r\n\tb)", "a", '("é" ("→"))'])
def test_positions_are_exact(text: str) -> None:
    data, lines = text.encode(), text.split("\n")
    for node in parse(text).walk():
        start, end = node.start, node.end
        assert text[start.offset : end.offset] == node.source == data[start.byte : end.byte].decode()
        for place in (start, end):
            before = text[: place.offset].split("\n")
            assert (place.line, place.column) == (len(before), len(before[-1]) + 1)
        assert lines[start.line - 1][start.column - 1 :].startswith(node.source.split("\n")[0])


def test_positions_are_values() -> None:
    place = parsed("\n (a)").start
    assert place == Position(line=2, column=2, offset=2, byte=2) == pickle.loads(pickle.dumps(place))
    assert len({place, parsed("\n (b)").start}) == 1


def test_bytes_and_text_give_the_same_tree() -> None:
    assert parse(TEXT) == parse(TEXT.encode())
    assert parse(TEXT.encode()).text == TEXT


def test_equality_is_of_values() -> None:
    one, other = parse('(a "\\n" (b 1) ; c\n)'), parse('( a\n"\n"(b\t1); c  \n )')
    assert one == other and hash(one) == hash(other) and one.root == other.root and len({one, other}) == 1
    assert (
        parsed("(1.0)") != parsed("(1.00)")
        and parsed("(a)") != parsed('("a")')
        and parsed("(a (b))") != parsed("(a b)")
    )
    assert parse("(a) b") != parse("(a)") and one != "text" and one.root != one


def test_nodes_keep_their_tree() -> None:
    node = parse("(a (b 1))").root[1]
    gc.collect()
    assert node.source == "(b 1)" and node.tree.text == "(a (b 1))"


def test_nodes_have_no_constructor() -> None:
    for made in (Tree, Node):
        with pytest.raises(TypeError, match=r"parse\("):
            made()


def test_reprs_are_short() -> None:
    tree = parse(f"({'x ' * 1000})")
    assert repr(tree).startswith("<Tree of 1001 tokens: (x x") and len(repr(tree)) < 120
    assert repr(tree.root[7]) == "<Node at 1:16: x>"


@pytest.mark.parametrize(
    ("text", "kind", "line", "column", "offset"),
    [
        ('(a\n "é" , b)', ErrorKind.INVALID_CHARACTER, 2, 6, 8),
        ('(a "é\\"', ErrorKind.UNTERMINATED_STRING, 1, 4, 3),
        ("(é)", ErrorKind.INVALID_CHARACTER, 1, 2, 1),
        ('("é"))', ErrorKind.UNEXPECTED_RIGHT_PAREN, 1, 6, 5),
        ('"é"\n(a (b)', ErrorKind.UNTERMINATED_LIST, 2, 1, 4),
        (" \n ; é", ErrorKind.EMPTY_FILE, 2, 5, 6),
        ("(a)\0", ErrorKind.INVALID_CHARACTER, 1, 4, 3),
    ],
)
def test_errors_have_kind_and_position(text: str, kind: ErrorKind, line: int, column: int, offset: int) -> None:
    error = failure(text)
    assert (error.kind, error.line, error.column, error.offset) == (kind, line, column, offset)
    assert error.byte == len(text[:offset].encode())
    assert str(error).startswith(f"{kind.value} at {line}:{column}: ")
    assert isinstance(error, ValueError)
    with pytest.raises(ParseError) as caught:
        format(text)
    assert str(caught.value) == str(error)


def test_errors_show_the_line() -> None:
    assert str(failure('(a\n "é" , b)')).split("\n")[1:] == ['source:  "é" , b)', " " * 13 + "^"]


def test_bytes_that_are_no_text() -> None:
    error = failure(b'("\xc3\xa9" \xff)')
    assert str(error).startswith('InvalidCharacter at 1:6: byte 0xff is not UTF-8\nsource: ("é"')
    assert (error.kind, error.offset, error.byte) == (ErrorKind.INVALID_CHARACTER, 5, 6)


def test_errors_survive_pickling() -> None:
    error = failure("(a\n(b")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.kind, again.line, again.column) == (str(error), error.kind, 2, 1)


def test_other_arguments_are_refused() -> None:
    for call, wanted in ((parse, "str | bytes"), (format, r"str | bytes | Tree | Node")):
        with pytest.raises(TypeError, match="expected .*" + wanted.split(" ")[0]):
            call(5)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        parse("\ud800")


def test_format_takes_texts_trees_and_nodes() -> None:
    tree = parse('(a (b  1) ; c\n "\\x")')
    laid_out = '(a\n\t(b 1) ; c\n\t"\\\\x")\n'
    assert format(tree.text) == format(tree.text.encode()) == format(tree) == format(tree.root) == laid_out
    assert format(tree.root[1]) == "(b 1)\n" and format(tree.root[2]) == "; c\n" and format(tree.root[3]) == '"\\\\x"\n'


@pytest.mark.parametrize("text", [*ROOTS.values(), TEXT, "a b ; c\n()"])
def test_formatted_texts_read_back_the_same(text: str) -> None:
    laid_out = format(text)
    assert format(laid_out) == laid_out == format(parse(laid_out)) and parse(laid_out) == parse(text)


def test_a_board_in_kicads_layout_is_left_alone() -> None:
    assert format(parse(BOARD)) == BOARD
    assert format(" ".join(BOARD.split())) == BOARD == format(BOARD.replace("\n", "\r\n"))


@needs_shared
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SHARED)))
def test_sample_files_read_back_the_same(path: Path) -> None:
    text = path.read_bytes().decode()
    tree = parse(text)
    laid_out = format(tree)
    assert format(laid_out) == laid_out and parse(laid_out) == tree
    if path.name in ("grid10x10.kicad_pcb", "strip10.kicad_pcb", "test.kicad_pcb", "test.kicad_mod"):
        assert laid_out.rstrip("\n") == text.rstrip("\n")
    for node in list(tree.walk())[:20_000:7]:
        assert text[node.start.offset : node.end.offset] == node.source


def test_a_million_nested_lists() -> None:
    tree, other = parse("(" * DEEP + ")" * DEEP), parse("( " * DEEP + ") " * DEEP)
    assert tree == other and tree.root == other.root and hash(tree) == hash(other) and repr(tree) == repr(other)
    assert sum(1 for _ in tree.walk()) == DEEP
    assert format(tree) == format(other.root)
    node = tree.root
    while len(node):
        node = node[0]
    assert (node.start.offset, node.end.offset) == (DEEP - 1, DEEP + 1)
    depth = 0
    while (parent := node.parent) is not None:
        node, depth = parent, depth + 1
    assert depth == DEEP - 1 and node.end.offset == 2 * DEEP
    assert failure("(" * DEEP).kind is ErrorKind.UNTERMINATED_LIST


def test_nothing_is_made_that_is_not_touched() -> None:
    gc.collect()
    before = len(gc.get_objects())
    tree = parse("(a " + "(b 1) " * 100_000 + ")")
    assert len(gc.get_objects()) - before < 100 and tree.root[0].value == "a"


def test_threads_ask_one_tree() -> None:
    tree, wrong = parse(BOARD * 20), []

    def ask() -> None:
        for node in tree.walk():
            if tree.text[node.start.offset : node.end.offset] != node.source:
                wrong.append(node)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_iterators_go_on_without_their_tree() -> None:
    walk = parse("(a (b 1))").walk()
    gc.collect()
    assert [node.source for node in walk] == ["(a (b 1))", "a", "(b 1)", "b", "1"]

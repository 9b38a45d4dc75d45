"""Numbers of every width, containers, unions, buffers, operators."""

import array
import ctypes
import gc
import math
import pathlib
import sys

import pytest
from support import fails, flat, kept

from zoo import Diet, Point
from zoo import measures as m
from zoo.measures import Amount, Samples, Tally

WIDTHS = {name: (bits, name[0] == "i") for name in ("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64") for bits in [int(name[1:])]}


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


@pytest.mark.parametrize("name", WIDTHS)
def test_integers(name):
    bits, signed = WIDTHS[name]
    echo = getattr(m, f"echo_{name}")
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    for value in (low, high, 0, 1, high // 3):
        assert echo(value) == value and type(echo(value)) is int
    assert echo(Index(5)) == 5 and echo(True) == 1
    for value in (low - 1, high + 1):
        error = ValueError if -(2**63) <= value < 2**63 else OverflowError
        words = [str(value), f"{low} to {high}"] if error is ValueError else []
        fails(lambda v=value: echo(v), error, f"echo_{name}()", "'value'", name, *words)
    for value in (2**64, -(2**64), 10**100, -(10**100)):
        fails(lambda v=value: echo(v), OverflowError, f"echo_{name}()", "'value'", name)
    for value, got in ((1.0, "float"), ("1", "str"), (None, "NoneType"), ([], "list"), (1j, "complex")):
        fails(lambda v=value: echo(v), TypeError, f"echo_{name}()", "'value'", "expected int", f"got {got}")
    with pytest.raises(KeyError):
        echo(type("Bad", (), {"__index__": lambda self: {}["x"]})())
    with pytest.raises(TypeError):
        echo(type("Bad", (), {"__index__": lambda self: "x"})())
    flat(lambda: echo(high))
    flat(lambda: echo(Index(7)))


def test_large_integers():
    for value in (0, 1, -1, 2**63, -(2**63) - 1, 2**64, 2**127 - 1, 2**127, -(2**127), -(2**127) - 1, 10**1000, -(10**1000), -(2**200), 2**255, 255, 256, -256):
        assert m.echo_int(value) == value
    assert m.echo_int(Index(2**99)) == 2**99 and m.echo_int(True) == 1
    for lie in (0, 2**40, 2**62, 2**100, "x"):
        assert m.echo_int(type("Liar", (int,), {"bit_length": lambda self, lie=lie: lie})(2**99)) == 2**99
    fails(lambda: m.echo_int(1.5), TypeError, "echo_int()", "'value'", "expected int", "got float")
    flat(lambda: m.echo_int(2**100))
    flat(lambda: m.echo_int(10**500))


def test_floats():
    for value in (0.0, -0.0, 1.5, 1e308, math.inf, -math.inf, 5e-324):
        assert m.echo_f64(value) == value and math.copysign(1, m.echo_f64(value)) == math.copysign(1, value)
    assert math.isnan(m.echo_f64(math.nan)) and math.isnan(m.echo_f32(math.nan))
    assert m.echo_f64(3) == 3.0 and type(m.echo_f64(3)) is float and m.echo_f64(Index(4)) == 4.0 and m.echo_f64(True) == 1.0
    assert m.echo_f64(type("F", (), {"__float__": lambda self: 2.5})()) == 2.5
    assert m.echo_f32(0.1) == ctypes.c_float(0.1).value and m.echo_f32(math.inf) == math.inf
    fails(lambda: m.echo_f32(1e39), OverflowError, "echo_f32()", "'value'", "f32")
    fails(lambda: m.echo_f64("1.5"), TypeError, "echo_f64()", "'value'", "expected float", "got str")
    fails(lambda: m.echo_f64(None), TypeError, "echo_f64()", "got NoneType")
    with pytest.raises(OverflowError):
        m.echo_f64(10**400)
    with pytest.raises(ZeroDivisionError):
        m.echo_f64(type("F", (), {"__float__": lambda self: 1 / 0})())
    for run in (lambda: m.echo_f64(2.5), lambda: m.echo_f32(2.5), lambda: m.echo_f64(3)):
        flat(run)


def test_booleans_and_none():
    assert m.echo_bool(True) is True and m.echo_bool(False) is False
    for value, got in ((1, "int"), (None, "NoneType"), ("", "str")):
        fails(lambda v=value: m.echo_bool(v), TypeError, "echo_bool()", "'value'", "expected bool", f"got {got}")
    assert m.echo_none() is None
    one = object()
    assert m.echo_object(one) is one
    kept(lambda: m.echo_object(one), one, None, True)
    kept(lambda: m.echo_bool(True), True, None)


def test_text():
    for value in ("", "x", "a\0b", "ä€\U0001f981", "x" * 100_000):
        assert m.echo_str(value) == value
    assert m.echo_str(type("S", (str,), {})("sub")) == "sub"
    assert m.trim("  a\0 ") == "a\0"
    for value in ("\ud800", "a\udfffb"):
        fails(lambda v=value: m.echo_str(v), UnicodeEncodeError, "surrogates")
    for value, got in ((b"x", "bytes"), (1, "int"), (None, "NoneType"), (["x"], "list")):
        fails(lambda v=value: m.echo_str(v), TypeError, "echo_str()", "'value'", "expected str", f"got {got}")
    for run in (lambda: m.echo_str("ä€" * 9), lambda: m.trim(" long enough to be new ")):
        flat(run)


def test_bytes():
    for value in (b"", b"x\0y", bytes(range(256))):
        assert m.echo_bytes(value) == value
    assert m.head(b"abcdef", 3) == b"abc" and m.head(b"", 3) == b""
    for value, got in (("x", "str"), (bytearray(b"x"), "bytearray"), (memoryview(b"x"), "memoryview"), (None, "NoneType")):
        fails(lambda v=value: m.echo_bytes(v), TypeError, "echo_bytes()", "'value'", "expected bytes", f"got {got}")
    flat(lambda: m.echo_bytes(b"x" * 50))


def test_paths():
    for value in ("a/b", pathlib.Path("a/b"), pathlib.PurePosixPath("a/b")):
        assert m.echo_path(value) == pathlib.Path("a/b") and isinstance(m.echo_path(value), pathlib.Path)
    if sys.platform != "win32":
        assert str(m.echo_path("a\udcff")) == "a\udcff"  # any bytes that the file system has
        with pytest.raises(UnicodeEncodeError):
            m.echo_path("\ud800")
    fails(lambda: m.echo_path("a\0b"), ValueError, "echo_path()", "'value'", "NUL")
    for value, got in ((b"a", "bytes"), (1, "int"), (None, "NoneType")):
        fails(lambda v=value: m.echo_path(v), TypeError, "echo_path()", "'value'", "str | PathLike[str]", f"got {got}")
    with pytest.raises(ZeroDivisionError):
        m.echo_path(type("P", (), {"__fspath__": lambda self: 1 / 0})())
    with pytest.raises(TypeError):
        m.echo_path(type("P", (), {"__fspath__": lambda self: 1})())
    flat(lambda: m.echo_path("a/b"), 3000)


def test_lists_and_tuples():
    assert m.echo_list([1, 2]) == [1, 2] and m.echo_list([]) == []
    assert m.echo_list(type("L", (list,), {})([1])) == [1]
    given = [1]
    assert m.echo_list(given) is not given
    fails(lambda: m.echo_list((1,)), TypeError, "echo_list()", "'value'", "expected list[int]", "got tuple")
    fails(lambda: m.echo_list([1, "x"]), TypeError, "echo_list()", "'value'[1]", "expected int", "got str")
    fails(lambda: m.echo_list([1, 2**31]), ValueError, "echo_list()", "'value'[1]", "i32")
    assert m.echo_tuple((1, "x", None)) == (1, "x", None) and m.echo_tuple((1, "x", True)) == (1, "x", True)
    fails(lambda: m.echo_tuple((1, "x")), ValueError, "echo_tuple()", "'value'", "3 items", "2")
    fails(lambda: m.echo_tuple((1, 2, None)), TypeError, "echo_tuple()", "'value'[1]", "expected str", "got int")
    fails(lambda: m.echo_tuple([1, "x", None]), TypeError, "echo_tuple()", "got list")
    assert m.echo_tuples(()) == () and m.echo_tuples((1, 2.5)) == (1.0, 2.5)
    fails(lambda: m.echo_tuples((1, "x")), TypeError, "echo_tuples()", "'value'[1]", "expected float")
    assert m.echo_single(("x",)) == ("x",)
    fails(lambda: m.echo_single(()), ValueError, "echo_single()", "1 items", "0")
    assert m.echo_points([Point(1), Point(2)]) == [Point(1), Point(2)]
    fails(lambda: m.echo_points([Point(1), 2]), TypeError, "echo_points()", "'value'[1]", "expected Point", "got int")
    one = object()
    assert m.echo_objects([one, None])[0] is one
    kept(lambda: m.echo_objects([one] * 10), one)


def test_sets_and_dicts():
    assert m.echo_set({"a", "b"}) == {"a", "b"} and m.echo_set(frozenset("a")) == {"a"} and m.echo_set(set()) == set()
    assert type(m.echo_set(frozenset())) is set
    fails(lambda: m.echo_set(["a"]), TypeError, "echo_set()", "'value'", "expected set[str]", "got list")
    fails(lambda: m.echo_set({1}), TypeError, "echo_set()", "expected str", "got int")
    assert m.echo_dict({"b": [1], "a": []}) == {"b": [1], "a": []}
    assert list(m.echo_dict({"b": [], "a": []})) == ["b", "a"]
    fails(lambda: m.echo_dict({1: []}), TypeError, "echo_dict()", "'value'", "key", "expected str", "got int")
    fails(lambda: m.echo_dict({"a": [1, "x"]}), TypeError, "echo_dict()", "'value'['a'][1]", "expected int", "got str")
    fails(lambda: m.echo_dict([]), TypeError, "echo_dict()", "got list")
    deep = {"a": {1: [(b"x", None), (b"y", 2.5)], 2: []}, "b": {}}
    assert m.echo_deep(deep) == deep
    fails(lambda: m.echo_deep({"a": {1: [(b"x", "y")]}}), TypeError, "echo_deep()", "['a']", "[1]", "[0]", "[1]", "expected float", "got str")
    assert m.echo_diets({"meat", Diet.MEAT, Diet.LEAVES}) == {Diet.MEAT, Diet.LEAVES}
    for run in (lambda: m.echo_dict({"a": [1, 2]}), lambda: m.echo_deep(deep), lambda: m.echo_set({"a", "b"}), lambda: m.echo_diets({"meat"})):
        flat(run)


def test_containers_that_change_while_they_are_read():
    """Converting an item runs Python."""
    items = [Index(1), Index(2), Index(3)]

    class Clearing:
        def __index__(self):
            items.clear()
            return 0

    items.insert(0, Clearing())
    assert m.echo_list(items)[0] == 0 and items == []


def test_unnamed_unions():
    for value in (1, "x", 2**100, True):
        assert m.either(value) == value
    assert m.either3(b"x") == b"x" and m.either3([1]) == [1] and m.either3(Point(1)) == Point(1)
    for value in (True, 1, 2.5, "x", None, 2**70):
        assert m.either4(value) is value or m.either4(value) == value
        assert type(m.either4(value)) is type(value)
    for value in (True, 1, 2**70, 2.5, "x", b"y"):
        assert type(m.either5(value)) is type(value) and m.either5(value) == value
        assert m.either6(value) == value
    assert m.either6(["x"]) == ["x"]
    fails(lambda: m.either(1.5), TypeError, "either()", "'value'", "expected int | str", "got float")
    fails(lambda: m.either3(1), TypeError, "either3()", "expected bytes | list[int] | Point", "got int")
    fails(lambda: m.either3(["x"]), TypeError, "either3()", "'value'[0]", "got str")
    fails(lambda: m.either4([]), TypeError, "either4()", "got list")
    fails(lambda: m.either6([1]), TypeError, "either6()")
    for run in (lambda: m.either(2**80), lambda: m.either3([1, 2]), lambda: m.either3(Point(1)), lambda: m.either6(["x"])):
        flat(run)


BUFFERS = [("b", "i8"), ("h", "i16"), ("i", "i32"), ("q", "i64"), ("B", "u8"), ("H", "u16"), ("I", "u32"), ("Q", "u64"), ("f", "f32"), ("d", "f64")]


@pytest.mark.parametrize(("code", "name"), BUFFERS)
def test_buffers_in(code, name):
    total = getattr(m, f"sum_{name}")
    data = array.array(code, [1, 2, 3])
    assert total(data) == total(memoryview(data)) == 6 and total(array.array(code)) == 0
    wrong = array.array("d" if code != "d" else "f", [1])
    fails(lambda: total(wrong), ValueError, f"sum_{name}()", "'data'", f"buffer[{name}]", "format")
    fails(lambda: total([1, 2]), TypeError, f"sum_{name}()", "'data'", "expected buffer of", "got list")
    with pytest.raises((ValueError, BufferError)):
        total(memoryview(array.array(code, [1, 2, 3, 4]))[::2])
    flat(lambda: total(data))
    before = sys.getrefcount(data)
    total(data)
    assert sys.getrefcount(data) == before
    data.append(4)  # nobody holds the buffer any more


def test_more_buffers():
    assert m.sum_u8(b"\1\2") == 3 and m.sum_u8(bytearray(b"\1\2")) == 3
    grid = memoryview(array.array("d", range(6))).cast("B").cast("d", (2, 3))
    assert m.shape(grid) == [2, 3] and m.sum_f64(grid) == 15
    assert m.shape(array.array("d", [1, 2])) == [2]
    data = array.array("d", [1, 2, 3])
    m.fill(data, 7)
    assert list(data) == [7.0] * 3
    fails(lambda: m.fill(memoryview(data).toreadonly(), 1), BufferError, "read-only")
    assert list(data) == [7.0] * 3
    fails(lambda: m.fill(memoryview(array.array("d")).toreadonly(), 1), BufferError, "read-only")
    fails(lambda: m.sum_f64(bytes(16)), ValueError, "buffer[f64]")
    between = memoryview(bytearray(17))[1:].cast("d")
    fails(lambda: m.sum_f64(between), ValueError, "buffer[f64]", "misaligned items of format")
    data = (ctypes.c_double * 3)(1, 2, 3)
    assert m.sum_f64(data) == 6
    view = memoryview(array.array("d", [1]))
    view.release()
    with pytest.raises(ValueError, match="released"):
        m.sum_f64(view)


def test_places_in_buffers():
    """Those behind the end belong to somebody else."""
    data = array.array("d", [1, 2, 3, 4])
    first = memoryview(data)[:2]
    assert [m.read(first, i) for i in (0, 1, 2, 3, 2**61, 2**64 - 1)] == [1.0, 2.0, None, None, None, None]
    assert m.write(first, 1, 7) is True
    for behind in (2, 3, 2**61, 2**64 - 1):
        assert m.write(first, behind, 8) is False
    assert m.write(first.toreadonly(), 0, 9) is False
    assert list(data) == [1.0, 7.0, 3.0, 4.0]
    assert m.read(data[:0], 0) is None and m.write(data[:0], 0, 1) is False


def test_buffers_out():
    samples = Samples([1, 2.5])
    with memoryview(samples) as view:
        assert (view.format, view.itemsize, view.shape, view.readonly) == ("d", 8, (2,), True)
        assert view.tolist() == [1.0, 2.5]
        fails(lambda: samples.push(1), RuntimeError, "Samples", "in use")
        with pytest.raises(TypeError):
            view[0] = 1
        assert len(samples) == 2
    samples.push(3)
    assert m.sum_f64(samples) == 6.5 and m.shape(samples) == [3]
    assert bytes(samples) == array.array("d", [1, 2.5, 3]).tobytes()
    fails(lambda: m.fill(samples, 1), BufferError, "read-only")
    view = memoryview(Samples([4]))
    gc.collect()
    assert view[0] == 4.0  # the buffer keeps its object
    assert memoryview(Samples([])).tolist() == []
    flat(lambda: memoryview(samples).tolist())
    flat(lambda: m.sum_f64(samples))
    if sys.version_info >= (3, 12):
        import collections.abc

        assert isinstance(samples, collections.abc.Buffer)
        assert samples.__buffer__(0).tobytes() == bytes(samples)
    fails(lambda: Samples([1, "x"]), TypeError, "Samples()", "'values'", "[1]", "expected float", "got str")
    fails(lambda: Samples(1), TypeError, "Samples()", "'values'", "Iterable", "got int")


def test_amounts():
    a, b = Amount(17), Amount(5)
    table = {
        "+": 22, "-": 12, "*": 85, "//": 3, "%": 2, "**": 17**5, "<<": 17 << 5, ">>": 17 >> 5, "&": 17 & 5, "|": 17 | 5, "^": 17 ^ 5, "@": 175,
    }  # fmt: skip
    for sign, expected in table.items():
        both = eval(f"a {sign} b", {"a": a, "b": b})
        assert type(both) is Amount and both.value == expected, sign
        right = eval(f"17 {sign} b", {"b": b})
        assert type(right) is Amount and right.value == expected, sign
        for bad in (f"a {sign} 1.5", f"a {sign} None", f"'x' {sign} a", f"a {sign} 'x'"):
            if "'x'" in bad and sign in "%*":
                continue  # formatting and repetition: an amount is an index
            with pytest.raises(TypeError):
                eval(bad, {"a": a})
    assert a / b == 3.4 and 17 / b == 3.4
    for run in (lambda: a / Amount(0), lambda: a // Amount(0), lambda: a % Amount(0), lambda: 1 // Amount(0)):
        fails(run, ZeroDivisionError, "divided by zero")
    top = Amount(2**63 - 1)
    for run in (lambda: top + a, lambda: top * a, lambda: -Amount(-(2**63)), lambda: a ** Amount(99), lambda: a << Amount(63)):
        fails(run, OverflowError, "too large")
    fails(lambda: 2**64 + a, OverflowError)
    assert (-a).value == -17 and (+a).value == 17 and abs(Amount(-3)).value == 3 and (~a).value == ~17
    assert int(a) == 17 and float(a) == 17.0 and [0] * 18 == [0] * (a.__index__() + 1) and list(range(20))[a] == 17
    assert hex(a) == "0x11" and bool(a) and not Amount() and complex(a) == 17
    assert a == Amount(17) and hash(a) == hash(Amount(17)) and a != b and a != 17
    assert a > b and a >= b and b < a and b <= a and not a < b
    with pytest.raises(TypeError):
        assert a < 1
    assert sorted([a, b])[0] is b
    assert pow(a, Amount(2)).value == 289
    with pytest.raises(TypeError):
        pow(a, Amount(2), Amount(3))
    with pytest.raises(TypeError):
        Amount(value=3)
    assert m.echo_i8(a) == 17 and m.echo_f64(a) == 17.0
    for sign in table:
        flat(lambda code=compile(f"a {sign} b, 17 {sign} b", "", "eval"): eval(code, {"a": a, "b": b}), 1000)


def test_tallies():
    def after(statement):
        names = {"t": Tally(17)}
        same = names["t"]
        exec(statement, names)
        assert names["t"] is same
        return same.value

    results = {"+=": 22, "-=": 12, "*=": 85, "@=": 175, "/=": 3, "//=": 3, "%=": 2, "**=": 17**5, "<<=": 544, ">>=": 0, "&=": 1, "|=": 21, "^=": 20}
    for sign, expected in results.items():
        assert after(f"t {sign} 5") == expected, sign
        with pytest.raises(TypeError):
            after(f"t {sign} 'x'")
        flat(lambda code=compile(f"t {sign} 1", "", "exec"): exec(code, {"t": Tally(1)}), 1000)
    fails(lambda: after("t /= 0"), ZeroDivisionError, "divided by zero")
    fails(lambda: after("t **= 99"), OverflowError, "too large")
    with pytest.raises(TypeError):
        Tally() + 1
    # No statement gives a modulus; who calls the method by its name may, and CPython lets it since 3.10.
    if sys.version_info >= (3, 10):
        tally = Tally(17)
        assert tally.__ipow__(5, 3) is NotImplemented and tally.value == 17
        kept(lambda: tally.__ipow__(5, 3), NotImplemented)


def test_released_gil():
    assert m.busy_sum([1, 2, 3]) == 6
    fails(lambda: m.busy_sum([1, "x"]), TypeError, "busy_sum()", "'values'[1]")
    flat(lambda: m.busy_sum([1, 2, 3]))


def test_truth():
    class Truth:
        def __init__(self, answer):
            self.answer = answer

        def __bool__(self):
            if isinstance(self.answer, BaseException):
                raise self.answer
            return self.answer

    for true, false in ((1, 0), ("x", ""), ([0], []), (object(), None), (Truth(True), Truth(False))):
        assert m.truths(true, true, true) == (True, True, True)
        assert m.truths(false) == (False, None, True)
        assert m.truths(false, None, false) == (False, None, False)
    assert m.truths(1, None) == (True, None, True) and m.truths(1, 0, 0) == (True, False, False)
    error = KeyError("mine")
    assert fails(lambda: m.truths(1, Truth(error)), KeyError) is error
    fails(lambda: m.truths(Truth(5)), TypeError)
    fails(lambda: m.truths(), TypeError, "truths()", "'a'")
    flat(lambda: m.truths([], Truth(True), ""))

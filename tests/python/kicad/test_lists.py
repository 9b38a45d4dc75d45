"""Lists of live records: a whole `MutableSequence`."""

import copy
import pickle
from collections.abc import MutableSequence

import pytest
from kicad_tools import err, group, points
from pyrus.sexp import pcb as P


def xs(items):
    return [item.x for item in items]


def test_l01_methods():
    names = {name for name in dir(points().xys) if not name.startswith("_")}
    assert names == {name for name in dir([]) if not name.startswith("_")}
    assert isinstance(points().xys, MutableSequence)


def test_l02_insert_before_the_start_appends():
    members = group("abc").members
    members.insert(-1, "x")
    members.insert(-3, "y")
    assert list(members) == ["a", "b", "c", "x", "y"]


def test_l03_insert():
    members = group("abc").members
    for index, value in [(1, "x"), (99, "y"), (0, "z")]:
        assert members.insert(index, value) is None
    assert list(members) == ["z", "a", "x", "b", "c", "y"]


def test_l04_pop():
    members = group("abcdef").members
    assert [members.pop(), members.pop(0), members.pop(-2), members.pop(-1)] == [*"fade"]
    assert list(members) == ["b", "c"]
    assert err(members.pop, 2)[0] == err(members.pop, -3)[0] == "IndexError"


def test_l05_pop_of_nothing():
    assert err(group("").members.pop, 0)[0] == err(group("").members.pop)[0] == "IndexError"


def test_l06_indexes():
    members = group("abc").members
    assert [members[i] for i in (0, 2, -1, -3)] == ["a", "c", "c", "a"]
    for i in [3, -4, -6, -7, 2**70, -(2**70)]:
        assert err(members.__getitem__, i)[0] == "IndexError"
    for wrong in ["0", 1.0, None]:
        assert err(members.__getitem__, wrong)[0] == "TypeError"


SLICES = [
    slice(start, stop, step)
    for start in (None, -9, -2, 0, 1, 4, 9)
    for stop in (None, -9, -1, 0, 3, 9)
    for step in (None, 1, 2, -1, -3)
]


@pytest.mark.parametrize("part", SLICES, ids=repr)
def test_l07_slices_are_those_of_list(part):
    def both(change):
        expected = list("abcde")
        members = group("abcde").members
        outcomes = []
        for items in (expected, members):
            try:
                outcomes.append(change(items))
            except ValueError as error:
                outcomes.append(type(error))
        assert outcomes[0] == outcomes[1]
        assert list(members) == expected

    both(lambda items: items[part])
    both(lambda items: items.__setitem__(part, "xy"))
    both(lambda items: items.__setitem__(part, list("pqrstuv")[: len(items[part])]))
    both(lambda items: items.__delitem__(part))


def test_l07_items():
    members = group("abc").members
    members[0] = "x"
    members[-1] = "z"
    del members[1]
    assert list(members) == ["x", "z"]
    assert members + ["y"] == ["x", "z", "y"]
    assert members * 2 == 2 * members == ["x", "z", "x", "z"]
    for wrong in [lambda: members.__setitem__(2, "a"), lambda: members.__delitem__(-3)]:
        assert err(wrong)[0] == "IndexError"
    assert err(members.__setitem__, 0, 5)[0] == "TypeError"
    assert err(members.__setitem__, slice(0, 1), ["a", 5])[0] == "TypeError"
    assert list(members) == ["x", "z"]


def test_l08_records_are_removed_by_identity():
    items = P.Pts(xys=[P.Xy(x=1, y=0), P.Xy(x=1, y=1), P.Xy(x=2, y=0)]).xys
    items.remove(items[1])
    assert [(item.x, item.y) for item in items] == [(1, 0), (2, 0)]
    assert err(items.remove, P.Xy(x=1, y=0)) == ("ValueError", "list.remove(x): x not in list")


def test_l09_values_are_removed_by_value():
    members = group("aba").members
    members.remove("a")
    assert list(members) == ["b", "a"]
    assert err(members.remove, "q")[0] == err(members.remove, 5)[0] == "ValueError"


def test_l10_enums():
    footprint = P.Footprint(name="n", at=P.Xyr(x=0, y=0), attr=["smd"])
    footprint.attr.append("dnp")
    footprint.attr.insert(0, P.E_Attr.BOARD_ONLY)
    assert footprint.attr == ["board_only", "smd", "dnp"]
    assert err(footprint.attr.append, "nonsense")[0] == "ValueError"
    footprint.attr = ["dnp", "smd"]
    assert list(footprint.attr) == ["dnp", "smd"]
    footprint.attr.remove("dnp")
    assert "smd" in footprint.attr and "dnp" not in footprint.attr


def test_l11_iteration_sees_the_items_as_they_were():
    items = points(0, 1, 2, 3).xys
    for item in items:
        if item.x in (1, 2):
            items.remove(item)
    assert xs(items) == [0.0, 3.0]


def test_l12_elements_stay_themselves():
    items = points(0, 1, 2).xys
    last = items[2]
    items.insert(0, P.Xy(x=9, y=9))
    items.pop(1)
    last.y = 5
    assert (last.x, items[2].y) == (2.0, 5.0)


def test_l13_items_are_copied_on_their_way_in():
    point = P.Xy(x=1, y=1)
    one, two = P.Pts(), P.Pts()
    one.xys.append(point)
    point.x = 2
    two.xys = [point]
    point.x = 3
    assert (one.xys[0].x, two.xys[0].x) == (1.0, 2.0)


def test_l14_two_objects_of_one_field():
    pts = points(1)
    one, two = pts.xys, pts.xys
    one.append(P.Xy(x=2, y=2))
    assert len(two) == 2
    pts.xys = [P.Xy(x=5, y=5)]
    assert xs(one) == xs(two) == [5.0]


def test_l15_equality():
    members = group("ab").members
    assert members == ["a", "b"] and members == ("a", "b") and ["a", "b"] == members
    assert members != ["a"] and members != "b" and members != {"a", "b"}
    pts = points(1)
    assert pts.xys == pts.xys == points(1).xys and pts.xys != []
    assert err(lambda: members < members)[0] == "TypeError"


def test_l16_no_key_true_by_length():
    assert err(hash, group("a").members)[0] == "TypeError"
    assert bool(group("a").members) and not group("").members
    assert "a" in group("a").members and 5 not in group("a").members


def test_l17_what_a_list_field_takes():
    made = group("ab")
    for value, length in [(["x"], 1), (("x", "y"), 2), ("pqr", 3), (made.members, 2)]:
        made.members = value
        assert len(made.members) == length
        made.members = "ab"
    for wrong in [{"a"}, {}, (letter for letter in "ab"), None, 5]:
        assert err(setattr, made, "members", wrong)[0] == "TypeError"
    assert list(made.members) == ["a", "b"]


def test_l18_l19_nothing_is_shared():
    pts = points(1, 2)
    polygon = P.Polygon(pts=pts)
    pts.xys[0].x = 42
    pts.xys.append(P.Xy(x=3, y=3))
    polygon.pts.xys.append(P.Xy(x=9, y=9))
    assert (xs(pts.xys), xs(polygon.pts.xys)) == ([42, 2, 3], [1, 2, 9])


def test_in_place_operators():
    made = group("ab")
    members = made.members
    members += ("c",)
    members *= 2
    assert members is not made.members and list(made.members) == list("abcabc")
    made.members += "x"
    made.members *= 0
    assert list(made.members) == []
    pts = points(1)
    pts.xys *= 2
    pts.xys[0].x = 5
    assert xs(pts.xys) == [5, 1]
    members.extend(letter for letter in "ab")
    members += members
    assert list(members) == list("abab")
    for wrong in [lambda: members.__imul__("x"), lambda: members.__iadd__(5)]:
        assert err(wrong)[0] == "TypeError"
    assert err(members.__imul__, 2**62)[0] in {"MemoryError", "OverflowError"}


def test_sort_index_count_reverse():
    members = group("badcab").members
    members.sort()
    assert list(members) == list("aabbcd")
    members.sort(key=lambda letter: -ord(letter))
    assert list(members) == list("dcbbaa")
    members.sort(reverse=True, key=str.upper)
    assert list(members) == list("dcbbaa")
    members.reverse()
    assert [members.index("b"), members.index("b", 3), members.index("b", -4, -1)] == [2, 3, 2]
    assert members.count("a") == 2 and members.count("z") == members.count(7) == 0
    for arguments in [("z",), ("a", 2), ("b", 0, 2)]:
        assert err(members.index, *arguments)[0] == "ValueError"
    items = points(3, 1, 2).xys
    first = items[0]
    items.sort(key=lambda item: item.x)
    assert xs(items) == [1, 2, 3] and items[2].__rust_address__() == first.__rust_address__()
    assert err(items.sort)[0] == "TypeError"
    assert xs(reversed(items)) == [3, 2, 1]
    for wrong in [lambda: items.sort(lambda item: 0), lambda: items.sort(none=1)]:
        assert err(wrong)[0] == "TypeError"


def test_copies_are_python_lists():
    pts = points(1, 2)
    assert type(pts.xys.copy()) is type(copy.copy(pts.xys)) is list
    assert pts.xys.copy()[0].__rust_address__() == pts.xys[0].__rust_address__()
    deep = copy.deepcopy(pts.xys)
    assert type(deep) is list and deep == pts.xys
    assert deep[0].__rust_address__() != pts.xys[0].__rust_address__()
    assert pickle.loads(pickle.dumps(pts.xys)) == pts.xys
    assert repr(group("ab").members) == "MutableList(['a', 'b'])"


class Hostile:
    """Does something to a list while it is compared, converted or asked for its length."""

    def __init__(self, attack):
        self.attack = attack

    def __eq__(self, other):
        self.attack()
        return False

    def __index__(self):
        self.attack()
        return 1

    def __iter__(self):
        self.attack()
        return iter("xyz")

    __hash__ = None


ATTACKS = [
    lambda members: members.clear(),
    lambda members: members.extend("q" * 1000),
    lambda members: members.pop() if members else None,
    lambda members: members.__setitem__(slice(None), "zz"),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_mutation_at_the_worst_moment(attack):
    made = group("cab" * 50)
    members = made.members
    hostile = Hostile(lambda: attack(members))

    def key(letter):
        attack(members)
        return letter

    def tries():
        yield lambda: members.sort(key=key)
        yield lambda: members.index(hostile)
        yield lambda: members.remove(hostile)
        yield lambda: members.count(hostile)
        yield lambda: hostile in members
        yield lambda: members == [hostile] * 150
        yield lambda: members.insert(hostile, "i")
        yield lambda: members.pop(hostile)
        yield lambda: members[hostile]
        yield lambda: members.__setitem__(hostile, "s")
        yield lambda: members.__delitem__(hostile)
        yield lambda: members.extend(hostile)
        yield lambda: members.__setitem__(slice(0, 9), hostile)
        yield lambda: members.__setitem__(slice(hostile, 90), "abc")
        yield lambda: members.__setitem__(slice(hostile, 90, 2), "a" * 45)
        yield lambda: members.__delitem__(slice(hostile, 90, 7))
        yield lambda: members.__getitem__(slice(hostile, 90, 7))
        yield lambda: members.index("a", hostile)
        yield lambda: members.__imul__(hostile)
        yield lambda: [attack(members) for _ in members]

    for attempt in tries():
        made.members = list("cab" * 50)
        try:
            attempt()
        except (ValueError, IndexError, TypeError):
            pass
        assert all(isinstance(letter, str) for letter in members)
        assert members == list(members)


class Holder:
    """A sequence that changes the list it is assigned to."""

    def __init__(self, made):
        self.made = made

    def __len__(self):
        return 3

    def __getitem__(self, index):
        if index >= 3:
            raise IndexError
        self.made.members.clear()
        del self.made.uuid
        return "h"


def test_mutation_during_conversion():
    made = P.Group(members=["a", "b"], uuid="u")
    made.members = Holder(made)
    assert list(made.members) == ["h", "h", "h"] and made.uuid is None
    made.members[0:1] = Holder(made)
    assert list(made.members) == ["h", "h", "h"]

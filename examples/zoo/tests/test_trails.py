"""Live records, and how the facts of their fields stand in S-expressions."""

import copy
import pickle

import pytest
from support import fails, flat
from zoo import trails


def trail(**fields):
    return trails.Trail(**{"name": "loop", "signs": 1, **fields})


def written(**fields):
    """The lines of one trail in a file, without indentation."""
    file = trails.MapFile(park_map=trails.ParkMap(version=1, trails=[trail(**fields)]))
    return [line.strip() for line in trails.dumps(file).splitlines()]


def read(text):
    """The one trail of a file."""
    (only,) = trails.loads(f'(park_map (version 1) (trail "loop" (sign_posts 1) {text}))').park_map.trails
    return only


# Views


def test_fields_are_views():
    one = trail()
    start = one.start
    start.x = 3
    assert one.start.x == 3 and one.start == start
    del one
    assert (start.x, start.y) == (3, 0)


def test_assignment_copies():
    one, spot = trail(), trails.Spot(x=1, y=2)
    old = one.start
    one.start = spot
    spot.x = 9
    assert (one.start.x, old.x) == (1, 0)


@pytest.mark.parametrize(
    ("field", "kind", "least", "most"),
    [
        ("shade", "i8", -(2**7), 2**7 - 1),
        ("signs", "u8", 0, 2**8 - 1),
        ("climb", "i16", -(2**15), 2**15 - 1),
        ("steps", "u16", 0, 2**16 - 1),
        ("version", "i32", -(2**31), 2**31 - 1),
        ("visits", "u32", 0, 2**32 - 1),
        ("limit", "i64", -(2**63), 2**63 - 1),
    ],
)
def test_integers_of_every_width(field, kind, least, most):
    one = trails.ParkMap(version=1) if field == "version" else trail()
    for value in (least, 0, most):
        setattr(one, field, value)
        assert getattr(one, field) == value
    for value in (least - 1, most + 1):
        fails(lambda value=value: setattr(one, field, value), OverflowError, f".{field}", kind)
    assert getattr(one, field) == most


def test_lists_are_mutable_sequences():
    park = trails.ParkMap(version=1, trails=[trail(name=name) for name in "abc"])
    park.trails[0].spots.append(trails.Spot(x=3, y=4))
    assert trails.longest(park) == "a"
    del park.trails[0]
    park.trails += [trail(name="d")]
    assert [one.name for one in park.trails] == ["b", "c", "d"]
    assert trails.longest(trails.ParkMap(version=1)) is None


def test_optional_fields_are_deleted():
    one = trail(keeper="kim", visits=3)
    del one.keeper
    assert one.keeper is None
    with pytest.raises(AttributeError, match=r"Trail\.name"):
        del one.name


def test_defaults():
    one = trail()
    assert (one.surface, one.grade, one.width, one.open, one.lit) == ("gravel", 0, 1.5, True, False)
    assert (one.keeper, one.visits, list(one.tags), list(one.spots), one.limit) == (None, None, [], [], -(2**53) - 1)
    assert one.start == trails.Spot(x=0, y=0)


def test_limits():
    with pytest.raises(OverflowError, match=r"Trail\.visits"):
        trail().visits = -1
    with pytest.raises(OverflowError, match="signs"):
        trail(signs=256)
    with pytest.raises(ValueError, match="NUL"):
        trail().name = "a\0"
    with pytest.raises(ValueError, match=r"surface.*'gravel', 'board-walk'"):
        trail(surface="mud")


def test_rust_builds_and_reads():
    spots = trails.Spot(x=0, y=0), trails.Spot(x=3, y=4)
    straight = trails.straight("s", *spots)
    assert trails.length(straight) == 5
    assert straight == trail(name="s", start=spots[0], spots=[spots[1]], signs=2)
    spots[1].x = 0
    assert trails.length(straight) == 5
    assert trails.kind_of(trails.Trail)
    with pytest.raises(TypeError, match=r"kind_of\(\) argument 'kind': expected type\[Trail\], got type\[Spot\]"):
        trails.kind_of(trails.Spot)


def test_subclasses():
    class Marked(trails.Trail):
        pass

    one = Marked(name="m", signs=1)
    one.colour = "red"
    assert trails.length(one) == 0
    again = copy.deepcopy(one)
    assert type(again) is Marked and again.colour == "red" and again == one


def test_copies_and_pickles():
    one = trail(tags=["a"], spots=[trails.Spot(x=1, y=2, note="n")])
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert again == one and again is not one
        again.spots[0].note = "other"
        assert again != one
    assert one.spots[0].note == "n"


def test_hash_is_of_the_node():
    one = trail()
    assert len({one.start, one.start}) == 1 and len({one.start, trail().start}) == 2


def test_aliases_of_members():
    assert trails.Surface.PLANKS is trails.Surface.BOARD_WALK
    assert getattr(trails.Surface, "board-walk") is trails.Surface.BOARD_WALK


def test_nothing_is_kept():
    def use():
        one = trail(spots=[trails.Spot(x=1, y=2)] * 3)
        one.spots[1] = one.start
        trails.loads(trails.dumps(trails.MapFile(park_map=trails.ParkMap(version=1, trails=[one]))))

    flat(use, 10_000)


# Facts


def test_root():
    assert trails.loads("(park_map (version 7))").park_map == trails.ParkMap(version=7)
    with pytest.raises(ValueError, match="expected symbol 'park_map' but got 'map'"):
        trails.loads("(map (version 7))")


def test_missing_and_wrong():
    with pytest.raises(ValueError, match=r"zoo\.trails\.Trail.*signs"):
        trails.loads('(park_map (version 1) (trail "x"))')
    with pytest.raises(ValueError, match=r"zoo\.trails\.ParkMap.*version"):
        trails.loads("(park_map (version one))")


def test_positional():
    spots = written(spots=[trails.Spot(x=1, y=2.5), trails.Spot(x=1, y=2, note="a b")])
    assert "(spot 1 2.5)" in spots and '(spot 1 2 "a b")' in spots
    assert read('(spot 1 2 "a b")').spots[0] == trails.Spot(x=1, y=2, note="a b")


def test_repeated_and_order():
    lines = written(spots=[trails.Spot(x=i, y=0) for i in range(3)])
    first = lines.index("(spot 0 0)")
    assert lines[first : first + 3] == ["(spot 0 0)", "(spot 1 0)", "(spot 2 0)"]
    # `order: -1`: before what is declared above it.
    assert first < lines.index('(surface "gravel")')
    assert [spot.x for spot in read("(spot 1 0) (lit yes) (spot 2 0)").spots] == [1, 2]


def test_quoted():
    assert '(surface "board-walk")' in written(surface="board-walk")
    assert read("(surface board-walk)").surface is trails.Surface.BOARD_WALK


def test_numbers_of_members():
    assert "(grade 20)" in written(grade=trails.Grade.STEEP)
    assert read("(grade 20)").grade is trails.Grade.STEEP
    with pytest.raises(ValueError, match="grade"):
        read("(grade 1)")


def test_digits():
    for width, text in [(1.5, "1.50"), (2, "2"), (0.125, "0.13"), (1.999, "2.00")]:
        assert f"(width {text})" in written(width=width)


def test_also():
    assert [read(f"({key} 2.5)").width for key in ("width", "breadth", "gauge")] == [2.5] * 3


def test_flags_and_absent():
    assert "(open)" in written() and "(lit yes)" in written(lit=True)
    closed = written(open=False)
    assert not any("open" in line or "lit" in line for line in closed)
    # A key that is absent means false; the constructor's default is true.
    assert (read("").open, read("(open)").open, read("open").open) == (False, True, True)
    assert (read("").lit, read("(lit yes)").lit, read("lit").lit, read("(lit no)").lit) == (False, True, True, False)


def test_bare():
    assert "(keeper kim)" in written(keeper="kim") and '(keeper "k m")' in written(keeper="k m")
    assert read('(keeper "kim")').keeper == read("(keeper kim)").keeper == "kim"


def test_lenient():
    park = trails.loads('(park_map (version 1) (trail "loop" (sign_posts 1) (visits many)))')
    assert park.park_map.trails[0].visits is None
    assert "(visits many)" in trails.dumps(park)
    with pytest.raises(ValueError, match="sign_posts|signs"):
        trails.loads('(park_map (version 1) (trail "loop" (sign_posts many)))')


def test_key():
    assert "(sign_posts 3)" in written(signs=3)


def test_lists_of_text():
    assert '(tags "a" "b c")' in written(tags=["a", "b c"])
    assert list(read('(tags "a" "b c")').tags) == ["a", "b c"]


def test_what_nobody_reads_stays():
    text = '(park_map (version 1) (weather (rain 3)) (trail "loop" extra (sign_posts 1) (moss "green")))'
    once = trails.dumps(trails.loads(text))
    assert "(rain 3)" in once and "extra" in once and '(moss "green")' in once
    assert trails.dumps(trails.loads(once)) == once


def test_round_trip():
    one = trail(
        surface="board-walk",
        grade=1,
        width=0.25,
        lit=True,
        keeper="kim",
        visits=4,
        tags=["a", ""],
        start=trails.Spot(x=-1, y=0.5),
        spots=[trails.Spot(x=1, y=2, note="ü")],
        limit=2**62,
    )
    file = trails.MapFile(park_map=trails.ParkMap(version=2, wet=True, trails=[one, trail(open=False)]))
    text = trails.dumps(file)
    assert trails.loads(text) == file and trails.dumps(trails.loads(text)) == text


# The ends of lists


def test_lists_end_where_they_end():
    tags = trail(tags=["a", "b", "c"]).tags
    for index in (3, -4, 10**9):
        for action in (tags.__getitem__, lambda i: tags.__setitem__(i, "x"), tags.__delitem__, tags.pop):
            with pytest.raises(IndexError, match="out of range"):
                action(index)
    with pytest.raises(ValueError, match="sequence of size 1 to extended slice of size 2"):
        tags[::2] = ["x"]
    tags.insert(99, "d")
    assert list(tags) == ["a", "b", "c", "d"]
    tags.clear()
    for action in (tags.pop, lambda: tags.pop(0)):
        with pytest.raises(IndexError, match="pop from empty list"):
            action()


ENDS = [None, -6, -5, -4, -1, 0, 1, 3, 4, 5, 6, 10**9]
STEPS = [None, -7, -3, -2, -1, 1, 2, 3, 7]


def done(change, tags):
    """What is left after a change, or its exception."""
    try:
        change(tags)
    except ValueError as error:
        return type(error), str(error)
    return list(tags)


@pytest.mark.parametrize("step", STEPS)
def test_slices_are_those_of_lists(step):
    words = ["a", "b", "c", "d", "e"]
    one = trail()
    for part in (slice(start, stop, step) for start in ENDS for stop in ENDS):
        one.tags = words
        assert list(one.tags[part]) == words[part]
        count = len(words[part])
        changes = [lambda tags, part=part: tags.__delitem__(part)]
        for new in (["x"] * count, ["x"] * (count + 1), []):
            changes.append(lambda tags, part=part, new=new: tags.__setitem__(part, new))
        for change in changes:
            one.tags = words
            assert done(change, one.tags) == done(change, words.copy())


def test_lists_that_change_while_they_are_sorted():
    tags = trail(tags=["b", "a"]).tags
    with pytest.raises(ValueError, match="modified during sort"):
        tags.sort(key=lambda tag: tags.append("c") or tag)
    assert list(tags) == ["b", "a", "c", "c"]


# Pickles


def test_bytes_of_others_are_refused():
    """What is read is what was written: no byte means two things."""
    spots = [trails.Spot(x=1, y=2, note="here"), trails.Spot(x=3, y=4)]
    one = trail(surface="board-walk", keeper="kim", visits=3, tags=["a", "bc"], spots=spots, limit=3)
    restore, (data,) = one.__reduce__()[:2]
    assert restore(data) == one
    read = 0
    for at in range(len(data)):
        for byte in range(10):
            changed = data[:at] + bytes([byte]) + data[at + 1 :]
            try:
                again = restore(changed)
            except ValueError as error:
                assert "Trail" in str(error)
            else:
                assert again.__reduce__()[1] == (changed,), (at, byte)
                read += 1
    assert 4 * len(data) < read < 7 * len(data)
    for cut in range(len(data)):
        fails(lambda cut=cut: restore(data[:cut]), ValueError, "Trail")
    fails(lambda: restore(data + b"x"), ValueError, "Trail")


# Depth

DEEPEST = 500


def forks(depth, park=None):
    """Forks in forks, put in place one by one: a copy must not be deeper than some hundreds."""
    park = park or trails.ParkMap(version=1)
    ways = park.forks
    for _ in range(depth):
        ways.append(trails.Fork(name="x"))
        ways = ways[0].ways
    return park.forks[0]


def test_trees_as_deep_as_may_be():
    one = forks(DEEPEST)
    assert one == forks(DEEPEST) != forks(DEEPEST - 1)
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert repr(one).count("Fork(") == DEEPEST and "…" not in repr(one)
    file = trails.MapFile(park_map=trails.ParkMap(version=1))
    forks(DEEPEST - 2, file.park_map)
    assert trails.loads(trails.dumps(file)) == file


@pytest.mark.parametrize("depth", [DEEPEST + 1, 20_000])
def test_trees_that_are_too_deep(depth):
    one, other = forks(depth), forks(depth)
    assert repr(one).count("Fork(") == DEEPEST and "…" in repr(one)
    file = trails.MapFile(park_map=trails.ParkMap(version=1))
    forks(depth, file.park_map)
    for run in (
        lambda: one == other,
        lambda: copy.copy(one),
        lambda: copy.deepcopy(one),
        lambda: pickle.dumps(one),
        lambda: trails.ParkMap(version=1).forks.append(one),
        lambda: trails.dumps(file),
    ):
        fails(run, RecursionError, "deep")

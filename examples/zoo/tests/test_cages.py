"""Shared classes, views into them, and what happens when the owner goes."""

import gc
import weakref

import pytest
from support import fails, flat, kept

import zoo
from zoo import ClosedError
from zoo.cages import (
    Cage,
    Keeper,
    LockedError,
    Locker,
    Rules,
    Sign,
    Stop,
    Zoo,
    farther,
    first,
    join,
    keepers,
    last,
    plans,
    route,
    same_zoo,
    unlock,
)


def build(*signs):
    z = Zoo.create(name="Z")
    return z, [z.add_cage(sign=sign) for sign in signs]


def test_views():
    z, (a, b, c) = build("lions", "apes", "owls")
    assert (a.number, b.number, c.number) == (0, 1, 2)
    assert a.text == "lions"
    a.text = "tigers"
    assert a.text == z.cage(number=0).text == "tigers"
    assert a.next() == b and c.next() is None
    assert a.is_same(other=z.cage(number=0)) and not a.is_same(other=b)
    assert a == z.cage(number=0) and a is not z.cage(number=0) and a != b and a != 1
    assert hash(a) == hash(z.cage(number=0))
    assert repr(b) == "<Cage 1 of Z>"
    assert a.zoo() is z
    assert z.cages() == [a, b, c]
    assert z.table() == {"lions": (a, True), "apes": (b, False), "owls": (c, True)}
    assert list(z.tour()) == [a, b, c]
    assert z.cage(number=9) is None
    assert first(zoo=z) == a
    assert same_zoo(a=a, b=b) and not same_zoo(a=a, b=build("x")[1][0])
    assert join(cages=[a, b]) == "tigers+apes"
    assert len(z) == z.count() == 3
    assert z.remove_cage(number=1) is True and z.remove_cage(number=1) is False
    assert a.next() == c and z.cages() == [a, c]
    fails(lambda: b.text, ClosedError, "no such cage")
    assert len(z) == 2
    assert z.is_open


def test_resolved_views_go_stale():
    z, (a, b) = build("ab", "xyz")
    sign = z.sign(number=0)
    assert type(sign) is Sign and sign.text == "ab" and sign.letters() == ["a", "b"]
    assert a.sign().text == "ab"
    assert b.sign().longer(other=sign) and not sign.longer(other=b.sign())
    assert z.spells(sign=sign, text="ab") and not z.spells(sign=b.sign(), text="ab")
    for wrong in (a, z, "ab", None):
        fails(lambda: z.spells(sign=wrong, text="ab"), TypeError, "Zoo.spells()", "'sign'", "expected Sign")
    z.remove_cage(number=0)
    for run in (lambda: sign.text, sign.letters, lambda: b.sign().longer(other=sign), lambda: sign.longer(other=b.sign())):
        fails(run, ReferenceError, "Sign", "stale")
    assert z.sign(number=0) is None
    fails(lambda: b.sign().longer(other=b), TypeError, "Sign.longer()", "'other'", "expected Sign", "got Cage")


def test_wrong_arguments():
    z, (a,) = build("a")
    fails(lambda: z.add_cage("x"), TypeError, "Zoo.add_cage()", "keyword arguments only")
    fails(lambda: z.cage(number=-1), ValueError, "Zoo.cage()", "'number'", "u16")
    fails(lambda: z.cage(number="1"), TypeError, "Zoo.cage()", "'number'", "expected int", "got str")
    fails(lambda: first(zoo=a), TypeError, "first()", "'zoo'", "expected Zoo", "got Cage")
    fails(lambda: join(cages=[a, 1]), TypeError, "join()", "'cages'[1]", "expected Cage", "got int")
    fails(lambda: a.is_same(other=z), TypeError, "Cage.is_same()", "'other'", "expected Cage", "got Zoo")
    with pytest.raises(AttributeError):
        a.number = 3
    fails(lambda: setattr(a, "text", 1), TypeError, "Cage.text", "expected str", "got int")


def test_close():
    z, (a,) = build("a")
    sign, tour = a.sign(), z.tour()
    with z as same:
        assert same is z
    assert not z.is_open and z.name == "Z"
    caught = fails(z.cages, ClosedError, "closed since 18")
    assert caught.hour == 18 and isinstance(caught, LookupError)
    for run in (lambda: z.add_cage(sign="x"), z.count, z.tour, lambda: first(zoo=z), a.next, lambda: a.text):
        fails(run, ClosedError)
    fails(lambda: sign.text, ReferenceError, "Sign")
    fails(lambda: z.spells(sign=sign, text="a"), ReferenceError, "Sign")
    assert (z.destroy(), z.destroy()) == (None, None)
    assert a.number == 0 and a == a and hash(a) == 0 and a.zoo() is z and "Cage 0" in repr(a)
    assert list(tour) == [a]
    assert len(z) == 0


def test_unique():
    z, (a,) = build("a")
    assert z.itself() is z and a.zoo() is z
    address, number = z.__rust_address__(), id(z)
    z.name = "other"
    assert z.itself().name == "other"
    ref = weakref.ref(z)
    del z
    gc.collect()
    assert ref() is not None  # the view keeps its owner
    assert id(a.zoo()) == number and a.zoo().__rust_address__() == address
    del a
    gc.collect()
    assert ref() is None
    z, _ = build()
    flat(z.itself)
    kept(z.itself, z)


def test_views_keep_their_owner():
    _, (a,) = build("a")
    gc.collect()
    assert a.text == "a"
    tour = build("x", "y")[0].tour()
    gc.collect()
    assert [one.text for one in tour] == ["x", "y"]
    z, (a,) = build("a")
    kept(lambda: z.cages(), z)
    kept(lambda: a.next(), z)
    kept(lambda: list(z.tour()), z)
    kept(lambda: next(z.tour()), z)
    kept(lambda: first(zoo=z), z, a)
    ref = weakref.ref(a)
    assert ref() is a
    del a
    assert ref() is None


def test_visit():
    z, cages = build("a", "b", "c")
    seen = []
    ctx = object()
    assert z.visit(ctx=ctx, f=lambda c, cage: seen.append((c, cage)) or True) == 3
    assert seen == [(ctx, cage) for cage in cages]
    assert z.visit(ctx=None, f=lambda c, cage: cage.number < 1) == 2
    with pytest.raises(KeyError):
        z.visit(ctx={}, f=lambda c, cage: c[cage])
    fails(lambda: z.visit(ctx=1, f=lambda c, cage: "yes"), TypeError, "Zoo.visit()", "callback result", "expected bool", "got str")
    fails(lambda: z.visit(ctx=1, f=2), TypeError, "Zoo.visit()", "'f'", "Callable", "got int")
    fails(lambda: z.visit(ctx=1, f=lambda: True), TypeError, "positional argument")
    assert z.visit(ctx=z, f=lambda c, cage: c.remove_cage(number=cage.number)) == 3
    assert len(z) == 0
    z, _ = build("a", "b")
    assert z.visit(ctx=1, f=lambda c, cage: z.destroy() or True) == 2
    z, _ = build("a", "b")
    flat(lambda: z.visit(ctx=[], f=lambda c, cage: True), 3000)

    def failing():
        try:
            z.visit(ctx=[], f=lambda c, cage: 1 / 0)
        except ZeroDivisionError:
            pass

    flat(failing, 3000)


def test_keepers():
    alive = keepers()
    k = Keeper(name="Ann", pay=3)
    assert keepers() == alive + 1
    assert k.name == "Ann"
    assert k.work(hours=2) == 6 and k.work(hours=1) == 9
    again = k.again()
    assert again is not k and again.work(hours=1) == 12 and keepers() == alive + 2
    assert again.__rust_address__() == k.__rust_address__()
    assert k.meet(others=[k, again, Keeper(name="B")]) == 6
    boss = object()
    assert k.boss() is None and k.promote(boss=boss) is None and k.boss() is boss and again.boss() is None
    k.destroy()
    assert k.boss() is None  # destroy() lets hidden references go
    fails(lambda: again.work(hours=1), ClosedError, "Ann has retired")
    k.destroy()
    del k, again
    assert keepers() == alive
    stubborn = Keeper(name="Bob", pay=13)
    stubborn.promote(boss=boss)
    fails(stubborn.destroy, ClosedError, "Bob stays")
    assert stubborn.boss() is boss
    with pytest.raises(ClosedError):
        with stubborn:
            pass
    fails(lambda: Keeper("x"), TypeError, "Keeper()", "keyword arguments only")
    fails(lambda: Keeper(name="x", pay=-1), ValueError, "Keeper()", "'pay'", "u64")
    boss = Keeper(name="boss")
    ref = weakref.ref(boss) if hasattr(Keeper, "__weakref__") else None
    boss.promote(boss=[boss])
    alive = keepers()
    del boss
    gc.collect()
    assert keepers() == alive - 1 and ref is None


def test_lockers():
    """`destroy: {receiver: object}`: the function lets go of hidden references itself."""

    class Thing:
        pass

    thing = Thing()
    locker, gone = Locker(number=7), weakref.ref(thing)
    assert locker.content() is None and locker.put(thing=thing) is None
    assert locker.content() is locker.put(thing=thing) is thing
    del thing
    with locker as same:
        assert same is locker and gone() is not None
    assert gone() is None
    assert (locker.destroy(), locker.destroy()) == (None, None)
    kept_thing = Thing()
    kept(lambda: Locker(number=1).put(thing=kept_thing), kept_thing)
    loop = Locker(number=2)
    inside = Thing()
    inside.locker, ref = loop, weakref.ref(inside)
    loop.put(thing=inside)
    del loop, inside
    gc.collect()
    assert ref() is None
    fails(lambda: Locker(number=256), ValueError, "Locker()", "'number'", "u8")


def test_plans():
    """A nested module with everything that a module can hold."""
    assert plans.SCALE == 50
    assert plans.Phase("final") is plans.Phase.FINAL and plans.Phase.__module__ == "zoo.cages"
    assert plans.Units.metres(feet=10) == 10 * plans.Units.FOOT
    assert issubclass(plans.PlanError, ClosedError) and issubclass(plans.PlanError, LookupError)
    plan = plans.Plan(size=1, cost=5)
    assert plans.build(plan=plan) == plans.build(plan=plan, phase="final") == 5
    caught = fails(lambda: plans.build(plan=plan, phase="sketch"), plans.PlanError, "still a sketch, SMALL, 3, not {scale}")
    assert (caught.phase, caught.hour) == (plans.Phase.SKETCH, 0)
    assert (caught.scale, caught.badge) == (zoo.Size.SMALL, zoo.Access.LOOK | zoo.Access.FEED)
    assert plans.review(start=0, plans=[plan] * 3, reviewer=lambda sum, one: sum + one.cost) == 15
    start = object()
    assert plans.review(start=start, plans=[], reviewer=None or print) is start
    with pytest.raises(ZeroDivisionError):
        plans.review(start=1, plans=[plan], reviewer=lambda a, b: a / 0)
    fails(lambda: plans.review(start=1, plans=[plan, 2], reviewer=print), TypeError, "review()", "'plans'[1]", "expected Plan", "got int")


def test_views_and_cycles():
    """A cycle through a subclass-free view can only run through the owner's own references."""
    z, (a,) = build("a")
    holder = [a]
    holder.append(holder)
    ref = weakref.ref(z)
    del z, a, holder
    gc.collect()
    assert ref() is None


Z, (A, B) = build("a", "b")
GOOD = [
    lambda: build("x", "y"),
    lambda: Z.cages(),
    lambda: Z.table(),
    lambda: list(Z.tour()),
    lambda: Z.cage(number=1),
    lambda: Z.cage(number=7),
    lambda: (A.next(), B.next()),
    lambda: A.sign().letters(),
    lambda: A == B,
    lambda: hash(A),
    lambda: repr(A),
    lambda: A.zoo(),
    lambda: join(cages=[A, B]),
    lambda: same_zoo(a=A, b=B),
    lambda: first(zoo=Z),
    lambda: setattr(A, "text", "t"),
    lambda: A.sign().text,
    lambda: Keeper(name="x").again().work(hours=1),
    lambda: Keeper(name="x").promote(boss=[]),
    lambda: Keeper(name="x").destroy(),
    lambda: Z.count(),
    lambda: Zoo.create(name="x").destroy(),
]


@pytest.mark.parametrize("run", GOOD, ids=range(len(GOOD)))
def test_nothing_leaks(run):
    flat(run, 3000)


def test_bad_calls_leak_nothing():
    def once():
        for run in (
            lambda: Z.cage(number="x"),
            lambda: join(cages=[A, B, 1]),
            lambda: same_zoo(a=A, b=1),
            lambda: A.is_same(other=Z),
            lambda: Keeper(name=1),
            lambda: Cage(),
            lambda: Zoo.create("x"),
            Keeper(name="x", pay=13).destroy,
        ):
            try:
                run()
            except (TypeError, ClosedError):
                pass

    flat(once, 2000)
    kept(once, Z, A, B)


class Place:
    """Not a stop, but like one."""

    row = 7
    name = "gate"


class Numbered:
    """A sequence by its protocol alone."""

    def __init__(self, *items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        if self.items[i] is None:
            raise LookupError("hole")
        return self.items[i]


def test_views_that_bring_their_owner():
    z, cages = build("a", "b")
    other, [first_of_other] = build("c")
    assert last(cages=[first_of_other, *cages]) == cages[1]
    found = last(cages=(first_of_other,))
    assert found == first_of_other and found.zoo() is other and found.zoo() is not z
    assert last(cages=[]) is None
    assert z.twin(other=other, number=0).zoo() is other and z.twin(other=other, number=1) is None
    with pytest.raises(LockedError, match="a cage is locked") as raised:
        unlock(cage=cages[1])
    assert raised.value.cage == cages[1] and raised.value.cage.zoo() is z
    assert raised.value.others == [cages[1], cages[1]]


def test_an_error_keeps_the_owner_of_its_view():
    with pytest.raises(LockedError) as raised:
        unlock(cage=build("a")[1][0])
    gc.collect()
    assert raised.value.cage.text == "a"


def test_records_like_others():
    stop = Stop(row=1, name="pond")
    assert route(stops=["a", stop, Place()]) == ["a", "pond1", "gate7"]
    assert farther(stop=Place(), steps=2) == Stop(row=9, name="gate")
    assert farther(stop=stop) == Stop(row=2, name="pond")
    fails(lambda: farther(stop=1), TypeError, "farther() argument 'stop'", "expected Stop", "got int")
    far, odd, broken = Place(), Place(), Place()
    far.row, odd.row = 256, "q"
    fails(lambda: farther(stop=far), ValueError, "Stop() argument 'row'", "256")
    fails(lambda: route(stops=[odd]), TypeError, "Stop() argument 'row'", "got str")
    type(broken).row = property(lambda self: 1 / 0)
    try:
        fails(lambda: farther(stop=broken), ZeroDivisionError, "division")
    finally:
        type(broken).row = 7


@pytest.mark.parametrize("made", [list, tuple, lambda items: Numbered(*items)], ids=["list", "tuple", "by number"])
def test_sequences(made):
    assert route(stops=made(["x", Stop(row=3, name="y")])) == ["x", "y3"]


def test_what_is_no_sequence():
    assert route(stops="ab") == ["a", "b"] and route(stops=[]) == []
    for bad in (None, 5, {}, {"a": 1}, {"a"}, iter(["a"]), (x for x in "a")):
        fails(lambda bad=bad: route(stops=bad), TypeError, "route() argument 'stops'", "Sequence", type(bad).__name__)
    fails(lambda: route(stops=["a", 7]), TypeError, "'stops'", "[1]", "int")
    fails(lambda: route(stops=Numbered("a", None)), LookupError, "hole")


def test_a_namespace_within_a_class():
    assert Zoo.Rules is Rules and Rules.most() == 65535 and Zoo.Rules.OPENS == 9

"""Classes that hold their payload: members, protocols, ownership."""

import gc
import weakref

import pytest
from support import FREE_THREADED, fails, flat, kept

import zoo
from zoo import ChokedError, Diet, FeedingError, Meal, ZooError
from zoo.animals import Animal, Beast, Creature, Dodo, Herd, Leash, Ticket, Walk, adopt, heaviest, is_animal, pair


def test_aliases_and_constants():
    assert Beast is Animal is Creature
    assert Animal.__name__ == "Animal"
    assert (Animal.KINGDOM, Animal.MAX_NAME, Animal.MENU) == ("animalia", 64, Diet.ANY_THING)
    assert Animal("x").KINGDOM == "animalia"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_properties():
    a = Animal("Leo", 2)
    assert (a.name, a.weight, a.diet, a.nickname) == ("Leo", 2.0, Diet.LEAVES, None)
    a.weight = 3
    assert a.weight == 3.0
    a.nickname = "L"
    assert a.nickname == "L"
    a.nickname = None
    assert a.nickname is None
    fails(lambda: setattr(a, "weight", "x"), TypeError, "Animal.weight", "expected float", "got str")
    fails(lambda: setattr(a, "weight", float("nan")), ValueError, "NaN kg is no weight")
    fails(lambda: setattr(a, "nickname", 1), TypeError, "Animal.nickname", "expected str | None", "got int")
    fails(lambda: setattr(a, "legs", 256), ValueError, "Animal.legs", "256", "u8")
    for name in ("name", "diet", "KINGDOM", "describe"):
        with pytest.raises(AttributeError):
            setattr(a, name, "x")
    for name in ("weight", "nickname", "name"):
        with pytest.raises((AttributeError, TypeError)):
            delattr(a, name)
    a.weight = -1
    fails(lambda: a.weight, ValueError, "starved")


def test_methods():
    a = Animal("Leo", 2, diet="meat")
    assert a.eat(Meal("beef", 500, "meat")) == 2.5
    assert a.eat(meal=Meal("hay", 500)) == 3.0
    assert a.describe() == "Leo of 3 kg"
    assert a.heavier(Animal("x")) and a.heavier(None) and a.heavier(other=None)
    assert a.twin() == a and a.twin() is not a
    assert a.myself() is a
    assert Animal.parse("x:1.5").weight == 1.5
    assert Animal.parse("x:1.5").diet is Diet.ANY_THING
    fails(lambda: Animal.parse("x"), ValueError, "no `:`")
    fails(lambda: Animal.parse("x:y"), ValueError, '"y"')
    fails(lambda: Animal(""), ValueError, "1 to 64 bytes")
    fails(lambda: a.heavier(1), TypeError, "Animal.heavier()", "'other'", "expected Animal | None", "got int")
    assert heaviest([]) is None
    assert heaviest([a, Animal("b", 7)]) == 7
    assert [one.name for one in pair()] == ["cat", "mouse"]
    assert is_animal(Animal) is True
    fails(lambda: is_animal(Animal("x")), TypeError, "is_animal()", "'kind'", "expected type[Animal]", "got Animal")
    fails(lambda: is_animal(int), TypeError, "is_animal()", "'kind'", "expected type[Animal]", "got type[int]")
    assert is_animal(type("Sub", (Animal,), {}))
    assert adopt(a) == "Leo" and adopt("x") == "a new x"
    fails(lambda: adopt(1), TypeError, "adopt()", "'who'", "expected Animal | str", "got int")


def test_errors_of_methods():
    a = Animal("Leo", diet=Diet.LEAVES)
    caught = fails(lambda: a.eat(Meal("beef", 5, Diet.MEAT)), FeedingError, "5 g of beef {not eaten}")
    assert (caught.food, caught.grams) == ("beef", 5)
    assert isinstance(caught, ZooError)
    fails(lambda: a.eat(Meal("all", 2_000_000)), OverflowError, "no animal eats a ton")
    caught = fails(lambda: a.choke(Meal("bone", 1)), ChokedError, "Leo choked on bone")
    assert (caught.food, caught.grams, caught.animal, caught.diet, caught.where) == ("bone", 1, "Leo", Diet.LEAVES, zoo.Point(1, 2))


def test_deprecated():
    a = Animal("x")
    with pytest.warns(DeprecationWarning, match="old_name.*use `name`"):
        assert a.old_name() == "x"
    with pytest.warns(DeprecationWarning, match="legs.*nobody counts them"):
        assert a.legs == 4
    with pytest.warns(DeprecationWarning, match="legs.*nobody counts them"):
        a.legs = 3
    with pytest.warns(DeprecationWarning, match="Dodo.*extinct"):
        Dodo()


@pytest.mark.filterwarnings("error::DeprecationWarning")
def test_deprecation_as_error():
    with pytest.raises(DeprecationWarning):
        Animal("x").old_name()
    with pytest.raises(DeprecationWarning):
        Dodo()
    with pytest.raises(DeprecationWarning):
        zoo.Wish("x")
    with pytest.raises(DeprecationWarning):
        zoo.visits.older(a=1)

    def once():
        for run in (Dodo, Animal("x").old_name, lambda: zoo.Wish("x")):
            try:
                run()
            except DeprecationWarning:
                pass

    flat(once, 1000)


def test_equality_order_text():
    a, b = Animal("a", 1), Animal("b", 2)
    assert a == Animal("a", 9) and a != b and hash(a) == hash(Animal("a"))
    assert (a == 1) is False and (a != 1) is True
    assert a.__eq__(1) is False  # `strict`
    assert a < b and b > a and not b < a
    with pytest.raises(TypeError):
        assert a < 1
    with pytest.raises(TypeError):
        assert a <= b
    assert {a: 1}[Animal("a")] == 1
    assert repr(a) == "<Animal a>" and str(a) == "a" and f"{a}" == "a"


def test_own_uses_the_object_up():
    a = Animal("Leo")
    assert a.release() == "Leo runs away"
    fails(a.release, ReferenceError, "Animal", "used up")
    fails(lambda: a.name, ReferenceError, "Animal")
    fails(lambda: setattr(a, "weight", 1), ReferenceError, "Animal")
    fails(lambda: a.eat(Meal("x")), ReferenceError, "Animal")
    fails(lambda: heaviest([a]), ReferenceError, "Animal")
    fails(lambda: hash(a), ReferenceError, "Animal")
    fails(lambda: str(a), ReferenceError, "Animal")
    fails(lambda: a == Animal("x"), ReferenceError, "Animal")
    fails(lambda: Animal("x") == a, ReferenceError, "Animal")
    assert a.myself() is a  # the object itself is still there
    assert isinstance(a.__rust_address__(), int)


def test_hidden_references():
    class Toy:
        pass

    a, toy = Animal("a"), Toy()
    assert a.toy() is None
    assert a.give(toy) is None
    assert a.toy() is toy
    assert a.give(1) is toy
    assert a.friend() is None
    a.befriend(a)
    assert a.friend() is a
    a.befriend(None)
    assert a.friend() is None
    kept(lambda: a.give(toy), toy)
    kept(lambda: Animal("b").give(toy), toy)
    kept(a.toy, toy)


def test_cycles_are_collected():
    class Toy:
        pass

    class Pet(Animal):
        pass

    for cls in (Animal, Pet):
        a, b, toy = cls("a"), cls("b"), Toy()
        a.befriend(b)
        b.befriend(a)
        a.give(toy)
        toy.owner = a
        gone = [weakref.ref(one) for one in (a, b, toy)]
        del a, b, toy
        gc.collect()
        assert [one() for one in gone] == [None] * 3
    pet = Pet("c")
    pet.me = pet
    gone = weakref.ref(pet)
    del pet
    gc.collect()
    assert gone() is None
    herd = Herd()
    assert not gc.is_tracked(herd)  # holds no Python reference, so it costs the collector nothing


def test_weak_references():
    a = Animal("a")
    told = []
    ref = weakref.ref(a, told.append)
    assert ref() is a
    del a
    assert ref() is None and told == [ref]
    ticket = Ticket(1)
    ref = weakref.ref(ticket)
    ticket.destroy()
    assert ref() is ticket
    with pytest.raises(TypeError):
        weakref.ref(Herd())
    with pytest.raises(TypeError):
        weakref.ref(zoo.Point(1))
    flat(lambda: weakref.ref(Animal("x")))


def test_subclass():
    class Cat(Animal):
        sound = "meow"

        def __new__(cls, name):
            return super().__new__(cls, name, 4.0)

        def __init__(self, name):
            super().__init__()
            self.extra = [name]

        def describe(self):
            return super().describe(shout=True)

    cat = Cat("Tom")
    assert (cat.describe(), cat.extra, cat.weight) == ("TOM OF 4 KG", ["Tom"], 4.0)
    assert isinstance(cat, Animal) and cat.myself() is cat and adopt(cat) == "Tom"
    cat.give(cat)
    flat(lambda: Cat("x"), 3000)
    with pytest.warns(DeprecationWarning):
        cat.old_name()

    class Finalised(Animal):
        def __del__(self):
            seen.append(self.name)

    seen = []
    Finalised("z")
    assert seen == ["z"]

    class Slim(Animal):
        __slots__ = ("tag",)

    slim = Slim("s")
    slim.tag = 1
    with pytest.raises(AttributeError):
        slim.other = 1

    with pytest.raises(TypeError):

        class Both(Animal, int):
            pass


def test_herd():
    herd = Herd(["a", "b", "c"])
    assert len(herd) == 3 and bool(herd) and not Herd()
    assert (herd[0], herd[-1]) == ("a", "c")
    herd[1] = "B"
    del herd[0]
    assert herd.names() == list(herd) == ["B", "c"]
    assert "c" in herd and "x" not in herd
    assert (3 in herd) is False
    assert herd() == ["B", "c"] and herd(loud=True) == ["B", "C"] and herd(True) == ["B", "C"]
    assert herd == Herd(("B", "c")) and herd != Herd() and not herd != Herd(["B", "c"])
    assert herd.__eq__(1) is NotImplemented and herd != 1
    assert (herd + Herd("x")).names() == ["B", "c", "x"]
    same = herd
    herd += Herd("d")
    assert same is herd and len(herd) == 3
    assert sorted(iter(herd)) == ["B", "c", "d"]
    assert [*herd] == ["B", "c", "d"]
    for index in (5, -4, 2**62):
        fails(lambda i=index: herd[i], IndexError, str(index))
        fails(lambda i=index: herd.__setitem__(i, "x"), IndexError, str(index))
        fails(lambda i=index: herd.__delitem__(i), IndexError, str(index))
    fails(lambda: herd["x"], TypeError, "Herd.__getitem__", "'index'", "expected int", "got str")
    fails(lambda: herd[2**64], OverflowError, "Herd.__getitem__", "i64")
    fails(lambda: herd.__setitem__(0, 1), TypeError, "Herd.__setitem__", "'name'", "expected str", "got int")
    fails(lambda: herd(quiet=True), TypeError, "Herd.__call__", "unexpected", "'quiet'")
    fails(lambda: herd(1), TypeError, "Herd.__call__", "'loud'", "expected bool", "got int")
    fails(lambda: hash(herd), TypeError, "unhashable", "Herd")
    fails(lambda: Herd([1]), TypeError, "Herd()", "'names'", "[0]", "expected str", "got int")
    for bad in (lambda: herd + 1, lambda: 1 + herd, lambda: herd < herd):
        with pytest.raises(TypeError):
            bad()
    with pytest.raises(TypeError):
        herd += 1


def test_iterators():
    walk = Herd("abc").walk()
    assert iter(walk) is walk
    assert next(walk) == "a"
    assert list(walk) == ["b", "c"]
    assert list(walk) == [] and next(walk, None) is None
    with pytest.raises(StopIteration):
        next(walk)
    items = iter(Herd("ab"))
    assert iter(items) is items
    assert list(items) == ["a", "b"]
    assert next(items, "end") == "end"
    for closed in (type(items), type(vars(Animal)["eat"])):
        for make in (closed, lambda: closed.__new__(closed), lambda: object.__new__(closed)):
            with pytest.raises(TypeError):
                make()
        with pytest.raises(TypeError):
            type("Sub", (closed,), {})
    flat(lambda: list(Herd("abc").walk()))
    flat(lambda: list(Herd("abc")))
    flat(lambda: next(iter(Herd("abc"))))


def test_leash():
    leash = Leash()
    with leash as held:
        assert held is leash
    with leash:
        raise KeyError("swallowed")
    with pytest.raises(ValueError, match="out"):
        with leash:
            raise ValueError("out")
    assert leash.pulls == 3
    assert leash.__exit__(None, None, None) is False
    fails(lambda: leash.__exit__(), TypeError, "__exit__")


def test_destroy():
    ticket = Ticket(7)
    assert (ticket.show(), ticket.number) == ("ticket 7", 7)
    with ticket as same:
        assert same is ticket
        same.punch()
        assert same.number == 8
    for run in (ticket.show, ticket.punch, lambda: ticket.number):
        fails(run, ReferenceError, "Ticket", "destroyed")
    assert ticket.destroy() is None
    assert ticket.destroy() is None
    assert ticket == ticket and hash(ticket) == hash(ticket) and "Ticket" in repr(ticket)
    with pytest.raises(ZeroDivisionError):
        with Ticket(1):
            raise ZeroDivisionError
    flat(lambda: Ticket(1).destroy())

    def use():
        with Ticket(1) as t:
            t.show()

    flat(use)


GOOD = [
    lambda: Animal("x", 1.0, diet="meat"),
    lambda: Animal("x").eat(Meal("hay")),
    lambda: Animal("x").release(),
    lambda: Animal("x").twin(),
    lambda: Animal("x").heavier(Animal("y")),
    lambda: Animal("x").befriend(Animal("y")),
    lambda: Animal("x").give([]),
    lambda: Animal("x") == Animal("y"),
    lambda: Animal("x") < Animal("y"),
    lambda: hash(Animal("x")),
    lambda: repr(Animal("x")) + str(Animal("x")),
    lambda: setattr(Animal("x"), "nickname", "y"),
    lambda: Animal("x").nickname,
    lambda: heaviest([Animal("x"), Animal("y")]),
    lambda: pair(),
    lambda: adopt("x") + adopt(Animal("y")),
    lambda: Herd(["a", "b"]) + Herd(["c"]),
    lambda: Herd("abc")[1] + Herd("x")(loud=True)[0],
    lambda: Herd("abc").__delitem__(0),
    lambda: Herd("abc").__setitem__(0, "z"),
    lambda: Herd("abc").__iadd__(Herd("z")),
    lambda: ("a" in Herd("abc"), 1 in Herd("abc")),
    lambda: Leash().__enter__().__exit__(None, None, None),
]
BAD = [
    lambda: Animal("x").eat(Meal("beef", 5, Diet.MEAT)),
    lambda: Animal("x").choke(Meal("bone", 1)),
    lambda: Animal.parse("x"),
    lambda: setattr(Animal("x"), "weight", float("inf")),
    lambda: setattr(Animal("x"), "nickname", 3),
    lambda: [*map(Animal.release, [a := Animal("x"), a])],
    lambda: Herd("abc")[9],
    lambda: Herd("abc") + 1,
    lambda: Herd(iter([1])),
    lambda: Herd("abc")(1),
    lambda: heaviest([Animal("x"), 1]),
    lambda: Animal("x").create(1),
    lambda: adopt(None),
    lambda: Walk(),
    lambda: hash(Herd()),
]


@pytest.mark.parametrize("run", GOOD, ids=range(len(GOOD)))
def test_good_leaks_nothing(run):
    flat(run, 3000)


@pytest.mark.parametrize("run", BAD, ids=range(len(BAD)))
def test_bad_leaks_nothing(run):
    def once():
        with pytest.raises(Exception):  # noqa: B017
            run()

    once()

    def quick():
        try:
            run()
        except Exception:
            pass

    flat(quick, 3000)


def test_pool_gives_fresh_objects():
    addresses = {id(Herd(["x"])) for _ in range(10)}
    assert len(addresses) <= 2 or FREE_THREADED  # which have no pools
    herds = [Herd([str(i)]) for i in range(20)]
    del herds[::2]
    more = [Herd() for _ in range(20)]
    assert all(len(one) == 0 for one in more)
    assert [one[0] for one in herds] == [str(i) for i in range(1, 20, 2)]

"""Threads hammer the same objects: a new process for each test, so that a crash is seen as one. On free-threaded builds they
do so at once; with a GIL, it changes hands all the time."""

import pytest
from support import python

# `hammer(*jobs)` runs each job often, in eight threads that begin at once, and gives what they returned.
HAMMER = """
import gc, random, sys, threading, traceback
sys.setswitchinterval(1e-6)
import zoo
from zoo import Meal, Point, Profile
from zoo.animals import Animal, Herd, Leash, Ticket
from zoo.cages import Keeper, Locker, Zoo
from zoo.measures import Samples

def hammer(*jobs, rounds=1000, count=8):
    start, failures, results = threading.Barrier(count), [], []
    def work(i):
        job, rng = jobs[i % len(jobs)], random.Random(i)
        start.wait()
        try:
            for round in range(rounds):
                results.append(job(rng))
        except BaseException:
            failures.append(traceback.format_exc())
    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    gc.collect()
    return [result for result in results if result is not None]
"""


def run(code):
    return python(HAMMER + code, timeout=300)


def test_hidden_references():
    """What one thread takes out of a slot, another is just about to take a reference to."""
    run("""
import weakref
class Thing:
    pass
things = [Thing() for _ in range(8)]
gone = [weakref.ref(thing) for thing in things]
locker, keeper, animal = Locker(number=1), Keeper(name="k"), Animal("a")

def change(rng):
    locker.put(thing=rng.choice(things))
    locker.content()
    keeper.promote(boss=rng.choice(things))
    keeper.boss()
    animal.give(rng.choice(things))
    animal.toy()
    animal.befriend(animal if rng.random() < 0.5 else rng.choice(things))
    animal.friend()
    if rng.random() < 0.1:
        locker.destroy()

hammer(change)
del things, change, locker, keeper
animal.befriend(None)
animal.give(None)
gc.collect()
assert [ref() for ref in gone] == [None] * 8
""")


def test_the_one_object_of_a_zoo():
    """It dies and is made again all the time, and there is never a second one."""
    run("""
Zoo.create(name="z").advertise()

def same(rng):
    a = Zoo.advertised()
    b = Zoo.advertised()
    assert a is b and a.itself() is a and a.name == "z"

hammer(same, rounds=5000)

def replace(rng):
    Zoo.create(name="z").advertise()

hammer(same_or_newer := lambda rng: Zoo.advertised().itself(), replace, rounds=2000)
Zoo.withdraw()
assert Zoo.advertised() is None
""")


def test_fields_of_records():
    """A field is what somebody has written, whole."""
    run("""
texts = ["", "a", "b" * 100, "ü" * 50]
profile = Profile(name="", home=Point(1.0), nicknames={"a"}, box=(1.0, 2, "c"), tags=(1,), access=1, mood="calm", remark="r", either=1, photo=b"", file="f", chip=2**80)
homes = [Point(float(i)) for i in range(4)]
notes = [{"a": 1}, {}, {"b": "c", "d": 2.5}]
weights = [[], [1.0] * 100, [2.0]]

def write(rng):
    values = {
        "name": rng.choice(texts),
        "home": rng.choice(homes),
        "notes": rng.choice(notes),
        "weights": rng.choice(weights),
        "extra": [rng.random()],
        "anything": [object() for _ in range(rng.randrange(4))],
        "photo": bytes(rng.randrange(100)),
        "meals": [Meal("hay")] * rng.randrange(3),
    }
    for name, value in values.items():
        try:
            setattr(profile, name, value)
        except RuntimeError as error:
            assert "in use" in str(error)  # while it is shown or compared, which runs Python

def read(rng):
    assert profile.name in texts and profile.home in homes and profile.notes in notes and profile.weights in weights
    assert profile.extra is None or len(profile.extra) == 1
    assert all(type(one) is object for one in profile.anything)
    assert set(profile.photo) <= {0} and all(meal.food == "hay" for meal in profile.meals)
    repr(profile), profile == profile
    import copy, pickle
    assert copy.copy(profile).name in texts

hammer(write, read, rounds=400)
""")


def test_no_change_is_lost():
    """Methods that change their object take turns."""
    run("""
herd, meal = Herd(), Meal("hay", grams=1)

def grow(rng):
    before = len(herd)
    herd.__iadd__(Herd(["x"]))
    assert len(herd) > before and herd[0] == "x" and "x" in herd

def weigh(rng):
    meal.grams = rng.randrange(1, 5)
    assert 0 < meal.grams < 10 and meal.scaled(2).food == "hay" and meal.kilos >= 0

hammer(grow, weigh, rounds=500)
assert herd.names() == ["x"] * 2000
""")


def test_used_up_while_others_use_it():
    run("""
tickets = [Ticket(i) for i in range(3000)]
left = iter(list(range(3000)) * 2)
lock = threading.Lock()

def use(rng):
    with lock:
        ticket = tickets[next(left) if rng.random() < 0.5 else rng.randrange(3000)]
    try:
        if rng.random() < 0.5:
            ticket.destroy()
        else:
            assert ticket.show().startswith("ticket")
    except ReferenceError:
        pass
    repr(ticket), ticket == ticket, hash(ticket)

hammer(use, rounds=1000)

def release(rng):
    try:
        return animals[rng.randrange(len(animals))].release()
    except ReferenceError:
        return None

animals = [Animal(str(i)) for i in range(500)]
runaways = hammer(release, rounds=500)
assert len(runaways) == len(set(runaways))
""")


def test_one_iterator_for_all():
    run("""
herd = Herd(["a"] * 5000)
for make in (herd.walk, lambda: iter(herd), lambda: zoo.visits.countdown(5000)):
    steps = make()
    seen = hammer(lambda rng: next(steps, None), rounds=1000)
    assert 4999 <= len(seen) <= 5001, len(seen)
""")


def test_cages_of_a_zoo_that_is_changed():
    run("""
def use(rng):
    zoo_ = zoos[0]
    try:
        choice = rng.randrange(6)
        if choice == 0:
            cage = zoo_.add_cage(sign="s")
            assert cage.zoo() is zoo_ or zoos[0] is not zoo_
        elif choice == 1:
            zoo_.remove_cage(number=rng.randrange(64))
        elif choice == 2:
            for cage in zoo_.tour():
                cage.text = "painted"
                assert cage.text in ("painted", "s")
        elif choice == 3:
            assert all(sign.text == "s" for sign in [cage.sign() for cage in zoo_.cages()])
        elif choice == 4:
            zoo_.visit(ctx=1, f=lambda ctx, cage: zoo_.remove_cage(number=cage.number))
        elif rng.random() < 0.05:
            zoo_.destroy()
            zoos[0] = Zoo.create(name="next")
    except (zoo.ClosedError, ReferenceError):
        pass

zoos = [Zoo.create(name="first")]
hammer(use, rounds=1000)
""")


def test_buffers():
    run("""
samples = Samples([1.0] * 100)

def lend(rng):
    try:
        with memoryview(samples) as view:
            assert set(view) <= {1.0, 2.0}
    except BufferError:
        pass

hammer(lend, rounds=2000)
""")


def test_arguments_that_others_change():
    run("""
numbers, names = list(range(100)), {"a": 1}

def change(rng):
    if rng.random() < 0.5:
        numbers.append(rng.randrange(100))
    elif len(numbers) > 10:
        del numbers[rng.randrange(5):]
    names[rng.choice("abcdef")] = rng.randrange(9)
    if rng.random() < 0.3:
        names.clear()

def use(rng):
    assert all(type(number) is int for number in zoo.measures.echo_list(numbers))
    Herd(str(number) for number in list(numbers))
    try:
        zoo.visits.options_only(**names)
    except (TypeError, AttributeError, RuntimeError):
        pass

hammer(change, use)
""")


@pytest.mark.parametrize("round", range(3))
def test_first_use(round):
    """All threads need everything for the first time, in another order each, also through another extension."""
    run("""
import visitor
modules = [zoo, zoo.animals, zoo.cages, zoo.measures, zoo.trails, visitor]
names = [(module, name) for module in modules for name in dir(module) if not name.startswith("__")]
seen = [{} for _ in range(8)]
lock, numbers = threading.Lock(), iter(range(8))

def look(rng):
    with lock:
        mine = seen[next(numbers)]
    order = names[:]
    rng.shuffle(order)
    for module, name in order:
        mine[module, name] = getattr(module, name)
        visitor.breed("x"), visitor.found("y").itself(), zoo.enter(3), Meal("hay").diet

hammer(look, rounds=1)
for one in seen:
    assert all(one[key] is seen[0][key] for key in one)
""")

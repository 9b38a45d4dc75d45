"""Objects that are used while a call is using them: from inside the call, and from other threads."""

import threading
import time

import pytest
from support import FREE_THREADED, fails, flat

from zoo import Meal
from zoo.animals import Animal, Herd, Leash, Ticket
from zoo.cages import Zoo
from zoo.cages.plans import Plan, review
from zoo.measures import Samples

USES = {
    "get": lambda a: a.name,
    "get declared elsewhere": lambda a: a.nickname,
    "set": lambda a: setattr(a, "weight", 1),
    "shared method": lambda a: a.describe(),
    "exclusive method": lambda a: a.eat(Meal("hay")),
    "consuming method": lambda a: a.release(),
    "itself as argument": lambda a: a.heavier(a),
    "another's argument": lambda a: Animal("b").heavier(a),
    "in a list": lambda a: [Animal("b")] and __import__("zoo").animals.heaviest([Animal("b"), a]),
    "==": lambda a: a == Animal("b"),
    "== reflected": lambda a: Animal("b") == a,
    "<": lambda a: a < Animal("b"),
    "hash": hash,
    "repr": repr,
    "str": str,
    "again": lambda a: a.chase(lambda: None),
}
WRITES = {"set", "exclusive method", "consuming method", "again"}


@pytest.mark.parametrize("use", USES)
def test_inside_an_exclusive_call(use):
    animal = Animal("a", 5)
    how = "in use" if use in WRITES else "being changed"
    fails(lambda: animal.chase(lambda: USES[use](animal)), RuntimeError, f"this Animal is {how} by a call in progress")
    assert animal.weight == 4 and animal.chase(lambda: "free again") == "free again"


@pytest.mark.parametrize("use", USES)
def test_inside_a_shared_call(use):
    animal = Animal("a", 5)
    if use in WRITES:
        fails(lambda: animal.watch(lambda: USES[use](animal)), RuntimeError, "this Animal is in use by a call in progress")
    else:
        animal.watch(lambda: USES[use](animal))
    assert animal.weight == 5 and animal.release() == "a runs away"


def test_identity_needs_no_borrow():
    animal = Animal("a")
    assert animal.chase(lambda: (animal.myself() is animal, animal.give(1), animal.toy(), animal.__rust_address__() > 0)) == (
        True,
        None,
        1,
        True,
    )


def test_exceptions_let_go():
    animal = Animal("a", 9)
    for error in (ZeroDivisionError, KeyboardInterrupt, SystemExit, GeneratorExit):

        def stumble(error=error):
            raise error("oh")

        for method in (animal.chase, animal.watch):
            caught = fails(lambda method=method: method(stumble), error, "oh")
            assert caught.args == ("oh",)
    animal.weight = 1
    deep = fails(lambda: animal.watch(lambda: animal.watch(lambda: animal.chase(list))), RuntimeError, "in use")
    assert deep.__cause__ is None
    assert animal.release()

    def conflict():
        fails(lambda: animal2.chase(lambda: animal2.name), RuntimeError)

    animal2 = Animal("b", 1e9)
    flat(conflict, 2000)


def test_an_object_on_both_sides():
    herd = Herd("ab")
    fails(lambda: herd.__iadd__(herd), RuntimeError, "this Herd is", "call in progress")
    assert (herd + herd).names() == ["a", "b"] * 2 and herd == herd and len(herd) == 2
    herd += Herd("c")
    assert len(herd) == 3


def test_changing_while_walking():
    herd = Herd("abc")
    walk, items = herd.walk(), iter(herd)
    del herd[0]
    assert [*walk] == [*items] == ["a", "b", "c"]  # both hold copies
    leash = Leash()
    with leash:
        leash.length = 2.5  # its setter needs no exclusive use
    assert leash.length == 2.5
    fails(lambda: setattr(leash, "length", "x"), TypeError, "Leash.length", "expected float", "got str")


def test_lent_buffers():
    samples = Samples([1, 2])
    views = [memoryview(samples) for _ in range(3)]
    for view in views:
        fails(lambda: samples.push(3), RuntimeError, "this Samples is in use")
        view.release()
    samples.push(3)


def test_callbacks_that_destroy():
    park = Zoo.create(name="p")
    cages = [park.add_cage(sign=sign) for sign in "abc"]
    seen = []

    def destroy(ctx, cage):
        seen.append(cage)
        park.destroy()
        return True

    assert park.visit(ctx=None, f=destroy) == 3 and seen == cages
    ticket = Ticket(1)
    with ticket:
        ticket.destroy()
    fails(ticket.show, ReferenceError, "Ticket")


class Worker(threading.Thread):
    def __init__(self, run):
        super().__init__(daemon=True)
        self.todo, self.failure = run, None

    def run(self):
        try:
            self.todo()
        except BaseException as failure:
            self.failure = failure


def until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def refused(run):
    try:
        run()
    except RuntimeError as error:
        assert "call in progress" in str(error)
        return True
    return False


def test_threads_conflict_and_recover():
    """`sleep` changes the animal without holding the GIL."""
    animal = Animal("a", 1)
    # Without the GIL each conflict takes a moment, for it could be over soon.
    seconds = 9.0 if FREE_THREADED else 0.5
    sleeper = Worker(lambda: animal.sleep(seconds))
    sleeper.start()
    until(lambda: refused(lambda: animal.name) or not sleeper.is_alive())
    if sleeper.is_alive():
        for use in USES.values():
            assert refused(lambda use=use: use(animal)) or not sleeper.is_alive()
    sleeper.join()
    assert sleeper.failure is None and animal.weight == 1.5


def test_records_in_use_are_not_written():
    """A call holds the records of its argument while it calls back."""
    plans = [Plan(size=1), Plan(size=2)]

    def write():
        plans[1].cost = 7

    def reviewer(count, _copy):
        fails(write, RuntimeError, "this Plan is in use by a call in progress")
        assert (plans[1].cost, plans[1].size) == (0, 2)
        return count + 1

    assert review(start=0, plans=plans, reviewer=reviewer) == 2
    write()
    assert plans[1].cost == 7


def test_many_threads():
    animals = [Animal(f"a{i}", 1000) for i in range(3)]
    counts = [0, 0]

    def work():
        for i in range(3000):
            animal = animals[i % 3]
            try:
                if i % 2:
                    animal.chase(lambda: [animals[0].name, time.sleep(0)])
                else:
                    animal.sleep(0)
                counts[0] += 1
            except RuntimeError:
                counts[1] += 1

    workers = [Worker(work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.failure for worker in workers] == [None] * 4
    assert counts[0] > 0
    for animal in animals:
        animal.release()

"""Several interpreters in one process: each with its own GIL, all using the zoo, its visitor, graphs and boards at once."""

import sys

import pytest
from support import python

# What an interpreter does with the extensions. `{paths}` is set before.
USE = '''
import gc, sys
sys.path[:] = {paths!r}
import pyrus.graph, visitor, zoo
from pyrus.graph import Edge, GraphView
from pyrus.sexp import pcb
from zoo.animals import Animal, Herd
assert visitor.breed("x") == Animal("x") and type(visitor.breed("x")) is Animal

class Pet(Animal):
    pass

def use(rounds):
    for round in range(rounds):
        g = GraphView.create()
        nodes = [g.create_and_insert_node() for _ in range(20)]
        for a, b in zip(nodes, nodes[1:]):
            g.insert_edge(edge=Edge.create(source=a.node(), target=b.node(), edge_type=1))
        assert g.get_node_count() == 21  # with its own
        pet = Pet("p", 2.5, diet="meat")
        pet.give([pet, g])
        pet.befriend(Animal("q"))
        assert pet.eat(zoo.Meal("beef", 500, zoo.Diet.MEAT)) == 3.0
        assert sorted(Herd("cab")) == ["a", "b", "c"]
        park = zoo.cages.Zoo.create(name="p")
        cage = park.add_cage(sign="s")
        assert cage.zoo() is park and cage.sign().text == "s"
        try:
            zoo.visits.fail("choked")
        except zoo.ChokedError as error:
            assert error.diet is zoo.Diet.MEAT
        try:
            zoo.measures.echo_u8(300)
        except ValueError:
            pass
        assert zoo.visits.apply(lambda n, text: n / 2, 3) == 1.5
        net = pcb.Net(number=1, name="GND")
        net.name += "A"
        assert repr(net) == "pcb.Net(number=1, name='GNDA')"
        del g, nodes, a, b, pet, park, cage
    gc.collect()
'''

# Starting interpreters: the module's name and what a failure looks like changed with the versions.
START = """
import sys, threading
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

def in_interpreter(code, failures):
    own = interpreters.create()
    try:
        failure = interpreters.run_string(own, code)
        if failure is not None:
            failures.append(str(failure))
    except Exception as failure:
        failures.append(str(failure))
    finally:
        interpreters.destroy(own)
"""


def test_one_after_the_other():
    python(
        START
        + f"""
paths, failures = sys.path[:], []
for round in range(5):
    in_interpreter({USE!r}.format(paths=paths) + "\\nuse(5)", failures)
    assert not failures, failures
exec({USE!r}.format(paths=paths))
in_interpreter({USE!r}.format(paths=paths) + "\\nuse(5)", failures)
use(5)
assert not failures, failures
"""
    )


own_gil = pytest.mark.skipif(sys.version_info < (3, 12), reason="interpreters have had a GIL of their own since 3.12")


@own_gil
def test_eight_really_in_parallel(tmp_path):
    """All wait for each other without ever letting go of their GIL: with one GIL for two of them nobody would arrive."""
    board = tmp_path / "board"
    board.write_bytes(bytes(64))
    meet = f'''
import mmap, time
sys.setswitchinterval(1000)
with open({str(board)!r}, "r+b") as file:
    board = mmap.mmap(file.fileno(), 64)
for round in range(1, 10):
    board[me] = round
    end = time.monotonic() + 60
    while min(board[:8]) < round:
        assert time.monotonic() < end, "alone"
    use(2)
'''
    python(
        START
        + f"""
failures = []
code = {USE!r}.format(paths=sys.path[:])
threads = [
    threading.Thread(target=in_interpreter, args=(code + f"\\nme = {{me}}\\n" + {meet!r}, failures)) for me in range(8)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failures, failures
""",
        timeout=300,
    )


@own_gil
def test_eight_at_once_and_the_main_one():
    python(
        START
        + f"""
failures = []
code = {USE!r}.format(paths=sys.path[:])
exec(code)
threads = [threading.Thread(target=in_interpreter, args=(code + "\\nuse(20)", failures)) for _ in range(8)]
for thread in threads:
    thread.start()
use(20)
for thread in threads:
    thread.join()
assert not failures, failures
""",
        timeout=300,
    )


@pytest.mark.skipif(sys.version_info < (3, 13), reason="needs interpreters that can be talked to")
def test_a_zoo_that_rust_hands_from_one_to_another():
    """It has one Python object, which the others neither get nor touch; when that is gone, they may have one."""
    python(
        START
        + """
ASK = f'''
import sys
sys.path[:] = {sys.path!r}
from zoo.cages import Zoo
try:
    Zoo.advertised()
except RuntimeError as error:
    assert str(error) == "this Zoo has its one Python object in another interpreter", error
else:
    raise AssertionError("an object of another interpreter")
'''
TAKE = f'''
import sys
sys.path[:] = {sys.path!r}
from zoo.cages import Zoo
zoo = Zoo.advertised()
assert type(zoo) is Zoo and zoo.name == "berlin" and Zoo.advertised() is zoo
'''
failures = []
from zoo.cages import Zoo
berlin = Zoo.create(name="berlin")
berlin.advertise()
in_interpreter(ASK, failures)
assert not failures, failures
assert Zoo.advertised() is berlin
del berlin
in_interpreter(TAKE, failures)
assert not failures, failures
assert Zoo.advertised().name == "berlin"
Zoo.withdraw()
"""
    )


@own_gil
def test_interpreters_that_fight_for_a_zoo():
    """Whoever makes the object first has it, for as long as it lives."""
    python(
        START
        + """
FIGHT = f'''
import sys
sys.path[:] = {sys.path!r}
from zoo.cages import Zoo
made = refused = 0
for round in range(3000):
    try:
        zoo = Zoo.advertised()
        assert type(zoo) is Zoo and zoo.name == "berlin" and zoo.add_cage is not None
        made += 1
        del zoo
    except RuntimeError:
        refused += 1
assert made + refused == 3000
'''
from zoo.cages import Zoo
Zoo.create(name="berlin").advertise()
failures = []
threads = [threading.Thread(target=in_interpreter, args=(FIGHT, failures)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not failures, failures
""",
        timeout=300,
    )

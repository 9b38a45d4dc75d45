"""`PYRUS_LEAKS`: which objects outlive the interpreter, and where they were made."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes
import zoo
from zoo import animals, cages, trails

class Dog(animals.Animal):
    pass

def lose(thing):
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))

kept = [zoo.Point(0), Dog("kept"), {animals.Animal: Dog}]
cycle = cages.Locker(number=1)
cycle.put(thing=[cycle])
"""

LOST = """
lose(animals.Animal("leo"))
lose(Dog("rex"))
for i in range(3):
    lose(zoo.Point(i, 2))  # here
lose(trails.Spot(x=1, y=2))
lose(cages.Zoo.create(name="berlin").add_cage(sign="apes"))
"""


def said(program, value):
    """What is on stderr in the end."""
    environment = {**os.environ, "PYRUS_LEAKS": value}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    if "stable ABI" in done.stderr or "without the GIL" in done.stderr:
        pytest.skip("such extensions cannot tell")
    return done.stderr


def test_nothing_outlives():
    assert said(PROGRAM, "1") == "pyrus: no object of `zoo` outlives the interpreter\n"


def test_by_type():
    lines = said(PROGRAM + LOST, "1").splitlines()
    assert lines[0] == "pyrus: 8 objects of `zoo` outlive the interpreter:"
    assert lines[1:-1] == [
        "  3 x zoo.Point",
        "  2 x zoo.animals.Animal",
        "  1 x zoo.cages.Cage",
        "  1 x zoo.cages.Zoo",
        "  1 x zoo.trails.Spot",
    ]
    assert "PYRUS_LEAKS=stacks" in lines[-1]


def test_by_place():
    lines = said(PROGRAM + LOST, "stacks").splitlines()
    at = lines.index("  3 x zoo.Point")
    line = next(i for i, text in enumerate((PROGRAM + LOST).splitlines(), 1) if "# here" in text)
    assert f'File "<string>", line {line}' in lines[at + 1]
    assert lines.index("  1 x zoo.trails.Spot") > at


@pytest.mark.parametrize("value", ["", "0"])
def test_not_asked_for(value):
    assert said(PROGRAM + LOST, value) == ""


def test_two_extensions():
    program = PROGRAM + "import visitor\nlose(visitor.Diary())\nlose(visitor.breed(name='ann'))\n"
    text = said(program, "1")
    assert "  1 x visitor.Diary\n" in text
    assert "  1 x zoo.animals.Animal\n" in text

"""An extension that uses the classes of another one."""

import shutil
import sys
from pathlib import Path

import pytest
import visitor
from conftest import FOLDER
from support import fails, python

import zoo
from zoo.animals import Animal, Herd
from zoo.cages import Zoo


class Pet(Animal):
    pass


def test_objects_cross():
    bred = visitor.breed("ann")
    assert type(bred) is Animal and (bred.name, bred.weight, bred.diet) == ("ann", 3.5, zoo.Diet.MEAT)
    assert visitor.weigh(Animal("x", 4)) == visitor.weigh(Pet("x", 4)) == 4.0
    assert [one.name for one in visitor.parade(["a", "b"])] == ["a", "b"]
    assert visitor.total([bred, Pet("x", 1)], bred) == 8.0 and visitor.total([]) == 0.0
    park = visitor.found("park")
    assert type(park) is Zoo and park.name == "park" and park.itself() is park
    park.add_cage(sign="apes")
    assert visitor.count(park) == 1
    assert visitor.show(lambda animal: type(animal) is Animal and animal.name == "shown") is True
    herd = visitor.guests.gather("abc")
    assert type(herd) is Herd and herd.names() == visitor.guests.names(herd) == ["a", "b", "c"]
    assert visitor.guests.absent(None) and not visitor.guests.absent(herd=herd)


def test_wrong_objects():
    fails(lambda: visitor.weigh(1), TypeError, "weigh()", "'animal'", "expected Animal", "got int")
    fails(lambda: visitor.count(Animal("x")), TypeError, "count()", "'park'", "expected Zoo", "got Animal")
    fails(lambda: visitor.total([Animal("x"), 2]), TypeError, "total()", "'animals'[1]", "expected Animal", "got int")
    fails(lambda: visitor.breed(""), ValueError, "1 to 64 bytes")
    fails(lambda: visitor.show(lambda animal: animal), TypeError, "show()", "expected bool", "got Animal")
    impostor = type("Animal", (), {"__module__": "zoo.animals"})
    fails(lambda: visitor.weigh(impostor()), TypeError, "weigh()", "expected Animal")


def test_borrows_and_ends_are_seen_from_outside():
    animal = Animal("x", 2)
    fails(lambda: animal.chase(lambda: visitor.weigh(animal)), RuntimeError, "Animal", "being changed")
    assert animal.watch(lambda: visitor.weigh(animal)) == 1.0
    fails(lambda: visitor.total([animal, animal, 3]), TypeError)
    animal.weight = 5  # the failed call has let go
    animal.release()
    fails(lambda: visitor.weigh(animal), ReferenceError, "Animal")
    park = Zoo.create(name="x")
    park.destroy()
    assert visitor.count(park) == 0


def test_hidden_reference_to_a_class_of_another_extension():
    diary, hero = visitor.Diary(), Animal("x")
    assert diary.hero() is None
    diary.praise(hero)
    assert diary.hero() is hero


def test_names():
    assert visitor.guests.__name__ == "visitor.guests" and visitor.guests.names.__module__ == "visitor.guests"
    assert not hasattr(visitor, "Animal")


@pytest.mark.parametrize("first", ["import zoo, visitor", "import visitor, zoo", "import visitor"])
def test_any_order_of_import(first):
    told = python(f"""
        import sys
        {first}
        made = visitor.breed("a")
        import zoo
        print(type(made) is zoo.animals.Animal, visitor.weigh(zoo.animals.Animal("b", 2)), visitor.found("x").name)
        del made, zoo, visitor
    """)
    assert told == "True 2.0 x\n"


def test_no_host(tmp_path):
    for file in Path(FOLDER).glob("visitor.*"):
        shutil.copy(file, tmp_path)
    told = python(f"""
        import sys
        sys.path[:] = [{str(tmp_path)!r}] + [one for one in sys.path if one != {str(FOLDER)!r}]
        import visitor
        for run in (lambda: visitor.breed("a"), lambda: visitor.weigh(1), lambda: visitor.found("x")):
            for _ in range(3):
                try:
                    run()
                except ImportError as error:
                    print(type(error).__name__, error.name)
                else:
                    print("no error")
        sys.path.append({str(FOLDER)!r})
        print(visitor.breed("a").name)
    """)
    assert told == "ModuleNotFoundError zoo\n" * 9 + "a\n"


def test_a_host_that_is_another_module(tmp_path):
    (tmp_path / "zoo").mkdir()
    (tmp_path / "zoo" / "__init__.py").write_text("")
    (tmp_path / "zoo" / "animals.py").write_text("class Animal: pass\n")
    told = python(f"""
        import sys
        sys.path.insert(0, {str(tmp_path)!r})
        import visitor
        from zoo.animals import Animal
        for run in (lambda: visitor.breed("a"), lambda: visitor.weigh(Animal())):
            try:
                run()
            except ImportError as error:
                print(error)
    """)
    line = (
        "zoo.animals.Animal was built from another version of its Rust crate, by another compiler, for another ABI, or "
        "with another version of Pyrus: build both extensions together\n"
    )
    assert told == line * 2


def test_the_host_is_imported_again():
    """The visitor goes on with the classes that it knows; those of the new import are others."""
    told = python("""
        import gc, sys
        import visitor, zoo
        old = zoo.animals.Animal("old", 2)
        assert visitor.weigh(old) == 2
        for round in range(20):
            for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
                del sys.modules[name]
            import zoo
            gc.collect()
            junk = [bytes(64 + i) for i in range(1000)]
            assert visitor.weigh(old) == 2
            new = zoo.animals.Animal("new", 3)
            try:
                visitor.weigh(new)
            except TypeError as error:
                assert "expected Animal" in str(error)
            assert type(visitor.breed("x")) is type(old)
        del old
        gc.collect()
        assert visitor.breed("x").name == "x"
        print("well")
    """)
    assert told == "well\n"


def test_the_visitor_is_imported_again():
    python("""
        import gc, sys, zoo
        for round in range(20):
            import visitor
            assert visitor.weigh(visitor.breed("x")) == 3.5
            diary = visitor.Diary()
            diary.praise(zoo.animals.Animal("y"))
            for name in [name for name in sys.modules if name.split(".")[0] == "visitor"]:
                del sys.modules[name]
            del visitor
            gc.collect()
            assert diary.hero().name == "y"
    """)

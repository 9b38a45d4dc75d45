"""Every function, method, property and constructor: a good call, all bad calls, and no leak by either."""

import pytest
import stubs
from bad_calls import bad_calls
from calling import call
from samples import ALWAYS
from support import steady

# `Never` marks a protocol that always refuses; `__buffer__` can be called since 3.12, and has its own tests.
ITEMS = [
    item
    for item in stubs.items()
    if all(p.annotation != "Never" for p in item.parameters) and item.name != "__buffer__"
]
NAMES = [item.key for item in ITEMS]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def forgiving(runs):
    """Run all, one after the other, at each call the next; exceptions are dropped."""
    turn = iter(())

    def run():
        nonlocal turn
        one = next(turn, None)
        if one is None:
            turn = iter(runs)
            one = next(turn)
        try:
            one()
        except Exception:
            pass

    return run


def test_the_stubs_were_read():
    assert len(ITEMS) > 400
    assert {item.kind for item in ITEMS} == {"function", "method", "static", "class", "new", "get", "set"}


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_good_call(item):
    if item.key in ALWAYS:
        with pytest.raises(ALWAYS[item.key]):
            call(item)()
    else:
        call(item)()


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_bad_calls(item):
    for bad in bad_calls(item):
        try:
            answer = bad.run()
        except bad.errors as error:
            text = str(error)
            missing = [word for word in bad.words if word not in text]
            assert not missing, f"{bad.label}: {missing} not in {text!r}"
        else:
            assert bad.may_answer, f"{bad.label}: answered {answer!r}"


@pytest.mark.parametrize("item", ITEMS, ids=NAMES)
def test_nothing_leaks(item):
    good = call(item)
    # Iterators and views of lists have types that no module names.
    kind = None if item.key in ALWAYS else type(good())
    steady(forgiving([good]), kind)
    wrong = [bad.run for bad in bad_calls(item)]
    if wrong:
        steady(forgiving(wrong))

"""What once crashed: owners that are gone, wrong objects, hostile texts; and memory that must come back."""

import gc
import os
import subprocess
import sys
import sysconfig

import pytest
from kicad_tools import board, err, group, kind, pcb, points, sample
from pyrus.sexp import footprint as F
from pyrus.sexp import pcb as P

# Where the extension is not optimised, a fifth of it.
ROUNDS = int(os.environ.get("PYRUS_ROUNDS", "10000"))


def line():
    return P.Line(start=P.Xy(x=1, y=2), end=P.Xy(x=3, y=4))


def test_m01_the_file_is_dropped():
    root = P.loads(pcb('(net 1 "A")')).kicad_pcb
    others = [board() for _ in range(5)]
    assert (root.generator, len(root.nets), len(others)) == ("g", 1, 5)


def test_m02_list_of_a_temporary():
    assert P.Pts(xys=[P.Xy(x=1, y=2)]).xys[0].y == 2.0


def test_m03_the_parent_is_dropped():
    view = line().start
    others = [line() for _ in range(10)]
    assert view.x == 1.0 and others


def test_m04_the_list_is_cleared():
    pts = points(1)
    item = pts.xys[0]
    pts.xys.clear()
    others = points(*range(50))
    assert item.x == 1.0 and others
    item.x = 7
    assert item.x == 7.0


def test_m05_no_place():
    text = err(P.loads, pcb('(footprint "x")'))[1]
    assert text.startswith("MissingField in kicad.pcb.Footprint field 'at'")


def test_m06_error_behind_defaults():
    text = "(kicad_pcb (setup (pad_to_mask_clearance 0)) (generator g))"
    assert "MissingField in kicad.pcb.KicadPcb field 'generator_version'" in err(P.loads, text)[1]


def test_m07_error_after_a_good_load():
    P.loads(pcb(" ".join(f'(net {i} "N{i}")' for i in range(20_000))))
    text = err(P.loads, "(kicad_pcb")[1]
    assert text.startswith("UnterminatedList at 1:1")


@pytest.mark.parametrize("depth", [50_000, 1_000_000])
def test_m08_deep_lists(depth):
    text = '(footprint "a" ' + "(" * depth + ")" * depth + ")"
    file = F.loads(text)
    assert file.footprint.name == "a"
    written = F.dumps(file)
    assert written.count("(") == text.count("(") + len(["version", "generator", "generator_version", "layer"])
    assert len(written) < 300 * depth + 10_000
    assert F.dumps(F.loads(written)) == written
    del file
    gc.collect()


def test_m08_deep_records():
    group = "(gr_text_box " * 2000
    assert kind(P.loads, pcb(group + ")" * 2000)) in {"MissingField", "TooLarge"}


def test_m09_m10_wrong_files():
    assert err(F.dumps, None)[0] == "TypeError"
    assert err(P.dumps, F.loads('(footprint "a")'))[0] == "TypeError"


@pytest.mark.parametrize("wrong", [None, P.Net(number=5, name="zz"), "x", 5, P.Xy])
def test_m11_m12_wrong_records(wrong):
    made = line()
    assert err(setattr, made, "start", wrong)[0] == "TypeError"
    assert made.start.x == 1.0


def test_m13_wrong_items():
    items = points().xys
    for wrong in ["abc", None, P.Net(number=1)]:
        assert err(items.append, wrong)[0] == err(items.insert, 0, wrong)[0] == "TypeError"
    assert len(items) == 0


def test_m14_made_by_new_alone():
    assert err(P.Xy.__new__, P.Xy)[0] == "TypeError"
    assert err(object.__new__, P.Xy)[0] == "TypeError"
    made = P.Xy.__new__(P.Xy, x=1, y=2)
    made.__init__(x=1, y=2)
    assert made.x == 1.0


def test_m15_in_place_operators():
    items = points(1).xys
    items += []
    items *= 1
    assert len(items) == 1


def test_m16_lists_are_not_made_by_calling():
    kind = type(points().xys)
    assert err(kind)[0] == err(kind, [])[0] == "TypeError"
    assert err(lambda: object.__new__(kind))[0] == "TypeError"


def test_m17_wrong_numbers():
    net = P.Net(number=4)
    assert err(setattr, net, "number", "x")[0] == "TypeError"
    assert net.number == 4


def test_m18_compared_with_anything():
    for other in [None, 5, object()]:
        assert (group("a").members == other) is False
    assert len("x") == 1


# The allocator of free-threaded builds gives back late.
AIR = 16 if sysconfig.get_config_var("Py_GIL_DISABLED") else 4


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_m19_loads_give_their_memory_back():
    text = pcb(" ".join(f'(net {i} "a name that is longer than a slot {i}")' for i in range(5000)))
    for _ in range(10):
        P.loads(text)
    gc.collect()
    before = resident()
    for _ in range(ROUNDS // 50):
        file = P.loads(text)
        P.dumps(file)
        with pytest.raises(ValueError):
            P.loads(text[:-1])
    del file
    gc.collect()
    assert resident() - before < AIR * len(text)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_m19_the_largest_sample():
    text = sample("grid10x10.kicad_pcb")
    for _ in range(5):
        P.loads(text)
    before = resident()
    for _ in range(30):
        P.loads(text)
    assert resident() - before < 3 * len(text)


LATE = """
import atexit
from pyrus.sexp import pcb as P
kept = P.loads('(kicad_pcb (generator "g") (generator_version "v") (net 1 "A"))').kicad_pcb
atexit.register(lambda: print(kept.nets[0].name))
class Late:
    def __del__(self):
        print(kept.generator if kept is not None else "gone")
late = Late()
"""


def test_records_at_the_end_of_the_interpreter():
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("A\n")

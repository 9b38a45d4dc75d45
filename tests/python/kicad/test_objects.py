"""Records as Python objects."""

import copy
import pickle
import sys

import pyrus
import pytest
from kicad_tools import err, group, pad, points
from pyrus.sexp import footprint as F
from pyrus.sexp import pcb as P


def line(**more):
    return P.Line(start=P.Xy(x=1, y=2), end=P.Xy(x=3, y=4), **more)


def test_s01_keywords_only():
    assert err(P.Xy, 1, 2)[0] == "TypeError"
    exception, text = err(lambda: P.Xy(x=1))
    assert exception == "TypeError" and "'y'" in text


def test_s02_unknown_keywords():
    exception, text = err(lambda: P.Xy(x=1, y=2, q=3))
    assert exception == "TypeError" and "'q'" in text


def test_s03_defaults():
    made = pad()
    assert (made.drill, made.uuid, len(made.layers), made.at.r) == (None, None, 0, None)


WRONG = [
    (lambda: P.Xy(x="1", y=2), "TypeError"),
    (lambda: P.Net(number=1.5), "TypeError"),
    (lambda: P.Net(number=1, name=5), "TypeError"),
    (lambda: P.Stroke(width=1, type="bogus"), "ValueError"),
    (lambda: P.Effects(font=P.Xy(x=1, y=2)), "TypeError"),
    (lambda: P.Effects(font=None), "TypeError"),
    (lambda: P.Pts(xys=5), "TypeError"),
    (lambda: P.Pts(xys=[P.Xyr(x=1, y=2)]), "TypeError"),
    (lambda: P.Group(members=["a", 1]), "TypeError"),
]


@pytest.mark.parametrize(("call", "exception"), WRONG)
def test_s04_wrong_types(call, exception):
    assert err(call)[0] == exception


def test_s05_names_what_it_wants():
    exception, text = err(lambda: P.Effects(font=3))
    assert exception == "TypeError"
    assert "Font" in text and "'font'" in text and "int" in text


def test_s06_integers_have_limits():
    assert err(lambda: P.Net(number=2**32 + 5))[0] == "OverflowError"
    net = P.Net(number=1)
    for value in [2**31, -(2**31) - 1, 2**70]:
        assert err(setattr, net, "number", value)[0] == "OverflowError"
    assert net.number == 1


def test_s07_live_views():
    made = line()
    view = made.start
    view.x = 9
    assert made.start.x == 9.0
    assert view == made.start and hash(view) == hash(made.start)


def test_s08_assignment_copies():
    point = P.Xy(x=1, y=1)
    made = P.Line(start=point, end=point)
    point.x = 5
    made.end = point
    point.x = 6
    assert (made.start.x, made.end.x) == (1.0, 5.0)


def test_s09_a_replaced_record_lives_on():
    made = line()
    view = made.start
    made.start = P.Xy(x=7, y=8)
    assert (view.x, made.start.x) == (1.0, 7.0)


def test_s10_optional_records():
    made = line()
    made.stroke = P.Stroke(width=2, type="dot")
    made.stroke.width = 3
    assert made.stroke.width == 3.0
    made.stroke = None
    assert made.stroke is None


def test_s11_deleting():
    made = line(uuid="u")
    del made.uuid
    assert made.uuid is None
    exception, text = err(delattr, made, "start")
    assert exception == "AttributeError" and "Line.start" in text
    assert err(delattr, made, "nothing")[0] == "AttributeError"
    assert made.start.x == 1.0


def test_s12_booleans():
    font = P.Font(size=P.Wh(w=1))
    font.bold = True
    assert font.bold is True
    assert err(setattr, font, "bold", "no")[0] == "TypeError"
    assert font.bold is True


def test_s13_enums():
    made = pad()
    made.zone_connect = "FULL"
    assert made.zone_connect == "FULL" and isinstance(made.zone_connect, str)
    assert made.type == "smd" and made.type is P.E_pad_type.SMD
    assert err(setattr, made, "type", "SMD")[0] == "ValueError"
    assert made.type == "smd"


def test_s14_names_of_members():
    assert P.E_pad_type.SMD == P.E_pad_type.smd == "smd"
    assert P.E_zone_connection.FULL == "FULL"
    assert getattr(P.E_copper_finish, "HAL SNPB") == P.E_copper_finish.HAL_SNPB == "HAL SnPb"
    assert list(P.E_tenting)


def test_s15_names_and_addresses():
    made = points(1, 2)
    assert P.Pts.__field_names__() == made.__field_names__() == ["xys"]
    assert made.__rust_address__() == made.__rust_address__()
    first, second = made.xys
    assert first.__rust_address__() == made.xys[0].__rust_address__()
    assert first.__rust_address__() != second.__rust_address__()


def test_s16_where_types_come_from():
    assert (P.Xy.__module__, P.Xy.__name__) == ("pyrus.sexp.pcb", "Xy")
    kind = type(points().xys)
    assert (kind.__module__, kind.__name__) == ("pyrus", "MutableList")
    assert isinstance(points().xys, pyrus.MutableList)


def test_s17_equal_by_value_one_key_by_node():
    point = P.Xy(x=1, y=2)
    assert point == P.Xy(x=1, y=2) and point != P.Xy(x=1, y=3)
    assert point != "x" and point != P.Xyr(x=1, y=2)
    assert len({point, point}) == 1
    assert err(lambda: point < point)[0] == "TypeError"


def test_s18_repr():
    assert repr(P.Xyr(x=1, y=2.5)) == "pcb.Xyr(x=1.0, y=2.5, r=None)"
    text = repr(group("ab"))
    assert "pcb.Group(" in text and "members=['a', 'b']" in text
    assert len(repr(P.Pts(xys=[P.Xy(x=0, y=0)] * 10_000))) < 10_000


def test_s19_one_positional_argument():
    exception, text = err(F.loads, None)
    assert exception == "TypeError" and "loads()" in text and "NoneType" in text
    assert err(lambda: F.loads(data="x"))[0] == "TypeError"
    assert err(F.loads, "a", "b")[0] == "TypeError"


def test_s20_files_have_one_field():
    assert P.PcbFile.__field_names__() == ["kicad_pcb"]


def test_s21_lone_surrogates():
    assert err(lambda: P.Group(name="\ud800"))[0] == "UnicodeEncodeError"
    assert err(F.loads, "\ud800")[0] in {"TypeError", "UnicodeEncodeError"}


def test_s22_nul():
    assert err(lambda: P.Group(name="a\0b"))[0] == "ValueError"
    made = P.Group(uuid="u")
    exception, text = err(setattr, made, "uuid", "c\0d")
    assert exception == "ValueError" and "NUL" in text
    assert made.uuid == "u"


class Point(P.Xy):
    """A subclass that code of others might make."""

    note = "plain"

    def shifted(self):
        return self.x + 1


class Slotted(P.Xy):
    __slots__ = ("memo",)


def test_s23_subclasses_are_taken():
    made = Point(x=1, y=2)
    made.note = "mine"
    assert made.shifted() == 2.0
    pts = P.Pts(xys=[made])
    pts.xys.append(made)
    assert [type(item) for item in pts.xys] == [P.Xy, P.Xy]
    assert made == P.Xy(x=1, y=2) == made


def test_s23_subclasses_are_copied():
    made = Point(x=1, y=2)
    made.note = ["mine"]
    for again in [copy.copy(made), copy.deepcopy(made)]:
        assert type(again) is Point and again == made and again.note == ["mine"]
        again.x = 9
        assert made.x == 1.0
    assert copy.copy(made).note is made.note
    assert copy.deepcopy(made).note is not made.note
    slotted = Slotted(x=1, y=2)
    slotted.memo = "kept"
    assert copy.copy(slotted).memo == copy.deepcopy(slotted).memo == "kept"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_s23_subclasses_are_pickled(protocol):
    made = Point(x=1, y=2)
    made.note = "mine"
    again = pickle.loads(pickle.dumps(made, protocol))
    assert type(again) is Point and again == made and again.note == "mine"
    slotted = Slotted(x=1, y=2)
    slotted.memo = "kept"
    again = pickle.loads(pickle.dumps(slotted, protocol))
    assert type(again) is Slotted and again == slotted and again.memo == "kept"


def test_s24_copies():
    made = P.Polygon(pts=points(1, 2))
    for again in [copy.copy(made), copy.deepcopy(made)]:
        assert again == made
        again.pts.xys[0].x = 9
        assert again != made and made.pts.xys[0].x == 1.0


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_s24_pickles(protocol):
    made = P.Polygon(pts=points(1, 2))
    assert pickle.loads(pickle.dumps(made, protocol)) == made
    assert pickle.loads(pickle.dumps(P.E_pad_type.SMD, protocol)) is P.E_pad_type.SMD


PATTERN = """
match made:
    case P.Line(start=P.Xy(x=x), uuid=None):
        found = x
"""


@pytest.mark.skipif(sys.version_info < (3, 10), reason="patterns came with Python 3.10")
def test_patterns():
    names = {"made": line(), "P": P}
    exec(PATTERN, names)
    assert names["found"] == 1.0

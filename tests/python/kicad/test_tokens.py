"""Tokens and roots."""

from kicad_tools import err, kind, name, strings
from pyrus.sexp import footprint as F


def place(text):
    return err(F.loads, text)[1].split("\n")[0].split(": ")[0]


def test_t01_blanks():
    assert name('(footprint\t\r\n "a" )') == "a"


def test_t02_vertical_tab():
    assert place('(footprint\x0b"a")') == "InvalidCharacter at 1:11"


def test_t03_no_separator_needed():
    assert strings('(footprint"a"(tags"t1""t2"))', "tags") == ["t1", "t2"]


def test_t04_symbols():
    texts = ["*.Cu", "F&B.Cu", "%R", "~", "a=b!?@#$<>|^:/_+", "-x"]
    assert [name(f"(footprint {text})") for text in texts] == texts


def test_t05_no_symbols():
    for text in ["[a]", "{a}", "a,b", "a\\b", "`a`", "\u00e9"]:
        assert place(f"(footprint {text})").startswith("InvalidCharacter at 1:1")


def test_t06_digits_first():
    texts = ["4k7", "2N3904", "33R", "0805_C", "5e-2x"]
    assert [name(f"(footprint {text})") for text in texts] == texts


def test_t07_digits_first_in_a_field():
    assert F.loads('(footprint "a" (descr 4k7))').footprint.description == "4k7"


def test_t08_uuid():
    uuid = "1f3c0a52-7d1e-4b7a-9a0b-3f0e8d6c5b4a"
    assert name(f"(footprint {uuid})") == uuid


def test_t09_escapes():
    assert name(r'(footprint "p\nq\rr\ts\\u\"v\x41\/w")') == 'p\nq\rr\ts\\u"v\\x41\\/w'


def test_t10_unknown_escape():
    assert F.dumps(F.loads(r'(footprint "a\qb")')).split("\n")[0] == r'(footprint "a\\qb"'


def test_t11_raw_line_breaks():
    text = F.dumps(F.loads('(footprint "a\nb\rc\td")'))
    assert text.split("\n")[0] == '(footprint "a\\nb\\rc\td"'


def test_t12_comment_between_children():
    assert strings('(footprint "a" ; note (x) "\n (tags "t"))', "tags") == ["t"]


def test_t13_comment_before_a_positional():
    assert name('(footprint ; c\n "a")') == "a"


def test_t14_comment_before_the_root():
    assert name('; c\n(footprint "a")') == "a"


def test_t15_comment_eats_the_bracket():
    assert place('(footprint "a" ;x)').startswith("UnterminatedList at ")


def test_t16_text_after_the_root():
    assert name('(footprint "a") junk (more 1 2) "s"') == "a"


def test_t17_unbalanced_after_the_root():
    assert place('(footprint "a"))') == "UnexpectedRightParen at 1:16"
    assert place('(footprint "a")(') == "UnterminatedList at 1:16"


def test_t18_empty():
    assert [kind(F.loads, text) for text in ["", "  \n\t"]] == ["EmptyFile", "EmptyFile"]
    assert place("") == "EmptyFile at 1:1"


def test_t19_open_string():
    assert place('(footprint "abc') == "UnterminatedString at 1:12"


def test_t20_byte_order_mark():
    assert name('\ufeff(footprint "a")') == "a"


def test_t21_nul():
    exception, text = err(F.loads, '(footprint "a")\0 ) garbage')
    assert exception == "ValueError"
    assert "NUL" in text and "1:16" in text


def test_t22_many_atoms():
    assert len(strings('(footprint "a" (tags ' + '"t" ' * 70_000 + "))", "tags")) == 70_000


def test_t23_deep_lists():
    assert name('(footprint "a" ' + "(" * 10_000 + ")" * 10_000 + ")") == "a"


def test_t24_root_symbol():
    text = err(F.loads, '(Footprint "a")')[1].split("\n")[0]
    where = "UnexpectedType in kicad.footprint.Footprint at 1:2: "
    assert text == where + "expected symbol 'footprint' but got 'Footprint'"


def test_t25_no_keyed_list():
    texts = ["abc", "()", "((footprint))", '("footprint")']
    assert [err(F.loads, text)[1].split("\n")[0].split(": ")[1] for text in texts] == [
        "expected list at top level",
        "empty top-level list",
        "expected symbol as first element",
        "expected symbol as first element",
    ]

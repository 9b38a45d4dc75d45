"""Files that are damaged, cut, hostile or huge: an error that says where, or a file that settles; nothing else."""

from __future__ import annotations

import base64
import os
import pickle
import random
import re
import subprocess
import sys

import pytest
from kicad_tools import OWN, sample
from pyrus.kicad import kicad, loads
from pyrus.kicad.kinds import KINDS
from pyrus.sexp import pcb as P
from samples import ROOTS

SAMPLES = [
    "grid10x10.kicad_pcb",
    "TCA9548APWR.kicad_sym",
    "strip10.kicad_pcb",
    "v5/C0603.kicad_mod",
    "v5/KMR211NGLFS.kicad_mod",
    "v6/SOT-23-5_RIT.kicad_mod",
    "v7/fp-lib-table",
    "v9/fp-lib-table",
    "v9/test.kicad_mod",
    "v9/test.kicad_pcb",
    "v9/test.kicad_sch",
    "v9/test.kicad_sym",
    "v9/test_e.net",
]
BOARD = "board.kicad_pcb"
FILES = [*ROOTS, BOARD, *SAMPLES]
# Large files are slow to read again and again, above all where the extension is not optimised: fewer rounds, less text.
ROUNDS = int(os.environ.get("PYRUS_ROUNDS", "2000"))

PLACE = re.compile(r" at \d+:\d+: ")


def text_of(name):
    if name in ROOTS:
        return ROOTS[name]
    return (OWN / name).read_text("utf-8") if name == BOARD else sample(name)


def kind_of(text):
    return next(kind for kind in KINDS if re.match(rf"\s*\({kind.root}\b", text))


def refused_or_settles(kind, text):
    """Whether the text was read; then what is written reads back and is written the same."""
    try:
        file = kind.loads(text)
    except ValueError as error:
        assert PLACE.search(str(error)), str(error)
        return False
    try:
        written = kind.dumps(file)
    except ValueError as error:
        assert "is not a finite number" in str(error)
        return True
    again = kind.loads(written)
    assert kind.dumps(again) == written
    return True


def tokens_of(text):
    return re.findall(r'"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+|\s+', text, re.S)


def lists_of(text):
    """A few lists of a text, whole."""
    return re.findall(r"\((?:[^()\"]|\"[^\"]*\")*\)", text)[:200] or ["(x)"]


def damaged_tokens(dice, text):
    """Some tokens deleted, doubled, exchanged, replaced, or joined by a list of another place."""
    tokens = tokens_of(text)
    lists = lists_of(text)
    for _ in range(dice.randint(1, 4)):
        at, other = dice.randrange(len(tokens)), dice.randrange(len(tokens))
        change = dice.randrange(6)
        if change == 0:
            tokens[at] = ""
        elif change == 1:
            tokens[at] = tokens[at] * 2
        elif change == 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif change == 3:
            tokens[at] = dice.choice(
                ["yes", "-1", "1e308", "9" * 30, "(", ")", '"', '""', "()", "x", ";", "\\", "é", "0x"]
            )
        elif change == 4:
            tokens[at] += f" {dice.choice(lists)} "
        else:
            del tokens[at : at + dice.randint(1, 30)]
    return "".join(tokens)


def damaged_bytes(dice, data):
    """Some bytes flipped, deleted, doubled, or overwritten by those of another place."""
    data = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, other = dice.randrange(len(data)), dice.randrange(len(data))
        size = dice.choice([1, 1, 1, 2, 8, 100])
        change = dice.randrange(5)
        if change == 0:
            data[at] ^= 1 << dice.randrange(8)
        elif change == 1:
            data[at] = dice.randrange(256)
        elif change == 2 and len(data) > 200:
            del data[at : at + size]
        elif change == 3:
            data[at:at] = data[other : other + size]
        else:
            data[at : at + size] = data[other : other + size]
    return bytes(data)


def rounds(text):
    return max(1, min(60, 150 * ROUNDS // len(text)))


@pytest.mark.parametrize("name", FILES)
def test_damaged_tokens(name):
    text = text_of(name)
    kind = kind_of(text)
    read = [refused_or_settles(kind, damaged_tokens(random.Random(f"{name} {i}"), text)) for i in range(rounds(text))]
    assert len(read) < 5 or not all(read)


@pytest.mark.parametrize("name", FILES)
def test_damaged_bytes(name):
    text = text_of(name)
    kind = kind_of(text)
    for i in range(rounds(text)):
        data = damaged_bytes(random.Random(f"{name} {i}"), text.encode())
        try:
            damaged = data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            with pytest.raises(ValueError, match=rf"not UTF-8: byte 0x.. in line {line}\b"):
                loads(data)
        else:
            refused_or_settles(kind, damaged)


@pytest.mark.parametrize("name", FILES)
def test_cut_at_every_thousandth_byte(name):
    data = text_of(name).rstrip().encode()
    kind = kind_of(data.decode())
    # The tests of Rust do the rest of the largest ones.
    step = max(1000, (len(data) // ROUNDS) ** 2)
    for end in range(min(1000, len(data) // 2), len(data), step):
        with pytest.raises(ValueError, match=r"^Unterminated(List|String) at \d+:\d+: "):
            kind.loads(data[:end].decode("utf-8", "ignore"))


@pytest.mark.parametrize("name", FILES)
def test_a_nul_anywhere(name):
    text = text_of(name)
    kind = kind_of(text)
    for at in range(0, len(text) + 1, max(1, len(text) // 20)):
        before = text[:at]
        place = f"{before.count(chr(10)) + 1}:{at - before.rfind(chr(10))}"
        with pytest.raises(ValueError, match=rf"^InvalidCharacter at {place}: NUL"):
            kind.loads(f"{before}\0{text[at:]}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.root)
def test_up_to_a_million_lists(kind):
    many = 100 * ROUNDS
    opened = f"({kind.root} " + "(" * many
    with pytest.raises(ValueError, match=rf"^UnterminatedList at 1:{len(opened)}: .* {many + 1} lists are open"):
        kind.loads(opened)
    with pytest.raises(ValueError, match=rf"^UnexpectedRightParen at 1:{2 * many + 3}: "):
        kind.loads("(" * (many + 1) + ")" * (many + 2))
    with pytest.raises(ValueError, match="expected symbol as first element"):
        kind.loads("(" * many + ")" * many)


@pytest.mark.parametrize("field", ["group", "footprint", "zone", "dimension", "setup", "generated"])
def test_records_in_records_without_end(field):
    for depth in [400, 20_000]:
        text = f"(kicad_pcb (generator g) (generator_version v) {f'({field} ' * depth}{')' * depth})"
        refused_or_settles(KINDS[0], text)


# What asks for a gigabyte, in a process that has no more than 400 MB to give.
HUGE = """
import resource, sys
from pyrus.kicad import kicad, loads
from pyrus.sexp import pcb as P

with open("/proc/self/statm") as file:
    used = int(file.read().split()[0]) * 4096
limit = used + 400_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
digits = "9" * int(sys.argv[1])
board = '(kicad_pcb (generator "g") (generator_version "v") {})'

def refused(text):
    try:
        P.loads(text)
    except ValueError as error:
        assert len(str(error)) < 2048, len(str(error))
    else:
        sys.exit("not refused: " + text[:100])

refused(board.format(f'(net {digits} "A")'))
refused(board.format(f'(net 1e1000000000 "A")'))
refused(board.format(f'(layers ({digits} "F.Cu" signal))'))
refused(board.format(f'(general (thickness "{digits}"))'))
refused(board.format(f'({digits}'))
for number in [digits, "0." + digits, "1e" + digits, "1e-" + digits, "0x" + digits, digits + "." + digits]:
    assert P.loads(board.format(f"(general (thickness {number}))")).kicad_pcb.general.thickness >= 0
one = P.loads(board.format(f'(net 1 "{digits}") ({digits} {digits})'))
assert len(P.dumps(one)) > 3 * len(digits)
print("ok")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits memory as Linux does")
def test_huge_claims_take_no_memory():
    done = subprocess.run([sys.executable, "-c", HUGE, str(1000 * ROUNDS)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "ok\n"), done.stderr[-2000:]


@pytest.mark.parametrize("claim", [2**20, 2**30, 2**40, 2**62])
def test_embedded_files_that_claim_to_be_huge(claim):
    pytest.importorskip("zstandard", reason="zstandard is not installed")
    # A frame that names its size in eight bytes, and ends before its first block.
    frame = b"\x28\xb5\x2f\xfd" + bytes([0b1110_0000]) + claim.to_bytes(8, "little")
    with pytest.raises(ValueError, match="damaged"):
        kicad.decompress(["|" + base64.b64encode(frame).decode() + "|"])


def test_embedded_files_that_are_cut():
    pytest.importorskip("zstandard", reason="zstandard is not installed")
    frame = base64.b64decode("".join(kicad.compress(bytes(range(256)) * 400)).strip("|"))
    for end in range(len(frame)):
        with pytest.raises(ValueError, match="damaged"):
            kicad.decompress([base64.b64encode(frame[:end]).decode()])


def test_damaged_pickles_are_refused():
    file = P.loads((OWN / BOARD).read_text("utf-8"))
    restore, (data,) = file.__reduce__()[:2]
    assert restore(data) == file
    dice = random.Random(7)
    for i in range(2000):
        damaged = damaged_bytes(dice, data) if i % 2 else data[: dice.randrange(len(data))]
        try:
            again = restore(damaged)
        except ValueError:
            continue
        assert pickle.loads(pickle.dumps(again)) == again or again != again
    huge = b"\xff" * 9 + b"\x01"
    for at in range(12, len(data), 7):
        with pytest.raises(ValueError):
            restore(data[:at] + huge + data[at + 1 :])

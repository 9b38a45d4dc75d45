//! KiCad's layout, byte for byte.

use pyrus_sexp::{Tape, Writer, reformat};

mod common;

/// The files whose text KiCad's layout, applied to their tree, leaves as it is. (Those that end
/// without a LF get one.)
const IDENTICAL: [&str; 4] = [
    "grid10x10.kicad_pcb",
    "strip10.kicad_pcb",
    "v9/test.kicad_pcb",
    "v9/test.kicad_mod",
];

#[test]
fn a_board_is_written_as_it_was() {
    assert_eq!(reformat(common::BOARD).unwrap(), common::BOARD);
    let one_line = common::BOARD
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert_eq!(reformat(&one_line).unwrap(), common::BOARD);
}

#[test]
fn sample_files_are_written_as_they_were() {
    for path in common::samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        let written = reformat(&text).unwrap();
        assert_eq!(reformat(&written).unwrap(), written, "{path:?}");
        if IDENTICAL.iter().any(|name| path.ends_with(name)) {
            assert!(written.trim_end() == text.trim_end(), "{path:?} differs");
        }
    }
}

/// Points share a line while it is shorter than 99 bytes.
#[test]
fn points_wrap_at_99() {
    let points: Vec<_> = (0..10)
        .map(|i| format!("(xy {}.5 {}.25)", 10 * i, 20 * i))
        .collect();
    let points = points.join(" ");
    let text = reformat(&format!(
        "(kicad_pcb (gr_poly (pts {points}) (layer \"F.Cu\")))"
    ))
    .unwrap();
    let counts: Vec<_> = text
        .lines()
        .map(|line| line.matches("(xy").count())
        .filter(|n| *n > 0)
        .collect();
    assert_eq!(counts, [7, 3]);
}

/// Atoms wrap at 72, counting what is in quotes, and then the bracket gets its own line.
#[test]
fn atoms_wrap_at_72() {
    let mut out = Writer::new();
    out.open("kicad_pcb");
    out.open("group");
    out.string("n");
    out.open("members");
    for name in ["a", "b", "c"] {
        out.string(&name.repeat(30));
    }
    for _ in 0..3 {
        out.close();
    }
    let text = out.finish();
    let lines: Vec<_> = text.lines().skip(2).take(4).collect();
    assert_eq!(
        lines,
        [
            "\t\t(members \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"",
            "\t\t\t\"cccccccccccccccccccccccccccccc\"",
            "\t\t)",
            "\t)"
        ]
    );
}

#[test]
fn symbols_are_quoted_when_they_must_be() {
    let mut out = Writer::with_capacity(64);
    out.open("k");
    for text in ["yes", "0x0_f", "", "a b", "é", "F.Cu", "a(b"] {
        out.symbol(text);
    }
    out.open_list();
    out.int(-12);
    out.symbol("x");
    out.close();
    out.close();
    assert_eq!(
        out.finish(),
        "(k yes 0x0_f \"\" \"a b\" \"é\" F.Cu \"a(b\"\n\t(-12 x)\n)\n"
    );
}

#[test]
fn floats_that_cannot_be_written_write_nothing() {
    let mut out = Writer::new();
    out.open("k");
    for value in [f64::NAN, f64::INFINITY, 1.7e308] {
        assert!(out.float(value).is_err() && out.decimals(value, 6).is_err());
    }
    out.float(0.1 + 0.2).unwrap();
    out.decimals(7.5, 6).unwrap();
    out.decimals(12.0, 6).unwrap();
    out.close();
    assert_eq!(out.finish(), "(k 0.3 7.500000 12)\n");
}

#[test]
fn deep_lists_are_indented() {
    let text = reformat(&format!("{}x{}", "(a ".repeat(50), ")".repeat(50))).unwrap();
    let deepest = text.lines().max_by_key(|line| line.len()).unwrap();
    assert_eq!(deepest, format!("{}(a x)", "\t".repeat(49)));
    assert_eq!(reformat(&text).unwrap(), text);
}

#[test]
fn comments_and_further_items_stay() {
    let text = "; head  \n\n(a 1 ; one\n 2 (b) ; two\r\n ; three\n ) (c) x \"y\" 5\n; end";
    let expected = "; head\n(a 1 ; one\n\t2\n\t(b) ; two\n\t; three\n)\n(c)\nx\n\"y\"\n5\n; end\n";
    assert_eq!(reformat(text).unwrap(), expected);
    assert_eq!(reformat(expected).unwrap(), expected);
    assert_eq!(reformat("(a ; b\n 1)").unwrap(), "(a ; b\n\t1)\n");
}

#[test]
fn strings_and_numbers_keep_their_value() {
    let text = "(k 5.50 1e3 \"a\\qb\" \"l1\nl2\")";
    let written = reformat(text).unwrap();
    assert_eq!(written, "(k 5.50 1e3 \"a\\\\qb\" \"l1\\nl2\")\n");
    let value = |text: &str| {
        Tape::parse(text)
            .unwrap()
            .root()
            .nth(3)
            .unwrap()
            .value()
            .into_owned()
    };
    assert_eq!(value(text), value(&written));
}

/// `(xy` with nothing behind it is no point.
#[test]
fn an_empty_xy_is_a_plain_list() {
    assert_eq!(
        reformat("(pts (xy 1 2) (xy) (xy 3 4))").unwrap(),
        "(pts\n\t(xy 1 2)\n\t(xy)\n\t(xy 3 4)\n)\n"
    );
}

/// The exact columns: below 72 an atom, below 99 a point stays on the line.
#[test]
fn the_limits_are_exact() {
    let atom = |length: usize| reformat(&format!("(k {} b)", "a".repeat(length))).unwrap();
    assert_eq!(atom(68).lines().count(), 1);
    assert_eq!(atom(69).lines().count(), 3);
    let point =
        |length: usize| reformat(&format!("(k (xy {}) (xy 1))", "a".repeat(length))).unwrap();
    assert_eq!(point(92).lines().count(), 3);
    assert_eq!(point(93).lines().count(), 4);
}

//! Tokens, brackets, and the errors of both.

use pyrus_sexp::{Error, ErrorKind, Kind, Tape};

/// Kinds and meanings of the nodes in the root list, after its key.
fn nodes(inner: &str) -> Vec<(Kind, String)> {
    let text = format!("(k {inner})");
    let tape = Tape::parse(&text).unwrap_or_else(|error| panic!("{}", error.message(&text)));
    let rest = tape.root().children().skip(1);
    rest.map(|node| (node.kind(), node.value().into_owned()))
        .collect()
}

fn values(inner: &str) -> Vec<String> {
    nodes(inner).into_iter().map(|(_, value)| value).collect()
}

fn error(text: &str) -> Error {
    Tape::parse(text)
        .map(|tape| panic!("{text:?} gave {tape:?}"))
        .unwrap_err()
}

/// Kind, and where: `(kind, line, column)`.
fn place(text: &str) -> (ErrorKind, usize, usize) {
    let error = error(text);
    let at = pyrus_sexp::locate(text, error.offset());
    (error.kind(), at.line, at.column)
}

#[test]
fn four_bytes_are_blanks() {
    assert_eq!(values("\t\r\n \"a\" "), ["a"]);
    for other in ["\u{b}", "\u{c}", "\u{a0}", "\u{2028}"] {
        assert_eq!(
            error(&format!("(a{other}b)")).kind(),
            ErrorKind::InvalidCharacter
        );
    }
}

#[test]
fn tokens_need_no_blank_between_them() {
    assert_eq!(
        values("\"t1\"\"t2\"a\"b\"(c)d"),
        ["t1", "t2", "a", "b", "(c)", "d"]
    );
}

#[test]
fn a_run_of_the_alphabet_is_one_atom() {
    let atoms = "4k7 2N3904 33R 1f3c0a52-7d1e-4b7a .5 0X1f - 1/2 -.5 --1 -/ F&B.Cu a=b!?@#$<>|^:/_+ it's ~ %R";
    assert!(
        nodes(atoms)
            .iter()
            .filter(|(kind, _)| *kind == Kind::Number)
            .count()
            == 1
    );
    assert_eq!(values(atoms).join(" "), atoms);
    let numbers = "0 -1 +7 5. 1e400 0x1F 1-2 1__0 0805_C 5e-2x 0x0000_ffff";
    assert!(nodes(numbers).iter().all(|(kind, _)| *kind == Kind::Number));
    assert_eq!(values(numbers).join(" "), numbers);
}

/// Atoms of every length at every place of a block, which are 64 bytes.
#[test]
fn no_length_and_place_splits_an_atom() {
    // Miri takes a thousand times as long.
    let step = if cfg!(miri) { 31 } else { 1 };
    for length in (1..150).step_by(step) {
        for shift in (0..70).step_by(step) {
            let blanks = " ".repeat(shift);
            for (atom, kind) in [
                ("a".repeat(length), Kind::Symbol),
                (format!("-{}", "7".repeat(length)), Kind::Number),
                (format!("+{}f", "7".repeat(length)), Kind::Number),
                (format!("{}k", "7".repeat(length)), Kind::Symbol),
                (format!("\"{}\"", "é".repeat(length)), Kind::String),
            ] {
                let text = format!("{blanks}({atom}{blanks}{atom})");
                let tape = Tape::parse(&text).unwrap();
                let found: Vec<_> = tape.root().children().collect();
                let expected = if shift == 0 && kind != Kind::String {
                    1
                } else {
                    2
                };
                assert_eq!(found.len(), expected, "{text}");
                if expected == 2 {
                    assert!(
                        found
                            .iter()
                            .all(|node| node.kind() == kind && node.raw() == atom)
                    );
                }
            }
        }
    }
}

#[test]
fn atoms_may_end_with_the_text() {
    for length in 1..200 {
        let text = "a".repeat(length);
        let tape = Tape::parse(&text).unwrap();
        assert_eq!((tape.len(), tape.root().raw()), (1, text.as_str()));
    }
}

#[test]
fn bytes_outside_the_alphabet_are_refused_outside_quotes() {
    for (atom, at) in [
        ("[a]", 1),
        ("a}", 2),
        ("a,b", 2),
        ("a\\b", 2),
        ("`a`", 1),
        ("é", 1),
        ("a\u{7f}", 2),
    ] {
        assert_eq!(
            place(&format!("(k\n{atom})")),
            (ErrorKind::InvalidCharacter, 2, at),
            "{atom}"
        );
        assert_eq!(
            values(&format!("\"{}\"", atom.replace('\\', "\\\\"))),
            [atom]
        );
    }
    assert!(error("(é)").detail().contains("'é' (U+00E9)"));
    assert_eq!(place("(k \\\"a\")"), (ErrorKind::InvalidCharacter, 1, 4));
}

#[test]
fn strings_know_five_escapes_and_keep_other_pairs() {
    assert_eq!(
        values(r#""p\nq\rr\ts\\u\"v\x41\/w" "\é\\""#),
        ["p\nq\rr\ts\\u\"v\\x41\\/w", "\\é\\"]
    );
    assert_eq!(values("\"a\nb\rc\td\" \"\""), ["a\nb\rc\td", ""]);
}

#[test]
fn comments_are_nodes_and_run_to_the_end_of_the_line() {
    let text = "; one\n(k ; two (x) \"\n (tags t))";
    let tape = Tape::parse(text).unwrap();
    let comments: Vec<_> = tape
        .items()
        .filter(|node| node.kind() == Kind::Comment)
        .collect();
    assert_eq!(comments[0].raw(), "; one");
    assert_eq!(tape.root().nth(1).unwrap().raw(), "; two (x) \"");
    assert_eq!(tape.root().nth(2).unwrap().head(), Some("tags"));
    assert_eq!(place("(k \"a\" ;x)"), (ErrorKind::UnterminatedList, 1, 1));
    assert_eq!(Tape::parse("(; c\n k 1)").unwrap().root().head(), Some("k"));
}

#[test]
fn what_follows_the_root_is_checked_and_kept_apart() {
    let tape = Tape::parse("(k \"a\") junk (more 1 2) \"s\"").unwrap();
    assert_eq!(tape.root().raw(), "(k \"a\")");
    assert_eq!(tape.items().count(), 4);
    assert_eq!(
        place("(k \"a\")\n)"),
        (ErrorKind::UnexpectedRightParen, 2, 1)
    );
    assert_eq!(place("(k \"a\")("), (ErrorKind::UnterminatedList, 1, 8));
    assert_eq!(place("(a (b (c)"), (ErrorKind::UnterminatedList, 1, 4));
}

#[test]
fn errors_of_tokens_go_before_errors_of_brackets() {
    assert_eq!(place(") [").0, ErrorKind::InvalidCharacter);
    assert_eq!(place(") \"").0, ErrorKind::UnterminatedString);
    assert_eq!(place(") (").0, ErrorKind::UnexpectedRightParen);
    assert_eq!(place("(((").0, ErrorKind::UnterminatedList);
}

#[test]
fn open_strings_are_refused_where_they_start() {
    for text in [
        "(k \"abc",
        "(k \"",
        "(k \"abc\\",
        "(k \"abc\\\"",
        "(k \"abc\\\")",
    ] {
        assert_eq!(place(text), (ErrorKind::UnterminatedString, 1, 4), "{text}");
    }
    let long = format!("(k \"{}", "é\\\"".repeat(100));
    assert_eq!(place(&long), (ErrorKind::UnterminatedString, 1, 4));
}

#[test]
fn texts_without_an_item_are_empty() {
    for text in ["", "  \n\t", "\u{feff}", "; only a comment"] {
        assert_eq!(error(text).kind(), ErrorKind::EmptyFile, "{text:?}");
        assert_eq!(error(text).offset(), text.len());
    }
}

#[test]
fn a_byte_order_mark_is_skipped_in_front_only() {
    let tape = Tape::parse("\u{feff}(k)").unwrap();
    assert_eq!((tape.root().start(), tape.root().head()), (3, Some("k")));
    assert_eq!(place("(k\u{feff})").0, ErrorKind::InvalidCharacter);
}

#[test]
fn nul_is_refused_wherever_it_stands() {
    for text in [
        "(k \"a\")\n\0 ) garbage",
        "(k\n\0)",
        "(k \"a\n\0b\")",
        "(k)\n\0",
    ] {
        let (kind, line, _) = place(text);
        assert_eq!((kind, line), (ErrorKind::InvalidCharacter, 2), "{text:?}");
        assert!(error(text).detail().contains("NUL"));
    }
    assert_eq!(place("; c\n;\0").2, 2);
}

#[test]
fn a_million_nested_lists_are_as_good_as_one() {
    let depth = if cfg!(miri) { 1_000 } else { 1_000_000 };
    let text = format!("{}{}", "(".repeat(depth), ")".repeat(depth));
    let tape = Tape::parse(&text).unwrap();
    assert_eq!((tape.len(), tape.root().end()), (depth, text.len()));
    assert!(tape.root().preview().len() < 200);
    assert_eq!(error(&text[1..]).kind(), ErrorKind::UnexpectedRightParen);
    let open = error(&text[..text.len() - 1]);
    assert_eq!(
        (open.kind(), open.offset()),
        (ErrorKind::UnterminatedList, 0)
    );
}

#[test]
fn a_list_of_many_atoms() {
    let count = if cfg!(miri) { 700 } else { 70_000 };
    let text = format!("(tags {})", "\"t\" ".repeat(count));
    let tape = Tape::parse(&text).unwrap();
    assert_eq!(tape.root().children().count(), count + 1);
}

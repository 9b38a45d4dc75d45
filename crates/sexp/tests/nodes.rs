//! Positions, cursors and previews.

use std::hash::{DefaultHasher, Hasher};

use pyrus_sexp::{Kind, Node, Outline, Tape};

mod common;

#[test]
fn nodes_know_their_bytes() {
    let text = "( a \"b\\n\" (c (d) ) ; e\n() (f(g 1 )\t) )";
    let tape = Tape::parse(text).unwrap();
    assert_eq!(tape.root().raw(), text);
    let parts: Vec<_> = tape.root().children().map(Node::raw).collect();
    assert_eq!(
        parts,
        ["a", "\"b\\n\"", "(c (d) )", "; e", "()", "(f(g 1 )\t)"]
    );
    let string = tape.root().nth(1).unwrap();
    assert_eq!((string.start(), string.end(), string.span()), (4, 9, 4..9));
    assert_eq!(string.value(), "b\n");
    assert_eq!(tape.root().nth(2).unwrap().nth(1).unwrap().raw(), "(d)");
    assert!(tape.root().nth(6).is_none());
}

/// What starts with a bracket ends with its own: found again by counting.
#[test]
fn every_list_ends_where_its_bracket_is() {
    let tape = Tape::parse(common::BOARD).unwrap();
    let mut open = vec![tape.items()];
    let mut lists = 0;
    while let Some(children) = open.last_mut() {
        let Some(node) = children.next() else {
            open.pop();
            continue;
        };
        if node.is_list() {
            let alone = Tape::parse(node.raw()).unwrap();
            assert_eq!(alone.root().raw(), node.raw());
            assert_eq!(alone.items().count(), 1);
            open.push(node.children());
            lists += 1;
        }
    }
    assert_eq!(lists, common::BOARD.matches('(').count());
}

#[test]
fn a_cursor_is_a_bookmark() {
    let tape = Tape::parse("(k (a 1) (b 2) ; c\n 3)").unwrap();
    let (key, mut rest) = tape.root().keyed().unwrap();
    assert_eq!(key, "k");
    let mark = rest.clone();
    assert_eq!(rest.next().unwrap().head(), Some("a"));
    assert_eq!(rest.peek().unwrap().head(), Some("b"));
    assert_eq!(rest.next().unwrap().head(), Some("b"));
    assert_eq!(rest.next_item().unwrap().kind(), Kind::Number);
    assert!(rest.is_empty() && rest.next().is_none() && rest.next().is_none());
    assert_eq!(mark.count(), 4);
    assert_eq!(
        tape.root().nth(4).map(|node| node.children().count()),
        Some(0)
    );
}

#[test]
fn heads_are_symbols() {
    for (text, head) in [
        ("(a b)", Some("a")),
        ("()", None),
        ("((a))", None),
        ("(\"a\")", None),
        ("(1 a)", None),
        ("a", None),
    ] {
        assert_eq!(Tape::parse(text).unwrap().root().head(), head, "{text}");
    }
}

#[test]
fn previews_are_one_short_line() {
    let preview = |text: &str| Tape::parse(text).unwrap().root().preview();
    assert_eq!(preview("(a\n\t(b \"c\\n\")\n)"), "(a (b \"c\\n\"))");
    assert_eq!(preview("()"), "()");
    let long = preview(&format!("(a {})", "(b 1) ".repeat(100)));
    assert!(long.ends_with(" ...)") && long.len() < 64, "{long}");
    let cut = preview(&format!("\"{}\"", "é".repeat(100)));
    assert!(cut.ends_with("é...\"") && cut.len() < 64, "{cut}");
    let tape = Tape::parse("(segment (start 1 1) (width 0.3) (net 4))").unwrap();
    let (_, items) = tape.root().keyed().unwrap();
    assert_eq!(items.preview(), "((start 1 1) (width 0.3) (net 4))");
}

#[test]
fn an_outline_knows_ends_and_parents() {
    for text in [
        common::BOARD,
        "; a\n( a \"b)\" (c (d) ) ; e)\n() (f(g 1 )\t) ) x (y)",
    ] {
        let tape = Tape::parse(text).unwrap();
        let outline = Outline::new(&tape);
        for node in tape.nodes() {
            assert_eq!(outline.end(node.index()), node.end(), "{node:?}");
            for child in node.children() {
                assert_eq!(outline.parent(child.index()), Some(node.index()));
            }
        }
        for item in tape.items() {
            assert_eq!(outline.parent(item.index()), None);
        }
    }
}

#[test]
fn nodes_are_found_again_by_number() {
    let tape = Tape::parse("; c\n(a (b 1) 2)").unwrap();
    for node in tape.nodes() {
        assert_eq!(tape.node(node.index()).unwrap().span(), node.span());
    }
    assert_eq!(tape.nodes().len(), tape.len());
    assert!(tape.node(tape.len() as u32).is_none());
    let alone = Tape::parse("(a ; c\n)").unwrap();
    assert_eq!(alone.root().nth(1).unwrap().write(), "; c\n");
    let walked: Vec<_> = tape.root().nth(1).unwrap().walk().map(Node::raw).collect();
    assert_eq!(walked, ["(b 1)", "b", "1"]);
}

#[test]
fn a_tape_can_own_its_text() {
    let tape = Tape::of_string("(a \"b\")".to_owned()).unwrap();
    let moved = tape.clone();
    drop(tape);
    assert_eq!(moved.root().nth(1).unwrap().value(), "b");
    let (error, text) = Tape::of_string("(a".to_owned()).unwrap_err();
    assert_eq!((error.offset(), &*text), (0, "(a"));
}

#[test]
fn trees_are_equal_by_value() {
    let hash = |tape: &Tape<'_>| {
        let mut hasher = DefaultHasher::new();
        tape.root().hash_tree(&mut hasher);
        hasher.finish()
    };
    let same = |one: &str, other: &str| {
        let (one, other) = (Tape::parse(one).unwrap(), Tape::parse(other).unwrap());
        let same = one.root().same_tree(other.root());
        assert!(!same || hash(&one) == hash(&other));
        same
    };
    assert!(same(
        "(a (b \"x\\ny\") ; c\n 1)",
        "( a(b \"x\ny\" )\t; c \r\n1 )"
    ));
    for other in [
        "(a b c)",
        "(a (b) c)",
        "(a (b c))",
        "((a b) c)",
        "(a b \"c\")",
        "(a b 1)",
        "a",
    ] {
        assert!(!same("(a b (c))", other), "{other}");
    }
    assert!(!same("1.0", "1.00"));
}

/// Whatever is asked of a million nested lists, nothing recurses.
#[test]
fn deep_trees_answer_everything() {
    const DEPTH: usize = if cfg!(miri) { 200 } else { 1_000_000 };
    let text = "(".repeat(DEPTH) + &")".repeat(DEPTH);
    let tape = Tape::of_string(text).unwrap();
    let outline = Outline::new(&tape);
    assert_eq!(outline.end(DEPTH as u32 - 1), DEPTH + 1);
    assert_eq!(outline.parent(DEPTH as u32 - 1), Some(DEPTH as u32 - 2));
    assert_eq!(tape.root().walk().len(), DEPTH);
    assert!(tape.root().same_tree(tape.clone().root()));
    assert!(tape.root().preview().len() < 200);
    assert_eq!(
        tape.root().nth(0).unwrap().write().matches('(').count(),
        DEPTH - 1
    );
}

#[test]
fn prefixes_are_the_first_eight_bytes() {
    let text = "(a bc-4.5 \"quoted\" seven77 eight888 nine99999)";
    for ending in ["", "          "] {
        let text = format!("{text}{ending}");
        let tape = Tape::parse(&text).unwrap();
        for atom in tape.root().children() {
            let mut first = atom.raw().as_bytes().to_vec();
            first.resize(8, 0);
            assert_eq!(atom.prefix().to_le_bytes(), *first);
        }
    }
    assert_eq!(Tape::parse("xy").unwrap().root().prefix(), 0x7978);
}

#[test]
fn numbers_are_read_where_they_stand() {
    let tape = Tape::parse("(1.5 -20 1e3 x \"2\" () 7)").unwrap();
    let values: Vec<_> = tape
        .root()
        .children()
        .map(|node| node.float().ok())
        .collect();
    let expected = [
        Some(1.5),
        Some(-20.0),
        Some(1000.0),
        None,
        None,
        None,
        Some(7.0),
    ];
    assert_eq!(values, expected);
}

#[test]
fn plain_text_is_told_where_it_stands() {
    let text = r#"(word "a b" "a\"b" 1)"#;
    let tape = Tape::parse(text).unwrap();
    for node in tape.nodes() {
        assert_eq!(node.plain_span().map(|span| &text[span]), node.plain());
    }
}

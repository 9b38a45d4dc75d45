//! Positions, cursors and previews.

use pyrus_sexp::{Kind, Node, Tape};

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

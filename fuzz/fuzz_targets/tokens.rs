//! Any bytes: a tree that stands for each of them, or an error at a place of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pyrus_sexp::{Kind, LineIndex, Tape, locate, number};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match Tape::parse(&text) {
        Ok(tape) => walk(&tape),
        Err(error) => {
            assert!(error.span().end <= text.len());
            assert!(text.is_char_boundary(error.offset()));
            let place = locate(&text, error.offset());
            assert_place(&text, &LineIndex::new(&text), error.offset());
            let at = format!(" at {}:{}: ", place.line, place.column);
            assert!(error.message(&text).contains(&at));
        }
    }
});

/// Every node is where it says, and between nodes there is nothing but blanks and brackets.
fn walk(tape: &Tape<'_>) {
    let text = tape.text();
    let lines = LineIndex::new(text);
    let mut open = vec![tape.items()];
    let (mut seen, mut end) = (0, 0);
    while let Some(children) = open.last_mut() {
        let Some(node) = children.next() else {
            open.pop();
            continue;
        };
        seen += 1;
        // Counting from the start each time costs the square of the length.
        if seen < 20 {
            assert_place(text, &lines, node.start());
        }
        assert_blank(&text[end..node.start()]);
        let _ = node.value();
        if node.is_list() {
            end = node.start() + 1;
            open.push(node.children());
            // Looking at a list costs what it is long: deep ones would cost the square of that.
            if open.len() < 20 {
                assert!(node.raw().starts_with('(') && node.raw().ends_with(')'));
                let _ = (
                    node.preview(),
                    node.head(),
                    node.keyed().map(|(_, rest)| rest.preview()),
                );
            }
        } else {
            end = node.end();
            assert!(end > node.start() && !node.raw().is_empty());
            if node.kind() == Kind::Number {
                let _ = (
                    number::parse_float(node.raw()),
                    number::parse_int(node.raw()),
                );
            }
        }
    }
    assert_blank(&text[end..]);
    assert_eq!(seen, tape.len());
}

/// The index says what counting says.
fn assert_place(text: &str, lines: &LineIndex, offset: usize) {
    let place = locate(text, offset);
    assert_eq!(lines.line_column(text, offset), (place.line, place.column));
    assert_eq!(
        lines.characters(text, offset),
        text[..offset].chars().count()
    );
}

fn assert_blank(between: &str) {
    let between = between.trim_start_matches('\u{feff}');
    assert!(
        between.bytes().all(|byte| b" \t\r\n()".contains(&byte)),
        "lost: {between:?}"
    );
}

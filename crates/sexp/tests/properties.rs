//! What must hold for every text.

use proptest::prelude::*;
use pyrus_sexp::{Error, Items, Kind, Tape, locate, reformat};

mod common;

/// The tree as a list of tokens with their depth; comments may be asked for or not.
fn flat(text: &str, comments: bool) -> Vec<(usize, Kind, String)> {
    let tape = Tape::parse(text).unwrap();
    let mut all = Vec::new();
    let mut open = vec![tape.items()];
    while let Some(children) = open.last_mut() {
        let Some(node) = children.next() else {
            open.pop();
            continue;
        };
        let value = match node.kind() {
            Kind::List => String::new(),
            Kind::Comment if !comments => continue,
            Kind::Comment => node.raw().trim_end().to_owned(),
            _ => node.value().into_owned(),
        };
        all.push((open.len(), node.kind(), value));
        if node.is_list() {
            open.push(node.children());
        }
    }
    all
}

/// No text may panic, whatever is asked about its tree or its error.
fn ask_everything(text: &str) {
    let _ = reformat(text);
    match Tape::parse(text) {
        Ok(tape) => {
            for node in tape.items() {
                assert_eq!(node.raw().len(), node.span().len());
                let _ = (
                    node.preview(),
                    node.value(),
                    node.keyed().map(|(key, rest)| (key, rest.preview())),
                );
            }
        }
        Err(error) => {
            let message = error.message(text);
            assert!(error.span().end <= text.len() && text.is_char_boundary(error.offset()));
            let place = locate(text, error.offset());
            assert!(message.contains(&format!(" at {}:{}: ", place.line, place.column)));
        }
    }
}

/// A slow and simple tokenizer: what each byte of a balanced text is, one at a time.
fn atoms_by_hand(text: &str) -> Vec<String> {
    let symbol = |c: char| c.is_ascii_alphanumeric() || "_-./:+=*!?%@#$&<>|^~'".contains(c);
    let mut atoms = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                end.unwrap() + 2
            }
            ';' => rest.find('\n').unwrap_or(rest.len()),
            c if symbol(c) => rest.find(|c| !symbol(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        if !matches!(first, ' ' | '\t' | '\n' | '\r' | '(' | ')') {
            atoms.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    atoms
}

fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z0-9_./:+=*!?%@#$&<>|^~'-]{1,80}",
        4 => r"[+-]?[0-9]{1,9}(\.[0-9]{0,7})?(e[+-]?[0-9])?",
        4 => r#""([^"\\\x00]|\\[^\x00]){0,90}""#,
        1 => ";[^\n\\x00]{0,80}\n",
        2 => Just("(xy 1.5 -2)".to_owned()),
    ]
}

/// Balanced texts; small ones under Miri, where to make one up takes longer than to read it.
fn forest() -> impl Strategy<Value = String> {
    let (levels, nodes, items) = if cfg!(miri) { (3, 8, 4) } else { (6, 200, 12) };
    let tree = token().prop_recursive(levels, nodes, items, move |inner| {
        let items = 0..items as usize;
        prop::collection::vec((inner, "[ \t\r\n]{1,3}"), items).prop_map(|items| {
            let inner: String = items
                .into_iter()
                .map(|(item, blank)| item + &blank)
                .collect();
            format!("({inner})")
        })
    });
    prop::collection::vec(tree, 1..4).prop_map(|items| items.join(" "))
}

/// The items of a text's first list, read in parts; each with all that is in it. `None`: it is no list.
fn in_parts(text: &str) -> Result<Option<Vec<String>>, Error> {
    let Some(mut items) = Items::of(text)? else {
        return Ok(None);
    };
    let mut all = Vec::new();
    while let Some(some) = items.read()? {
        all.extend(some.map(|item| format!("{:?} {}", item.span(), item.raw())));
    }
    Ok(Some(all))
}

/// Read in parts, a text has the same items or is refused as well.
fn assert_same_in_parts(text: &str) {
    match Tape::parse(text) {
        Ok(tape) => {
            let items = tape.root().children();
            let at_once = items.map(|item| format!("{:?} {}", item.span(), item.raw()));
            let at_once = tape.root().is_list().then(|| at_once.collect::<Vec<_>>());
            assert_eq!(in_parts(text).unwrap(), at_once);
        }
        Err(_) => assert!(matches!(in_parts(text), Ok(None) | Err(_)), "{text}"),
    }
}

#[test]
fn long_lists_are_read_in_parts() {
    let item = "(net 7 \"GND\") atom ; and more\n (a (b (c)) ())";
    let many = item.repeat(if cfg!(miri) { 20 } else { 2_000 });
    for text in [
        format!("; before\n(board {many})"),
        format!("(board {many} (last"),
        format!("(board {many}) (behind {many}) ;"),
        format!("(board ({many}) {many} {many})"),
        format!("(board {many}) {many})"),
        format!("(board {many}) \"{many}"),
        format!("{many} ()"),
        format!("; \0\n(board {many})"),
        format!("(board {many} \"a\0b\" {many})"),
        format!("(board {many} \"{many}\0\")"),
        format!("(board {many}) ; \0"),
    ] {
        assert_same_in_parts(&text);
    }
    let broken = format!("(board {many} `");
    let mut broken = Items::of(&broken).unwrap().unwrap();
    while broken.read().is_ok() {}
    assert!(broken.read().is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 100 }))]

    #[test]
    fn writing_keeps_the_tree(text in forest()) {
        prop_assume!(Tape::parse(&text).is_ok());
        let written = reformat(&text).unwrap();
        prop_assert_eq!(flat(&text, true), flat(&written, true));
        prop_assert_eq!(reformat(&written).unwrap(), written);
    }

    #[test]
    fn atoms_are_those_a_slow_reader_finds(text in forest()) {
        prop_assume!(Tape::parse(&text).is_ok());
        let tape = Tape::parse(&text).unwrap();
        let mut found = Vec::new();
        let mut open = vec![tape.items()];
        while let Some(children) = open.last_mut() {
            match children.next() {
                Some(node) if node.is_list() => open.push(node.children()),
                Some(node) => found.push(node.raw().to_owned()),
                None => drop(open.pop()),
            }
        }
        prop_assert_eq!(found, atoms_by_hand(&text));
    }

    #[test]
    fn parts_make_the_whole(text in forest(), cut in 0_usize..10_000) {
        assert_same_in_parts(&text);
        if let Some((part, _)) = text.split_at_checked(cut % (text.len() + 1)) {
            assert_same_in_parts(part);
        }
    }

    #[test]
    fn no_text_panics(text in ".{0,300}") {
        assert_same_in_parts(&text);
        ask_everything(&text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        ask_everything(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_soup_of_tokens_panics(parts in prop::collection::vec(
        prop::sample::select(vec!["(", ")", "\"", "\\", ";", "\n", " ", "xy", "1.5", "a", "é", "\0", "\u{feff}", "["]), 0..120)
    ) {
        ask_everything(&parts.concat());
    }
}

#[test]
fn truncated_texts_are_refused_where_they_end() {
    let check = |text: &str, step: usize| {
        for at in (1..text.trim_end().len()).step_by(step) {
            let cut = &text[..text.floor_char_boundary(at)];
            let error = Tape::parse(cut).expect_err("a cut list is open");
            let kind = error.kind().to_string();
            assert!(
                ["UnterminatedList", "UnterminatedString"].contains(&kind.as_str()),
                "{kind}"
            );
            ask_everything(cut);
        }
    };
    check(common::BOARD, if cfg!(miri) { 50 } else { 1 });
    for path in common::samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        // Without optimisation, each thousandth byte of the large ones takes minutes.
        let step = if cfg!(debug_assertions) {
            text.len() / 20
        } else {
            0
        };
        check(&text, step.max(1000));
    }
}

#[test]
fn all_sample_files_are_read_and_kept() {
    for path in common::samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        let written = reformat(&text).unwrap();
        assert!(flat(&text, true) == flat(&written, true), "{path:?}");
    }
}

//! A text in KiCad's layout: the same tree, and laid out again, the same text.
#![no_main]

mod mutate;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use pyrus_sexp::{Kind, Tape, reformat};

fuzz_target!(|text: &str| -> Corpus {
    let Ok(tape) = Tape::parse(text) else {
        return Corpus::Reject;
    };
    let written = tape.write();
    let again = Tape::parse(&written).expect("what was written can be read");
    assert!(flat(&tape) == flat(&again), "another tree: {written}");
    assert!(
        tape.items()
            .zip(again.items())
            .all(|(one, other)| one.same_tree(other))
    );
    assert_eq!(reformat(&written).as_ref(), Ok(&written));
    Corpus::Keep
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed)
});

/// All nodes with their depth and what they mean.
fn flat<'t>(tape: &'t Tape<'_>) -> Vec<(usize, Kind, std::borrow::Cow<'t, str>)> {
    let mut all = Vec::new();
    let mut open = vec![tape.items()];
    while let Some(children) = open.last_mut() {
        let Some(node) = children.next() else {
            open.pop();
            continue;
        };
        let value = match node.kind() {
            Kind::List => "".into(),
            Kind::Comment => node.raw().trim_end_matches([' ', '\t', '\r']).into(),
            _ => node.value(),
        };
        all.push((open.len(), node.kind(), value));
        if node.is_list() {
            open.push(node.children());
        }
    }
    all
}

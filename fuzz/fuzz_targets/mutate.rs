//! Mutations that keep brackets in pairs: what reads records never sees a text that is not balanced.

use libfuzzer_sys::fuzzer_mutate;
use pyrus_sexp::Tape;
use std::ops::Range;

/// Change `data[..size]` in place; gives the new size. One time in four as libFuzzer does, byte by byte.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) << 1 | 1);
    let tree = std::str::from_utf8(&data[..size])
        .ok()
        .and_then(|text| Tape::parse(text).ok());
    let changed = match tree {
        Some(tape) if dice.below(4) > 0 => change(&tape, &mut dice),
        _ => return fuzzer_mutate(data, size, max_size),
    };
    if changed.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
}

/// Delete, double, move, copy, wrap, unwrap or rewrite a node.
fn change(tape: &Tape<'_>, dice: &mut Dice) -> Vec<u8> {
    let text = tape.text().as_bytes();
    let nodes = spans(tape);
    let mut pick = || nodes[dice.below(nodes.len())].clone();
    let (here, there) = (pick(), pick());
    let (before, it, after) = (&text[..here.start], &text[here.clone()], &text[here.end..]);
    let other = &text[there];
    let middle: Vec<u8> = match dice.below(8) {
        0 => Vec::new(),
        1 => [it, b" ", it].concat(),
        2 => [it, b" ", other].concat(),
        3 => other.to_vec(),
        4 => [b"(", it, b")"].concat(),
        5 if it.len() > 1 && it[0] == b'(' => it[1..it.len() - 1].to_vec(),
        6 => [other, b" ", it].concat(),
        _ => {
            let mut atom = [it, &[0; 64]].concat();
            let len = fuzzer_mutate(&mut atom, it.len(), it.len() + 64);
            atom.truncate(len);
            atom
        }
    };
    [before, &middle, after].concat()
}

/// Where the nodes are, but for those that stand very deep: looking for the end of a list costs what it is long.
fn spans(tape: &Tape<'_>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut open = vec![tape.root().children()];
    while let Some(children) = open.last_mut() {
        match children.next() {
            Some(node) => {
                if open.len() < 30 {
                    spans.push(node.span());
                }
                if node.is_list() {
                    open.push(node.children());
                }
            }
            None => drop(open.pop()),
        }
    }
    if spans.is_empty() {
        spans.push(tape.root().span());
    }
    spans
}

/// A small generator: the seed that libFuzzer gives decides all.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

//! Texts that people read: docs, deprecations, messages.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::resolve::{At, Cx};
use crate::words;

/// Keys that hold text.
const TEXTS: &[&str] = &["doc", "deprecated", "message", "factory", "unpicklable"];

pub(super) fn check(cx: &Cx<'_>, out: &mut Vec<Diagnostic>) {
    for root in std::iter::once(cx.root).chain(cx.includes.iter().copied()) {
        walk(root, out);
    }
}

/// The tree's depth is bounded where it is made.
fn walk(at: At<'_>, out: &mut Vec<Diagnostic>) {
    for (key, value) in at.entries() {
        if TEXTS.contains(&key) && value.node.text().is_some() {
            check_control(value, out);
            check_empty(key, value, out);
        }
        walk(value, out);
    }
    if at.node.kind() == crate::source::Kind::List {
        at.items().into_iter().for_each(|item| walk(item, out));
    }
}

fn check_control(at: At<'_>, out: &mut Vec<Diagnostic>) {
    let bad = at
        .text()
        .char_indices()
        .find(|(_, c)| words::is_unprintable(*c));
    let Some((start, c)) = bad else { return };
    let span = at.node.inside(start, start + c.len_utf8());
    let message = format!(
        "this text contains the control character U+{:04X}",
        u32::from(c)
    );
    let help = "docs hold printable characters, line ends and tabs";
    out.push(Diagnostic::new(codes::CONTROL_CHARACTER, span, message).help(help));
}

fn check_empty(key: &str, at: At<'_>, out: &mut Vec<Diagnostic>) {
    if key != "doc" && at.text().trim().is_empty() {
        let message = format!("`{key}` is empty");
        let help = match key {
            "deprecated" => "say since when, and what to use instead",
            _ => "leave it out, or say something",
        };
        out.push(Diagnostic::new(codes::EMPTY_TEXT, at.span(), message).help(help));
    }
}

//! Messages and fields of errors.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Error;
use crate::resolve::{At, Cx};
use crate::words;

type Out = Vec<Diagnostic>;

/// Attributes that every exception has.
const OWN: &[&str] = &["args", "add_note", "with_traceback"];

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for (error, decl) in cx.api.errors.iter().zip(&cx.errors) {
        check_fields(error, decl.at, out);
        if let Some(at) = decl.at.get("message") {
            check_message(error, at, out);
        }
    }
}

fn check_fields(error: &Error, at: At<'_>, out: &mut Out) {
    for (name, at) in at.get("fields").map(At::entries).unwrap_or_default() {
        let message = if OWN.contains(&name) {
            format!("every exception has `{name}` already")
        } else if name == "message" && error.message.is_none() {
            "an error without a `message:` format has a field `message` already".to_owned()
        } else {
            continue;
        };
        out.push(Diagnostic::new(codes::ERROR_FIELD, at.key, message).help("choose another name"));
    }
}

fn check_message(error: &Error, at: At<'_>, out: &mut Out) {
    let mut text = at.text();
    while let Some(brace) = text.find(['{', '}']) {
        let start = at.text().len() - text.len() + brace;
        let rest = &text[brace..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            text = &rest[2..];
            continue;
        }
        let Some(end) = rest.find('}').filter(|end| *end > 0) else {
            return malformed(at, start, out);
        };
        check_place(error, at, start + 1, &rest[1..end], out);
        text = &rest[end + 1..];
    }
}

fn malformed(at: At<'_>, start: usize, out: &mut Out) {
    let brace = &at.text()[start..=start];
    let message = format!("this `{brace}` has no partner");
    let help = format!("write `{brace}{brace}` for the character itself");
    let span = at.node.inside(start, start + 1);
    out.push(Diagnostic::new(codes::MESSAGE_FORMAT, span, message).help(help));
}

fn check_place(error: &Error, at: At<'_>, start: usize, name: &str, out: &mut Out) {
    let span = at.node.inside(start, start + name.len());
    let known = || error.fields.iter().map(|field| field.name.as_str());
    if !words::is_identifier(name) {
        let message = format!("`{{{name}}}` is not the name of a field in braces");
        out.push(Diagnostic::new(codes::MESSAGE_FORMAT, span, message).help("write `{field}`"));
    } else if !known().any(|field| field == name) {
        let message = format!("`{}` has no field `{name}`", error.name);
        let help = words::did_you_mean(name, known());
        out.push(Diagnostic::new(codes::MESSAGE_FIELD, span, message).maybe_help(help));
    }
}

//! Texts of declarations as Markdown, and types with links.

use std::collections::BTreeMap;

use pyrus_build::types;
use pyrus_idl::Api;
use pyrus_idl::model::{ModuleId, Raised, Type};

/// A text as it may stand in a page: examples of an interpreter fenced, and no HTML.
pub(super) fn prose(text: &str) -> String {
    let mut out = Vec::new();
    let mut fenced = false;
    for line in text.trim().lines() {
        let is_example = line.trim_start().starts_with(">>>");
        if is_example && !fenced {
            out.push("```pycon".to_owned());
            fenced = true;
        } else if fenced && line.trim().is_empty() {
            out.push("```".to_owned());
            fenced = false;
        }
        out.push(if fenced {
            line.to_owned()
        } else {
            escaped(line)
        });
    }
    if fenced {
        out.push("```".to_owned());
    }
    out.join("\n")
}

/// Outside code `<` begins no HTML, and `*` is a star, as in `2**63`; one that begins a line and a list stays.
fn escaped(line: &str) -> String {
    let mut in_code = false;
    let mut out = String::new();
    let bullet = line.len() - line.trim_start().len();
    for (at, c) in line.char_indices() {
        in_code ^= c == '`';
        let is_bullet = at == bullet && line[at..].starts_with("* ");
        match c {
            '<' if !in_code => out.push_str("&lt;"),
            '*' if !in_code && !is_bullet => out.push_str("\\*"),
            c => out.push(c),
        }
    }
    out
}

/// The file of a module's page.
pub(super) fn file(api: &Api, module: ModuleId) -> String {
    format!("{}.md", api[module].name)
}

/// A type, with links to what is declared.
pub(super) fn ty(api: &Api, of: &Type, scope: ModuleId, is_argument: bool) -> String {
    let row = types::row(api, of, scope).python;
    let annotation = if is_argument {
        row.argument
    } else {
        row.result
    };
    let mut links = BTreeMap::new();
    collect(api, of, scope, &mut links);
    linked(annotation.plain(), &links)
}

/// Names in a text become links; the rest is code.
fn linked(text: &str, links: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut plain = String::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest
            .find(|c: char| is_word(c) != is_word(first))
            .unwrap_or(rest.len());
        let (part, tail) = rest.split_at(length);
        match links.get(part) {
            Some(link) => {
                flush(&mut plain, &mut out);
                out.push_str(&format_link(part, link));
            }
            None => plain.push_str(part),
        }
        rest = tail;
    }
    flush(&mut plain, &mut out);
    out
}

fn format_link(name: &str, link: &str) -> String {
    format!("[`{name}`]({link})")
}

/// Code without blanks at its ends, which Markdown would drop.
fn flush(plain: &mut String, out: &mut String) {
    let text = std::mem::take(plain);
    let inner = text.trim();
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len().max(start.len())..];
    out.push_str(start);
    if !inner.is_empty() {
        out.push('`');
        out.push_str(inner);
        out.push('`');
    }
    out.push_str(end);
}

/// The declared types in a type, and where they are documented.
fn collect(api: &Api, of: &Type, scope: ModuleId, links: &mut BTreeMap<String, String>) {
    let mut add = |module: ModuleId, name: &str| {
        links.insert(name.to_owned(), link(api, module, name, scope));
    };
    match of {
        Type::Class(id) => add(api[*id].module, &api[*id].name),
        Type::Record(id) => add(api[*id].module, &api[*id].name),
        Type::Enum(id) => add(api[*id].module, &api[*id].name),
        Type::Alias(id) => collect(api, &api[*id].ty, scope, links),
        Type::Optional(a)
        | Type::List(a)
        | Type::VarTuple(a)
        | Type::Set(a)
        | Type::Iterable(a)
        | Type::Iterator(a)
        | Type::TypeOf(a) => collect(api, a, scope, links),
        Type::Dict(a, b) => {
            collect(api, a, scope, links);
            collect(api, b, scope, links);
        }
        Type::Union(all) | Type::Tuple(all) => {
            for ty in all {
                collect(api, ty, scope, links);
            }
        }
        Type::Callable(params, result) => {
            for ty in params {
                collect(api, ty, scope, links);
            }
            collect(api, result, scope, links);
        }
        _ => {}
    }
}

/// Where an item is documented, seen from a module's page.
fn link(api: &Api, module: ModuleId, name: &str, scope: ModuleId) -> String {
    let page = if module == scope {
        String::new()
    } else {
        file(api, module)
    };
    format!("{page}#{name}")
}

/// An exception.
pub(super) fn raised(api: &Api, of: &Raised, scope: ModuleId) -> String {
    match of {
        Raised::Builtin(name) => format!("`{name}`"),
        Raised::Error(id) => {
            let error = &api[*id];
            format_link(&error.name, &link(api, error.module, &error.name, scope))
        }
    }
}

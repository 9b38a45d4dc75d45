//! Lists of parameters: order, separators, names.

use std::collections::BTreeMap;

use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::ParamKind;
use crate::resolve::{At, Cx, Owner, ParamKey, Role};
use crate::source::Kind;
use crate::span::Span;

type Out = Vec<Diagnostic>;

/// Most parameters of one function.
const MOST: usize = 255;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        if matches!(site.role, Role::Function | Role::Method | Role::Constructor) {
            check_list(
                site.at,
                !matches!(site.owner, Owner::Module | Owner::Namespace),
                out,
            );
            check_required(&site.function.params, site.at, out);
            for (i, overload) in site
                .at
                .get("overloads")
                .map(At::items)
                .into_iter()
                .flatten()
                .enumerate()
            {
                check_list(overload, false, out);
                if let Some(model) = site.function.overloads.get(i) {
                    check_required(&model.params, overload, out);
                }
            }
        }
    }
    check_fields(cx, out);
}

fn check_list(function: At<'_>, member: bool, out: &mut Out) {
    let Some(args) = function.get("args") else {
        return;
    };
    let entries = args.entries();
    if entries.len() > MOST {
        let message = format!(
            "{} parameters are too many; the limit is {MOST}",
            entries.len()
        );
        out.push(
            Diagnostic::new(codes::TOO_MANY_PARAMETERS, args.key, message).help("take a record"),
        );
    }
    check_separators(&entries, out);
    check_rest(&entries, out);
    check_kind(function, &entries, out);
    check_duplicates(&entries, out);
    if member {
        check_receiver(&entries, out);
    }
}

fn push(code: Code, span: Span, message: impl Into<String>, out: &mut Out) {
    out.push(Diagnostic::new(code, span, message));
}

fn check_separators(entries: &[(&str, At<'_>)], out: &mut Out) {
    let keys: Vec<ParamKey<'_>> = entries.iter().map(|(key, _)| ParamKey::of(key)).collect();
    for (i, (key, at)) in keys
        .iter()
        .zip(entries.iter().map(|(_, at)| at))
        .enumerate()
    {
        let before = &keys[..i];
        let keyword = |key: &ParamKey<'_>| !matches!(key, ParamKey::Name(_) | ParamKey::Slash);
        match key {
            ParamKey::Slash | ParamKey::Star if at.node.kind() != Kind::Null => {
                push(codes::BAD_SEPARATOR, at.key, "a separator has no type", out);
            }
            ParamKey::Slash if i == 0 => {
                push(
                    codes::BAD_SEPARATOR,
                    at.key,
                    "`/` has no parameters before it",
                    out,
                );
            }
            ParamKey::Slash if before.iter().any(keyword) => {
                push(
                    codes::BAD_SEPARATOR,
                    at.key,
                    "`/` must stand before `*`",
                    out,
                );
            }
            ParamKey::Star if !matches!(keys.get(i + 1), Some(ParamKey::Name(_))) => {
                push(
                    codes::BAD_SEPARATOR,
                    at.key,
                    "`*` has no parameters after it",
                    out,
                );
            }
            _ => {}
        }
    }
}

fn check_rest(entries: &[(&str, At<'_>)], out: &mut Out) {
    let mut star = None;
    let mut options: Option<At<'_>> = None;
    for (key, at) in entries {
        if let Some(options) = options {
            let message = "nothing can stand after `**`";
            out.push(Diagnostic::new(codes::REST_ORDER, at.key, message).also(options.key, "here"));
            return;
        }
        match ParamKey::of(key) {
            ParamKey::Star | ParamKey::Rest(_) => {
                if let Some(first) = star {
                    let message = "only one `*` can stand in a list of parameters";
                    out.push(
                        Diagnostic::new(codes::REST_ORDER, at.key, message)
                            .also(first, "the first is here"),
                    );
                }
                star = star.or(Some(at.key));
            }
            ParamKey::Options(_) => options = Some(*at),
            _ => {}
        }
        let many = matches!(ParamKey::of(key), ParamKey::Rest(_) | ParamKey::Options(_));
        if many && (at.get("default").is_some() || at.text().contains('=')) {
            push(
                codes::REST_DEFAULT,
                at.key,
                "variable arguments have no default: they may be none",
                out,
            );
        }
    }
}

fn check_kind(function: At<'_>, entries: &[(&str, At<'_>)], out: &mut Out) {
    let Some(kind) = function.get("kind") else {
        return;
    };
    let separator = entries.iter().find(|(key, _)| {
        matches!(
            ParamKey::of(key),
            ParamKey::Slash | ParamKey::Star | ParamKey::Rest(_)
        )
    });
    if let Some((key, at)) = separator {
        let message = format!("`kind` and `{key}` both say how arguments are given");
        out.push(
            Diagnostic::new(codes::KIND_CONFLICT, kind.key, message).also(at.key, "also here"),
        );
    }
}

fn check_duplicates(entries: &[(&str, At<'_>)], out: &mut Out) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, at) in entries {
        let name = key.trim_start_matches('*');
        if let Some(first) = known.get(name).filter(|_| !name.is_empty()) {
            let message = format!("parameter `{name}` is declared twice");
            let diagnostic = Diagnostic::new(codes::DUPLICATE_PARAMETER, at.key, message);
            out.push(diagnostic.also(*first, "first here"));
        }
        known.insert(name, at.key);
    }
}

fn check_receiver(entries: &[(&str, At<'_>)], out: &mut Out) {
    if let Some((name, at)) = entries
        .first()
        .filter(|(name, _)| matches!(*name, "self" | "cls"))
    {
        let message = format!("`{name}` is not declared");
        let help =
            "the object is passed by itself; `static: true` and `class: true` say when it is not";
        out.push(Diagnostic::new(codes::RECEIVER_PARAMETER, at.key, message).help(help));
    }
}

fn check_required(params: &[crate::model::Param], function: At<'_>, out: &mut Out) {
    // A default that could not be read is a default all the same.
    let has_default = |at: At<'_>| at.get("default").is_some() || at.text().contains('=');
    let mut first: Option<At<'_>> = None;
    for param in params
        .iter()
        .filter(|param| param.kind <= ParamKind::PositionalOrKeyword)
    {
        let Some(at) = function.at("args").get(&param.name) else {
            continue;
        };
        match first {
            _ if has_default(at) => first = first.or(Some(at)),
            Some(default) => out.push(after_default("parameter", &param.name, at, default)),
            None => {}
        }
    }
}

fn after_default(what: &str, name: &str, at: At<'_>, default: At<'_>) -> Diagnostic {
    let message = format!("{what} `{name}` is required, but follows one with a default");
    Diagnostic::new(codes::REQUIRED_AFTER_DEFAULT, at.key, message)
        .also(default.key, "has a default")
        .help("give it a default, move it up, or make it keyword-only")
}

/// The fields of a record are the parameters of its constructor.
fn check_fields(cx: &Cx<'_>, out: &mut Out) {
    for (record, decl) in cx.api.records.iter().zip(&cx.records) {
        if record.kind == ParamKind::KeywordOnly {
            continue;
        }
        let mut first: Option<At<'_>> = None;
        for (name, at) in decl.at.at("fields").entries() {
            let default = at.get("default").is_some() || at.text().contains('=');
            match first {
                _ if default => first = first.or(Some(at)),
                Some(default) => out.push(after_default("field", name, at, default)),
                None => {}
            }
        }
    }
}

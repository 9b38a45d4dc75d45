//! Names that stand twice in a class, or that become the same in Rust.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::EnumKind;
use crate::resolve::{At, Cx, Owner, Role};
use crate::span::Span;
use crate::words;

type Out = Vec<Diagnostic>;

/// The member sections of classes, records and namespaces.
const SECTIONS: &[(&str, &str)] = &[
    ("fields", "field"),
    ("methods", "method"),
    ("functions", "function"),
    ("properties", "property"),
    ("constants", "constant"),
];

/// What `destroy:` adds.
const DESTROY: &[&str] = &["destroy", "__enter__", "__exit__"];

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for module in &cx.modules {
        for key in ["classes", "records", "namespaces"] {
            let entries = module.at.get(key).map(At::entries).unwrap_or_default();
            for (name, at) in entries {
                check_members(name, at, out);
            }
        }
    }
    check_error_fields(cx, out);
    check_variants(cx, out);
    check_union_variants(cx, out);
    check_rust_items(cx, out);
    check_likes(cx, out);
}

fn check_members(class: &str, at: At<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    if let Some(destroy) = at.get("destroy") {
        known.extend(
            DESTROY
                .iter()
                .map(|name| (*name, ("what `destroy` adds", destroy.key))),
        );
    }
    for (key, word) in SECTIONS {
        for (name, at) in at.get(key).map(At::entries).unwrap_or_default() {
            if let Some((first, span)) = known.get(name) {
                let message = format!("`{class}` has two members `{name}`");
                let diagnostic = Diagnostic::new(codes::MEMBER_CLASH, at.key, message);
                out.push(
                    diagnostic
                        .label(format!("a {word}"))
                        .also(*span, format!("and {}", named(first))),
                );
            } else {
                known.insert(name, (word, at.key));
            }
        }
    }
}

fn named(word: &str) -> String {
    if word.contains(' ') {
        word.to_owned()
    } else {
        words::article(word)
    }
}

/// A field that a base has already.
fn check_error_fields(cx: &Cx<'_>, out: &mut Out) {
    for (error, decl) in cx.api.errors.iter().zip(&cx.errors) {
        for (name, at) in decl.at.get("fields").map(At::entries).unwrap_or_default() {
            if error
                .fields
                .iter()
                .filter(|field| field.name == name)
                .count()
                > 1
            {
                let message = format!(
                    "`{}` has the field `{name}` from its base already",
                    error.name
                );
                out.push(Diagnostic::new(codes::MEMBER_CLASH, at.key, message));
            }
        }
    }
}

fn check_variants(cx: &Cx<'_>, out: &mut Out) {
    for (item, decl) in cx.api.enums.iter().zip(&cx.enums) {
        if item.kind == EnumKind::Flag {
            continue;
        }
        let at = decl.at.at("members");
        let variants = item
            .members
            .iter()
            .map(|member| (member.variant.as_str(), at.at(&member.name)));
        check_same(variants, out);
    }
}

fn check_union_variants(cx: &Cx<'_>, out: &mut Out) {
    for (alias, decl) in cx.api.aliases.iter().zip(&cx.aliases) {
        let span = decl.at.type_node().span();
        for (i, name) in alias.variants.iter().enumerate() {
            let named = decl.at.get("union").is_some();
            if !named && alias.variants[..i].contains(name) {
                let message =
                    format!("two members of this union would be the Rust variant `{name}`");
                let help = "name the variants: {union: {A: …, B: …}}";
                out.push(Diagnostic::new(codes::RUST_CLASH, span, message).help(help));
            }
        }
    }
}

fn check_same<'a>(names: impl Iterator<Item = (&'a str, At<'a>)>, out: &mut Out) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for (name, at) in names {
        if let Some(first) = known.get(name) {
            let message = format!("two members would be the Rust variant `{name}`");
            let diagnostic = Diagnostic::new(codes::RUST_CLASH, at.key, message);
            out.push(diagnostic.also(*first, "this is the first"));
        } else {
            known.insert(name, at.key);
        }
    }
}

/// `add` and `__add__` of one class have the same default item.
fn check_rust_items(cx: &Cx<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for site in &cx.sites {
        let default = site
            .syntax
            .is_some_and(|syntax| syntax.rust.is_none() && syntax.shape.is_none());
        let member = matches!(site.owner, Owner::Class(_) | Owner::Record(_));
        if !default || !member || !matches!(site.role, Role::Method | Role::Constructor) {
            continue;
        }
        let rust = site.function.rust.as_str();
        if let Some(first) = known.get(rust) {
            let message = format!("two methods would be the Rust item `{rust}`");
            let diagnostic = Diagnostic::new(codes::RUST_CLASH, site.at.key, message);
            out.push(
                diagnostic
                    .also(*first, "this is the first")
                    .help("say which item is meant with `rust:`"),
            );
        } else {
            known.insert(rust, site.at.key);
        }
    }
}

/// The protocol that `like: true` adds to the stub has a name in the module, too.
fn check_likes(cx: &Cx<'_>, out: &mut Out) {
    for (record, decl) in cx.api.records.iter().zip(&cx.records) {
        let like = format!("{}Like", record.name);
        let Some(taken) = cx.names.modules[record.module.0].get(&like) else {
            continue;
        };
        if record.like {
            let message = format!("`{like}` is declared twice in this module");
            let diagnostic = Diagnostic::new(codes::NAME_CLASH, taken.span, message);
            out.push(
                diagnostic
                    .label(format!("as {} here", words::article(taken.def.word())))
                    .also(
                        decl.at.at("like").key,
                        "`like: true` adds that name to the stub",
                    )
                    .help("give one of them another name"),
            );
        }
    }
}

//! How live records stand in S-expressions: facts that fit each other, keys and aliases that are told apart.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{EnumKind, Field, FieldSexp, Record, Type};
use crate::resolve::{At, Cx};
use crate::span::Span;

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for (record, decl) in cx.api.records.iter().zip(&cx.records) {
        if record.live {
            check_root(record, decl.at, out);
            check_record(cx, record, decl.at, out);
        } else {
            check_absence(record, decl.at, out);
        }
    }
    for (item, decl) in cx.api.enums.iter().zip(&cx.enums) {
        check_aliases(item.kind, decl.at.at("members"), out);
    }
}

fn check_absence(record: &Record, at: At<'_>, out: &mut Out) {
    let fields = at.get("fields").map(At::entries).unwrap_or_default();
    let places = fields.into_iter().filter_map(|(_, at)| at.get("sexp"));
    for place in at.get("sexp").into_iter().chain(places) {
        let message = format!("`{}` is not live, so nothing reads this", record.name);
        let help = "make it live: `live: true`";
        out.push(Diagnostic::new(codes::NOT_LIVE, place.key, message).help(help));
    }
}

fn check_root(record: &Record, at: At<'_>, out: &mut Out) {
    let plain = matches!(&record.fields[..], [only] if matches!(only.ty, Type::Record(_)));
    if record.sexp_root.is_some() && !plain {
        let place = at.at("sexp").at("root");
        let message = "a file has one field, the live record that its list holds";
        out.push(Diagnostic::new(codes::SEXP_CONFLICT, place.key, message));
    }
}

fn check_record(cx: &Cx<'_>, record: &Record, at: At<'_>, out: &mut Out) {
    let mut keys: BTreeMap<&str, Span> = BTreeMap::new();
    for (field, (_, at)) in record.fields.iter().zip(at.at("fields").entries()) {
        let Some(sexp) = &field.sexp else { continue };
        check_facts(cx, field, sexp, at, out);
        for key in std::iter::once(&sexp.key).chain(&sexp.also) {
            let span = at.get("sexp").map_or(at.key, |sexp| sexp.at("key").key);
            if let Some(first) = keys.insert(key, span) {
                let message = format!("two fields have the key `{key}`");
                let diagnostic = Diagnostic::new(codes::SEXP_KEY, span, message);
                out.push(diagnostic.also(first, "this is the first"));
            }
        }
    }
}

fn check_facts(cx: &Cx<'_>, field: &Field, sexp: &FieldSexp, at: At<'_>, out: &mut Out) {
    let Some(place) = at.get("sexp") else { return };
    let outer = cx.api.core(&field.ty);
    let list = matches!(outer, Type::List(_));
    let item = match outer {
        Type::List(item) => cx.api.expand(item),
        other => other,
    };
    let is_enum = matches!(item, Type::Enum(_));
    let rules = [
        ("positional", sexp.positional && list, "an atom is no list"),
        (
            "repeated",
            sexp.repeated && !list,
            "only a list is collected from repeated keys",
        ),
        (
            "repeated",
            sexp.repeated && sexp.positional,
            "what has no key cannot be repeated",
        ),
        (
            "bare",
            sexp.bare && !matches!(item, Type::Str),
            "only text is written bare",
        ),
        (
            "flag",
            sexp.flag.is_some() && (list || sexp.positional || !matches!(item, Type::Bool)),
            "only a boolean with a key is a flag",
        ),
        (
            "lenient",
            sexp.lenient && (sexp.repeated || field.default.is_none() || sexp.positional),
            "only what has one key and a default can be absent",
        ),
        (
            "quoted",
            sexp.quoted && !is_enum,
            "only members of enums are asked to be quoted; text always is",
        ),
        (
            "digits",
            sexp.digits.is_some() && !matches!(item, Type::F64),
            "only floats have decimals",
        ),
        (
            "digits",
            sexp.digits.is_some_and(|digits| !(1..=6).contains(&digits)),
            "there are 1 to 6 decimals",
        ),
    ];
    for (key, wrong, message) in rules {
        if wrong {
            let span = place.at(key).key;
            out.push(Diagnostic::new(codes::SEXP_CONFLICT, span, message));
        }
    }
}

fn check_aliases(kind: EnumKind, members: At<'_>, out: &mut Out) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for (name, at) in members.entries() {
        known.insert(name, at.key);
    }
    for (_, member) in members.entries() {
        let aliases = member.get("aliases").map(At::items).unwrap_or_default();
        for alias in aliases {
            let name = alias.text();
            if kind == EnumKind::Flag {
                let message = "flags have no aliases";
                out.push(Diagnostic::new(codes::MEMBER_ALIAS, alias.key, message));
            } else if let Some(first) = known.get(name) {
                let message = format!("`{name}` is a name of this enum already");
                let diagnostic = Diagnostic::new(codes::MEMBER_ALIAS, alias.key, message);
                out.push(diagnostic.also(*first, "here"));
            } else {
                known.insert(name, alias.key);
            }
        }
    }
}

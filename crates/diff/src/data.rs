//! Records, enums, errors, constants and aliases.

use pyrus_idl::Api;
use pyrus_idl::model::{
    Alias, Constant, ConstantSource, Enum, Error, Field, Member, Param, Record,
};

use crate::function::{self, bases};
use crate::names;
use crate::relation::{Relation, Use, relate};
use crate::{Cx, Place, classes, params, rules, spell};

/// Compares two versions of a record: its fields are parameters of the constructor, and results when they are read.
pub(crate) fn record(cx: &mut Cx<'_>, at: Place<'_>, old: &Record, new: &Record) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::deprecation(cx, at, old.deprecated.as_deref(), new.deprecated.as_deref());
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    cx.toggled(
        at,
        (old.frozen, new.frozen),
        (&rules::FROZEN, "its fields cannot be assigned"),
        (&rules::UNFROZEN, "it is no longer hashable"),
    );
    cx.toggled(
        at,
        (old.live, new.live),
        (&rules::LIVE, "it is a node seen through views"),
        (&rules::NOT_LIVE, "it holds its own values"),
    );
    if old.sexp_root != new.sexp_root {
        cx.push(&rules::SEXP, at, "its root symbol is another one");
    }
    params::compare(cx, at, &as_params(old), &as_params(new));
    fields(cx, at, &old.fields, &new.fields);
    let kept = |these: &[Field], those: &[Field]| -> Vec<String> {
        let both = these
            .iter()
            .filter(|a| those.iter().any(|b| a.name == b.name));
        both.map(|field| field.name.clone()).collect()
    };
    if kept(&old.fields, &new.fields) != kept(&new.fields, &old.fields) {
        cx.push(&rules::FIELD_ORDER, at, "its fields have another order");
    }
    let path: Vec<String> = at.item.split('.').map(str::to_owned).collect();
    classes::functions(cx, &path, "method", &old.methods, &new.methods);
    classes::properties(cx, &path, &old.properties, &new.properties);
    classes::constants(cx, &path, &old.constants, &new.constants);
}

/// The parameters of a record's constructor.
fn as_params(record: &Record) -> Vec<Param> {
    let param = |field: &Field| Param {
        name: field.name.clone(),
        kind: record.kind,
        ty: field.ty.clone(),
        default: field.default.clone(),
        doc: None,
        refused: None,
        refused_item: None,
        origin: field.origin.clone(),
    };
    record.fields.iter().map(param).collect()
}

/// What reading the fields gives.
fn fields(cx: &mut Cx<'_>, at: Place<'_>, old: &[Field], new: &[Field]) {
    for field in old {
        let item = format!("{}.{}", at.item, field.name);
        let Some(other) = new.iter().find(|other| other.name == field.name) else {
            let what = "the attribute was removed".to_owned();
            cx.gone(&rules::REMOVED, item, &field.origin, what);
            continue;
        };
        let at = classes::between(&item, &field.origin, &other.origin);
        function::result(cx, at, "it", &field.ty, &other.ty);
        names::doc(cx, at, field.doc.as_deref(), other.doc.as_deref());
        if let (Some(was), Some(is)) = (&field.sexp, &other.sexp)
            && was != is
        {
            cx.push(
                &rules::SEXP,
                at,
                "it stands in S-expressions in another way",
            );
        }
    }
    for field in new {
        if old.iter().all(|other| other.name != field.name) {
            let item = format!("{}.{}", at.item, field.name);
            let what = "the attribute was added".to_owned();
            cx.came(&rules::ADDED, item, &field.origin, what);
        }
    }
}

/// Compares two versions of an enum.
pub(crate) fn enumeration(cx: &mut Cx<'_>, at: Place<'_>, old: &Enum, new: &Enum) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    if old.kind != new.kind {
        let word = |item: &Enum| format!("{:?}", item.kind).to_lowercase();
        let what = format!("it is `kind: {}`, it was `{}`", word(new), word(old));
        return cx.push(&rules::ENUM_KIND, at, what);
    }
    for member in &old.members {
        match new.members.iter().find(|other| other.name == member.name) {
            Some(other) => same_member(cx, at, member, other),
            None => cx.push(
                &rules::REMOVED,
                at,
                format!("member `{}` was removed", member.name),
            ),
        }
    }
    let is_new = |member: &&Member| old.members.iter().all(|other| other.name != member.name);
    for member in new.members.iter().filter(is_new) {
        cx.push(
            &rules::ADDED,
            at,
            format!("member `{}` was added", member.name),
        );
    }
    let order = |these: &Enum, those: &Enum| -> Vec<String> {
        let both = these.members.iter();
        let both = both.filter(|a| those.members.iter().any(|b| a.name == b.name));
        both.map(|member| member.name.clone()).collect()
    };
    if order(old, new) != order(new, old) {
        cx.push(&rules::MEMBER_ORDER, at, "its members have another order");
    }
}

fn same_member(cx: &mut Cx<'_>, at: Place<'_>, old: &Member, new: &Member) {
    if old.value != new.value {
        let (was, is) = (
            spell::value(cx.old, &old.value),
            spell::value(cx.new, &new.value),
        );
        let what = format!("member `{}` is {is}, it was {was}", old.name);
        cx.push(&rules::MEMBER_VALUE, at, what);
    }
    for alias in &old.aliases {
        if !new.aliases.contains(alias) {
            let what = format!("member `{}` is no longer `{alias}` too", old.name);
            cx.push(&rules::REMOVED, at, what);
        }
    }
    if old.sexp != new.sexp {
        let what = format!("member `{}` is another integer in S-expressions", old.name);
        cx.push(&rules::SEXP, at, what);
    }
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
}

/// Compares two versions of an error.
pub(crate) fn error(cx: &mut Cx<'_>, at: Place<'_>, old: &Error, new: &Error) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    let (was, is) = (
        spell::raised(cx.old, &old.base),
        spell::raised(cx.new, &new.base),
    );
    if was != is {
        let kept = bases(cx.new, &new.base).contains(&was);
        let rule = if kept {
            &rules::BASE_NARROWED
        } else {
            &rules::BASE_CHANGED
        };
        cx.push(
            rule,
            at,
            format!("it is a kind of `{is}`, it was one of `{was}`"),
        );
    }
    fields(cx, at, &old.fields, &new.fields);
    if old.message != new.message {
        cx.push(&rules::MESSAGE, at, "its message changed");
    }
}

/// Compares two versions of a constant.
pub(crate) fn constant(cx: &mut Cx<'_>, at: Place<'_>, old: &Constant, new: &Constant) {
    names::condition(cx, at, &old.condition, &new.condition);
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    function::result(cx, at, "it", &old.ty, &new.ty);
    let (was, is) = (source(cx.old, &old.source), source(cx.new, &new.source));
    match (&old.source, &new.source) {
        _ if was == is => {}
        (ConstantSource::Rust(was), ConstantSource::Rust(is)) => {
            names::implementation(cx, at, was, is);
        }
        _ => cx.push(&rules::VALUE, at, format!("it is {is}, it was {was}")),
    }
}

fn source(api: &Api, source: &ConstantSource) -> String {
    match source {
        ConstantSource::Value(value) => spell::value(api, value),
        ConstantSource::Rust(path) => format!("the value of `{path}`"),
    }
}

/// Compares two versions of an alias.
pub(crate) fn alias(cx: &mut Cx<'_>, at: Place<'_>, old: &Alias, new: &Alias) {
    names::doc(cx, at, old.doc.as_deref(), new.doc.as_deref());
    let (a, b) = (cx.old, cx.new);
    if relate((a, &old.ty), (b, &new.ty), Use::Argument) != Relation::Same {
        let (was, is) = (spell::ty(a, &old.ty), spell::ty(b, &new.ty));
        cx.push(&rules::ALIAS, at, format!("it is `{is}`, it was `{was}`"));
    }
}

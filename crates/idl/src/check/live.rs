//! Live records: what they hold, and where they may be held.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, EnumKind, Field, IntKind, Record, Type, Value};
use crate::resolve::{At, Cx, is_unknown};

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for (record, decl) in cx.api.records.iter().zip(&cx.records) {
        let fields = decl.at.get("fields");
        if record.live {
            check_keys(record, decl.at, out);
            each(&record.fields, fields, |field, at| {
                check_field(cx, field, at, out);
            });
        } else {
            each(&record.fields, fields, |field, at| {
                check_place(cx, field, at, out);
            });
        }
    }
    for site in &cx.sites {
        for param in &site.function.params {
            if matches!(param.default, Some(Value::Fields(..))) {
                let place = site.at.get("args").and_then(|args| args.param(&param.name));
                let span = place.map_or(site.at.key, At::span);
                let message = format!(
                    "a parameter cannot have a `{}` as its default",
                    cx.api.show(&param.ty)
                );
                let help = format!("make it optional: `{}? = None`", cx.api.show(&param.ty));
                out.push(Diagnostic::new(codes::VALUE_TYPE, span, message).help(help));
            }
        }
    }
    for (error, decl) in cx.api.errors.iter().zip(&cx.errors) {
        each(&error.fields, decl.at.get("fields"), |field, at| {
            check_place(cx, field, at, out);
        });
    }
}

/// The fields with their declarations.
fn each<'a>(fields: &'a [Field], at: Option<At<'a>>, mut check: impl FnMut(&'a Field, At<'a>)) {
    for (name, at) in at.map(At::entries).unwrap_or_default() {
        if let Some(field) = fields.iter().find(|field| field.name == name) {
            check(field, at);
        }
    }
}

fn check_keys(record: &Record, at: At<'_>, out: &mut Out) {
    for (key, wrong) in [
        ("frozen", record.frozen),
        ("like", record.like),
        ("rust", record.rust.is_some()),
        (
            "args",
            at.get("args").is_some_and(|at| at.text() != "keyword"),
        ),
        ("methods", true),
        ("properties", true),
    ] {
        if let (true, Some(at)) = (wrong, at.get(key)) {
            let message = format!("`{}` is live and takes no `{key}`", record.name);
            out.push(Diagnostic::new(codes::LIVE_CONFLICT, at.key, message));
        }
    }
}

/// Can a node hold it? Lists and optional things hold what is neither.
fn is_live(api: &Api, ty: &Type) -> bool {
    match api.expand(ty) {
        Type::List(item) | Type::Optional(item) => is_item(api, item),
        other => is_item(api, other),
    }
}

fn is_item(api: &Api, ty: &Type) -> bool {
    match api.expand(ty) {
        Type::Bool | Type::F64 | Type::Str => true,
        Type::Int(kind) => *kind != IntKind::U64,
        Type::Enum(id) => api[*id].kind != EnumKind::Flag && api[*id].rust.is_none(),
        Type::Record(id) => api[*id].live,
        _ => false,
    }
}

fn check_field(cx: &Cx<'_>, field: &Field, at: At<'_>, out: &mut Out) {
    if is_live(&cx.api, &field.ty) || cx.api.parts(&field.ty).into_iter().any(is_unknown) {
        return;
    }
    let message = format!("a live record cannot hold `{}`", cx.api.show(&field.ty));
    let help = match cx.api.core(&field.ty) {
        Type::Record(id) => format!("make `{}` live too: `live: true`", cx.api[*id].name),
        Type::Int(_) | Type::BigInt => "the widest integer here is `i64`".to_owned(),
        Type::F32 => "floats are `f64` here".to_owned(),
        Type::List(_) => "an empty list says that there is nothing".to_owned(),
        _ => "it holds numbers, text, booleans, enums, live records and lists of those".to_owned(),
    };
    let span = at.type_node().span();
    out.push(Diagnostic::new(codes::LIVE_FIELD, span, message).help(help));
}

fn check_place(cx: &Cx<'_>, field: &Field, at: At<'_>, out: &mut Out) {
    let live = cx.api.parts(&field.ty).into_iter().find_map(|ty| match ty {
        Type::Record(id) if cx.api[*id].live => Some(&cx.api[*id]),
        _ => None,
    });
    if let Some(live) = live {
        let message = format!("`{}` is live and cannot be a part of this", live.name);
        let span = at.type_node().span();
        let help = "only live records hold live records";
        out.push(Diagnostic::new(codes::LIVE_PLACE, span, message).help(help));
    }
}

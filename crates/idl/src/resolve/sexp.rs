//! Live records: how their fields stand in S-expressions, and defaults that are records.

use super::at::At;
use super::{Cx, records};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{FieldSexp, Flag, ModuleId, RecordId, Type, Value};
use crate::source::Kind;
use crate::words;

/// The facts of a field, `name: {sexp: …}`.
pub(super) fn facts(
    cx: &mut Cx<'_>,
    module: ModuleId,
    ty: &Type,
    name: &str,
    at: At<'_>,
) -> FieldSexp {
    let plain = FieldSexp {
        key: name.to_owned(),
        ..FieldSexp::default()
    };
    let Some(sexp) = at.get("sexp") else {
        return plain;
    };
    let flag = |key| sexp.get(key).is_some_and(|at| at.text() == "true");
    let text = |key| sexp.get(key).map(At::text);
    let absent = sexp.get("absent").and_then(|at| {
        let literal = cx.literal(at)?;
        cx.value(module, at, literal, ty)
    });
    FieldSexp {
        key: text("key").unwrap_or(name).to_owned(),
        also: strings(sexp, "also"),
        positional: flag("positional"),
        repeated: flag("repeated"),
        bare: flag("bare"),
        flag: match text("flag") {
            Some("list") => Some(Flag::List),
            Some("yes") => Some(Flag::Yes),
            _ => None,
        },
        lenient: flag("lenient"),
        quoted: flag("quoted"),
        order: text("order")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
        absent,
        digits: text("digits").and_then(|text| text.parse().ok()),
    }
}

/// The texts of a list.
pub(super) fn strings(at: At<'_>, key: &str) -> Vec<String> {
    let items = at.get(key).map(At::items).unwrap_or_default();
    items.into_iter().map(|at| at.text().to_owned()).collect()
}

/// Is the default a mapping, whose fields can only be looked up when all records have theirs?
pub(super) fn is_nested(at: At<'_>) -> bool {
    at.get("default").is_some_and(|at| !at.entries().is_empty())
}

/// Defaults that are written as mappings.
pub(super) fn nested_defaults(cx: &mut Cx<'_>) {
    for (id, decl) in cx.records.clone().into_iter().enumerate() {
        let entries = decl.at.get("fields").map(At::entries).unwrap_or_default();
        for (i, (_, at)) in entries.into_iter().enumerate() {
            if !is_nested(at) {
                continue;
            }
            let ty = cx.api.records[id].fields[i].ty.clone();
            let value = nested(cx, decl.module, &ty, at.at("default"), 0);
            cx.api.records[id].fields[i].default = value;
        }
    }
}

fn nested(cx: &mut Cx<'_>, module: ModuleId, ty: &Type, at: At<'_>, depth: usize) -> Option<Value> {
    if at.node.kind() != Kind::Map || at.entries().is_empty() {
        let literal = cx.literal(at)?;
        return cx.value(module, at, literal, ty);
    }
    let Some(id) = live_record(cx, ty).filter(|_| depth < records::MOST_NESTED) else {
        let message = "only defaults of live records are written as mappings";
        cx.push(Diagnostic::new(codes::VALUE_SYNTAX, at.key, message));
        return None;
    };
    let mut fields = Vec::new();
    for (name, at) in at.entries() {
        let known = &cx.api[id].fields;
        let Some(index) = known.iter().position(|field| field.name == name) else {
            let names: Vec<&str> = known.iter().map(|field| field.name.as_str()).collect();
            let help = words::did_you_mean(name, names.iter().copied());
            let help = help.unwrap_or_else(|| format!("its fields are {}", names.join(", ")));
            let message = format!("`{}` has no field `{name}`", cx.api[id].name);
            cx.push(Diagnostic::new(codes::UNKNOWN_FIELD, at.key, message).help(help));
            continue;
        };
        let ty = known[index].ty.clone();
        if let Some(value) = nested(cx, module, &ty, at, depth + 1) {
            fields.push((index, value));
        }
    }
    Some(Value::Fields(id, fields))
}

fn live_record(cx: &Cx<'_>, ty: &Type) -> Option<RecordId> {
    match cx.api.core(ty) {
        Type::Record(id) if cx.api[*id].live => Some(*id),
        _ => None,
    }
}

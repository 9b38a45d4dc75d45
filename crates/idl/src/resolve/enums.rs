//! Enums: members, values and their Rust variants.

use super::at::At;
use super::{Cx, functions, text};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Enum, EnumKind, Member, Value};
use crate::source::Kind;
use crate::syntax;
use crate::types::{LiteralKind, parse_value};
use crate::words;

pub(super) fn lower(cx: &mut Cx<'_>) {
    for decl in cx.enums.clone() {
        let kind = match decl.syntax.kind {
            syntax::EnumKind::Str => EnumKind::Str,
            syntax::EnumKind::Int => EnumKind::Int,
            syntax::EnumKind::Flag => EnumKind::Flag,
        };
        let members = decl.at.at("members").entries();
        let members = members
            .into_iter()
            .map(|(name, at)| member(cx, kind, name, at))
            .collect();
        let syntax = decl.syntax;
        cx.api.enums.push(Enum {
            name: decl.name.to_owned(),
            module: decl.module,
            doc: syntax.doc.as_deref().and_then(text::doc),
            origin: decl.at.origin(cx.sources),
            rust: syntax.rust.clone(),
            kind,
            members,
            condition: functions::condition(&syntax.platform, syntax.feature.as_deref()),
        });
    }
}

fn member(cx: &mut Cx<'_>, kind: EnumKind, name: &str, at: At<'_>) -> Member {
    let value = at.at("value");
    Member {
        name: name.to_owned(),
        variant: words::camel_case(name),
        value: member_value(cx, kind, value),
        aliases: super::sexp::strings(at, "aliases"),
        sexp: at.get("sexp").and_then(|at| at.text().parse().ok()),
        doc: at.get("doc").and_then(|doc| text::doc(doc.text())),
    }
}

/// The text itself for `str`, an integer for the others.
fn member_value(cx: &mut Cx<'_>, kind: EnumKind, at: At<'_>) -> Value {
    let text = at.text();
    let yaml = at.node.kind();
    let value = match kind {
        EnumKind::Str if yaml == Kind::Str => Some(Value::Str(text.to_owned())),
        EnumKind::Str => None,
        EnumKind::Int | EnumKind::Flag => match parse_value(text).map(|value| value.kind) {
            Ok(LiteralKind::Int(value)) => Some(Value::Int(value)),
            _ => None,
        },
    };
    value.unwrap_or_else(|| {
        let wanted = if kind == EnumKind::Str {
            "text"
        } else {
            "an integer"
        };
        let message = format!("the value of this member should be {wanted}");
        let help = (kind == EnumKind::Str && matches!(yaml, Kind::Int | Kind::Float | Kind::Bool))
            .then(|| format!("quote it: \"{text}\""));
        cx.push(Diagnostic::new(codes::ENUM_VALUE, at.span(), message).maybe_help(help));
        Value::None
    })
}

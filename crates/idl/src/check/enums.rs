//! Values of enum members.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Enum, EnumKind, Value};
use crate::resolve::{At, Cx};
use crate::span::Span;

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for (item, decl) in cx.api.enums.iter().zip(&cx.enums) {
        let members = decl.at.at("members");
        if item.members.is_empty() {
            let message = format!("enum `{}` has no members", item.name);
            out.push(Diagnostic::new(codes::EMPTY_ENUM, members.key, message));
        }
        check_duplicates(item, members, out);
        match item.kind {
            EnumKind::Flag => check_flags(item, members, out),
            EnumKind::Int => check_range(item, members, out),
            EnumKind::Str => {}
        }
    }
}

fn place(members: At<'_>, name: &str) -> Span {
    members.at(name).at("value").span()
}

fn check_duplicates(item: &Enum, members: At<'_>, out: &mut Out) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for member in item
        .members
        .iter()
        .filter(|member| member.value != Value::None)
    {
        let key = format!("{:?}", member.value);
        if let Some(first) = known.get(&key) {
            let message = format!("`{first}` and `{}` have the same value", member.name);
            let diagnostic = Diagnostic::new(
                codes::DUPLICATE_VALUE,
                place(members, &member.name),
                message,
            );
            out.push(diagnostic.also(place(members, first), "first here"));
        } else {
            known.insert(key, &member.name);
        }
    }
}

/// A flag is a bit or a combination of declared bits.
fn check_flags(item: &Enum, members: At<'_>, out: &mut Out) {
    let values = item.members.iter().filter_map(|member| match member.value {
        Value::Int(value) => Some((member, value)),
        _ => None,
    });
    let bits = values
        .clone()
        .map(|(_, value)| value)
        .filter(|value| value.count_ones() == 1 && *value > 0);
    let known = bits.fold(0, |all, bit| all | bit);
    for (member, value) in values {
        let message = if value < 0 {
            format!("the flag `{}` is negative", member.name)
        } else if value > i128::from(u32::MAX) {
            format!("the flag `{}` has more than 32 bits", member.name)
        } else if value & !known != 0 {
            format!(
                "the flag `{}` has a bit that no other member names: {}",
                member.name,
                value & !known
            )
        } else {
            continue;
        };
        let help = "flags are 1, 2, 4, 8… and sums of those";
        out.push(
            Diagnostic::new(codes::FLAG_VALUE, place(members, &member.name), message).help(help),
        );
    }
}

fn check_range(item: &Enum, members: At<'_>, out: &mut Out) {
    for member in &item.members {
        if matches!(member.value, Value::Int(value) if i64::try_from(value).is_err()) {
            let message = format!("the value of `{}` does not fit 64 bits", member.name);
            out.push(Diagnostic::new(
                codes::ENUM_RANGE,
                place(members, &member.name),
                message,
            ));
        }
    }
}

//! Enums.

use pyrus_idl::model::{Enum, EnumKind, Value};

use super::StubEnum;
use super::function::{Draft, bare};
use crate::stub::docstring;
use crate::stub::layout::Parameter;
use crate::stub::scope::{Scope, comment};
use crate::{docs, literal};

/// An enum; its base is imported by the module's view, because `StrEnum` is new in Python 3.11.
pub(crate) fn view(scope: &mut Scope<'_>, item: &Enum, indent: usize) -> StubEnum {
    let base = match item.kind {
        EnumKind::Str => "StrEnum".to_owned(),
        EnumKind::Int => scope.standard("enum", "IntEnum"),
        EnumKind::Flag => scope.standard("enum", "IntFlag"),
    };
    let doc = docs::enumeration(item).map(|doc| docstring::literal(indent + 4, &doc));
    let members = item
        .members
        .iter()
        .map(|m| format!("{} = {}", m.name, value(&m.value)));
    let members = members.chain(aliases(item)).collect();
    let head = format!("class {}({base}):{}", item.name, comment(&item.origin));
    let old_new = (item.kind == EnumKind::Str).then(|| {
        scope.sys();
        let str = scope.builtin("str");
        let value = Parameter {
            prefix: "value: ".into(),
            annotation: str,
            default: String::new(),
        };
        Draft {
            indent: indent + 8,
            name: "__new__",
            params: vec![bare("cls"), value],
            returns: scope.extension("Self"),
            ..Draft::default()
        }
        .finish()
    });
    StubEnum {
        head,
        doc: doc.unwrap_or_default(),
        members,
        old_new,
    }
}

/// More names of members; those that are no identifiers are reached by `getattr` only.
fn aliases(item: &Enum) -> impl Iterator<Item = String> {
    item.members.iter().flat_map(|member| {
        let names = member.aliases.iter().filter(|name| is_identifier(name));
        names.map(|name| format!("{name} = {}", member.name))
    })
}

fn is_identifier(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| fits(c) && !c.is_ascii_digit()) && name.chars().all(fits)
}

fn value(value: &Value) -> String {
    match value {
        Value::Str(text) => literal::double_quoted(text),
        Value::Int(number) => number.to_string(),
        other => literal::stub(other).unwrap_or_else(|| "...".into()),
    }
}

//! Enums.

use pyrus_idl::model::{Enum, EnumKind, Value};
use pyrus_idl::{is_identifier, is_python_keyword};

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

/// What members have from `str` and `int`; an alias of that name hides it, which checkers want to be told is meant.
const INHERITED: &[&str] = &[
    "as_integer_ratio",
    "bit_count",
    "bit_length",
    "capitalize",
    "casefold",
    "center",
    "conjugate",
    "count",
    "denominator",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "format",
    "format_map",
    "from_bytes",
    "imag",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "isdecimal",
    "isdigit",
    "isidentifier",
    "islower",
    "isnumeric",
    "isprintable",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "maketrans",
    "numerator",
    "partition",
    "real",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "to_bytes",
    "translate",
    "upper",
    "zfill",
];

/// More names of members; those that are no identifiers are reached by `getattr` only.
fn aliases(item: &Enum) -> impl Iterator<Item = String> {
    item.members.iter().flat_map(|member| {
        let names = member
            .aliases
            .iter()
            .filter(|name| is_identifier(name) && !is_python_keyword(name));
        names.map(|name| {
            let comment = if INHERITED.contains(&name.as_str()) {
                "  # type: ignore[assignment]"
            } else {
                ""
            };
            format!("{name} = {}{comment}", member.name)
        })
    })
}

fn value(value: &Value) -> String {
    match value {
        Value::Str(text) => literal::double_quoted(text),
        Value::Int(number) => number.to_string(),
        other => literal::stub(other).unwrap_or_else(|| "...".into()),
    }
}

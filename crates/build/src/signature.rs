//! `__text_signature__`: what `inspect.signature` and `help` show of a callable.

use pyrus_idl::model::{Api, Binding, Function, Param, ParamKind, Record, Type, Value};

use crate::literal;

/// The signature of a function, method or constructor: `($self, /, a, b=1)`.
pub fn text(api: &Api, function: &Function) -> String {
    let receiver = match function.binding {
        Binding::Free if function.qualname == function.name => Some("$module"),
        Binding::Free | Binding::Static | Binding::New => None,
        Binding::Class => Some("$type"),
        Binding::Method(_) => Some("$self"),
    };
    let params: Vec<_> = function
        .params
        .iter()
        .map(|param| Shown::of(api, param))
        .collect();
    joined(receiver, &params)
}

/// The signature of a record's constructor.
pub fn record(api: &Api, record: &Record) -> String {
    let fields = record.fields.iter().map(|field| Shown {
        name: field.name.clone(),
        kind: record.kind,
        default: field
            .default
            .as_ref()
            .map(|value| default(api, &field.ty, value)),
    });
    joined(None, &fields.collect::<Vec<_>>())
}

/// The signature of a method without parameters.
pub const NO_ARGUMENTS: &str = "($self, /)";

struct Shown {
    name: String,
    kind: ParamKind,
    default: Option<String>,
}

impl Shown {
    fn of(api: &Api, param: &Param) -> Self {
        Shown {
            name: param.name.clone(),
            kind: param.kind,
            default: param
                .default
                .as_ref()
                .map(|value| default(api, &param.ty, value)),
        }
    }
}

fn default(api: &Api, ty: &Type, value: &Value) -> String {
    literal::empty_tuple(api, ty, value).unwrap_or_else(|| literal::runtime(api, value))
}

fn joined(receiver: Option<&str>, params: &[Shown]) -> String {
    let mut parts: Vec<String> = receiver.map(String::from).into_iter().collect();
    let positional_only = params
        .iter()
        .filter(|p| p.kind == ParamKind::PositionalOnly)
        .count();
    if positional_only == 0 && receiver.is_some() {
        parts.push("/".into());
    }
    let has_rest = params.iter().any(|p| p.kind == ParamKind::VarPositional);
    let mut star_done = has_rest;
    for (index, param) in params.iter().enumerate() {
        if param.kind == ParamKind::KeywordOnly && !star_done {
            parts.push("*".into());
            star_done = true;
        }
        parts.push(one(param));
        if positional_only > 0 && index + 1 == positional_only {
            parts.push("/".into());
        }
    }
    format!("({})", parts.join(", "))
}

fn one(param: &Shown) -> String {
    let stars = match param.kind {
        ParamKind::VarPositional => "*",
        ParamKind::VarKeyword => "**",
        _ => "",
    };
    let default = param
        .default
        .as_ref()
        .map(|text| format!("={text}"))
        .unwrap_or_default();
    format!("{stars}{}{default}", param.name)
}

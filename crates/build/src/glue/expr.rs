//! Values from the declarations as Rust expressions.

use pyrus_idl::model::{Api, Type, Value};

use super::text::string;
use crate::types::rust::enum_path;

/// A default in argument form: `None`, `"text"`, `Color::Red`.
pub(crate) fn argument(api: &Api, ty: &Type, value: &Value) -> String {
    expression(api, ty, value, false)
}

/// A default in owned form, for fields of records.
pub(crate) fn owned(api: &Api, ty: &Type, value: &Value) -> String {
    expression(api, ty, value, true)
}

fn expression(api: &Api, ty: &Type, value: &Value, owned: bool) -> String {
    match (ty, value) {
        (Type::Alias(id), _) => named_union(api, *id, value, owned),
        (Type::Optional(_), Value::None) => "::std::option::Option::None".into(),
        (Type::Optional(item), _) => format!(
            "::std::option::Option::Some({})",
            expression(api, item, value, owned)
        ),
        (Type::Union(members), _) => {
            let place = members
                .iter()
                .position(|ty| fits(api, ty, value))
                .unwrap_or(0);
            let variant = ["A", "B", "C", "D", "E", "F"][place.min(5)];
            let either = if members.len() == 2 {
                "Either".to_owned()
            } else {
                format!("Either{}", members.len())
            };
            format!(
                "::pyrus::{either}::{variant}({})",
                expression(api, &members[place], value, true)
            )
        }
        (Type::Object | Type::Var(_) | Type::TypeOf(_), Value::None) if owned => {
            "rt::none_object()".into()
        }
        (Type::Object | Type::Var(_) | Type::TypeOf(_), Value::None) => "rt::none(cx)".into(),
        (Type::Object, _) => object(value, owned),
        (Type::None, _) => "()".into(),
        (Type::BigInt, Value::Int(number)) => format!("::pyrus::Int::from({number}i128)"),
        (Type::F32 | Type::F64, Value::Int(number)) => format!("{number}.0"),
        (Type::F32, Value::Float(number)) => float(*number, "f32"),
        (_, Value::Float(number)) => float(*number, "f64"),
        (_, Value::Int(number)) => number.to_string(),
        (_, Value::Bool(value)) => value.to_string(),
        (Type::Path, Value::Str(text)) => format!("::std::path::PathBuf::from({})", string(text)),
        (Type::Bytes, Value::Str(text)) if owned => format!("b{}.to_vec()", byte_string(text)),
        (Type::Bytes, Value::Str(text)) => format!("b{}.as_slice()", byte_string(text)),
        (_, Value::Str(text)) if owned => format!("::std::string::String::from({})", string(text)),
        (_, Value::Str(text)) => string(text),
        (_, Value::EmptyList | Value::EmptyDict) => "::std::vec::Vec::new()".into(),
        (_, Value::Member(id, index)) => format!(
            "{}::{}",
            enum_path(api, *id),
            api[*id].members[*index].variant
        ),
        // Only fields of live records have records as defaults, and those are tables.
        (_, Value::None | Value::Fields(..)) => "::std::option::Option::None".into(),
    }
}

/// An object made of a plain value.
fn object(value: &Value, owned: bool) -> String {
    let (conv, made) = match value {
        Value::Bool(value) => ("rt::Bool", value.to_string()),
        Value::Int(number) => ("rt::BigInt", format!("::pyrus::Int::from({number}i128)")),
        Value::Float(number) => ("rt::F64", float(*number, "f64")),
        Value::Str(text) => ("rt::Str", string(text)),
        _ => return "rt::none_object()".into(),
    };
    let (function, cx) = if owned {
        ("owned_constant", "")
    } else {
        ("constant", "cx, ")
    };
    format!("rt::{function}::<{conv}, _>({cx}{made})")
}

fn named_union(api: &Api, id: pyrus_idl::model::AliasId, value: &Value, owned: bool) -> String {
    let alias = &api[id];
    let Type::Union(members) = &alias.ty else {
        return expression(api, &alias.ty, value, owned);
    };
    if !crate::types::rust::is_named_union(api, id) {
        return expression(api, &alias.ty, value, owned);
    }
    let place = members
        .iter()
        .position(|ty| fits(api, ty, value))
        .unwrap_or(0);
    let path = crate::types::row(api, &Type::Alias(id), alias.module)
        .rust
        .owned
        .ty;
    format!(
        "{path}::{}({})",
        alias.variants[place],
        expression(api, &members[place], value, true)
    )
}

/// Is the value one of this type?
fn fits(api: &Api, ty: &Type, value: &Value) -> bool {
    match (ty, value) {
        (Type::Alias(id), _) => fits(api, &api[*id].ty, value),
        (Type::Optional(item), _) => *value == Value::None || fits(api, item, value),
        (Type::Union(members), _) => members.iter().any(|ty| fits(api, ty, value)),
        (Type::None, Value::None) | (Type::Bool | Type::Truth, Value::Bool(_)) => true,
        (Type::Int(kind), Value::Int(number)) => {
            let (low, high) = kind.range();
            (low..=high).contains(number)
        }
        (Type::BigInt, Value::Int(_)) | (Type::F32 | Type::F64, Value::Float(_)) => true,
        (Type::Str | Type::Path | Type::Bytes, Value::Str(_)) => true,
        (
            Type::List(_)
            | Type::VarTuple(_)
            | Type::Set(_)
            | Type::Iterable(_)
            | Type::Sequence(_),
            Value::EmptyList,
        ) => true,
        (Type::Dict(..), Value::EmptyDict) => true,
        (Type::Enum(wanted), Value::Member(id, _)) => wanted == id,
        _ => false,
    }
}

/// A float literal that reads back as the same number.
pub(crate) fn float(number: f64, ty: &str) -> String {
    if number.is_nan() {
        format!("{ty}::NAN")
    } else if number.is_infinite() {
        format!(
            "{ty}::{}",
            if number > 0.0 {
                "INFINITY"
            } else {
                "NEG_INFINITY"
            }
        )
    } else {
        format!("{number:?}{ty}")
    }
}

fn byte_string(text: &str) -> String {
    let bytes: String = text
        .bytes()
        .flat_map(std::ascii::escape_default)
        .map(char::from)
        .collect();
    format!("\"{bytes}\"")
}

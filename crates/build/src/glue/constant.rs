//! Constants of modules and classes.

use pyrus_idl::model::{Constant, ConstantSource, ModuleId, Type, Value};

use super::Context;
use super::text::{c_string, place, string};
use crate::types::rust::absolute;

/// One constant.
pub(crate) fn constant(cx: &Context<'_>, item: &Constant) -> String {
    let value = match (&item.source, &item.ty) {
        (ConstantSource::Value(value), ty) => written(cx, ty, value),
        (ConstantSource::Rust(path), ty) => {
            let path = format!("\n    {}; // {}\n", absolute(path), place(&item.origin));
            from_rust(cx, ty, &path)
        }
    };
    format!(
        "// {}\nrt::ConstantSpec {{ name: {}, value: {value} }}",
        place(&item.origin),
        c_string(&item.name)
    )
}

fn written(cx: &Context<'_>, ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (Type::Alias(id), _) => written(cx, &cx.api[*id].ty, value),
        (Type::Optional(item), _) if *value != Value::None => written(cx, item, value),
        (_, Value::Bool(value)) => format!("rt::ConstantValue::Bool({value})"),
        (Type::F32 | Type::F64, Value::Int(number)) => {
            format!("rt::ConstantValue::Float({number}.0)")
        }
        (_, Value::Int(number)) if i64::try_from(*number).is_ok() => {
            format!("rt::ConstantValue::Int({number})")
        }
        (_, Value::Int(number)) => format!("rt::ConstantValue::Uint({number})"),
        (_, Value::Float(number)) => format!(
            "rt::ConstantValue::Float({})",
            super::expr::float(*number, "f64")
        ),
        (Type::Bytes, Value::Str(text)) => {
            format!("rt::ConstantValue::Bytes(&{:?})", text.as_bytes())
        }
        (_, Value::Str(text)) => format!("rt::ConstantValue::Str({})", string(text)),
        (_, Value::Member(id, member)) => format!(
            "rt::ConstantValue::Member({}, {member})",
            cx.index.enumeration(*id)
        ),
        _ => "rt::ConstantValue::None".into(),
    }
}

/// A constant of Rust, with its type ascribed; `path` ends the line that says so.
fn from_rust(cx: &Context<'_>, ty: &Type, path: &str) -> String {
    let (rust, make) = match ty {
        Type::Alias(id) => return from_rust(cx, &cx.api[*id].ty, path),
        Type::Bool => ("bool".to_owned(), "rt::ConstantValue::Bool(VALUE)"),
        Type::F64 => ("f64".to_owned(), "rt::ConstantValue::Float(VALUE)"),
        Type::F32 => ("f32".to_owned(), "rt::ConstantValue::Float(VALUE as f64)"),
        Type::Str => ("&'static str".to_owned(), "rt::ConstantValue::Str(VALUE)"),
        Type::Bytes => (
            "&'static [u8]".to_owned(),
            "rt::ConstantValue::Bytes(VALUE)",
        ),
        Type::Int(kind) => {
            let row = crate::types::row(cx.api, &Type::Int(*kind), ModuleId(0));
            let make = if *kind == pyrus_idl::model::IntKind::U64 {
                "rt::ConstantValue::Uint(VALUE)"
            } else {
                "rt::ConstantValue::Int(VALUE as i64)"
            };
            (row.rust.owned.ty, make)
        }
        Type::Enum(id) => {
            let path_of = crate::types::rust::enum_path(cx.api, *id);
            let arms: Vec<_> = cx.api[*id]
                .members
                .iter()
                .enumerate()
                .map(|(i, member)| format!("{path_of}::{} => {i}", member.variant))
                .collect();
            let index = cx.index.enumeration(*id);
            return format!(
                "{{ const VALUE: {path_of} ={path}rt::ConstantValue::Member({index}, match VALUE {{ {} }}) }}",
                arms.join(", ")
            );
        }
        _ => ("i64".to_owned(), "rt::ConstantValue::Int(VALUE)"),
    };
    format!("{{ const VALUE: {rust} ={path}{make} }}")
}

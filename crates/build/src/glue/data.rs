//! Enums, unions and errors as Rust types.

use askama::Template;
use pyrus_idl::model::{AliasId, Api, EnumId, EnumKind, Error, ErrorId, Type, Value};

use pyrus_idl::{is_identifier, is_python_keyword, rust_ident};

use super::Context;
use super::text::{c_string, place, string};
use crate::types::row;
use crate::types::rust::{enum_path, error_path, marker};

/// A generated enum.
#[derive(Template)]
#[template(path = "rust/enum.rs.jinja", escape = "none")]
struct EnumType {
    place: String,
    name: String,
    doc: Vec<String>,
    flag: bool,
    members: Vec<(String, String)>,
}

/// The Rust enum; nothing when the declarations name one.
pub(crate) fn enum_type(api: &Api, id: EnumId) -> Option<String> {
    let item = &api[id];
    if item.rust.is_some() {
        return None;
    }
    let members = item.members.iter().map(|member| {
        let value = if let Value::Int(number) = member.value {
            number.to_string()
        } else {
            String::new()
        };
        (member.variant.clone(), value)
    });
    let view = EnumType {
        place: place(&item.origin),
        name: rust_ident(&item.name),
        doc: doc_lines(item.doc.as_deref()),
        flag: item.kind == EnumKind::Flag,
        members: members.collect(),
    };
    view.render().ok()
}

/// Lines of a Rust doc comment.
pub(crate) fn doc_lines(doc: Option<&str>) -> Vec<String> {
    doc.unwrap_or_default()
        .lines()
        .map(|line| line.replace('\r', ""))
        .collect()
}

/// The marker of an enum.
#[derive(Template)]
#[template(path = "rust/enum_marker.rs.jinja", escape = "none")]
struct EnumMarker {
    place: String,
    name: String,
    py_name: String,
    module: String,
    doc: String,
    index: usize,
    path: String,
    flag: bool,
    mask: u64,
    members: Vec<EnumMember>,
    aliases: Vec<(String, usize)>,
    hidden: Vec<(String, usize)>,
    codes: Vec<i64>,
}

struct EnumMember {
    name: String,
    value: String,
    variant: String,
    code: u64,
}

/// How the runtime knows an enum.
pub(crate) fn enum_marker(cx: &Context<'_>, id: EnumId) -> String {
    let api = cx.api;
    let item = &api[id];
    let flag = item.kind == EnumKind::Flag;
    let bits = |value: &Value| {
        if let Value::Int(number) = value {
            *number as u64
        } else {
            0
        }
    };
    let members = item
        .members
        .iter()
        .enumerate()
        .map(|(i, member)| EnumMember {
            name: string(&member.name),
            value: match &member.value {
                Value::Str(text) => format!("rt::EnumValue::Str({})", string(text)),
                Value::Int(number) => format!("rt::EnumValue::Int({number})"),
                _ => "rt::EnumValue::Int(0)".into(),
            },
            variant: member.variant.clone(),
            code: if flag { bits(&member.value) } else { i as u64 },
        });
    let aliases = item.members.iter().enumerate().flat_map(|(i, member)| {
        let names = member.aliases.iter();
        names.map(move |name| (name, i))
    });
    let (aliases, hidden): (Vec<_>, Vec<_>) = aliases.partition(|(name, _)| is_attribute(name));
    let texts = |names: Vec<(&String, usize)>| {
        let names = names.into_iter();
        names.map(|(name, of)| (string(name), of)).collect()
    };
    let codes: Option<Vec<i64>> = item.members.iter().map(|member| member.sexp).collect();
    let doc = crate::docs::enumeration(item);
    let view = EnumMarker {
        aliases: texts(aliases),
        hidden: texts(hidden),
        codes: codes.unwrap_or_default(),
        place: place(&item.origin),
        name: rust_ident(&item.name),
        py_name: string(&item.name),
        module: string(&api[item.module].public),
        doc: doc.map_or_else(
            || "::std::option::Option::None".into(),
            |text| format!("::std::option::Option::Some({})", string(&text)),
        ),
        index: cx.index.enumeration(id),
        path: enum_path(api, id),
        flag,
        mask: item
            .members
            .iter()
            .map(|member| bits(&member.value))
            .fold(0, |mask, bits| mask | bits),
        members: members.collect(),
    };
    view.render().unwrap_or_default()
}

/// Can it be written behind a dot?
fn is_attribute(name: &str) -> bool {
    is_identifier(name) && !is_python_keyword(name)
}

/// A generated union.
#[derive(Template)]
#[template(path = "rust/union.rs.jinja", escape = "none")]
struct UnionType {
    place: String,
    name: String,
    doc: Vec<String>,
    variants: Vec<(String, String)>,
}

/// The Rust enum of a named union; nothing when the declarations name one.
pub(crate) fn union_type(api: &Api, id: AliasId) -> Option<String> {
    let alias = &api[id];
    if alias.rust.is_some() {
        return None;
    }
    let types = union_members(api, id)
        .into_iter()
        .map(|row| row.rust.owned.ty);
    let view = UnionType {
        place: place(&alias.origin),
        name: rust_ident(&alias.name),
        doc: doc_lines(alias.doc.as_deref()),
        variants: alias.variants.iter().cloned().zip(types).collect(),
    };
    view.render().ok()
}

fn union_members(api: &Api, id: AliasId) -> Vec<crate::types::Row> {
    let alias = &api[id];
    match &alias.ty {
        Type::Union(members) => members
            .iter()
            .map(|ty| row(api, ty, alias.module))
            .collect(),
        _ => Vec::new(),
    }
}

/// The converter of a named union.
#[derive(Template)]
#[template(path = "rust/union_marker.rs.jinja", escape = "none")]
struct UnionMarker {
    place: String,
    name: String,
    path: String,
    expected: String,
    variants: Vec<UnionVariant>,
    is_field: bool,
}

struct UnionVariant {
    name: String,
    from: String,
    to: String,
    field: String,
}

/// How the runtime converts a named union.
pub(crate) fn union_marker(api: &Api, id: AliasId) -> String {
    let alias = &api[id];
    let variants = alias
        .variants
        .iter()
        .zip(union_members(api, id))
        .map(|(name, row)| UnionVariant {
            name: name.clone(),
            from: row.rust.owned.conv,
            to: row.rust.result.conv,
            field: row.rust.field.conv,
        });
    let expected = crate::types::python::annotations(api, &alias.ty, alias.module);
    let view = UnionMarker {
        place: place(&alias.origin),
        name: rust_ident(&alias.name),
        path: row(api, &Type::Alias(id), alias.module).rust.owned.ty,
        expected: string(expected.argument.plain()),
        variants: variants.collect(),
        is_field: true,
    };
    view.render().unwrap_or_default()
}

/// A generated error, and how it is raised.
#[derive(Template)]
#[template(path = "rust/error.rs.jinja", escape = "none")]
struct ErrorType {
    place: String,
    name: String,
    path: String,
    doc: Vec<String>,
    generated: bool,
    index: usize,
    fields: Vec<ErrorField>,
    has_message: bool,
    message: String,
}

struct ErrorField {
    name: String,
    c_name: String,
    ty: String,
    conv: String,
    place: String,
}

/// The Rust type of an error.
pub(crate) fn error(cx: &Context<'_>, id: ErrorId) -> String {
    let api = cx.api;
    let item = &api[id];
    let fields = item.fields.iter().map(|field| {
        let row = row(api, &field.ty, item.module);
        ErrorField {
            name: rust_ident(&field.name),
            c_name: c_string(&field.name),
            ty: row.rust.field.ty,
            conv: row.rust.field.conv,
            place: place(&field.origin),
        }
    });
    let view = ErrorType {
        place: place(&item.origin),
        name: rust_ident(&item.name),
        path: error_path(api, id),
        doc: doc_lines(item.doc.as_deref()),
        generated: item.rust.is_none(),
        index: cx.index.error(id),
        fields: fields.collect(),
        has_message: item.message.is_none(),
        message: message(api, item),
    };
    view.render().unwrap_or_default()
}

/// The expression of an error's message.
fn message(api: &Api, item: &Error) -> String {
    let Some(format) = &item.message else {
        return "self.message.clone()".into();
    };
    let bare = format.replace("{{", "").replace("}}", "");
    let args: Vec<_> = item
        .fields
        .iter()
        .filter(|field| bare.contains(&format!("{{{}}}", field.name)))
        .map(|field| {
            let name = rust_ident(&field.name);
            let shown = match api.expand(&field.ty) {
                Type::Str | Type::Bool | Type::Int(_) | Type::BigInt | Type::F32 | Type::F64 => {
                    format!("self.{name}")
                }
                Type::Enum(id) => {
                    let marker = marker(api, api[*id].module, &api[*id].name);
                    format!("rt::member::<{marker}>(self.{name})")
                }
                _ => format!("rt::debug(&self.{name})"),
            };
            format!("{} = {shown}", field.name)
        })
        .collect();
    format!("::std::format!({}, {})", string(format), args.join(", "))
}

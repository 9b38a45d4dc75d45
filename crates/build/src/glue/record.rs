//! Records: the struct, the marker with its table, and the type's table.

use askama::Template;
use pyrus_idl::model::{Api, ParamKind, RecordId};
use pyrus_idl::rust_ident;

use super::Context;
use super::data::doc_lines;
use super::facts::Owner;
use super::tables::{TypeTable, members};
use super::text::{c_string, place, string};
use crate::types::row;
use crate::types::rust::{marker, record_path};

/// A generated struct.
#[derive(Template)]
#[template(path = "rust/struct.rs.jinja", escape = "none")]
struct Struct {
    place: String,
    name: String,
    doc: Vec<String>,
    fields: Vec<(String, String)>,
}

/// The struct of a record; nothing when the declarations name one.
pub(crate) fn render_struct(api: &Api, id: RecordId) -> Option<String> {
    let record = &api[id];
    if record.rust.is_some() {
        return None;
    }
    let fields = record.fields.iter().map(|field| {
        (
            rust_ident(&field.name),
            row(api, &field.ty, record.module).rust.field.ty,
        )
    });
    let view = Struct {
        place: place(&record.origin),
        name: rust_ident(&record.name),
        doc: doc_lines(record.doc.as_deref()),
        fields: fields.collect(),
    };
    view.render().ok()
}

/// How the runtime knows a record.
#[derive(Template)]
#[template(path = "rust/record.rs.jinja", escape = "none")]
struct Marker {
    place: String,
    name: String,
    py_name: String,
    path: String,
    index: usize,
    fields: Vec<Field>,
    texts: String,
    names: usize,
    positional_only: usize,
    positional: usize,
    frozen: bool,
    guard: &'static str,
    deprecated: String,
    shape: &'static str,
}

struct Field {
    name: String,
    ty: String,
    conv: String,
    ops: usize,
    default: usize,
    place: String,
}

/// The marker of a record.
pub(crate) fn render_marker(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let mut texts = vec![record.name.clone()];
    let mut fields = Vec::new();
    for field in &record.fields {
        let row = row(api, &field.ty, record.module);
        let doc = crate::docs::field(field).unwrap_or_default();
        texts.push(field.name.clone());
        texts.push(row.python.argument.plain().to_owned());
        texts.push(doc.replace('\0', ""));
        let default = field.default.as_ref();
        let default = default.map(|value| super::expr::owned(api, &field.ty, value));
        fields.push(Field {
            name: rust_ident(&field.name),
            ops: cx.ops(&row.rust.field.conv),
            default: default.map_or(0, |value| cx.default(&row.rust.field.ty, value) + 1),
            ty: row.rust.field.ty,
            conv: row.rust.field.conv,
            place: format!("{} {}", place(&field.origin), field.name),
        });
    }
    let count = fields.len();
    let (positional_only, positional) = match record.kind {
        ParamKind::PositionalOnly => (count, count),
        ParamKind::PositionalOrKeyword => (0, count),
        _ => (0, 0),
    };
    let keyword_names: Vec<&str> = record.fields[positional_only..]
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let view = Marker {
        place: place(&record.origin),
        name: rust_ident(&record.name),
        py_name: string(&record.name),
        path: record_path(api, id),
        index: cx.index.record(id),
        texts: string(
            &texts
                .iter()
                .fold(String::new(), |all, text| all + text + "\0"),
        ),
        names: cx.intern_fields(&keyword_names),
        positional_only,
        positional,
        frozen: record.frozen,
        guard: if record.frozen { "Frozen" } else { "Flag" },
        deprecated: super::text::optional(record.deprecated.as_deref()),
        shape: if record.rust.is_some() {
            "declared"
        } else {
            "generated"
        },
        fields,
    };
    view.render().unwrap_or_default()
}

/// The table of a record's type.
pub(crate) fn render_table(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let marker = marker(api, record.module, &record.name);
    let mut table = TypeTable::new(&format!("{}.{}", api[record.module].public, record.name));
    table.place = format!("{} {}", place(&record.origin), record.name);
    table.layout = format!("rt::TypeLayout::record(<{marker} as rt::Record>::SPEC)");
    table.record = format!("Some(<{marker} as rt::Record>::SPEC)");
    let doc = crate::docs::record(record).unwrap_or_default();
    table.doc = c_string(&format!(
        "{}{}\n--\n\n{doc}",
        record.name,
        crate::signature::record(api, record)
    ));
    table.vectorcall = format!("Some(rt::record::vectorcall::<{}>)", record.fields.len());
    let hashes = record
        .methods
        .iter()
        .any(|method| method.name == "__hash__");
    table.unhashable = !record.frozen && !hashes;
    members(
        cx,
        &mut table,
        Owner::Record(id),
        &record.methods,
        &record.properties,
        &record.constants,
        false,
        &record.name,
    );
    table.render().unwrap_or_default()
}

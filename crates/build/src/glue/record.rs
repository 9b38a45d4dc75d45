//! Records: the struct, the marker with its table, and the type's table.

use askama::Template;
use pyrus_idl::model::{Api, ParamKind, RecordId};

use super::Context;
use super::data::doc_lines;
use super::facts::Owner;
use super::tables::{TypeTable, members};
use super::text::{c_string, place, string};
use crate::types::row;
use crate::types::rust::{identifier, marker, record_path};

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
            identifier(&field.name),
            row(api, &field.ty, record.module).rust.field.ty,
        )
    });
    let view = Struct {
        place: place(&record.origin),
        name: record.name.clone(),
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
    frozen: bool,
    signature: String,
}

struct Field {
    name: String,
    c_name: String,
    expected: String,
    doc: String,
    ty: String,
    conv: String,
    default: Option<String>,
    place: String,
}

/// The marker of a record.
pub(crate) fn render_marker(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let fields = record.fields.iter().map(|field| {
        let row = row(api, &field.ty, record.module);
        Field {
            name: identifier(&field.name),
            c_name: c_string(&field.name),
            expected: string(row.python.argument.plain()),
            doc: c_string(&crate::docs::field(field).unwrap_or_default()),
            ty: row.rust.field.ty,
            conv: row.rust.field.conv,
            default: field
                .default
                .as_ref()
                .map(|value| super::expr::owned(api, &field.ty, value)),
            place: format!("{} {}", place(&field.origin), field.name),
        }
    });
    let fields: Vec<Field> = fields.collect();
    let keyword_names: Vec<&str> = match record.kind {
        ParamKind::PositionalOnly => Vec::new(),
        _ => record
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect(),
    };
    let names = cx.intern(&keyword_names);
    let view = Marker {
        place: place(&record.origin),
        name: record.name.clone(),
        py_name: string(&record.name),
        path: record_path(api, id),
        index: cx.index.record(id),
        frozen: record.frozen,
        signature: signature(api, id, &fields, names),
        fields,
    };
    view.render().unwrap_or_default()
}

fn signature(api: &Api, id: RecordId, fields: &[Field], names: usize) -> String {
    let record = &api[id];
    let count = fields.len();
    let (positional_only, positional) = match record.kind {
        ParamKind::PositionalOnly => (count, count),
        ParamKind::PositionalOrKeyword => (0, count),
        _ => (0, 0),
    };
    let params: Vec<_> = record
        .fields
        .iter()
        .zip(fields)
        .map(|(field, view)| {
            format!(
                "rt::Param {{ name: {}, expected: {}, required: {} }}",
                string(&field.name),
                view.expected,
                field.default.is_none()
            )
        })
        .collect();
    let required = record
        .fields
        .iter()
        .take(64)
        .enumerate()
        .filter(|(_, field)| field.default.is_none())
        .fold(0u64, |bits, (i, _)| bits | 1 << i);
    format!(
        "rt::Signature {{ name: {}, origin: {}, params: &[{}], positional_only: {positional_only}, positional: {positional}, \
         var_positional: false, var_keyword: false, names: {names}, required: {required}, deprecated: {} }}",
        string(&record.name),
        string(&place(&record.origin)),
        params.join(", "),
        super::text::optional(record.deprecated.as_deref()),
    )
}

/// The table of a record's type.
#[allow(
    clippy::too_many_lines,
    reason = "one arm or line per case reads as a table"
)]
pub(crate) fn render_table(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let marker = marker(api, record.module, &record.name);
    let count = record.fields.len();
    let mut table = TypeTable::new(&format!("{}.{}", api[record.module].public, record.name));
    table.place = format!("{} {}", place(&record.origin), record.name);
    table.layout = format!("rt::TypeLayout::record::<{marker}>()");
    let doc = crate::docs::record(record).unwrap_or_default();
    table.doc = c_string(&format!(
        "{}{}\n--\n\n{doc}",
        record.name,
        crate::signature::record(api, record)
    ));
    table.vectorcall = format!("Some(rt::record::vectorcall::<{marker}, {count}>)");
    let declared = |name: &str| record.methods.iter().any(|method| method.name == name);
    let slot = |table: &mut TypeTable, id: &str, function: String| {
        table.slots.push(format!(
            "rt::SlotSpec {{ id: rt::ffi::{id}, function: rt::SlotFn::{function} }}"
        ));
    };
    slot(
        &mut table,
        "Py_tp_new",
        format!("New(rt::record::new::<{marker}, {count}>)"),
    );
    slot(
        &mut table,
        "Py_tp_setattro",
        format!("Assign(rt::record::setattro::<{marker}>)"),
    );
    if record.methods.is_empty() {
        // A type with its own `tp_getattro` loses the interpreter's fast method calls.
        slot(
            &mut table,
            "Py_tp_getattro",
            format!("Binary(rt::record::getattro::<{marker}>)"),
        );
    }
    if !declared("__repr__") {
        slot(
            &mut table,
            "Py_tp_repr",
            format!("Unary(rt::record::repr::<{marker}>)"),
        );
    }
    let compares = ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"]
        .iter()
        .any(|name| declared(name));
    if !compares {
        slot(
            &mut table,
            "Py_tp_richcompare",
            format!("Compare(rt::record::rich_compare::<{marker}>)"),
        );
    }
    if record.frozen && !declared("__hash__") {
        slot(
            &mut table,
            "Py_tp_hash",
            format!("Hash(rt::record::hash::<{marker}>)"),
        );
    }
    table.unhashable = !record.frozen && !declared("__hash__");
    fields(&mut table, cx, id, &marker);
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
    table.methods.push(super::class::address_method(&marker));
    table.render().unwrap_or_default()
}

/// Descriptors of the fields, and the methods that come with every record.
fn fields(table: &mut TypeTable, cx: &Context<'_>, id: RecordId, marker: &str) {
    let record = &cx.api[id];
    for (i, field) in record.fields.iter().enumerate() {
        let doc = c_string(&crate::docs::field(field).unwrap_or_default());
        let set = if record.frozen {
            "None".to_owned()
        } else {
            format!("Some(rt::record::setter::<{marker}>)")
        };
        table.properties.push(format!(
            "rt::property({}, {doc}, rt::record::getter::<{marker}>, {set}, {i})",
            c_string(&field.name)
        ));
    }
    let method = |name: &str, function: &str, signature: &str, doc: &str| {
        format!(
            "rt::noargs_raw({}, rt::record::{function}::<{marker}>, {})",
            c_string(name),
            c_string(&format!("{name}{signature}\n--\n\n{doc}"))
        )
    };
    table.methods.push(method(
        "__copy__",
        "copy",
        "($self, /)",
        "A record of its own with the same fields.",
    ));
    table.methods.push(method(
        "__reduce__",
        "reduce",
        "($self, /)",
        "For pickling.",
    ));
    table.methods.push(format!(
        "rt::one_raw(c\"__deepcopy__\", rt::record::deepcopy::<{marker}>, {})",
        c_string("__deepcopy__($self, memo, /)\n--\n\nA record of its own; Python objects inside are copied too.")
    ));
    table.helpers.push(method(
        "__field_names__",
        "field_names",
        "()",
        "The names of the fields, in order.",
    ));
    let positional = match record.kind {
        ParamKind::KeywordOnly => Vec::new(),
        _ => record
            .fields
            .iter()
            .map(|field| c_string(&field.name))
            .collect(),
    };
    table.match_args = format!("Some(&[{}])", positional.join(", "));
}

//! Live records: the type that hand-written code meets, its table, and the type's table.

use askama::Template;
use pyrus_idl::model::{Api, Field, FieldSexp, Record, RecordId, Type, Value};
use pyrus_idl::rust_ident;

use super::Context;
use super::constant::constant;
use super::data::doc_lines;
use super::text::{c_string, optional, place, string};
use crate::types::live;
use crate::types::rust::{marker, record_path};

/// What hand-written code meets.
#[derive(Template)]
#[template(path = "rust/live.rs.jinja", escape = "none")]
struct Struct {
    place: String,
    name: String,
    doc: Vec<String>,
    table: String,
}

/// The Rust type of a live record.
pub(crate) fn render_struct(api: &Api, id: RecordId) -> String {
    let record = &api[id];
    let view = Struct {
        place: place(&record.origin),
        name: rust_ident(&record.name),
        doc: doc_lines(record.doc.as_deref()),
        table: table_path(api, id),
    };
    view.render().unwrap_or_default()
}

/// The static table of a record.
pub(crate) fn table_path(api: &Api, id: RecordId) -> String {
    let record = &api[id];
    marker(api, record.module, &record.name)
}

/// How the runtime knows a live record.
#[derive(Template)]
#[template(path = "rust/live_table.rs.jinja", escape = "none")]
struct Marker {
    place: String,
    name: String,
    py_name: String,
    path: String,
    index: usize,
    map: usize,
    fields: Vec<Row>,
    keys: Vec<String>,
    order: Vec<usize>,
    positionals: Vec<usize>,
    needed: Vec<u64>,
    absent: Vec<(usize, String)>,
    root: String,
    docs: Vec<(usize, String)>,
    names: usize,
    deprecated: String,
}

/// A field's row.
#[allow(clippy::struct_excessive_bools, reason = "facts, each on its own")]
struct Row {
    place: String,
    c_name: String,
    expected: usize,
    kind: String,
    optional: bool,
    default: String,
    key: String,
    positional: bool,
    repeated: bool,
    bare: bool,
    flag: String,
    lenient: bool,
    quoted: bool,
    absent: bool,
    digits: String,
}

/// The table of a live record.
pub(crate) fn render_marker(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let order = emit_order(record);
    let names: Vec<&str> = record.fields.iter().map(|field| &*field.name).collect();
    let names = cx.intern_fields(&names);
    let module = api[record.module].path.last();
    let path = module.map_or_else(
        || record.name.clone(),
        |module| format!("{module}.{}", record.name),
    );
    let fields = record.fields.iter().map(|field| row(cx, field)).collect();
    let view = Marker {
        place: place(&record.origin),
        name: rust_ident(&record.name),
        py_name: string(&record.name),
        path: string(&path),
        index: cx.index.record(id),
        map: cx.index.live(id),
        fields,
        keys: keys(record, &order),
        positionals: (0..record.fields.len())
            .filter(|i| sexp(&record.fields[*i]).positional)
            .collect(),
        needed: needed(api, record),
        absent: absent(api, record),
        order,
        root: optional(record.sexp_root.as_deref()),
        docs: docs(record),
        names,
        deprecated: optional(record.deprecated.as_deref()),
    };
    view.render().unwrap_or_default()
}

fn sexp(field: &Field) -> FieldSexp {
    field.sexp.clone().unwrap_or_default()
}

/// Positional fields first, then by the weight that the declaration gives; else as declared.
fn emit_order(record: &Record) -> Vec<usize> {
    let mut order: Vec<usize> = (0..record.fields.len()).collect();
    order.sort_by_key(|i| {
        let facts = sexp(&record.fields[*i]);
        (!facts.positional, facts.order)
    });
    order
}

/// Fields that are neither nothing nor an empty list when nothing is said of them: 64 to a number.
fn needed(api: &Api, record: &Record) -> Vec<u64> {
    let mut bits = vec![0; 4];
    for (i, field) in record.fields.iter().enumerate() {
        let nothing = match api.expand(&field.ty) {
            Type::Optional(_) => sexp(field).absent.is_none(),
            Type::List(_) => field.default.is_some(),
            _ => false,
        };
        if !nothing {
            bits[i / 64] |= 1u64 << (i % 64);
        }
    }
    bits
}

/// The fields whose absence means something, each with what it means.
fn absent(api: &Api, record: &Record) -> Vec<(usize, String)> {
    let fields = record.fields.iter().enumerate();
    fields
        .filter_map(|(i, field)| {
            let value = sexp(field).absent?;
            Some((i, default(api, &field.ty, &value)))
        })
        .collect()
}

/// Keys in the order in which they are most likely met; those that are only read come last.
fn keys(record: &Record, order: &[usize]) -> Vec<String> {
    let key = |head: u64, text: &str, field: &usize| {
        format!("rt::live::Key {{ head: {head:#x}, text: {text}, field: {field} }}")
    };
    let own = order.iter().map(|i| {
        let text = sexp(&record.fields[*i]).key;
        key(head(&text), &optional(None), i)
    });
    let also = order.iter().flat_map(|i| {
        let also = sexp(&record.fields[*i]).also.into_iter();
        also.map(move |text| key(head(&text), &optional(Some(&text)), i))
    });
    own.chain(also).collect()
}

/// The first eight bytes as the number that a little-endian load gives.
fn head(key: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = key.len().min(8);
    bytes[..len].copy_from_slice(&key.as_bytes()[..len]);
    u64::from_le_bytes(bytes)
}

fn row(cx: &mut Context<'_>, field: &Field) -> Row {
    let api = cx.api;
    let expected = cx.annotation(live::expected(api, &field.ty));
    let facts = sexp(field);
    let some = |value: Option<&Value>| {
        value.map_or_else(
            || "::std::option::Option::None".to_owned(),
            |value| {
                let value = default(api, &field.ty, value);
                format!("::std::option::Option::Some({value})")
            },
        )
    };
    Row {
        place: place(&field.origin),
        c_name: c_string(&field.name),
        expected,
        kind: kind(cx, &field.ty),
        optional: matches!(api.expand(&field.ty), Type::Optional(_)),
        default: some(field.default.as_ref()),
        key: optional((facts.key != field.name).then_some(&*facts.key)),
        positional: facts.positional,
        repeated: facts.repeated,
        bare: facts.bare,
        flag: facts.flag.map_or_else(
            || "::std::option::Option::None".to_owned(),
            |flag| format!("::std::option::Option::Some(rt::live::Flag::{flag:?})"),
        ),
        lenient: facts.lenient,
        quoted: facts.quoted,
        absent: facts.absent.is_some(),
        digits: facts.digits.map_or_else(
            || "::std::option::Option::None".to_owned(),
            |digits| format!("::std::option::Option::Some({digits})"),
        ),
    }
}

fn kind(cx: &Context<'_>, ty: &Type) -> String {
    let api = cx.api;
    let kind = match api.core(ty) {
        Type::Bool => "Bool".to_owned(),
        Type::Int(int) => {
            let (low, high) = int.range();
            // The lowest number has no literal of its own.
            let low = if low == i128::from(i64::MIN) {
                "i64::MIN".to_owned()
            } else {
                low.to_string()
            };
            format!("Int({low}, {high})")
        }
        Type::F64 => "Float".to_owned(),
        Type::Enum(id) => {
            let marker = marker(api, api[*id].module, &api[*id].name);
            format!(
                "Member(rt::live::Members {{ spec: <{marker} as rt::EnumClass>::SPEC, index: {} }})",
                cx.index.enumeration(*id)
            )
        }
        Type::Record(id) => format!("Node(&{})", table_path(api, *id)),
        Type::List(item) => format!("List(&{})", kind(cx, item)),
        _ => "Str".to_owned(),
    };
    format!("rt::live::Kind::{kind}")
}

/// A value of the declarations as the runtime has it.
fn default(api: &Api, ty: &Type, value: &Value) -> String {
    let value = match (api.core(ty), value) {
        (_, Value::Bool(value)) => format!("Bool({value})"),
        (Type::F64, Value::Int(number)) => format!("Float({number}.0)"),
        (_, Value::Int(number)) => format!("Int({number})"),
        (_, Value::Float(number)) => format!("Float({})", super::expr::float(*number, "f64")),
        (_, Value::Str(text)) => format!("Str({})", string(text)),
        (_, Value::Member(_, index)) => format!("Member({index})"),
        (_, Value::EmptyList) => "Empty".to_owned(),
        (Type::Record(id), Value::Fields(_, fields)) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(i, value)| {
                    format!("({i}, {})", default(api, &api[*id].fields[*i].ty, value))
                })
                .collect();
            format!("Node(&[{}])", fields.join(", "))
        }
        _ => "Absent".to_owned(),
    };
    format!("rt::live::Default::{value}")
}

/// Docstrings of the fields that have one.
fn docs(record: &Record) -> Vec<(usize, String)> {
    let fields = record.fields.iter().enumerate();
    fields
        .filter_map(|(i, field)| Some((i, c_string(&crate::docs::field(field)?))))
        .collect()
}

/// The table of a live record's type.
#[derive(Template)]
#[template(path = "rust/live_type.rs.jinja", escape = "none")]
struct TypeRow {
    place: String,
    full_name: String,
    doc: String,
    table: String,
    path: String,
    constants: Vec<String>,
}

/// The table of a live record's type.
pub(crate) fn render_table(cx: &mut Context<'_>, id: RecordId) -> String {
    let api = cx.api;
    let record = &api[id];
    let doc = crate::docs::record(record).unwrap_or_default();
    let doc = format!(
        "{}{}\n--\n\n{doc}",
        record.name,
        crate::signature::record(api, record)
    );
    let constants = record.constants.iter().map(|item| constant(cx, item));
    let view = TypeRow {
        place: format!("{} {}", place(&record.origin), record.name),
        full_name: c_string(&format!("{}.{}", api[record.module].public, record.name)),
        doc: c_string(&doc),
        table: table_path(api, id),
        path: record_path(api, id),
        constants: constants.collect(),
    };
    view.render().unwrap_or_default()
}

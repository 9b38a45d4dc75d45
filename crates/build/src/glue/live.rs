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
    path: String,
    name_at: usize,
    words: String,
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
    name: String,
    key: String,
    expected: usize,
    kind: String,
    optional: bool,
    default: String,
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
    let mut words = Words::default();
    let fields = record.fields.iter();
    let fields = fields.map(|field| row(cx, &mut words, field)).collect();
    let keys = keys(record, &mut words, &order);
    let view = Marker {
        place: place(&record.origin),
        name: rust_ident(&record.name),
        path: string(&path),
        name_at: path.len() - record.name.len(),
        index: cx.index.record(id),
        map: cx.index.live(id),
        fields,
        keys,
        words: string(&words.0),
        positionals: (0..record.fields.len())
            .filter(|i| sexp(&record.fields[*i]).positional)
            .collect(),
        needed: needed(api, record),
        absent: absent(api, record),
        order: if order.is_sorted() { Vec::new() } else { order },
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
fn keys(record: &Record, words: &mut Words, order: &[usize]) -> Vec<String> {
    let facts = || order.iter().map(|i| (i, sexp(&record.fields[*i])));
    let own = facts().map(|(i, facts)| (i, facts.key));
    let also = facts().flat_map(|(i, facts)| facts.also.into_iter().map(move |key| (i, key)));
    let key = |(field, key): (&usize, String)| {
        let (head, text) = (head(&key), words.word(&key));
        format!("rt::live::Key {{ head: {head:#x}, text: {text}, field: {field} }}")
    };
    own.chain(also).map(key).collect()
}

/// The words of a record, each with a NUL behind it.
#[derive(Default)]
struct Words(String);

impl Words {
    /// Where a word stands; it is appended if it is not there yet.
    fn word(&mut self, word: &str) -> String {
        let whole = format!("\0{word}\0");
        let known = if self.0.starts_with(&whole[1..]) {
            Some(0)
        } else {
            self.0.find(&whole).map(|before| before + 1)
        };
        let start = known.unwrap_or_else(|| {
            let end = self.0.len();
            self.0 += &whole[1..];
            end
        });
        format!("rt::live::Word::new({start}, {})", word.len())
    }
}

/// The first eight bytes as the number that a little-endian load gives.
fn head(key: &str) -> u64 {
    let mut bytes = [0; 8];
    let len = key.len().min(8);
    bytes[..len].copy_from_slice(&key.as_bytes()[..len]);
    u64::from_le_bytes(bytes)
}

fn row(cx: &mut Context<'_>, words: &mut Words, field: &Field) -> Row {
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
        name: words.word(&field.name),
        key: words.word(&facts.key),
        expected,
        kind: kind(cx, &field.ty),
        optional: matches!(api.expand(&field.ty), Type::Optional(_)),
        default: some(field.default.as_ref()),
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
            format!("Int(&({low}, {high}))")
        }
        Type::F64 => "Float".to_owned(),
        Type::Enum(id) => {
            let marker = marker(api, api[*id].module, &api[*id].name);
            format!(
                "Member(&rt::live::Members {{ spec: <{marker} as rt::EnumClass>::SPEC, index: {} }})",
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

//! Records.

use pyrus_idl::model::{ParamKind, Record, RecordId, Type};

use super::class::{address, constants, functions, head, method};
use super::function::{self, Draft, bare, parameter, separated};
use super::{Members, StubClass, StubFunction, StubItem, property, protocol, value};
use crate::docs;
use crate::stub::docstring;
use crate::stub::layout::Parameter;
use crate::stub::scope::Scope;
use crate::types::spell::like;

/// A record: its fields, the constructor, and what comes with data.
pub(crate) fn view(scope: &mut Scope<'_>, id: RecordId, indent: usize) -> StubClass {
    let record = &scope.api[id];
    let owner = Type::Record(id);
    let inner = indent + 4;
    let mut decorators = vec![format!("@{}", scope.typing("final"))];
    decorators.extend(function::deprecated(
        scope,
        indent,
        record.deprecated.as_deref(),
    ));
    let doc = docs::record(record)
        .map(|doc| docstring::literal(inner, &doc))
        .unwrap_or_default();
    let mut members = Members::new(!doc.is_empty());
    let names = match_names(record);
    members.push(StubItem::Attribute(value::match_args(&names, inner)));
    let has = |name: &str| record.methods.iter().any(|method| method.name == name);
    if !record.frozen && !has("__hash__") {
        members.push(StubItem::Attribute(value::unhashable(scope)));
    }
    constants(scope, &mut members, &record.constants, inner);
    fields(scope, &mut members, record, inner);
    members.push(StubItem::Function(constructor(scope, record, inner)));
    for item in &record.properties {
        members.push(StubItem::Property(property::declared(scope, item, inner)));
    }
    functions(scope, &mut members, &record.methods, &owner, inner);
    for item in protocol::counterparts(scope, &record.methods, true, &owner, inner) {
        members.push(item);
    }
    for item in added(scope, record, inner) {
        members.push(StubItem::Function(item));
    }
    let head = head(indent, &record.name, None, false, &record.origin);
    StubClass {
        decorators,
        head,
        doc,
        members: members.placed,
    }
}

/// What an object must have to be taken for the record. There is no such class at run time.
pub(crate) fn protocol(scope: &mut Scope<'_>, id: RecordId, indent: usize) -> StubClass {
    let record = &scope.api[id];
    let inner = indent + 4;
    let doc = format!("Anything with the attributes of `{}`.", record.name);
    let mut members = Members::new(true);
    for field in &record.fields {
        let view = property::read(scope, field, inner);
        members.push(StubItem::Property(view));
    }
    let base = scope.typing("Protocol");
    StubClass {
        decorators: vec![format!("@{}", scope.typing("type_check_only"))],
        head: head(
            indent,
            &like(&record.name),
            Some(&base),
            false,
            &record.origin,
        ),
        doc: docstring::literal(inner, &doc),
        members: members.placed,
    }
}

/// Fields that the constructor takes by position.
fn match_names(record: &Record) -> Vec<&str> {
    let fields = record
        .fields
        .iter()
        .filter(|_| record.kind != ParamKind::KeywordOnly);
    fields.map(|field| field.name.as_str()).collect()
}

fn fields(scope: &mut Scope<'_>, members: &mut Members, record: &Record, indent: usize) {
    for field in &record.fields {
        let same = scope.argument(&field.ty) == scope.result(&field.ty);
        members.push(if same && !record.frozen {
            StubItem::Attribute(value::field(scope, field, indent))
        } else {
            StubItem::Property(property::field(scope, field, record.frozen, indent))
        });
    }
}

fn constructor(scope: &mut Scope<'_>, record: &Record, indent: usize) -> StubFunction {
    let entries = record.fields.iter().map(|field| {
        let default = field.default.as_ref();
        let default = default.map(|value| function::shown_default(scope.api, &field.ty, value));
        (
            record.kind,
            parameter(scope, &field.name, record.kind, &field.ty, default),
        )
    });
    let entries = entries.collect();
    let params = std::iter::once(bare("cls"))
        .chain(separated(entries))
        .collect();
    let returns = scope.extension("Self");
    let name = "__new__";
    Draft {
        indent,
        name,
        params,
        returns,
        ..Draft::default()
    }
    .finish()
}

/// Equality, hash, copying, pickling and introspection.
fn added(scope: &mut Scope<'_>, record: &Record, indent: usize) -> Vec<StubFunction> {
    let has = |name: &str| record.methods.iter().any(|method| method.name == name);
    let object = scope.builtin("object");
    let tuple = scope.builtin("tuple");
    let str = scope.builtin("str");
    let own = scope.extension("Self");
    let mut out = Vec::new();
    let one = |name: &str| {
        let prefix = format!("{name}: ");
        vec![
            Parameter {
                prefix,
                annotation: object.clone(),
                default: String::new(),
            },
            bare("/"),
        ]
    };
    if !has("__eq__") {
        let bool = scope.builtin("bool");
        out.push(method("__eq__", one("value"), bool, indent));
    }
    if record.frozen && !has("__hash__") {
        let int = scope.builtin("int");
        out.push(method("__hash__", Vec::new(), int, indent));
    }
    out.push(method("__copy__", Vec::new(), own.clone(), indent));
    out.push(method("__deepcopy__", one("memo"), own, indent));
    out.push(method(
        "__reduce__",
        Vec::new(),
        format!("{tuple}[{object}, ...]"),
        indent,
    ));
    let decorators = vec![format!("@{}", scope.builtin("staticmethod"))];
    let returns = format!("{tuple}[{str}, ...]");
    let (name, params) = ("__field_names__", Vec::new());
    out.push(
        Draft {
            indent,
            decorators,
            name,
            params,
            returns,
            ..Draft::default()
        }
        .finish(),
    );
    out.push(address(scope, indent));
    out
}

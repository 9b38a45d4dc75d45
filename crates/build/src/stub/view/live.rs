//! Live records: properties whose setters take more than their getters give.

use pyrus_idl::model::{Field, ParamKind, Record, RecordId};

use super::class::{address, constants, head, method};
use super::function::{self, Draft, bare, separated};
use super::{Members, StubClass, StubFunction, StubItem, property, value};
use crate::docs;
use crate::stub::docstring;
use crate::stub::layout::Parameter;
use crate::stub::scope::Scope;

/// A live record.
pub(crate) fn view(scope: &mut Scope<'_>, id: RecordId, indent: usize) -> StubClass {
    let record = &scope.api[id];
    let inner = indent + 4;
    let mut decorators = vec![format!("@{}", scope.extension("disjoint_base"))];
    decorators.extend(function::deprecated(
        scope,
        indent,
        record.deprecated.as_deref(),
    ));
    let doc = docs::record(record)
        .map(|doc| docstring::literal(inner, &doc))
        .unwrap_or_default();
    let mut members = Members::new(!doc.is_empty());
    members.push(StubItem::Attribute(value::match_args(&[], inner)));
    constants(scope, &mut members, &record.constants, inner);
    for field in &record.fields {
        let (getter, setter) = (scope.live_result(&field.ty), scope.live_argument(&field.ty));
        members.push(if getter == setter {
            StubItem::Attribute(value::attribute(&field.name, &getter, &field.origin, inner))
        } else {
            StubItem::Property(property::live(scope, field, getter, setter, inner))
        });
    }
    members.push(StubItem::Function(constructor(scope, record, inner)));
    for item in added(scope, inner) {
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

fn constructor(scope: &mut Scope<'_>, record: &Record, indent: usize) -> StubFunction {
    let parameter = |scope: &mut Scope<'_>, field: &Field| {
        let default = field.default.as_ref();
        let default = default.map(|value| function::shown_default(scope.api, &field.ty, value));
        Parameter {
            prefix: format!("{}: ", field.name),
            annotation: scope.live_argument(&field.ty),
            default: default.map(|text| format!(" = {text}")).unwrap_or_default(),
        }
    };
    let entries = record
        .fields
        .iter()
        .map(|field| (ParamKind::KeywordOnly, parameter(scope, field)))
        .collect();
    let params = std::iter::once(bare("cls"))
        .chain(separated(entries))
        .collect();
    let returns = scope.extension("Self");
    Draft {
        indent,
        name: "__new__",
        params,
        returns,
        ..Draft::default()
    }
    .finish()
}

/// Equality, hash, copying, pickling and introspection.
fn added(scope: &mut Scope<'_>, indent: usize) -> Vec<StubFunction> {
    let object = scope.builtin("object");
    let (bool, int) = (scope.builtin("bool"), scope.builtin("int"));
    let (tuple, list, str) = (
        scope.builtin("tuple"),
        scope.builtin("list"),
        scope.builtin("str"),
    );
    let own = scope.extension("Self");
    let one = |name: &str, annotation: &str| {
        let parameter = Parameter {
            prefix: format!("{name}: "),
            annotation: annotation.to_owned(),
            default: String::new(),
        };
        vec![parameter, bare("/")]
    };
    let mut out = vec![
        method("__eq__", one("value", &object), bool, indent),
        method("__hash__", Vec::new(), int, indent),
        method("__copy__", Vec::new(), own.clone(), indent),
        method("__deepcopy__", one("memo", &object), own.clone(), indent),
        method(
            "__reduce__",
            Vec::new(),
            format!("{tuple}[{object}, ...]"),
            indent,
        ),
    ];
    let bytes = scope.builtin("bytes");
    let params = std::iter::once(bare("cls"))
        .chain(one("data", &bytes))
        .collect();
    out.push(
        Draft {
            indent,
            decorators: vec![format!("@{}", scope.builtin("classmethod"))],
            name: "__restore__",
            params,
            returns: own,
            ..Draft::default()
        }
        .finish(),
    );
    out.push(
        Draft {
            indent,
            decorators: vec![format!("@{}", scope.builtin("staticmethod"))],
            name: "__field_names__",
            params: Vec::new(),
            returns: format!("{list}[{str}]"),
            ..Draft::default()
        }
        .finish(),
    );
    out.push(address(scope, indent));
    out
}

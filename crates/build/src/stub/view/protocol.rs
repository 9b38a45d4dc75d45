//! Methods that fill slots: their shape is the interpreter's, which also adds counterparts that the stub must show.

use pyrus_idl::model::{Api, Binding, Function, Param, ParamKind, Type};

use super::function::{Draft, bare, parameter, separated};
use super::{StubFunction, StubItem};
use crate::stub::layout::Parameter;
use crate::stub::scope::Scope;
use crate::types::names;

/// Slots come in pairs: a type that fills one side gets a wrapper for the other.
const PAIRS: [(&str, &str); 15] = [
    ("__lt__", "__gt__"),
    ("__le__", "__ge__"),
    ("__add__", "__radd__"),
    ("__sub__", "__rsub__"),
    ("__mul__", "__rmul__"),
    ("__matmul__", "__rmatmul__"),
    ("__truediv__", "__rtruediv__"),
    ("__floordiv__", "__rfloordiv__"),
    ("__mod__", "__rmod__"),
    ("__pow__", "__rpow__"),
    ("__lshift__", "__rlshift__"),
    ("__rshift__", "__rrshift__"),
    ("__and__", "__rand__"),
    ("__xor__", "__rxor__"),
    ("__or__", "__ror__"),
];

const IN_PLACE: [&str; 13] = [
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imatmul__",
    "__itruediv__",
    "__ifloordiv__",
    "__imod__",
    "__ipow__",
    "__ilshift__",
    "__irshift__",
    "__iand__",
    "__ixor__",
    "__ior__",
];

/// Whether a method has the fixed shape of a slot. `__call__` has parameters of its own.
pub(crate) fn is_protocol(function: &Function) -> bool {
    matches!(function.binding, Binding::Method(_))
        && function.name.starts_with("__")
        && function.name.ends_with("__")
        && function.name != "__call__"
}

/// Every object has these; stubs do not repeat them (ruff PYI029).
pub(crate) fn is_silent(function: &Function) -> bool {
    is_protocol(function) && matches!(function.name.as_str(), "__repr__" | "__str__")
}

/// mypy wants the signature of `__ipow__` to be that of `__pow__`, but only the latter has a third operand.
pub(crate) fn is_odd(api: &Api, function: &Function, owner: Option<&Type>) -> bool {
    let methods = match owner {
        Some(Type::Class(id)) => &api[*id].methods,
        Some(Type::Record(id)) => &api[*id].methods,
        _ => return false,
    };
    let has_power = || {
        methods
            .iter()
            .any(|f| matches!(f.name.as_str(), "__pow__" | "__rpow__"))
    };
    function.name == "__ipow__" && is_protocol(function) && has_power()
}

/// The parameters of a slot after `self`: all positional.
pub(crate) fn parameters(
    scope: &mut Scope<'_>,
    function: &Function,
    params: &[Param],
) -> Vec<Parameter> {
    match function.name.as_str() {
        "__eq__" | "__ne__" => {
            let object = scope.builtin("object");
            return positional(vec![annotated("value", object)]);
        }
        "__exit__" if params.len() == 3 => return exit_parameters(scope),
        "__buffer__" => {
            let int = scope.builtin("int");
            return positional(vec![annotated("flags", int)]);
        }
        _ => {}
    }
    let kind = ParamKind::PositionalOnly;
    let mut shown: Vec<_> = params
        .iter()
        .map(|param| parameter(scope, &param.name, kind, &param.ty, None))
        .collect();
    if matches!(function.name.as_str(), "__pow__" | "__rpow__") {
        shown.push(modulus());
    }
    positional(shown)
}

fn modulus() -> Parameter {
    Parameter {
        prefix: "mod: ".into(),
        annotation: "None".into(),
        default: " = None".into(),
    }
}

/// What `with` passes when it ends.
pub(crate) fn exit_parameters(scope: &mut Scope<'_>) -> Vec<Parameter> {
    let ty = scope.builtin("type");
    let traceback = scope.standard("types", "TracebackType");
    positional(vec![
        annotated("exc_type", format!("{ty}[BaseException] | None")),
        annotated("exc_value", "BaseException | None".into()),
        annotated("traceback", format!("{traceback} | None")),
    ])
}

fn annotated(name: &str, annotation: String) -> Parameter {
    Parameter {
        prefix: format!("{name}: "),
        annotation,
        default: String::new(),
    }
}

fn positional(params: Vec<Parameter>) -> Vec<Parameter> {
    let kind = ParamKind::PositionalOnly;
    separated(params.into_iter().map(|param| (kind, param)).collect())
}

/// The result of a slot. Where the protocol leaves no choice, the declaration is not asked.
pub(crate) fn returns(
    scope: &mut Scope<'_>,
    function: &Function,
    ty: &Type,
    owner: Option<&Type>,
) -> String {
    match function.name.as_str() {
        "__buffer__" => scope.builtin("memoryview"),
        "__hash__" => scope.builtin("int"),
        "__eq__" | "__ne__" => scope.builtin("bool"),
        "__next__" => {
            let item = without_none(scope.api, ty);
            scope.result(item)
        }
        "__enter__" if owner == Some(ty) => scope.extension("Self"),
        name if IN_PLACE.contains(&name) => scope.extension("Self"),
        _ => scope.result(ty),
    }
}

/// `None` ends an iteration; what it gives is the rest.
fn without_none<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Optional(inner) => inner,
        Type::Alias(id) if matches!(api[*id].ty, Type::Optional(_) | Type::Alias(_)) => {
            without_none(api, &api[*id].ty)
        }
        other => other,
    }
}

/// The other sides of declared operators, and the comparisons that come with equality.
pub(crate) fn counterparts(
    scope: &mut Scope<'_>,
    methods: &[Function],
    has_eq: bool,
    owner: &Type,
    indent: usize,
) -> Vec<StubItem> {
    let declared = |name: &str| methods.iter().find(|f| f.name == name && is_protocol(f));
    let mut out = Vec::new();
    let mut shown: Vec<&str> = methods.iter().map(|f| f.name.as_str()).collect();
    for (left, right) in PAIRS {
        let (have, missing) = match (declared(left), declared(right)) {
            (Some(have), None) => (have, right),
            (None, Some(have)) => (have, left),
            _ => continue,
        };
        shown.push(missing);
        out.push(StubItem::Function(mirrored(
            scope, have, missing, owner, indent,
        )));
    }
    for (strict, loose, other) in [
        ("__lt__", "__le__", "__ge__"),
        ("__gt__", "__ge__", "__le__"),
    ] {
        if has_eq && shown.contains(&strict) && !shown.contains(&loose) && !shown.contains(&other) {
            for name in [loose, other] {
                shown.push(name);
                out.push(StubItem::Function(never(scope, name, indent)));
            }
        }
    }
    out
}

/// What the other operand must be when the declared side is asked first.
fn mirrored(
    scope: &mut Scope<'_>,
    have: &Function,
    name: &str,
    owner: &Type,
    indent: usize,
) -> StubFunction {
    let takes_owner = have
        .params
        .first()
        .is_some_and(|param| accepts(scope, &param.ty, owner));
    if !takes_owner {
        return never(scope, name, indent);
    }
    let operand = scope.argument(owner);
    let returns = scope.result(&have.returns);
    slot(name, operand, returns, indent)
}

/// A slot that always answers `NotImplemented`.
fn never(scope: &mut Scope<'_>, name: &str, indent: usize) -> StubFunction {
    let never = scope.extension("Never");
    slot(name, never.clone(), never, indent)
}

fn slot(name: &str, operand: String, returns: String, indent: usize) -> StubFunction {
    let mut operands = vec![annotated("value", operand)];
    if matches!(name, "__pow__" | "__rpow__") {
        operands.push(modulus());
    }
    let mut params = vec![bare("self")];
    params.extend(positional(operands));
    Draft {
        indent,
        name,
        params,
        returns,
        ..Draft::default()
    }
    .finish()
}

fn accepts(scope: &Scope<'_>, ty: &Type, owner: &Type) -> bool {
    match ty {
        Type::Object => true,
        Type::Alias(id) => accepts(scope, &scope.api[*id].ty, owner),
        Type::Union(_) | Type::Optional(_) => names::parts(ty)
            .into_iter()
            .any(|part| accepts(scope, part, owner)),
        other => other == owner,
    }
}

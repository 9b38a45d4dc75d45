//! Statements: constants, aliases, fields.

use pyrus_idl::model::{AliasId, Constant, ConstantSource, Origin, Type, Value};

use super::StubAttribute;
use crate::literal;
use crate::stub::layout;
use crate::stub::scope::{Scope, comment};

/// `LIMIT: Final = 100`, or `VERSION: Final[str]` when the value is not shown.
pub(crate) fn constant(scope: &mut Scope<'_>, constant: &Constant, indent: usize) -> StubAttribute {
    let name = &constant.name;
    let word = scope.typing("Final");
    let comment = comment(&constant.origin);
    let statement = if let Some(value) = shown(scope, constant) {
        layout::assignment(indent, &format!("{name}: {word} = "), &value, &comment)
    } else {
        let ty = format!("{word}[{}]", scope.result(&constant.ty));
        layout::assignment(indent, &format!("{name}: "), &ty, &comment)
    };
    StubAttribute { statement }
}

fn shown(scope: &mut Scope<'_>, constant: &Constant) -> Option<String> {
    let ConstantSource::Value(value) = &constant.source else {
        return None;
    };
    match (value, &constant.ty) {
        (Value::Member(id, index), _) => {
            let class = scope.result(&Type::Enum(*id));
            Some(format!("{class}.{}", scope.api[*id].members[*index].name))
        }
        (_, Type::Bytes) => None,
        (Value::Int(number), Type::F32 | Type::F64) => {
            let number = i32::try_from(*number).ok()?;
            literal::stub(&Value::Float(f64::from(number)))
        }
        _ => literal::stub(value),
    }
}

/// `Edge: TypeAlias = int`.
pub(crate) fn alias(scope: &mut Scope<'_>, id: AliasId) -> StubAttribute {
    let alias = &scope.api[id];
    scope.argument(&alias.ty);
    let target = scope.alias_target(id);
    let prefix = format!("{}: {} = ", alias.name, scope.extension("TypeAlias"));
    let statement = layout::assignment(0, &prefix, &target, &comment(&alias.origin));
    StubAttribute { statement }
}

/// Another name of a class.
pub(crate) fn renamed(scope: &mut Scope<'_>, name: &str, class: &str) -> StubAttribute {
    let word = scope.extension("TypeAlias");
    StubAttribute {
        statement: format!("{name}: {word} = {class}"),
    }
}

/// `x: float`, for fields that give what they take.
pub(crate) fn field(
    scope: &mut Scope<'_>,
    field: &pyrus_idl::model::Field,
    indent: usize,
) -> StubAttribute {
    let ty = scope.result(&field.ty);
    attribute(&field.name, &ty, &field.origin, indent)
}

/// `name: type`.
pub(crate) fn attribute(name: &str, ty: &str, origin: &Origin, indent: usize) -> StubAttribute {
    StubAttribute {
        statement: layout::assignment(indent, &format!("{name}: "), ty, &comment(origin)),
    }
}

/// Objects that compare by value and can change have no hash. Only this form is understood by every checker, and mypy
/// wants the comment.
pub(crate) fn unhashable(scope: &mut Scope<'_>) -> StubAttribute {
    let word = scope.typing("ClassVar");
    StubAttribute {
        statement: format!("__hash__: {word}[None]  # type: ignore[assignment]"),
    }
}

/// The names that patterns match by position.
pub(crate) fn match_args(names: &[&str], indent: usize) -> StubAttribute {
    StubAttribute {
        statement: layout::tuple(indent, "__match_args__ =", names),
    }
}

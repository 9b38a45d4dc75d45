//! Whether a type takes or gives more or less than another.

use pyrus_idl::Api;
use pyrus_idl::model::{EnumKind, IntKind, ModuleId, Type, Value};

use crate::spell;

/// How a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// By what it accepts.
    Argument,
    /// By what it gives: integers are Python's `int`, whatever their width.
    Result,
}

/// The values of the new type compared with those of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Same,
    Narrower,
    Wider,
    Other,
}

/// A type and the version it is in.
pub(crate) type In<'a> = (&'a Api, &'a Type);

/// Compares two types.
pub(crate) fn relate(old: In<'_>, new: In<'_>, by: Use) -> Relation {
    match (includes(new, old, by), includes(old, new, by)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

/// Whether every value of the smaller type is one of the larger.
fn includes((large_api, large): In<'_>, (small_api, small): In<'_>, by: Use) -> bool {
    let large = members(large_api, large);
    members(small_api, small).into_iter().all(|small| {
        large
            .iter()
            .any(|large| covers((large_api, large), (small_api, small), by))
    })
}

/// The members of the union that a type is; most are one.
fn members<'a>(api: &'a Api, ty: &'a Type) -> Vec<&'a Type> {
    match ty {
        Type::Alias(id) => members(api, &api[*id].ty),
        Type::Union(types) => types.iter().flat_map(|ty| members(api, ty)).collect(),
        Type::Optional(inner) => {
            let mut out = members(api, inner);
            out.push(&Type::None);
            out
        }
        other => vec![other],
    }
}

/// The same for types that are no unions.
fn covers(large: In<'_>, small: In<'_>, by: Use) -> bool {
    let (large_api, small_api) = (large.0, small.0);
    let part = |a: &Type, b: &Type| includes((large_api, a), (small_api, b), by);
    match (large.1, small.1) {
        (Type::Var(a), Type::Var(b)) => a == b,
        (Type::Object | Type::Var(_) | Type::Truth, _) => true,
        (Type::Buffer(a), Type::Buffer(b)) => a == b,
        (Type::List(a), Type::List(b))
        | (Type::Set(a), Type::Set(b))
        | (Type::Iterator(a) | Type::Iterable(a), Type::Iterator(b))
        | (Type::TypeOf(a), Type::TypeOf(b))
        | (Type::VarTuple(a), Type::VarTuple(b)) => part(a, b),
        (Type::Iterable(a), b) => item(b).is_some_and(|items| items.iter().all(|b| part(a, b))),
        (Type::VarTuple(a), Type::Tuple(items)) => items.iter().all(|b| part(a, b)),
        (Type::Tuple(a), Type::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| part(a, b))
        }
        (Type::Dict(a, x), Type::Dict(b, y)) => part(a, b) && part(x, y),
        (Type::Callable(a, x), Type::Callable(b, y)) => {
            let takes = |(a, b)| includes((small_api, b), (large_api, a), by);
            a.len() == b.len() && a.iter().zip(b).all(takes) && part(x, y)
        }
        (Type::Path, Type::Str) => by == Use::Argument,
        (Type::Str, Type::Enum(id)) => small_api[*id].kind == EnumKind::Str,
        (Type::F64 | Type::F32, b) => is_number(b, large.1, by),
        (Type::Int(_) | Type::BigInt, b) => is_integer(small_api, b, large.1, by),
        (a, b) => name(large_api, a) == name(small_api, b),
    }
}

/// What iterating gives.
fn item(ty: &Type) -> Option<Vec<&Type>> {
    match ty {
        Type::Iterable(item)
        | Type::List(item)
        | Type::Set(item)
        | Type::VarTuple(item)
        | Type::Dict(item, _) => Some(vec![item]),
        Type::Tuple(items) => Some(items.iter().collect()),
        _ => None,
    }
}

fn is_number(small: &Type, large: &Type, by: Use) -> bool {
    match small {
        Type::Bool | Type::Int(_) | Type::BigInt | Type::F32 => true,
        Type::F64 => *large == Type::F64 || by == Use::Result,
        _ => false,
    }
}

fn is_integer(api: &Api, small: &Type, large: &Type, by: Use) -> bool {
    let range = range(large);
    let holds = |number: i128| by == Use::Result || range.0 <= number && number <= range.1;
    match small {
        Type::Bool => true,
        Type::Int(_) | Type::BigInt => {
            let (low, high) = self::range(small);
            holds(low) && holds(high)
        }
        Type::Enum(id) if api[*id].kind != EnumKind::Str => {
            let values = api[*id].members.iter().map(|member| &member.value);
            values.into_iter().all(|value| match value {
                Value::Int(number) => holds(*number),
                _ => false,
            })
        }
        _ => false,
    }
}

/// The smallest and the largest integer; those of any size have the limits of `i128`.
fn range(ty: &Type) -> (i128, i128) {
    let Type::Int(kind) = ty else {
        return (i128::MIN, i128::MAX);
    };
    match kind {
        IntKind::I8 => (i8::MIN.into(), i8::MAX.into()),
        IntKind::I16 => (i16::MIN.into(), i16::MAX.into()),
        IntKind::I32 => (i32::MIN.into(), i32::MAX.into()),
        IntKind::I64 => (i64::MIN.into(), i64::MAX.into()),
        IntKind::U8 => (0, u8::MAX.into()),
        IntKind::U16 => (0, u16::MAX.into()),
        IntKind::U32 => (0, u32::MAX.into()),
        IntKind::U64 => (0, u64::MAX.into()),
    }
}

/// The name that tells declared types apart; a class of another extension may become one's own.
fn name(api: &Api, ty: &Type) -> String {
    let public = |module: ModuleId, name: &str| format!("{}.{name}", api[module].public);
    match ty {
        Type::Class(id) => public(api[*id].module, &api[*id].name),
        Type::Extern(id) => format!("{}.{}", api[*id].module, api[*id].class),
        other => spell::ty(api, other),
    }
}

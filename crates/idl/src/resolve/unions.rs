//! `A | B`: flat, two to six members, told apart by Python.

use std::collections::BTreeSet;

use super::at::At;
use super::types::Scope;
use super::{Cx, is_unknown, unknown};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, EnumKind, Type};
use crate::span::Span;
use crate::types::Expr;

/// What Python tells values apart by. Two members of a union that share one are ambiguous.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    Path,
    List,
    Tuple(Option<usize>),
    Dict,
    Set,
    Callable,
    Type,
    Iterator,
    Class(usize),
    Record(usize),
    Extern(usize),
    Anything,
}

impl Cx<'_> {
    pub(super) fn union(
        &mut self,
        scope: &Scope,
        at: At<'_>,
        expr: &Expr,
        members: &[Expr],
        named: bool,
    ) -> Type {
        let mut types: Vec<(Type, &Expr)> = Vec::new();
        let mut optional = false;
        let mut failed = false;
        for member in members {
            let mut ty = self.resolve_type(scope, at, member);
            while let Type::Optional(inner) = ty {
                optional = true;
                ty = *inner;
            }
            if ty == Type::None {
                optional = true;
                continue;
            }
            ty = self.union_member(at, member, ty);
            failed |= is_unknown(&ty);
            match ty {
                Type::Union(inner) => types.extend(inner.into_iter().map(|ty| (ty, member))),
                ty => types.push((ty, member)),
            }
        }
        if failed {
            return unknown();
        }
        self.finish_union(at, expr, types, optional, named)
    }

    fn union_member(&mut self, at: At<'_>, member: &Expr, ty: Type) -> Type {
        if let (Type::Alias(_), Type::Optional(_)) = (&ty, self.api.expand(&ty)) {
            let message = "this alias includes `None`, which a union says itself";
            let help = "leave `None` out of the alias and write `| None` here".to_owned();
            return self.type_error(at, member, codes::UNION_AMBIGUOUS, message, help);
        }
        self.nestable(at, member, ty, false)
    }

    fn finish_union(
        &mut self,
        at: At<'_>,
        expr: &Expr,
        types: Vec<(Type, &Expr)>,
        optional: bool,
        named: bool,
    ) -> Type {
        if types.len() > 6 {
            let message = format!("a union has at most 6 members, not {}", types.len());
            return self.type_error(at, expr, codes::UNION_SIZE, message, None);
        }
        if !self.distinct(at, &types) {
            return unknown();
        }
        let mut types: Vec<Type> = types.into_iter().map(|(ty, _)| ty).collect();
        if !self.told_apart(at.node.inside(expr.start, expr.end), &types, named) {
            return unknown();
        }
        let ty = match types.len() {
            0 => return Type::None,
            1 => types.remove(0),
            _ => Type::Union(types),
        };
        if optional {
            self.optional(at, expr, ty)
        } else {
            ty
        }
    }

    /// Reports members that Python cannot tell apart.
    pub(super) fn told_apart(&mut self, span: Span, types: &[Type], named: bool) -> bool {
        let Some((first, later)) = ambiguous(&self.api, types, named) else {
            return true;
        };
        let (a, b) = (self.api.show(&types[first]), self.api.show(&types[later]));
        let integers = |ty: &Type| matches!(ty, Type::Int(_) | Type::BigInt);
        let help = match (&types[first], &types[later]) {
            (Type::Str, Type::Path) | (Type::Path, Type::Str) => "`Path` accepts `str` already",
            (Type::Object, _) | (_, Type::Object) => "`object` accepts everything already",
            (a, b) if integers(a) && integers(b) => {
                "give the union a name under `types:`; then the first width that fits is taken"
            }
            (Type::Enum(_), _) | (_, Type::Enum(_)) => {
                "an enum accepts the values of its members already"
            }
            _ => "take the wider of the two, or `object`, and look at the value in Rust",
        };
        let message = format!("`{a}` and `{b}` cannot be told apart");
        let diagnostic = Diagnostic::new(codes::UNION_AMBIGUOUS, span, message);
        self.push(
            diagnostic
                .label("one Python value would fit both")
                .help(help),
        );
        false
    }

    /// Reports members that are the same.
    fn distinct(&mut self, at: At<'_>, types: &[(Type, &Expr)]) -> bool {
        for (i, (ty, expr)) in types.iter().enumerate() {
            let same = types[..i].iter().find(|(other, _)| other == ty);
            if let Some((_, first)) = same {
                let span = at.node.inside(expr.start, expr.end);
                let message = format!(
                    "`{}` is in this union twice",
                    &at.text()[expr.start..expr.end]
                );
                let diagnostic = Diagnostic::new(codes::UNION_DUPLICATE, span, message);
                self.push(diagnostic.also(at.node.inside(first.start, first.end), "first here"));
                return false;
            }
        }
        true
    }
}

/// Two members of a union that one Python object would satisfy equally. A union with a name may have several widths
/// of integers: the first that fits is taken.
fn ambiguous(api: &Api, members: &[Type], named: bool) -> Option<(usize, usize)> {
    let marks: Vec<BTreeSet<Mark>> = members.iter().map(|ty| marks(api, ty)).collect();
    let integer = |ty: &Type| matches!(ty, Type::Int(_) | Type::BigInt);
    for later in 1..members.len() {
        for first in 0..later {
            let widths = named && integer(&members[first]) && integer(&members[later]);
            let clash = marks[first]
                .iter()
                .any(|a| marks[later].iter().any(|b| same(a, b)));
            if clash && !widths {
                return Some((first, later));
            }
        }
    }
    None
}

fn same(a: &Mark, b: &Mark) -> bool {
    match (a, b) {
        (Mark::Anything, _)
        | (_, Mark::Anything)
        | (Mark::Str, Mark::Path)
        | (Mark::Path, Mark::Str) => true,
        (Mark::Tuple(a), Mark::Tuple(b)) => a.is_none() || b.is_none() || a == b,
        _ => a == b,
    }
}

/// What a type's values are told apart by. Iterative: aliases of unions are looked into once.
fn marks(api: &Api, ty: &Type) -> BTreeSet<Mark> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut pending = vec![ty];
    while let Some(ty) = pending.pop() {
        match ty {
            Type::Union(members) => pending.extend(members),
            Type::Optional(inner) => pending.push(inner),
            Type::Alias(id) => {
                if seen.insert(*id) {
                    pending.push(&api[*id].ty);
                }
            }
            other => found.extend(mark(api, other)),
        }
    }
    found
}

fn mark(api: &Api, ty: &Type) -> Option<Mark> {
    Some(match ty {
        Type::Bool => Mark::Bool,
        Type::Int(_) | Type::BigInt => Mark::Int,
        Type::F32 | Type::F64 => Mark::Float,
        Type::Str => Mark::Str,
        Type::Bytes | Type::Buffer(_) => Mark::Bytes,
        Type::Path => Mark::Path,
        Type::List(_) => Mark::List,
        Type::Tuple(items) => Mark::Tuple(Some(items.len())),
        Type::VarTuple(_) => Mark::Tuple(None),
        Type::Dict(..) => Mark::Dict,
        Type::Set(_) => Mark::Set,
        Type::Callable(..) => Mark::Callable,
        Type::TypeOf(_) => Mark::Type,
        Type::Iterator(_) => Mark::Iterator,
        Type::Class(id) => Mark::Class(id.0),
        Type::Record(id) => Mark::Record(id.0),
        Type::Extern(id) => Mark::Extern(id.0),
        Type::Enum(id) => match api[*id].kind {
            EnumKind::Str => Mark::Str,
            EnumKind::Int | EnumKind::Flag => Mark::Int,
        },
        Type::Var(name) if name.is_empty() => return None,
        Type::Object | Type::Var(_) | Type::Iterable(_) | Type::Sequence(_) | Type::Truth => {
            Mark::Anything
        }
        Type::None | Type::Optional(_) | Type::Union(_) | Type::Alias(_) => return None,
    })
}

//! Types with parameters in brackets.

use super::at::At;
use super::builtin::GENERIC;
use super::types::Scope;
use super::{Cx, is_unknown};
use crate::codes;
use crate::model::Type;
use crate::types::{Expr, ExprKind};

impl Cx<'_> {
    pub(super) fn generic_type(
        &mut self,
        scope: &Scope,
        at: At<'_>,
        expr: &Expr,
        name: &str,
        args: &[Expr],
    ) -> Type {
        match (name, args) {
            ("type", [of]) => self.type_of(scope, at, of),
            ("buffer", [of]) => self.buffer(scope, at, of),
            ("Callable", [params, result]) => self
                .callable(scope, at, params, result)
                .unwrap_or_else(|| self.wrong_arity(at, expr, name, 2)),
            _ if GENERIC.contains(&name) => self
                .container(scope, at, name, args)
                .unwrap_or_else(|| self.wrong_arity(at, expr, name, args.len())),
            _ => self.not_generic(scope, at, expr, name),
        }
    }

    /// A type that holds others; nothing if these are not its parameters.
    fn container(&mut self, scope: &Scope, at: At<'_>, name: &str, args: &[Expr]) -> Option<Type> {
        Some(match (name, args) {
            ("list", [item]) => Type::List(Box::new(self.inner(scope, at, item))),
            ("set", [item]) => Type::Set(Box::new(self.hashed(scope, at, item))),
            ("Iterable", [item]) => Type::Iterable(Box::new(self.inner(scope, at, item))),
            ("Sequence", [item]) => Type::Sequence(Box::new(self.inner(scope, at, item))),
            ("Iterator", [item]) => Type::Iterator(Box::new(self.inner(scope, at, item))),
            ("dict", [key, value]) => {
                let key = self.hashed(scope, at, key);
                Type::Dict(Box::new(key), Box::new(self.inner(scope, at, value)))
            }
            ("tuple", [item, dots]) if dots.kind == ExprKind::Dots => {
                Type::VarTuple(Box::new(self.inner(scope, at, item)))
            }
            ("tuple", [_, ..]) => Type::Tuple(self.inners(scope, at, args)),
            _ => return None,
        })
    }

    fn callable(
        &mut self,
        scope: &Scope,
        at: At<'_>,
        params: &Expr,
        result: &Expr,
    ) -> Option<Type> {
        let ExprKind::List(params) = &params.kind else {
            return None;
        };
        let params = self.inners(scope, at, params);
        Some(Type::Callable(
            params,
            Box::new(self.callback_result(scope, at, result)),
        ))
    }

    fn inners(&mut self, scope: &Scope, at: At<'_>, exprs: &[Expr]) -> Vec<Type> {
        exprs
            .iter()
            .map(|expr| self.inner(scope, at, expr))
            .collect()
    }

    /// A type that Python must hash: whether it can is judged when all records are known.
    fn hashed(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        let ty = self.inner(scope, at, expr);
        self.hashed
            .push((at.node.inside(expr.start, expr.end), ty.clone()));
        ty
    }

    pub(super) fn wrong_arity(
        &mut self,
        at: At<'_>,
        expr: &Expr,
        name: &str,
        found: usize,
    ) -> Type {
        let form = match name {
            "tuple" => "`tuple[A, B]` or `tuple[T, ...]`",
            "dict" => "`dict[K, V]`",
            "Callable" => "`Callable[[A, B], R]`",
            "buffer" => "`buffer[f64]`",
            "type" => "`type[T]`",
            "list" => "`list[T]`",
            "set" => "`set[T]`",
            "Iterable" => "`Iterable[T]`",
            "Sequence" => "`Sequence[T]`",
            _ => "`Iterator[T]`",
        };
        let message = match found {
            0 => format!("`{name}` needs to know of what"),
            _ => format!("`{name}` does not take these parameters"),
        };
        self.type_error(
            at,
            expr,
            codes::TYPE_ARITY,
            message,
            format!("write {form}"),
        )
    }

    fn not_generic(&mut self, scope: &Scope, at: At<'_>, expr: &Expr, name: &str) -> Type {
        let whole = Expr {
            kind: ExprKind::Dots,
            start: expr.start,
            end: expr.start + name.len(),
        };
        let ty = self.named_type(scope, at, &whole, name);
        if is_unknown(&ty) {
            return ty;
        }
        let message = format!("`{name}` takes no parameters");
        self.type_error(at, expr, codes::TYPE_ARITY, message, None)
    }

    /// A type inside another.
    fn inner(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        let ty = self.resolve_type(scope, at, expr);
        self.nestable(at, expr, ty, false)
    }

    fn callback_result(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        let ty = self.resolve_type(scope, at, expr);
        self.nestable(at, expr, ty, true)
    }

    /// Reports a type that cannot stand inside another.
    pub(super) fn nestable(&mut self, at: At<'_>, expr: &Expr, ty: Type, result: bool) -> Type {
        let full = self.api.expand(&ty);
        let core = match full {
            Type::Optional(inner) => self.api.expand(inner),
            other => other,
        };
        match core {
            Type::None if !result => {
                let message = "`None` alone says nothing here";
                self.type_error(at, expr, codes::NONE_POSITION, message, None)
            }
            Type::Iterable(_)
            | Type::Sequence(_)
            | Type::Iterator(_)
            | Type::Callable(..)
            | Type::TypeOf(_)
            | Type::Buffer(_)
            | Type::Truth => {
                let message = format!("`{}` cannot stand inside another type", core.word());
                let help = match core {
                    Type::Iterable(_) | Type::Sequence(_) | Type::Iterator(_) => {
                        Some("use `list[T]`".to_owned())
                    }
                    Type::Truth => Some("use `bool`".to_owned()),
                    _ => None,
                };
                self.type_error(at, expr, codes::NOT_NESTABLE, message, help)
            }
            _ => ty,
        }
    }

    fn type_of(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        let ty = self.resolve_type(scope, at, expr);
        let fits = matches!(
            ty,
            Type::Object | Type::Var(_) | Type::Class(_) | Type::Record(_) | Type::Extern(_)
        );
        if fits {
            return Type::TypeOf(Box::new(ty));
        }
        let message = "`type[T]` takes a type variable, a class or `object`";
        self.type_error(at, expr, codes::TYPE_OF_ELEMENT, message, None)
    }

    fn buffer(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        let ty = self.resolve_type(scope, at, expr);
        if is_unknown(&ty) || matches!(ty, Type::Bool | Type::Int(_) | Type::F32 | Type::F64) {
            return Type::Buffer(Box::new(ty));
        }
        let message = "a buffer holds `bool`, `i8` to `u64`, `f32` or `f64`";
        self.type_error(at, expr, codes::BUFFER_ELEMENT, message, None)
    }
}

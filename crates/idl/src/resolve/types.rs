//! Type expressions → types.

use super::at::At;
use super::builtin::{FOREIGN, GENERIC, PLAIN, builtin_words};
use super::names::Def;
use super::{Cx, is_unknown, unknown};
use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{ModuleId, Type};
use crate::types::{Expr, ExprKind, TextError};
use crate::words;

/// What type names mean at a place.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    pub(crate) module: ModuleId,
    /// The class or record being declared.
    pub(crate) this: Option<Type>,
    /// Type variables.
    pub(crate) generic: Vec<String>,
}

impl Scope {
    pub(crate) fn module(module: ModuleId) -> Self {
        Self {
            module,
            this: None,
            generic: Vec::new(),
        }
    }
}

impl Cx<'_> {
    /// The type that a scalar says.
    pub(crate) fn type_at(&mut self, scope: &Scope, at: At<'_>) -> Type {
        match crate::types::parse(at.text()) {
            Ok(expr) => self.resolve_type(scope, at, &expr),
            Err(error) => {
                self.text_error(at, error);
                unknown()
            }
        }
    }

    pub(crate) fn text_error(&mut self, at: At<'_>, error: TextError) {
        let span = at.node.inside(error.start, error.end);
        self.push(Diagnostic::new(error.code, span, error.message).maybe_help(error.help));
    }

    pub(super) fn type_error(
        &mut self,
        at: At<'_>,
        expr: &Expr,
        code: Code,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Type {
        let span = at.node.inside(expr.start, expr.end);
        self.push(Diagnostic::new(code, span, message).maybe_help(help.into()));
        unknown()
    }

    pub(crate) fn resolve_type(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Type {
        match &expr.kind {
            ExprKind::Name(name) => self.named_type(scope, at, expr, name),
            ExprKind::Optional(inner) => {
                let ty = self.resolve_type(scope, at, inner);
                self.optional(at, expr, ty)
            }
            ExprKind::Union(members) => self.union(scope, at, expr, members, false),
            ExprKind::Generic { name, args, .. } => self.generic_type(scope, at, expr, name, args),
            ExprKind::List(_) => {
                let help =
                    "only the parameters of a callable stand in brackets: `Callable[[A, B], R]`";
                let message = "a list of types is not a type";
                self.type_error(at, expr, codes::TYPE_SYNTAX, message, help.to_owned())
            }
            ExprKind::Dots => {
                let message = "`...` can only stand in `tuple[T, ...]`";
                self.type_error(at, expr, codes::TYPE_SYNTAX, message, None)
            }
        }
    }

    pub(super) fn named_type(
        &mut self,
        scope: &Scope,
        at: At<'_>,
        expr: &Expr,
        name: &str,
    ) -> Type {
        if let Some((_, ty)) = PLAIN.iter().find(|(word, _)| *word == name) {
            return ty.clone();
        }
        if scope.generic.iter().any(|variable| variable == name) {
            return Type::Var(name.to_owned());
        }
        if name == "Self" {
            return if let Some(this) = &scope.this {
                this.clone()
            } else {
                let message = "`Self` means the class being declared, and there is none here";
                self.type_error(at, expr, codes::SELF_OUTSIDE, message, None)
            };
        }
        match self.names.find(scope.module, name) {
            Some(Def::Alias(id)) => Type::Alias(id),
            Some(Def::Enum(id)) => Type::Enum(id),
            Some(Def::Record(id)) => Type::Record(id),
            Some(Def::Class(id)) => Type::Class(id),
            Some(Def::Extern(id)) => Type::Extern(id),
            Some(def) => {
                let message = format!("`{name}` is {}, not a type", words::article(def.word()));
                self.type_error(at, expr, codes::NOT_A_TYPE, message, None)
            }
            None if GENERIC.contains(&name) => self.wrong_arity(at, expr, name, 0),
            None => self.unknown_type(scope, at, expr, name),
        }
    }

    fn unknown_type(&mut self, scope: &Scope, at: At<'_>, expr: &Expr, name: &str) -> Type {
        let start = expr.start;
        let place = Expr {
            kind: ExprKind::Dots,
            start,
            end: start + name.len(),
        };
        let looks_generic = name.len() <= 2 && name.starts_with(|c: char| c.is_ascii_uppercase());
        if looks_generic
            && name
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        {
            let message = format!("type variable `{name}` is not declared");
            let help = format!("declare it: generic: [{name}]");
            return self.type_error(at, &place, codes::UNDECLARED_VARIABLE, message, help);
        }
        let foreign = FOREIGN.iter().find(|(word, _)| *word == name);
        let help = match foreign {
            Some((_, ours)) => Some(format!("write `{ours}`")),
            None => self.type_hint(scope.module, name),
        };
        let span = at.node.inside(place.start, place.end);
        let diagnostic =
            Diagnostic::new(codes::UNKNOWN_TYPE, span, format!("unknown type `{name}`"))
                .label("not a class, record, enum, alias or built-in type");
        self.push(diagnostic.maybe_help(help));
        unknown()
    }

    /// The type that was meant: the same name in another module, or one that looks like it.
    fn type_hint(&self, module: ModuleId, name: &str) -> Option<String> {
        let names = self.candidates(module, Def::is_type);
        let last = name.rsplit('.').next()?;
        let moved = names
            .iter()
            .find(|other| other.rsplit('.').next() == Some(last));
        if let Some(other) = moved {
            return Some(format!("did you mean `{other}`?"));
        }
        let words = builtin_words().map(str::to_owned);
        let known: Vec<String> = names.into_iter().chain(words).collect();
        words::did_you_mean(name, known.iter().map(String::as_str))
    }

    /// `T?`: never nested, never around `None` or `object`.
    pub(super) fn optional(&mut self, at: At<'_>, expr: &Expr, ty: Type) -> Type {
        match self.api.expand(&ty) {
            _ if is_unknown(&ty) => ty,
            Type::Optional(_) => ty,
            Type::None | Type::Object => {
                let name = if ty == Type::None { "None" } else { "object" };
                let message = format!("`{name}` includes `None` already");
                let help = format!("write `{name}`");
                self.type_error(at, expr, codes::OPTIONAL_OBJECT, message, help)
            }
            _ => Type::Optional(Box::new(ty)),
        }
    }

    /// The class that a view's `owner:` names, if it can own.
    pub(super) fn owner_class(
        &self,
        module: ModuleId,
        name: &str,
    ) -> Option<crate::model::ClassId> {
        match self.names.find(module, name) {
            Some(Def::Class(id)) => Some(id),
            _ => None,
        }
    }
}

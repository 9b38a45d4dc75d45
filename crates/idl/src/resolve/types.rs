//! Type expressions → types.

use super::at::At;
use super::names::Def;
use super::{Cx, is_unknown, unknown};
use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::model::{IntKind, ModuleId, Type};
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

/// The types that are one word.
const PLAIN: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("i8", Type::Int(IntKind::I8)),
    ("i16", Type::Int(IntKind::I16)),
    ("i32", Type::Int(IntKind::I32)),
    ("i64", Type::Int(IntKind::I64)),
    ("u8", Type::Int(IntKind::U8)),
    ("u16", Type::Int(IntKind::U16)),
    ("u32", Type::Int(IntKind::U32)),
    ("u64", Type::Int(IntKind::U64)),
    ("int", Type::BigInt),
    ("f32", Type::F32),
    ("f64", Type::F64),
    ("float", Type::F64),
    ("str", Type::Str),
    ("bytes", Type::Bytes),
    ("Path", Type::Path),
    ("object", Type::Object),
    ("None", Type::None),
];

/// The types that take others in brackets.
const GENERIC: &[&str] = &[
    "list", "tuple", "dict", "set", "Iterable", "Iterator", "Callable", "type", "buffer",
];

/// What people write who come from elsewhere.
const FOREIGN: &[(&str, &str)] = &[
    ("Any", "object"),
    ("Dict", "dict[K, V]"),
    ("HashMap", "dict[K, V]"),
    ("HashSet", "set[T]"),
    ("List", "list[T]"),
    ("NoneType", "None"),
    ("Option", "T?"),
    ("Optional", "T?"),
    ("PathBuf", "Path"),
    ("Sequence", "Iterable[T]"),
    ("Set", "set[T]"),
    ("String", "str"),
    ("Tuple", "tuple[A, B]"),
    ("Type", "type[T]"),
    ("Union", "A | B"),
    ("Vec", "list[T]"),
    ("double", "f64"),
    ("isize", "i64"),
    ("null", "None"),
    ("string", "str"),
    ("usize", "u64"),
];

pub(crate) fn is_builtin(name: &str) -> bool {
    name == "Self" || GENERIC.contains(&name) || PLAIN.iter().any(|(word, _)| *word == name)
}

/// Words of the type language, for hints.
fn builtin_words() -> impl Iterator<Item = &'static str> {
    PLAIN
        .iter()
        .map(|(word, _)| *word)
        .chain(GENERIC.iter().copied())
        .chain(["Self"])
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

    fn named_type(&mut self, scope: &Scope, at: At<'_>, expr: &Expr, name: &str) -> Type {
        if let Some((_, ty)) = PLAIN.iter().find(|(word, _)| *word == name) {
            return ty.clone();
        }
        if scope.generic.iter().any(|variable| variable == name) {
            return Type::Var(name.to_owned());
        }
        if name == "Self" {
            return match &scope.this {
                Some(this) => this.clone(),
                None => {
                    let message = "`Self` means the class being declared, and there is none here";
                    self.type_error(at, expr, codes::SELF_OUTSIDE, message, None)
                }
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

    fn generic_type(
        &mut self,
        scope: &Scope,
        at: At<'_>,
        expr: &Expr,
        name: &str,
        args: &[Expr],
    ) -> Type {
        match (name, args) {
            ("list", [item]) => Type::List(self.inner(scope, at, item)),
            ("set", [item]) => {
                let inner = self.inner(scope, at, item);
                self.hashed
                    .push((at.node.inside(item.start, item.end), *inner.clone()));
                Type::Set(inner)
            }
            ("Iterable", [item]) => Type::Iterable(self.inner(scope, at, item)),
            ("Iterator", [item]) => Type::Iterator(self.inner(scope, at, item)),
            ("dict", [key, value]) => {
                let place = at.node.inside(key.start, key.end);
                let key = self.inner(scope, at, key);
                self.hashed.push((place, *key.clone()));
                Type::Dict(key, self.inner(scope, at, value))
            }
            (
                "tuple",
                [
                    item,
                    Expr {
                        kind: ExprKind::Dots,
                        ..
                    },
                ],
            ) => Type::VarTuple(self.inner(scope, at, item)),
            ("tuple", [_, ..]) => {
                Type::Tuple(args.iter().map(|arg| *self.inner(scope, at, arg)).collect())
            }
            (
                "Callable",
                [
                    Expr {
                        kind: ExprKind::List(params),
                        ..
                    },
                    result,
                ],
            ) => {
                let params = params
                    .iter()
                    .map(|arg| *self.inner(scope, at, arg))
                    .collect();
                Type::Callable(params, Box::new(self.callback_result(scope, at, result)))
            }
            ("type", [of]) => self.type_of(scope, at, of),
            ("buffer", [of]) => self.buffer(scope, at, of),
            _ if GENERIC.contains(&name) => self.wrong_arity(at, expr, name, args.len()),
            _ => self.not_generic(scope, at, expr, name),
        }
    }

    fn wrong_arity(&mut self, at: At<'_>, expr: &Expr, name: &str, found: usize) -> Type {
        let form = match name {
            "tuple" => "`tuple[A, B]` or `tuple[T, ...]`",
            "dict" => "`dict[K, V]`",
            "Callable" => "`Callable[[A, B], R]`",
            "buffer" => "`buffer[f64]`",
            "type" => "`type[T]`",
            "list" => "`list[T]`",
            "set" => "`set[T]`",
            "Iterable" => "`Iterable[T]`",
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
    fn inner(&mut self, scope: &Scope, at: At<'_>, expr: &Expr) -> Box<Type> {
        let ty = self.resolve_type(scope, at, expr);
        Box::new(self.nestable(at, expr, ty, false))
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
            | Type::Iterator(_)
            | Type::Callable(..)
            | Type::TypeOf(_)
            | Type::Buffer(_) => {
                let message = format!("`{}` cannot stand inside another type", core.word());
                let help = match core {
                    Type::Iterable(_) | Type::Iterator(_) => Some("use `list[T]`".to_owned()),
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

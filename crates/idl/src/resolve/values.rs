//! Defaults and constants: literals → values that fit their type.

use super::at::At;
use super::names::Def;
use super::{Cx, is_unknown};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, EnumId, ModuleId, Type, Value};
use crate::source::Data;
use crate::types::{Literal, LiteralKind};
use crate::words;

/// Why a value does not fit a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// Another type.
    Type,
    /// Too small or too large.
    Range,
    /// The type has no values that can be written.
    Never,
}

impl Cx<'_> {
    /// The value that a literal means for a type; `None` if it was reported.
    pub(super) fn value(
        &mut self,
        module: ModuleId,
        at: At<'_>,
        literal: Literal,
        ty: &Type,
    ) -> Option<Value> {
        let Literal { kind, start, end } = literal;
        let value = match kind {
            LiteralKind::None => Value::None,
            LiteralKind::Bool(value) => Value::Bool(value),
            LiteralKind::Int(value) => Value::Int(value),
            LiteralKind::Float(value) => Value::Float(value),
            LiteralKind::Str(value) => Value::Str(value),
            LiteralKind::EmptyList => Value::EmptyList,
            LiteralKind::EmptyDict => Value::EmptyDict,
            LiteralKind::Member { path, dot } => {
                self.member(module, at, &path, (start, dot, end))?
            }
        };
        if self.api.parts(ty).into_iter().any(is_unknown) {
            return None;
        }
        match fit(&self.api, ty, value) {
            Ok(value) => Some(value),
            Err(misfit) => {
                self.misfit(at, (start, end), ty, misfit);
                None
            }
        }
    }

    fn misfit(&mut self, at: At<'_>, (start, end): (usize, usize), ty: &Type, misfit: Misfit) {
        let shown = self.api.show(ty);
        let text = match &at.node.data {
            Data::List(_) => "[]".to_owned(),
            Data::Map(_) => "{}".to_owned(),
            Data::Scalar(_) => at.text().get(start..end).unwrap_or("").to_owned(),
        };
        let (code, message) = match misfit {
            Misfit::Type => (
                codes::VALUE_TYPE,
                format!("`{text}` is no value of `{shown}`"),
            ),
            Misfit::Range => (
                codes::VALUE_RANGE,
                format!("`{text}` is out of range for `{shown}`"),
            ),
            Misfit::Never => (
                codes::VALUE_TYPE,
                format!("no value of `{shown}` can be written here"),
            ),
        };
        let help = match (misfit, self.api.core(ty)) {
            (Misfit::Range, Type::Int(kind)) => {
                let (low, high) = kind.range();
                Some(format!("the range is {low} to {high}"))
            }
            (Misfit::Type, Type::Str) => Some("a string stands in quotes of its own".to_owned()),
            (Misfit::Type | Misfit::Never, _) if text == "None" => {
                Some(format!("write `{shown}?` to allow `None`"))
            }
            (Misfit::Never, _) => Some(format!("make it optional: `{shown}? = None`")),
            _ => None,
        };
        let span = at.node.inside(start, end);
        self.push(Diagnostic::new(code, span, message).maybe_help(help));
    }

    /// `Color.RED`, with the places of start, last dot and end.
    fn member(
        &mut self,
        module: ModuleId,
        at: At<'_>,
        path: &str,
        (start, dot, end): (usize, usize, usize),
    ) -> Option<Value> {
        let (name, member) = path.rsplit_once('.')?;
        let Some(Def::Enum(id)) = self.names.find(module, name) else {
            let enums = self.candidates(module, |def| matches!(def, Def::Enum(_)));
            let help = words::did_you_mean(name, enums.iter().map(String::as_str));
            let span = at.node.inside(start, dot);
            let message = format!("`{name}` is not an enum");
            self.push(Diagnostic::new(codes::UNKNOWN_MEMBER, span, message).maybe_help(help));
            return None;
        };
        if let Some(index) = self.api[id]
            .members
            .iter()
            .position(|known| known.name == member)
        {
            return Some(Value::Member(id, index));
        }
        self.unknown_member(id, at.node.inside(dot + 1, end), member);
        None
    }

    fn unknown_member(&mut self, id: EnumId, span: crate::span::Span, member: &str) {
        let known = &self.api[id];
        let names: Vec<&str> = known
            .members
            .iter()
            .map(|member| member.name.as_str())
            .collect();
        let help = words::did_you_mean(member, names.iter().copied());
        let help = help.unwrap_or_else(|| format!("its members are {}", names.join(", ")));
        let message = format!("`{}` has no member `{member}`", known.name);
        self.push(Diagnostic::new(codes::UNKNOWN_MEMBER, span, message).help(help));
    }
}

/// The value as the type has it: an integer becomes a float where the type is one.
pub(crate) fn fit(api: &Api, ty: &Type, value: Value) -> Result<Value, Misfit> {
    match (api.expand(ty), value) {
        (Type::Optional(_), Value::None) => Ok(Value::None),
        (Type::Optional(inner), value) => fit(api, inner, value),
        (Type::Union(members), value) => fit_union(api, members, &value),
        (
            Type::Object,
            value
            @ (Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)),
        )
        | (Type::Bool | Type::Truth, value @ Value::Bool(_))
        | (Type::BigInt, value @ Value::Int(_))
        | (Type::F64, value @ Value::Float(_))
        | (Type::Str | Type::Path, value @ Value::Str(_))
        | (
            Type::List(_) | Type::VarTuple(_) | Type::Iterable(_) | Type::Sequence(_),
            value @ Value::EmptyList,
        )
        | (Type::Dict(..), value @ Value::EmptyDict) => Ok(value),
        (Type::Enum(id), value @ Value::Member(of, _)) if *id == of => Ok(value),
        (Type::Record(id), Value::EmptyDict) if api[*id].live => Ok(Value::Fields(*id, Vec::new())),
        (Type::Int(kind), Value::Int(value)) => {
            let (low, high) = kind.range();
            if (low..=high).contains(&value) {
                Ok(Value::Int(value))
            } else {
                Err(Misfit::Range)
            }
        }
        (Type::F32, Value::Float(value)) => {
            let fits = value.is_infinite() || (value as f32).is_finite();
            if fits {
                Ok(Value::Float(value))
            } else {
                Err(Misfit::Range)
            }
        }
        (Type::F32 | Type::F64, Value::Int(value)) => {
            #[allow(clippy::cast_precision_loss)]
            let float = value as f64;
            Ok(Value::Float(float))
        }
        (
            Type::Bytes
            | Type::Set(_)
            | Type::Tuple(_)
            | Type::Iterator(_)
            | Type::Callable(..)
            | Type::TypeOf(_)
            | Type::Buffer(_)
            | Type::Var(_)
            | Type::Class(_)
            | Type::Record(_)
            | Type::Extern(_),
            _,
        ) => Err(Misfit::Never),
        _ => Err(Misfit::Type),
    }
}

/// The first member that takes the value as it is; else the first that takes it at all.
fn fit_union(api: &Api, members: &[Type], value: &Value) -> Result<Value, Misfit> {
    let mut fits = members.iter().map(|member| fit(api, member, value.clone()));
    let same = fits.clone().flatten().find(|fitted| fitted == value);
    if let Some(fitted) = same {
        return Ok(fitted);
    }
    if let Some(fitted) = fits.clone().flatten().next() {
        return Ok(fitted);
    }
    let range = fits.any(|fit| fit == Err(Misfit::Range));
    Err(if range { Misfit::Range } else { Misfit::Type })
}

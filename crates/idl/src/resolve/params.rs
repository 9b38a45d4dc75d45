//! Parameters and fields: `name: TYPE = DEFAULT`.

use super::at::At;
use super::types::Scope;
use super::{Cx, text, unknown};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Field, Param, ParamKind, Type, Value};
use crate::source::{Data, Kind};
use crate::syntax::ArgKind;
use crate::types::{Expr, Literal, LiteralKind, parse_with_default};

/// The kind of parameter that a word asks for.
pub(super) fn kind(kind: ArgKind) -> ParamKind {
    match kind {
        ArgKind::Keyword => ParamKind::KeywordOnly,
        ArgKind::Positional => ParamKind::PositionalOnly,
        ArgKind::Any => ParamKind::PositionalOrKeyword,
    }
}

/// What a key of `args:` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    /// `/`
    Slash,
    /// `*`
    Star,
    /// `*rest`
    Rest(&'a str),
    /// `**options`
    Options(&'a str),
    /// `name`
    Name(&'a str),
}

impl<'a> Key<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        if let Some(name) = text.strip_prefix("**") {
            return Self::Options(name);
        }
        match text.strip_prefix('*') {
            Some("") => Self::Star,
            Some(name) => Self::Rest(name),
            None if text == "/" => Self::Slash,
            None => Self::Name(text),
        }
    }
}

/// The parameters of an `args:` mapping. `fixed` is the kind of all of them where there are no separators.
pub(super) fn params(
    cx: &mut Cx<'_>,
    scope: &Scope,
    args: Option<At<'_>>,
    fixed: ParamKind,
) -> Vec<Param> {
    let entries = args.map(At::entries).unwrap_or_default();
    let separated = entries
        .iter()
        .any(|(key, _)| matches!(Key::of(key), Key::Slash | Key::Star | Key::Rest(_)));
    let mut kind = if separated {
        ParamKind::PositionalOrKeyword
    } else {
        fixed
    };
    let mut params: Vec<Param> = Vec::new();
    for (key, at) in entries {
        let (name, kind) = match Key::of(key) {
            Key::Slash => {
                for param in &mut params {
                    param.kind = ParamKind::PositionalOnly;
                }
                continue;
            }
            Key::Star => {
                kind = ParamKind::KeywordOnly;
                continue;
            }
            Key::Rest(name) => {
                kind = ParamKind::KeywordOnly;
                (name, ParamKind::VarPositional)
            }
            Key::Options(name) => (name, ParamKind::VarKeyword),
            Key::Name(name) => (name, kind),
        };
        let (ty, default) = declared(cx, scope, at);
        let doc = at.get("doc").and_then(|doc| text::doc(doc.text()));
        let origin = at.origin(cx.sources);
        let text = |key| at.get(key).map(|text| text.text().to_owned());
        params.push(Param {
            name: name.to_owned(),
            kind,
            ty,
            default,
            doc,
            refused: text("refused"),
            refused_item: text("refused_item"),
            origin,
        });
    }
    params
}

/// A field of a record or error.
pub(super) fn field(cx: &mut Cx<'_>, scope: &Scope, name: &str, at: At<'_>) -> Field {
    let (ty, default) = declared(cx, scope, at);
    let doc = at.get("doc").and_then(|doc| text::doc(doc.text()));
    Field {
        name: name.to_owned(),
        ty,
        default,
        doc,
        sexp: None,
        origin: at.origin(cx.sources),
    }
}

/// Type and default of a short or long declaration.
fn declared(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> (Type, Option<Value>) {
    match at.node.kind() {
        Kind::Null => {
            let message = "this parameter has no type";
            cx.push(Diagnostic::new(codes::PARAMETER_TYPE, at.key, message));
            (unknown(), None)
        }
        Kind::Map => long(cx, scope, at),
        _ => short(cx, scope, at),
    }
}

fn short(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> (Type, Option<Value>) {
    match parse_with_default(at.text()) {
        Ok((expr, default)) => {
            let ty = cx.resolve_type(scope, at, &expr);
            let default = default.and_then(|default| cx.value(scope.module, at, default, &ty));
            (ty, default)
        }
        Err(error) => {
            cx.text_error(at, error);
            (unknown(), None)
        }
    }
}

fn long(cx: &mut Cx<'_>, scope: &Scope, at: At<'_>) -> (Type, Option<Value>) {
    let ty = cx.type_at(scope, at.type_node());
    let default = (!super::sexp::is_nested(at))
        .then(|| at.get("default"))
        .flatten();
    let default = default.and_then(|at| {
        let literal = cx.literal(at)?;
        cx.value(scope.module, at, literal, &ty)
    });
    (ty, default)
}

impl Cx<'_> {
    /// The value that a key holds: YAML's own numbers, booleans and empty collections, or text.
    pub(super) fn literal(&mut self, at: At<'_>) -> Option<Literal> {
        let whole = |kind| Literal {
            kind,
            start: 0,
            end: at.text().len(),
        };
        match &at.node.data {
            Data::List(items) if items.is_empty() => return Some(whole(LiteralKind::EmptyList)),
            Data::Map(map) if map.is_empty() => return Some(whole(LiteralKind::EmptyDict)),
            Data::List(_) | Data::Map(_) => {
                let message = "only empty lists and mappings can be written as values";
                self.push(Diagnostic::new(codes::VALUE_SYNTAX, at.key, message));
                return None;
            }
            Data::Scalar(scalar) if scalar.kind == Kind::Null => {
                return Some(whole(LiteralKind::None));
            }
            Data::Scalar(_) => {}
        }
        match Expr::literal(at.text()) {
            Ok(literal) => Some(literal),
            Err(error) => {
                self.text_error(at, error);
                None
            }
        }
    }
}

//! Functions, methods, constructors and overloads.

use pyrus_idl::model::{Api, Binding, Function, Origin, Param, ParamKind, Type};

use super::{StubFunction, StubItem, protocol};
use crate::stub::docstring;
use crate::stub::layout::{self, Parameter};
use crate::stub::scope::{Scope, comment};
use crate::{docs, literal};

/// Facts of a `def` before it is laid out.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub(crate) indent: usize,
    pub(crate) decorators: Vec<String>,
    pub(crate) name: &'a str,
    pub(crate) params: Vec<Parameter>,
    pub(crate) returns: String,
    pub(crate) origin: Option<&'a Origin>,
    pub(crate) doc: Option<String>,
    /// mypy finds fault with what the interpreter does.
    pub(crate) ignored: bool,
}

impl Draft<'_> {
    pub(crate) fn finish(self) -> StubFunction {
        let doc = self
            .doc
            .map(|doc| docstring::literal(self.indent + 4, &doc))
            .unwrap_or_default();
        let dots = if doc.is_empty() { " ..." } else { "" };
        let remark = if self.ignored {
            "  # type: ignore[misc]"
        } else {
            ""
        };
        let origin = self.origin.map(comment).unwrap_or_default();
        let tail = format!("{dots}{remark}{origin}");
        let (params, returns) =
            layout::signature(self.indent, self.name, &self.params, &self.returns, &tail);
        let name = self.name.to_owned();
        StubFunction {
            decorators: self.decorators,
            name,
            params,
            returns,
            tail,
            doc,
        }
    }
}

/// A function as the stub shows it: one `def`, or one per overload.
pub(crate) fn items(
    scope: &mut Scope<'_>,
    function: &Function,
    owner: Option<&Type>,
    indent: usize,
) -> Vec<StubItem> {
    if function.overloads.is_empty() {
        let doc = docs::function(scope.api, function).filter(|_| function.binding != Binding::New);
        let one = (&function.params[..], &function.returns, doc);
        return vec![StubItem::Function(item(
            scope, function, one, owner, indent,
        ))];
    }
    let mut out = Vec::new();
    for overload in &function.overloads {
        let one = (
            &overload.params[..],
            &overload.returns,
            docs::overload(scope.api, function, overload),
        );
        let mut view = item(scope, function, one, owner, indent);
        view.decorators
            .insert(0, format!("@{}", scope.typing("overload")));
        out.push(StubItem::Function(view));
    }
    out
}

fn item(
    scope: &mut Scope<'_>,
    function: &Function,
    (params, returns, doc): (&[Param], &Type, Option<String>),
    owner: Option<&Type>,
    indent: usize,
) -> StubFunction {
    let is_protocol = protocol::is_protocol(function);
    let decorators = decorators(scope, function, owner, indent);
    let mut shown: Vec<_> = receiver(function.binding).into_iter().collect();
    shown.extend(if is_protocol {
        protocol::parameters(scope, function, params)
    } else {
        parameters(scope, params)
    });
    let returns = match function.binding {
        Binding::New => scope.extension("Self"),
        _ if is_protocol => protocol::returns(scope, function, returns, owner),
        _ => scope.result(returns),
    };
    let is_new = function.binding == Binding::New;
    Draft {
        indent,
        decorators,
        name: if is_new { "__new__" } else { &function.name },
        params: shown,
        returns,
        origin: Some(&function.origin),
        doc,
        ignored: protocol::is_odd(scope.api, function, owner),
    }
    .finish()
}

fn decorators(
    scope: &mut Scope<'_>,
    function: &Function,
    owner: Option<&Type>,
    indent: usize,
) -> Vec<String> {
    let word = match function.binding {
        Binding::Static => Some("staticmethod"),
        Binding::Free if owner.is_some() => Some("staticmethod"),
        Binding::Class => Some("classmethod"),
        _ => None,
    };
    let mut out: Vec<_> = word
        .map(|word| format!("@{}", scope.builtin(word)))
        .into_iter()
        .collect();
    out.extend(deprecated(scope, indent, function.deprecated.as_deref()));
    out
}

fn receiver(binding: Binding) -> Option<Parameter> {
    match binding {
        Binding::Class | Binding::New => Some(bare("cls")),
        Binding::Method(_) => Some(bare("self")),
        Binding::Free | Binding::Static => None,
    }
}

/// The decorator of something deprecated.
pub(crate) fn deprecated(
    scope: &mut Scope<'_>,
    indent: usize,
    text: Option<&str>,
) -> Option<String> {
    let text = text?;
    let name = scope.extension("deprecated");
    Some(layout::call(
        indent,
        &format!("@{name}"),
        &literal::double_quoted(text.trim()),
        "",
    ))
}

pub(crate) fn bare(text: &str) -> Parameter {
    Parameter {
        prefix: text.into(),
        annotation: String::new(),
        default: String::new(),
    }
}

/// Parameters with the separators between their kinds.
pub(crate) fn parameters(scope: &mut Scope<'_>, params: &[Param]) -> Vec<Parameter> {
    let entries = params.iter().map(|param| {
        let default = param
            .default
            .as_ref()
            .map(|value| shown_default(scope.api, &param.ty, value));
        (
            param.kind,
            parameter(scope, &param.name, param.kind, &param.ty, default),
        )
    });
    separated(entries.collect())
}

pub(crate) fn parameter(
    scope: &mut Scope<'_>,
    name: &str,
    kind: ParamKind,
    ty: &Type,
    default: Option<String>,
) -> Parameter {
    let stars = match kind {
        ParamKind::VarPositional => "*",
        ParamKind::VarKeyword => "**",
        _ => "",
    };
    Parameter {
        prefix: format!("{stars}{name}: "),
        annotation: scope.argument(ty),
        default: default.map(|text| format!(" = {text}")).unwrap_or_default(),
    }
}

/// The default as written, or dots where a stub does not show it.
pub(crate) fn shown_default(api: &Api, ty: &Type, value: &pyrus_idl::model::Value) -> String {
    literal::empty_tuple(api, ty, value)
        .or_else(|| literal::stub(value))
        .unwrap_or_else(|| "...".into())
}

/// Adds `/` and `*`.
pub(crate) fn separated(entries: Vec<(ParamKind, Parameter)>) -> Vec<Parameter> {
    let last_positional = entries
        .iter()
        .rposition(|(kind, _)| *kind == ParamKind::PositionalOnly);
    let mut starred = false;
    let mut out = Vec::new();
    for (index, (kind, param)) in entries.into_iter().enumerate() {
        if kind == ParamKind::KeywordOnly && !starred {
            out.push(bare("*"));
        }
        starred |= matches!(kind, ParamKind::KeywordOnly | ParamKind::VarPositional);
        out.push(param);
        if last_positional == Some(index) {
            out.push(bare("/"));
        }
    }
    out
}

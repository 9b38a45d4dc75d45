//! What modules hold beside types: constants, functions, namespaces, and classes of other extensions.

use super::at::At;
use super::functions::{self, Home, condition};
use super::names::Def;
use super::types::Scope;
use super::{Cx, Decl, Owner, Role, text, unknown};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{
    ClassId, Constant, ConstantSource, Extern, Function, Hold, ModuleId, Namespace, Type, Value,
};
use crate::source::Kind;
use crate::syntax;
use crate::types::{Literal, LiteralKind};
use crate::words;

pub(super) fn externs(cx: &mut Cx<'_>) {
    for decl in cx.externs.clone() {
        let Decl {
            name, syntax, at, ..
        } = decl;
        let hold = match syntax.hold {
            Some(syntax::Hold::Shared) => Hold::Shared,
            _ => Hold::Value,
        };
        cx.api.externs.push(Extern {
            name: name.to_owned(),
            module: syntax.module.clone(),
            class: syntax.class.clone().unwrap_or_else(|| name.to_owned()),
            rust: syntax.rust.clone(),
            hold,
            origin: at.origin(cx.sources),
        });
    }
}

/// Fills in constants, functions and namespaces of every module.
pub(super) fn members(cx: &mut Cx<'_>) {
    for id in (0..cx.modules.len()).map(ModuleId) {
        let (module, at) = (cx.modules[id.0].syntax, cx.modules[id.0].at);
        let home = Home {
            module: id,
            owner: Owner::Module,
            class: None,
            rust: cx.modules[id.0].rust.clone(),
            this: None,
        };
        let constants = constants(cx, id, &module.constants, at);
        let functions = functions_of(cx, &home, &module.functions, at);
        let namespaces = namespaces(cx, &home, &module.namespaces, at);
        let module = &mut cx.api.modules[id.0];
        module.constants = constants;
        module.functions = functions;
        module.namespaces = namespaces;
    }
}

fn functions_of<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    functions: &'a syntax::Map<syntax::Function>,
    at: At<'a>,
) -> Vec<Function> {
    let at = at.at("functions");
    let functions = functions.iter();
    functions
        .map(|(name, function)| {
            functions::lower(cx, home, Role::Function, name, function, at.at(name))
        })
        .collect()
}

fn namespaces<'a>(
    cx: &mut Cx<'a>,
    home: &Home,
    namespaces: &'a syntax::Map<syntax::Namespace>,
    at: At<'a>,
) -> Vec<Namespace> {
    let at = at.at("namespaces");
    let mut found = Vec::new();
    for (name, syntax) in namespaces {
        let at = at.at(name);
        let snake = words::rust_ident(&words::snake_case(name));
        let home = Home {
            owner: Owner::Namespace,
            class: Some(name.clone()),
            rust: syntax
                .rust
                .clone()
                .unwrap_or_else(|| format!("{}::{snake}", home.rust)),
            ..home.clone()
        };
        found.push(Namespace {
            name: name.clone(),
            within: within(cx, home.module, syntax, at),
            doc: syntax.doc.as_deref().and_then(text::doc),
            origin: at.origin(cx.sources),
            functions: functions_of(cx, &home, &syntax.functions, at),
            constants: constants(cx, home.module, &syntax.constants, at),
            condition: condition(&syntax.platform, syntax.feature.as_deref()),
        });
    }
    found
}

/// The class that `within:` names.
fn within(
    cx: &mut Cx<'_>,
    module: ModuleId,
    syntax: &syntax::Namespace,
    at: At<'_>,
) -> Option<ClassId> {
    let name = syntax.within.as_deref()?;
    let class = match cx.names.find(module, name) {
        Some(Def::Class(id)) if cx.api[id].module == module => Some(id),
        _ => None,
    };
    if class.is_none() {
        let classes = cx.candidates(module, |def| matches!(def, Def::Class(_)));
        let help = words::did_you_mean(name, classes.iter().map(String::as_str));
        let message = format!("`{name}` is not a class of this module");
        let span = at.at("within").span();
        cx.push(Diagnostic::new(codes::WITHIN, span, message).maybe_help(help));
    }
    class
}

/// The constants of a module, class, record or namespace.
pub(super) fn constants(
    cx: &mut Cx<'_>,
    module: ModuleId,
    constants: &syntax::Map<syntax::Constant>,
    at: At<'_>,
) -> Vec<Constant> {
    let at = at.at("constants");
    constants
        .iter()
        .map(|(name, syntax)| constant(cx, module, name, syntax, at.at(name)))
        .collect()
}

fn constant(
    cx: &mut Cx<'_>,
    module: ModuleId,
    name: &str,
    syntax: &syntax::Constant,
    at: At<'_>,
) -> Constant {
    let mut ty = cx.type_at(&Scope::module(module), at.type_node());
    if !is_constant(cx, &ty) {
        let shown = cx.api.show(&ty);
        let message = format!("`{shown}` cannot be the type of a constant");
        let help = "a constant is `bool`, an integer, `f64`, `str`, `bytes` or an enum";
        let span = at.type_node().span();
        cx.push(Diagnostic::new(codes::CONSTANT_TYPE, span, message).help(help));
        ty = unknown();
    }
    let value = at
        .get("value")
        .map(|at| constant_value(cx, module, &ty, at));
    let source = match (value, &syntax.rust) {
        (Some(Some(value)), None) => ConstantSource::Value(value),
        (Some(None), None) => ConstantSource::Value(Value::None),
        (None, Some(path)) => ConstantSource::Rust(path.clone()),
        (value, _) => {
            let both = value.is_some();
            let message = if both {
                "both `value` and `rust`"
            } else {
                "neither `value` nor `rust`"
            };
            let message = format!("constant `{name}` has {message}");
            cx.push(Diagnostic::new(codes::CONSTANT_SOURCE, at.key, message));
            ConstantSource::Value(Value::None)
        }
    };
    Constant {
        name: name.to_owned(),
        doc: syntax.doc.as_deref().and_then(text::doc),
        origin: at.origin(cx.sources),
        ty,
        source,
        condition: condition(&syntax.platform, syntax.feature.as_deref()),
    }
}

fn is_constant(cx: &Cx<'_>, ty: &Type) -> bool {
    let plain = matches!(
        cx.api.expand(ty),
        Type::Bool | Type::Int(_) | Type::F64 | Type::Str | Type::Bytes | Type::Enum(_)
    );
    plain || super::is_unknown(ty)
}

/// Text is the string itself for `str`; everything else is written as a default is.
fn constant_value(cx: &mut Cx<'_>, module: ModuleId, ty: &Type, at: At<'_>) -> Option<Value> {
    let full = cx.api.expand(ty).clone();
    if super::is_unknown(&full) {
        return None;
    }
    let text = at.node.kind() == Kind::Str;
    let refused = match full {
        Type::Bytes => Some("name a Rust constant instead: `rust: crate::NAME`".to_owned()),
        Type::Str if !text => Some(format!("quote it: \"{}\"", at.text())),
        _ => None,
    };
    if let Some(help) = refused {
        let message = format!("this is no value of `{}`", cx.api.show(ty));
        cx.push(Diagnostic::new(codes::VALUE_TYPE, at.span(), message).help(help));
        return None;
    }
    let literal = if full == Type::Str {
        let kind = LiteralKind::Str(at.text().to_owned());
        Literal {
            kind,
            start: 0,
            end: at.text().len(),
        }
    } else {
        cx.literal(at)?
    };
    cx.value(module, at, literal, ty)
}

//! Texts for refused values: only where something can be refused.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Param, ParamKind, Type};
use crate::resolve::{At, Cx, ParamKey};

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        let Some(args) = site.at.get("args") else {
            continue;
        };
        let declared = args.entries();
        let params = declared
            .iter()
            .filter(|(key, _)| !matches!(ParamKey::of(key), ParamKey::Slash | ParamKey::Star));
        for ((_, at), param) in params.zip(&site.function.params) {
            check_param(*at, param, out);
        }
    }
}

fn check_param(at: At<'_>, param: &Param, out: &mut Out) {
    let rest = matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword);
    let rules: [(&str, bool, &str); 2] = [
        ("refused", refuses(&param.ty), "this type takes any object"),
        (
            "refused_item",
            has_items(&param.ty),
            "nothing stands inside this type",
        ),
    ];
    for (key, possible, why) in rules {
        let Some(text) = at.get(key) else { continue };
        if rest {
            let message = format!("`{key}` is for single parameters");
            out.push(Diagnostic::new(codes::NEVER_REFUSED, text.key, message));
        } else if !possible {
            let message = format!("`{key}` would never be shown: {why}");
            out.push(Diagnostic::new(codes::NEVER_REFUSED, text.key, message));
        }
    }
}

fn refuses(ty: &Type) -> bool {
    match ty {
        Type::Object | Type::Var(_) | Type::Truth => false,
        Type::Optional(inner) => refuses(inner),
        _ => true,
    }
}

fn has_items(ty: &Type) -> bool {
    match ty {
        Type::Optional(inner) => has_items(inner),
        Type::List(item)
        | Type::VarTuple(item)
        | Type::Set(item)
        | Type::Iterable(item)
        | Type::Sequence(item) => refuses(item),
        Type::Tuple(items) => items.iter().any(refuses),
        Type::Dict(key, value) => refuses(key) || refuses(value),
        _ => false,
    }
}

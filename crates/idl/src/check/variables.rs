//! Type variables: declared once, used, and known from an argument.

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, ModuleId, Type};
use crate::resolve::{At, Cx, Site, is_builtin};

type Out = Vec<Diagnostic>;

pub(super) fn check(cx: &Cx<'_>, out: &mut Out) {
    for site in &cx.sites {
        let generic = site.at.get("generic").map(At::items).unwrap_or_default();
        check_names(cx, site.module, &generic, out);
        check_used(cx, site, &generic, out);
        check_result(cx, site, out);
    }
    for (id, module) in cx.modules.iter().enumerate() {
        let generic = module.at.get("generic").map(At::items).unwrap_or_default();
        check_names(cx, ModuleId(id), &generic, out);
        check_module(cx, ModuleId(id), &generic, out);
    }
}

fn check_names(cx: &Cx<'_>, module: ModuleId, generic: &[At<'_>], out: &mut Out) {
    for (at, first) in At::repeated(generic) {
        let message = format!("type variable `{}` is declared twice", at.text());
        let diagnostic = Diagnostic::new(codes::BAD_VARIABLE, at.span(), message);
        out.push(diagnostic.also(first.span(), "first here"));
    }
    for at in generic.iter().filter(|at| hides(cx, module, at.text())) {
        let message = format!("type variable `{}` hides a type of that name", at.text());
        out.push(Diagnostic::new(codes::BAD_VARIABLE, at.span(), message));
    }
}

/// Whether a name means something already.
fn hides(cx: &Cx<'_>, module: ModuleId, name: &str) -> bool {
    is_builtin(name) || cx.names.find(module, name).is_some()
}

/// The type variables in a type.
fn variables<'a>(api: &'a Api, ty: &'a Type) -> BTreeSet<&'a str> {
    let parts = api.parts(ty).into_iter();
    let names = parts.filter_map(|part| match part {
        Type::Var(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

fn check_used(cx: &Cx<'_>, site: &Site<'_>, generic: &[At<'_>], out: &mut Out) {
    let function = &site.function;
    let params = function
        .params
        .iter()
        .chain(function.overloads.iter().flat_map(|o| &o.params));
    let results = function.overloads.iter().map(|overload| &overload.returns);
    let types = params
        .map(|param| &param.ty)
        .chain(results)
        .chain([&function.returns]);
    let used: BTreeSet<&str> = types.flat_map(|ty| variables(&cx.api, ty)).collect();
    // A type that could not be resolved may have used any of them.
    if used.contains("") {
        return;
    }
    for at in generic
        .iter()
        .filter(|at| !used.contains(at.text()) && !hides(cx, site.module, at.text()))
    {
        let message = format!("type variable `{}` is not used", at.text());
        out.push(Diagnostic::new(codes::UNUSED_VARIABLE, at.span(), message));
    }
}

fn check_result(cx: &Cx<'_>, site: &Site<'_>, out: &mut Out) {
    let function = &site.function;
    let known: BTreeSet<&str> = function
        .params
        .iter()
        .flat_map(|param| variables(&cx.api, &param.ty))
        .collect();
    if known.contains("") {
        return;
    }
    for name in variables(&cx.api, &function.returns) {
        if !name.is_empty()
            && !known.contains(name)
            && function.generic.iter().any(|known| known == name)
        {
            let message = format!("no argument tells what `{name}` is");
            let help =
                format!("return `object`, or take an argument of type `{name}` or `type[{name}]`");
            let span = site.at.at("returns").type_node().span();
            out.push(Diagnostic::new(codes::VARIABLE_RESULT, span, message).help(help));
        }
    }
}

/// A module's variables are for its aliases.
fn check_module(cx: &Cx<'_>, module: ModuleId, generic: &[At<'_>], out: &mut Out) {
    let aliases = || cx.api.aliases.iter().filter(|alias| alias.module == module);
    if aliases().any(|alias| variables(&cx.api, &alias.ty).contains("")) {
        return;
    }
    for at in generic {
        let hides = hides(cx, module, at.text());
        if !hides && !aliases().any(|alias| alias.generic.iter().any(|name| name == at.text())) {
            let message = format!(
                "no alias of this module uses the type variable `{}`",
                at.text()
            );
            let help = "a function's type variables stand in its own `generic:`";
            out.push(Diagnostic::new(codes::UNUSED_VARIABLE, at.span(), message).help(help));
        }
    }
}

//! Facts that need more than one declaration: who makes a class, and where views take their owner from.

use std::collections::BTreeSet;

use super::at::At;
use super::functions::Home;
use super::{Cx, Owner};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, Binding, ClassId, Function, OwnerSource, ParamKind, Type};

/// How many factories a message names.
const SHOWN: usize = 3;

/// Gives every class without constructor and without a text of its own its factories.
pub(super) fn fill(cx: &mut Cx<'_>) {
    let mut makers: Vec<[Vec<String>; 2]> = vec![Default::default(); cx.api.classes.len()];
    for site in &cx.sites {
        let function = &site.function;
        let Type::Class(id) = *cx.api.core(&function.returns) else {
            continue;
        };
        let own_static = site.owner == Owner::Class(id) && function.binding == Binding::Static;
        let public = function.name.starts_with(|c: char| c != '_');
        if own_static || (public && site.owner != Owner::Class(id)) {
            makers[id.0][usize::from(!own_static)].push(format!("{}()", function.qualname));
        }
    }
    for (class, [own, others]) in cx.api.classes.iter_mut().zip(makers) {
        let names = if own.is_empty() { others } else { own };
        if class.new.is_none() && class.factory.is_none() && !names.is_empty() {
            class.factory = Some(names[..names.len().min(SHOWN)].join(" or "));
        }
    }
}

/// For each owner whose views the function hands to Python: where the glue finds it. Reports those it cannot find.
pub(super) fn view_owners(
    cx: &mut Cx<'_>,
    home: &Home,
    function: &Function,
    at: At<'_>,
) -> Vec<(ClassId, OwnerSource)> {
    let mut found: Vec<(ClassId, OwnerSource)> = Vec::new();
    for (view, place) in handed_out(&cx.api, function, at) {
        let Some(owner) = cx.api[view].owner() else {
            continue;
        };
        if found.iter().any(|(known, _)| *known == owner) {
            continue;
        }
        match source(&cx.api, home, function, owner) {
            Some(source) => found.push((owner, source)),
            None => report(cx, view, owner, function.owner.as_deref(), place),
        }
    }
    if let [(first, _), (second, _), ..] = found.as_slice() {
        let (first, second) = (&cx.api[*first].name, &cx.api[*second].name);
        let message = format!(
            "`{}` gives out views of both `{first}` and `{second}`",
            function.qualname
        );
        let help = "split it in two: the glue passes one owner on";
        cx.push(Diagnostic::new(codes::TWO_OWNERS, at.key, message).help(help));
    }
    found
}

/// View classes in the result and in what callbacks are given, and where those are declared.
fn handed_out<'a>(api: &Api, function: &Function, at: At<'a>) -> Vec<(ClassId, At<'a>)> {
    let mut views = Vec::new();
    if function.binding != Binding::New && !function.bound {
        let place = at.get("returns").unwrap_or(at).type_node();
        views.extend(
            api.views(&function.returns)
                .into_iter()
                .map(|view| (view, place)),
        );
    }
    let args = at.get("args").map(At::entries).unwrap_or_default();
    for param in &function.params {
        if let Type::Callable(params, _) = api.core(&param.ty) {
            let place = args.iter().find(|(name, _)| *name == param.name);
            let place = place.map_or(at, |(_, at)| at.type_node());
            let given: BTreeSet<ClassId> = params.iter().flat_map(|ty| api.views(ty)).collect();
            views.extend(given.into_iter().map(|view| (view, place)));
        }
    }
    views
}

fn source(api: &Api, home: &Home, function: &Function, owner: ClassId) -> Option<OwnerSource> {
    let leads = |class: ClassId| class == owner || api[class].owner() == Some(owner);
    let named = function.owner.as_deref();
    if let None = named
        && let (Owner::Class(class), Binding::Method(_)) = (home.owner, function.binding)
        && leads(class)
    {
        return Some(OwnerSource::Receiver);
    }
    let place = function.params.iter().position(|param| {
        let single = !matches!(param.kind, ParamKind::VarPositional | ParamKind::VarKeyword);
        let wanted = named.is_none_or(|name| name == param.name);
        matches!(api.expand(&param.ty), Type::Class(class) if single && wanted && leads(*class))
    });
    place.map(OwnerSource::Param)
}

fn report(cx: &mut Cx<'_>, view: ClassId, owner: ClassId, named: Option<&str>, at: At<'_>) {
    let (view, owner) = (cx.api[view].name.clone(), cx.api[owner].name.clone());
    let (message, help) = match named {
        None => (
            format!("nothing tells which `{owner}` this `{view}` belongs to"),
            format!(
                "make it a method of `{owner}` or of one of its views, or take one of them as a parameter"
            ),
        ),
        Some(name) => (
            format!(
                "the parameter `{name}` does not tell which `{owner}` this `{view}` belongs to"
            ),
            format!("`owner:` names a parameter that is a `{owner}` or one of its views"),
        ),
    };
    cx.push(
        Diagnostic::new(codes::VIEW_WITHOUT_OWNER, at.span(), message)
            .label(format!("`{view}` is a view of `{owner}`"))
            .help(help),
    );
}

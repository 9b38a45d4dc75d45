//! A module's stub.

use askama::Template;
use pyrus_idl::model::{Api, Item, Module, ModuleId};

use super::filters;
use super::{Members, Placed, StubItem, class, enumeration, error, function, live, record, value};
use crate::docs;
use crate::features;
use crate::stub::scope::Scope;
use crate::stub::{Export, banner, docstring, exports, imports, layout};
use crate::types::names;
use crate::types::python::Import;

/// A module's stub.
#[derive(Template)]
#[template(path = "stub/module.pyi.jinja", escape = "none")]
pub(crate) struct StubModule {
    pub(crate) banner: String,
    /// The docstring literal, empty when there is none.
    pub(crate) doc: String,
    /// Blocks of import statements, each followed by an empty line.
    pub(crate) imports: Vec<String>,
    /// There are text enums.
    pub(crate) has_text_enum: bool,
    /// `__all__ = […]`.
    pub(crate) all: String,
    /// Platform test and `__all__ += […]`.
    pub(crate) more: Vec<(String, String)>,
    pub(crate) members: Vec<Placed>,
}

impl StubModule {
    /// The view of a module.
    pub(crate) fn new(api: &Api, id: ModuleId) -> Self {
        let mut scope = Scope::new(api, id);
        let module = &api[id];
        let items = members(&mut scope, module);
        let (all, more) = exported(&mut scope);
        for child in &module.children {
            scope.imports.insert(Import {
                module: ".".into(),
                name: Some(names::own_name(&api[*child]).into()),
                alias: None,
            });
        }
        let has_text_enum = has_text_enum(api, module);
        let members = with_variables(&mut scope, items);
        StubModule {
            banner: banner(api),
            doc: docs::module(module)
                .map(|doc| docstring::literal(0, &doc))
                .unwrap_or_default(),
            imports: imports::text(&scope.imports),
            has_text_enum,
            all,
            more,
            members: members.placed,
        }
    }
}

fn has_text_enum(api: &Api, module: &Module) -> bool {
    let kind = |item: &Item| matches!(item, Item::Enum(id) if api[*id].kind == pyrus_idl::model::EnumKind::Str);
    module.items.iter().any(kind)
}

/// The items, after the type variables they use.
fn with_variables(scope: &mut Scope<'_>, items: Vec<(String, StubItem)>) -> Members {
    let mut members = Members::new(true);
    for name in std::mem::take(&mut scope.variables) {
        let word = scope.typing("TypeVar");
        let statement = format!("{name} = {word}(\"{name}\")");
        members.push(StubItem::Attribute(super::StubAttribute { statement }));
    }
    let variables = members.placed.len();
    for (guard, item) in items {
        members.push_guarded(guard, item);
    }
    members.separate(variables);
    members
}

/// Types in declaration order, then namespaces, constants and functions.
fn members(scope: &mut Scope<'_>, module: &Module) -> Vec<(String, StubItem)> {
    let api = scope.api;
    let mut out = Vec::new();
    for item in &module.items {
        let guard = scope.platforms(&features::condition(api, *item).platforms);
        let indent = inside(&guard);
        types(scope, *item, indent, &guard, &mut out);
    }
    for item in &module.namespaces {
        let guard = scope.platforms(&item.condition.platforms);
        let view = match item.within {
            Some(class) => {
                let path = format!("{}.{}", api[class].name, item.name);
                StubItem::Attribute(value::renamed(scope, &item.name, &path))
            }
            None => StubItem::Class(class::namespace(scope, item, inside(&guard))),
        };
        out.push((guard, view));
    }
    for item in &module.constants {
        let guard = scope.platforms(&item.condition.platforms);
        let view = StubItem::Attribute(value::constant(scope, item, inside(&guard)));
        out.push((guard, view));
    }
    for item in &module.functions {
        let guard = scope.platforms(&item.condition.platforms);
        for view in function::items(scope, item, None, inside(&guard)) {
            out.push((guard.clone(), view));
        }
    }
    out
}

fn inside(guard: &str) -> usize {
    if guard.is_empty() { 0 } else { 4 }
}

fn types(
    scope: &mut Scope<'_>,
    item: Item,
    indent: usize,
    guard: &str,
    out: &mut Vec<(String, StubItem)>,
) {
    let api = scope.api;
    let view = match item {
        Item::Alias(id) if !names::is_shown(api, &api[id].ty) => return,
        Item::Alias(id) => StubItem::Attribute(value::alias(scope, id)),
        Item::Enum(id) => StubItem::Enum(enumeration::view(scope, &api[id], indent)),
        Item::Record(id) if scope.api[id].live => StubItem::Class(live::view(scope, id, indent)),
        Item::Record(id) => StubItem::Class(record::view(scope, id, indent)),
        Item::Error(id) => StubItem::Class(error::view(scope, &api[id], indent)),
        Item::Class(id) => StubItem::Class(class::view(scope, id, indent)),
    };
    out.push((guard.to_owned(), view));
    if let Item::Record(id) = item
        && api[id].like
    {
        let view = StubItem::Class(record::protocol(scope, id, indent));
        out.push((guard.to_owned(), view));
    }
    if let Item::Class(id) = item {
        for name in &api[id].aliases {
            let view = value::renamed(scope, name, &api[id].name);
            out.push((guard.to_owned(), StubItem::Attribute(view)));
        }
    }
}

/// The statements that make `__all__`.
fn exported(scope: &mut Scope<'_>) -> (String, Vec<(String, String)>) {
    let all = exports(scope.api, scope.id);
    let plain = all.iter().filter(|export| export.platforms.is_empty());
    let plain: Vec<_> = plain.map(|export| export.name.clone()).collect();
    let mut more: Vec<(String, Vec<String>)> = Vec::new();
    for Export { name, platforms } in &all {
        if platforms.is_empty() {
            continue;
        }
        let guard = scope.platforms(platforms);
        match more.iter_mut().find(|(known, _)| *known == guard) {
            Some((_, names)) => names.push(name.clone()),
            None => more.push((guard, vec![name.clone()])),
        }
    }
    let more = more.into_iter();
    let more = more
        .map(|(guard, names)| (guard, layout::names(4, "__all__ +=", &names)))
        .collect();
    (layout::names(0, "__all__ =", &plain), more)
}

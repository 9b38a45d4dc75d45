//! Which names are taken in a stub, and where a module's stub finds another's.

use pyrus_idl::model::{Api, Item, Module, ModuleId, Type};

/// Whether something of the API has this name where `scope`'s stub would see it: a name of the module, a member of one
/// of its classes, or a type of any module.
pub(super) fn is_taken(api: &Api, scope: ModuleId, name: &str) -> bool {
    in_module(api, &api[scope], name)
        || api
            .classes
            .iter()
            .any(|item| item.name == name || item.module == scope && in_class(item, name))
        || api
            .records
            .iter()
            .any(|item| item.name == name || item.module == scope && in_record(item, name))
        || api.enums.iter().any(|item| item.name == name)
        || api.aliases.iter().any(|item| item.name == name)
        || api
            .externs
            .iter()
            .any(|item| item.name == name || item.class == name)
        || api.errors.iter().any(|item| {
            item.name == name
                || item.module == scope && item.fields.iter().any(|field| field.name == name)
        })
}

fn in_module(api: &Api, module: &Module, name: &str) -> bool {
    module.functions.iter().any(|item| item.name == name)
        || module.constants.iter().any(|item| item.name == name)
        || module.children.iter().any(|id| own_name(&api[*id]) == name)
        || module.namespaces.iter().any(|item| {
            item.name == name
                || item.functions.iter().any(|function| function.name == name)
                || item.constants.iter().any(|constant| constant.name == name)
        })
}

fn in_class(class: &pyrus_idl::model::Class, name: &str) -> bool {
    class.aliases.iter().any(|alias| alias == name)
        || class.methods.iter().any(|item| item.name == name)
        || class.properties.iter().any(|item| item.name == name)
        || class.constants.iter().any(|item| item.name == name)
}

fn in_record(record: &pyrus_idl::model::Record, name: &str) -> bool {
    record.fields.iter().any(|item| item.name == name)
        || record.methods.iter().any(|item| item.name == name)
        || record.properties.iter().any(|item| item.name == name)
        || record.constants.iter().any(|item| item.name == name)
}

/// The last part of a module's name.
pub(crate) fn own_name(module: &Module) -> &str {
    module.name.rsplit('.').next().unwrap_or(&module.name)
}

/// The name of an item.
pub(crate) fn item_name(api: &Api, item: Item) -> &str {
    match item {
        Item::Alias(id) => &api[id].name,
        Item::Enum(id) => &api[id].name,
        Item::Record(id) => &api[id].name,
        Item::Error(id) => &api[id].name,
        Item::Class(id) => &api[id].name,
    }
}

/// Whether several modules have a type of this name.
pub(super) fn is_ambiguous(api: &Api, name: &str) -> bool {
    let count = api.modules.iter().flat_map(|module| &module.items);
    let count = count.filter(|item| item_name(api, **item) == name).count();
    count + api.externs.iter().filter(|item| item.class == name).count() > 1
}

/// How `scope`'s stub writes the module `target` after `from`: relative, because both are in one extension.
pub(crate) fn relative(api: &Api, scope: ModuleId, target: ModuleId) -> String {
    let scope = &api[scope];
    let is_package = !scope.children.is_empty();
    let package = if is_package {
        &scope.path[..]
    } else {
        parent(&scope.path)
    };
    let target = &api[target].path;
    let common = package
        .iter()
        .zip(target)
        .take_while(|(a, b)| a == b)
        .count();
    let dots = ".".repeat(1 + package.len() - common);
    format!("{dots}{}", target[common..].join("."))
}

fn parent(path: &[String]) -> &[String] {
    &path[..path.len().saturating_sub(1)]
}

/// Whether an alias of this type has a name at run time: only what `typing` can express on every Python, and stubtest
/// recognises.
pub(crate) fn is_shown(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::None | Type::Var(_) | Type::TypeOf(_) => false,
        Type::Alias(id) => is_shown(api, &api[*id].ty),
        other => !mentions_buffer(api, other),
    }
}

fn mentions_buffer(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Buffer(_) => true,
        Type::Alias(id) => mentions_buffer(api, &api[*id].ty),
        other => parts(other)
            .into_iter()
            .any(|part| mentions_buffer(api, part)),
    }
}

/// The types directly inside a type.
pub(crate) fn parts(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Optional(inner)
        | Type::List(inner)
        | Type::VarTuple(inner)
        | Type::Set(inner)
        | Type::Iterable(inner)
        | Type::Iterator(inner)
        | Type::TypeOf(inner)
        | Type::Buffer(inner) => vec![inner],
        Type::Union(members) | Type::Tuple(members) => members.iter().collect(),
        Type::Dict(key, value) => vec![key, value],
        Type::Callable(params, result) => params.iter().chain(std::iter::once(&**result)).collect(),
        _ => Vec::new(),
    }
}

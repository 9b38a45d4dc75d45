//! Which names are taken in a stub, and where a module's stub finds another's.

use std::collections::{BTreeMap, BTreeSet};

use pyrus_idl::model::{Api, Constant, Function, Item, Module, ModuleId, Type};

/// The names that a module's stub may not use for anything else.
#[derive(Clone, Debug)]
pub struct Names {
    pub(crate) scope: ModuleId,
    /// Names of the module, members of its classes, and types of any module: inside the stub they hide what they shadow.
    taken: BTreeSet<String>,
    /// How many modules have a type of a name.
    types: BTreeMap<String, usize>,
    /// What the module has besides types.
    others: BTreeSet<String>,
}

impl Names {
    /// Looks at everything that is declared.
    pub fn new(api: &Api, scope: ModuleId) -> Self {
        let mut names = Names {
            scope,
            taken: BTreeSet::new(),
            types: BTreeMap::new(),
            others: others(&api[scope]),
        };
        for module in &api.modules {
            for item in &module.items {
                *names
                    .types
                    .entry(item_name(api, *item).to_owned())
                    .or_default() += 1;
            }
        }
        for item in &api.externs {
            *names.types.entry(item.class.clone()).or_default() += 1;
            names.take(&item.name);
        }
        names
            .taken
            .extend(names.types.keys().cloned().collect::<Vec<_>>());
        names.module(api, &api[scope]);
        names
    }

    /// Whether a name means something else here.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Whether several modules have a type of this name, or the module itself has something else.
    pub(super) fn is_ambiguous(&self, name: &str) -> bool {
        self.types.get(name).is_some_and(|count| *count > 1) || self.others.contains(name)
    }

    fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    fn module(&mut self, api: &Api, module: &Module) {
        module
            .children
            .iter()
            .for_each(|id| self.take(own_name(&api[*id])));
        self.functions(&module.functions);
        self.constants(&module.constants);
        for item in &module.namespaces {
            self.take(&item.name);
            self.functions(&item.functions);
            self.constants(&item.constants);
        }
        for item in &module.items {
            match item {
                Item::Class(id) => {
                    api[*id].aliases.iter().for_each(|name| self.take(name));
                    api[*id]
                        .properties
                        .iter()
                        .for_each(|item| self.take(&item.name));
                    self.functions(&api[*id].methods);
                    self.constants(&api[*id].constants);
                }
                Item::Record(id) => {
                    if api[*id].like {
                        self.take(&super::spell::like(&api[*id].name));
                    }
                    api[*id]
                        .fields
                        .iter()
                        .for_each(|item| self.take(&item.name));
                    api[*id]
                        .properties
                        .iter()
                        .for_each(|item| self.take(&item.name));
                    self.functions(&api[*id].methods);
                    self.constants(&api[*id].constants);
                }
                Item::Error(id) => api[*id]
                    .fields
                    .iter()
                    .for_each(|item| self.take(&item.name)),
                Item::Alias(_) | Item::Enum(_) => {}
            }
        }
    }

    fn functions(&mut self, functions: &[Function]) {
        self.taken
            .extend(functions.iter().map(|item| item.name.clone()));
    }

    fn constants(&mut self, constants: &[Constant]) {
        self.taken
            .extend(constants.iter().map(|item| item.name.clone()));
    }
}

/// Names of a module that are no types.
fn others(module: &Module) -> BTreeSet<String> {
    let namespaces = module.namespaces.iter().map(|item| &item.name);
    let functions = module.functions.iter().map(|item| &item.name);
    let constants = module.constants.iter().map(|item| &item.name);
    namespaces
        .chain(functions)
        .chain(constants)
        .cloned()
        .collect()
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
        | Type::Sequence(inner)
        | Type::Iterator(inner)
        | Type::TypeOf(inner)
        | Type::Buffer(inner) => vec![inner],
        Type::Union(members) | Type::Tuple(members) => members.iter().collect(),
        Type::Dict(key, value) => vec![key, value],
        Type::Callable(params, result) => params.iter().chain(std::iter::once(&**result)).collect(),
        _ => Vec::new(),
    }
}

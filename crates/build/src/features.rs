//! Cargo features: which of them are on, and the model without what they switch off.

use std::collections::BTreeSet;

use pyrus_idl::model::{Api, Condition, Constant, Function, Item, Namespace};

/// The enabled Cargo features of the package whose API is rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features(BTreeSet<String>);

impl Features {
    /// What Cargo tells a build script: `CARGO_FEATURE_<NAME>`.
    pub fn from_env() -> Self {
        std::env::vars_os()
            .filter_map(|(name, _)| name.into_string().ok())
            .filter_map(|name| name.strip_prefix("CARGO_FEATURE_").map(normal))
            .collect()
    }

    /// Whether an item exists as far as features go.
    pub fn allow(&self, condition: &Condition) -> bool {
        condition
            .feature
            .as_ref()
            .is_none_or(|name| self.0.contains(&normal(name)))
    }
}

impl Features {
    /// The model without the items that the features switch off. Ids stay valid: arenas are left as they are, only the
    /// lists of modules and classes get shorter.
    #[must_use]
    pub fn apply(&self, api: &Api) -> Api {
        let features = self;
        let mut api = api.clone();
        for index in 0..api.modules.len() {
            let items = std::mem::take(&mut api.modules[index].items);
            let items = items
                .into_iter()
                .filter(|item| features.allow(condition(&api, *item)))
                .collect();
            let module = &mut api.modules[index];
            module.items = items;
            functions(&mut module.functions, features);
            constants(&mut module.constants, features);
            namespaces(&mut module.namespaces, features);
        }
        for class in &mut api.classes {
            functions(&mut class.methods, features);
            constants(&mut class.constants, features);
        }
        for record in &mut api.records {
            functions(&mut record.methods, features);
            constants(&mut record.constants, features);
        }
        api
    }
}

impl<S: AsRef<str>> FromIterator<S> for Features {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        Features(
            names
                .into_iter()
                .map(|name| normal(name.as_ref()))
                .collect(),
        )
    }
}

/// Cargo upper-cases names and turns dashes into underscores, so names are compared that way.
fn normal(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// When an item of a module exists. Aliases always do.
pub fn condition(api: &Api, item: Item) -> &Condition {
    const ALWAYS: &Condition = &Condition {
        platforms: Vec::new(),
        feature: None,
    };
    match item {
        Item::Alias(_) => ALWAYS,
        Item::Enum(id) => &api[id].condition,
        Item::Record(id) => &api[id].condition,
        Item::Error(id) => &api[id].condition,
        Item::Class(id) => &api[id].condition,
    }
}

fn functions(list: &mut Vec<Function>, features: &Features) {
    list.retain(|function| features.allow(&function.condition));
}

fn constants(list: &mut Vec<Constant>, features: &Features) {
    list.retain(|constant| features.allow(&constant.condition));
}

fn namespaces(list: &mut Vec<Namespace>, features: &Features) {
    list.retain(|namespace| features.allow(&namespace.condition));
    for namespace in list {
        functions(&mut namespace.functions, features);
        constants(&mut namespace.constants, features);
    }
}

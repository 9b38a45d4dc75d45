//! The Rust types that are declared already, by path.

use std::collections::BTreeMap;

use pyrus_idl::Api;
use pyrus_idl::model::{Hold, ModuleId};

use super::sources::Sources;

/// What a declared Rust type is in the declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name, dotted from the root.
    pub(super) name: String,
    pub(super) shape: Shape,
}

/// How values of it pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `&T` in, `T` out.
    Value,
    /// `&T` in, `Arc<T>` out.
    Shared,
    /// A copy both ways.
    Plain,
    /// Only raised.
    Error,
}

/// Every declared type, by the path at which it is defined.
pub(super) fn types(api: &Api, sources: &Sources) -> BTreeMap<String, Known> {
    let mut out = BTreeMap::new();
    let mut add = |rust: Option<&str>, module: ModuleId, name: &str, shape| {
        let path = &api[module].path;
        let generated = || -> String {
            let parts = ["crate", "api"].into_iter();
            let parts: Vec<_> = parts
                .chain(path.iter().map(String::as_str))
                .chain([name])
                .collect();
            parts.join("::")
        };
        let rust = sources.canonical(&rust.map_or_else(generated, normal));
        let name = path.iter().map(String::as_str).chain([name]);
        let name = name.collect::<Vec<_>>().join(".");
        out.insert(rust, Known { name, shape });
    };
    for item in &api.classes {
        let shape = match item.hold {
            Hold::Value => Shape::Value,
            Hold::Shared => Shape::Shared,
            Hold::View { .. } => continue,
        };
        add(Some(&item.rust), item.module, &item.name, shape);
    }
    for item in &api.records {
        add(item.rust.as_deref(), item.module, &item.name, Shape::Value);
    }
    for item in &api.enums {
        add(item.rust.as_deref(), item.module, &item.name, Shape::Plain);
    }
    for item in api.aliases.iter().filter(|item| !item.variants.is_empty()) {
        add(item.rust.as_deref(), item.module, &item.name, Shape::Plain);
    }
    for item in &api.errors {
        add(item.rust.as_deref(), item.module, &item.name, Shape::Error);
    }
    out
}

/// Without leading `::`, raw names and generics.
fn normal(path: &str) -> String {
    let path = path.trim().trim_start_matches("::").replace("r#", "");
    path.split('<')
        .next()
        .unwrap_or(&path)
        .trim_end_matches("::")
        .to_owned()
}

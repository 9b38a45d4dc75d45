//! Items by name, wherever they are declared.

use pyrus_idl::model::{Api, Constant, Function, Item, Module, Origin, Property};
use serde_json::Value;

/// A declared item.
pub(crate) struct Named {
    /// From the root: `graph.GraphView.insert`.
    pub(crate) path: String,
    /// Where it was declared.
    pub(crate) origin: Origin,
    /// Its part of the model.
    pub(crate) model: Value,
}

/// The items whose path is a name or ends with it.
pub(crate) fn find(api: &Api, name: &str) -> Vec<Named> {
    let tail = format!(".{name}");
    let mut out = all(api);
    out.retain(|item| item.path == name || item.path.ends_with(&tail));
    out
}

fn all(api: &Api) -> Vec<Named> {
    let mut list = List::default();
    for module in &api.modules {
        list.module(api, module);
    }
    list.0
}

#[derive(Default)]
struct List(Vec<Named>);

impl List {
    fn add(&mut self, prefix: &[String], name: &str, origin: &Origin, model: Value) -> Vec<String> {
        let mut path = prefix.to_vec();
        path.push(name.to_owned());
        self.0.push(Named {
            path: path.join("."),
            origin: origin.clone(),
            model,
        });
        path
    }

    fn module(&mut self, api: &Api, module: &Module) {
        if !module.path.is_empty() {
            let (path, origin) = (module.path.join("."), module.origin.clone());
            self.0.push(Named {
                path,
                origin,
                model: json(module),
            });
        }
        for item in &module.items {
            self.item(api, &module.path, *item);
        }
        for item in &module.namespaces {
            let path = self.add(&module.path, &item.name, &item.origin, json(item));
            self.functions(&path, &item.functions);
            self.constants(&path, &item.constants);
        }
        self.functions(&module.path, &module.functions);
        self.constants(&module.path, &module.constants);
    }

    fn item(&mut self, api: &Api, prefix: &[String], item: Item) {
        match item {
            Item::Alias(id) => {
                self.add(prefix, &api[id].name, &api[id].origin, json(&api[id]));
            }
            Item::Enum(id) => {
                self.add(prefix, &api[id].name, &api[id].origin, json(&api[id]));
            }
            Item::Error(id) => {
                self.add(prefix, &api[id].name, &api[id].origin, json(&api[id]));
            }
            Item::Record(id) => {
                let record = &api[id];
                let path = self.add(prefix, &record.name, &record.origin, json(record));
                self.functions(&path, &record.methods);
                self.properties(&path, &record.properties);
                self.constants(&path, &record.constants);
                for field in &record.fields {
                    self.add(&path, &field.name, &field.origin, json(field));
                }
            }
            Item::Class(id) => {
                let class = &api[id];
                let path = self.add(prefix, &class.name, &class.origin, json(class));
                self.functions(&path, &class.methods);
                self.properties(&path, &class.properties);
                self.constants(&path, &class.constants);
            }
        }
    }

    fn functions(&mut self, prefix: &[String], functions: &[Function]) {
        for item in functions {
            self.add(prefix, &item.name, &item.origin, json(item));
        }
    }

    fn properties(&mut self, prefix: &[String], properties: &[Property]) {
        for item in properties {
            self.add(prefix, &item.name, &item.origin, json(item));
        }
    }

    fn constants(&mut self, prefix: &[String], constants: &[Constant]) {
        for item in constants {
            self.add(prefix, &item.name, &item.origin, json(item));
        }
    }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("the model is plain data")
}

//! Rust glue: model → views → text.
//!
//! Every generated name inside `__pyrus` is prefixed, so that no name from the declarations can collide with one of
//! ours; the public part is `api`, with one Rust module per Python module.

#![allow(
    clippy::match_same_arms,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "one row or arm per case reads as a table"
)]

mod call;
mod class;
mod constant;
mod data;
mod expr;
mod facts;
mod function;
mod live;
mod module;
mod platform;
mod protocol;
mod record;
mod tables;
mod text;

use std::collections::HashMap;

use askama::Template;
use pyrus_idl::model::{Api, ClassId, EnumId, ErrorId, Item, ModuleId, RecordId};

use crate::features::Features;

/// The one generated file.
#[derive(Template)]
#[template(path = "rust/glue.rs.jinja", escape = "none")]
struct Glue {
    /// `pub mod` tree with generated types and markers.
    api: String,
    /// Functions, tables and the entry point.
    items: Vec<String>,
    /// `pub mod` for classes of other extensions.
    externs: Vec<String>,
    /// The extension's table.
    tables: String,
}

/// Name and text of the glue's file.
pub fn render(api: &Api, features: &Features) -> Vec<(String, String)> {
    let api = features.apply(api);
    let api = &platform::apply(api, platform::target());
    let mut cx = Context::new(api);
    let modules = module::tree(&mut cx, ModuleId(0));
    let externs = api
        .externs
        .iter()
        .enumerate()
        .map(|(i, item)| class::external(api, i, item))
        .collect();
    let tables = tables::extension(&mut cx);
    let glue = Glue {
        api: modules,
        items: std::mem::take(&mut cx.items),
        externs,
        tables,
    };
    vec![(
        "pyrus.rs".to_owned(),
        text::pretty(&glue.render().unwrap_or_default()),
    )]
}

/// The runtime looks at so many names of a record's fields together; what is beyond the last one must be free.
const NAMES_AT_ONCE: usize = 8;

/// What grows while the modules are walked.
pub(crate) struct Context<'a> {
    pub(crate) api: &'a Api,
    /// Functions and statics inside `__pyrus`.
    pub(crate) items: Vec<String>,
    /// Interned keyword names of functions: each signature has a run of them.
    pub(crate) names: Vec<String>,
    /// Runs of the names of fields: where they begin.
    field_names: HashMap<Vec<String>, usize>,
    /// How many places they take.
    pub(crate) field_places: usize,
    /// Converters of the fields of records.
    pub(crate) ops: Vec<String>,
    /// Defaults of the fields of records: type and value.
    pub(crate) defaults: Vec<(String, String)>,
    /// Annotations of fields of live records.
    pub(crate) annotations: Vec<String>,
    /// Positions in the tables.
    pub(crate) index: Index,
    /// Number of the next function.
    next: usize,
}

impl<'a> Context<'a> {
    fn new(api: &'a Api) -> Self {
        Context {
            api,
            items: Vec::new(),
            names: Vec::new(),
            field_names: HashMap::new(),
            field_places: 0,
            ops: Vec::new(),
            defaults: Vec::new(),
            annotations: Vec::new(),
            index: Index::new(api),
            next: 0,
        }
    }

    /// A fresh name for a generated function.
    pub(crate) fn fresh(&mut self) -> String {
        self.next += 1;
        format!("F{}", self.next)
    }

    /// The index of a field's converter.
    pub(crate) fn ops(&mut self, conv: &str) -> usize {
        index_of(&mut self.ops, conv.to_owned())
    }

    /// The index of a field's default.
    pub(crate) fn default(&mut self, ty: &str, value: String) -> usize {
        index_of(&mut self.defaults, (ty.to_owned(), value))
    }

    /// Where an annotation is.
    pub(crate) fn annotation(&mut self, text: String) -> usize {
        index_of(&mut self.annotations, text)
    }

    /// Where a run of names of fields begins; records with the same names share one.
    pub(crate) fn intern_fields(&mut self, names: &[&str]) -> usize {
        let run = names.iter().map(|name| (*name).to_owned()).collect();
        *self.field_names.entry(run).or_insert_with(|| {
            let start = self.field_places;
            self.field_places += names.len().next_multiple_of(NAMES_AT_ONCE);
            start
        })
    }

    /// Where a run of keyword names begins. A run that is there already is used again.
    pub(crate) fn intern(&mut self, names: &[&str]) -> usize {
        if names.is_empty() {
            return 0;
        }
        let same = |run: &[String]| run.iter().map(String::as_str).eq(names.iter().copied());
        if let Some(start) = self.names.windows(names.len()).position(same) {
            return start;
        }
        self.names
            .extend(names.iter().map(|name| (*name).to_owned()));
        self.names.len() - names.len()
    }
}

/// Where an item is; it is appended if it is not there yet.
fn index_of<T: PartialEq>(items: &mut Vec<T>, item: T) -> usize {
    let found = items.iter().position(|other| *other == item);
    found.unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}

/// What exists in this build, in the order of the tables. Features and platforms leave gaps in the model's arenas, not
/// in the tables.
pub(crate) struct Index {
    pub(crate) classes: Vec<ClassId>,
    pub(crate) records: Vec<RecordId>,
    /// Those of the records that are live.
    pub(crate) live: Vec<RecordId>,
    pub(crate) enums: Vec<EnumId>,
    pub(crate) errors: Vec<ErrorId>,
}

impl Index {
    fn new(api: &Api) -> Self {
        let mut index = Index {
            classes: Vec::new(),
            records: Vec::new(),
            live: Vec::new(),
            enums: Vec::new(),
            errors: Vec::new(),
        };
        for item in api.modules.iter().flat_map(|module| &module.items) {
            match item {
                Item::Class(id) => index.classes.push(*id),
                Item::Record(id) => index.records.push(*id),
                Item::Enum(id) => index.enums.push(*id),
                Item::Error(id) => index.errors.push(*id),
                Item::Alias(_) => {}
            }
        }
        index.live = index.records.clone();
        index.live.retain(|id| api[*id].live);
        // A base stands before what derives from it.
        index.errors.sort();
        index
    }

    /// `INDEX` of a class.
    pub(crate) fn class(&self, id: ClassId) -> usize {
        self.classes
            .iter()
            .position(|other| *other == id)
            .unwrap_or(0)
    }

    /// `INDEX` of a record: after all classes.
    pub(crate) fn record(&self, id: RecordId) -> usize {
        self.classes.len()
            + self
                .records
                .iter()
                .position(|other| *other == id)
                .unwrap_or(0)
    }

    /// Position of a live record among the live ones.
    pub(crate) fn live(&self, id: RecordId) -> usize {
        self.live.iter().position(|other| *other == id).unwrap_or(0)
    }

    /// `INDEX` of an enum.
    pub(crate) fn enumeration(&self, id: EnumId) -> usize {
        self.enums
            .iter()
            .position(|other| *other == id)
            .unwrap_or(0)
    }

    /// `INDEX` of an error.
    pub(crate) fn error(&self, id: ErrorId) -> usize {
        self.errors
            .iter()
            .position(|other| *other == id)
            .unwrap_or(0)
    }
}

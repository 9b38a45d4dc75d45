//! The imports of a stub, ordered as isort does.

use std::collections::{BTreeMap, BTreeSet};

use super::layout;
use super::order::{self, Kind};
use crate::types::python::Import;

const STANDARD: [&str; 9] = [
    "builtins",
    "collections.abc",
    "enum",
    "os",
    "pathlib",
    "sys",
    "types",
    "typing",
    "typing_extensions",
];

/// The import statements, blocks separated by an empty line.
pub(crate) fn text(imports: &BTreeSet<Import>) -> Vec<String> {
    let mut blocks: BTreeMap<Section, Vec<&Import>> = BTreeMap::new();
    for import in imports {
        blocks
            .entry(Section::of(&import.module))
            .or_default()
            .push(import);
    }
    blocks.values().map(|imports| block(imports)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Standard,
    Other,
    Local,
}

impl Section {
    fn of(module: &str) -> Self {
        match module {
            "typing_extensions" => Section::Other,
            module if module.starts_with('.') => Section::Local,
            module if STANDARD.contains(&module) => Section::Standard,
            _ => Section::Other,
        }
    }
}

fn block(imports: &[&Import]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let modules = imports.iter().filter(|import| import.name.is_none());
    lines.extend(modules.map(|import| format!("import {}", import.module)));
    let mut statements: Vec<Statement> = Vec::new();
    for import in imports {
        let Some(name) = &import.name else { continue };
        match (&import.alias, statements.last_mut()) {
            (Some(alias), _) => statements.push(Statement {
                module: import.module.clone(),
                names: vec![format!("{name} as {alias}")],
                is_alias: true,
            }),
            (None, _) => match statements
                .iter_mut()
                .find(|s| s.module == import.module && !s.is_alias)
            {
                Some(statement) => statement.names.push(name.clone()),
                None => statements.push(Statement {
                    module: import.module.clone(),
                    names: vec![name.clone()],
                    is_alias: false,
                }),
            },
        }
    }
    statements.sort_by_cached_key(Statement::key);
    for statement in &mut statements {
        statement
            .names
            .sort_by_cached_key(|name| order::member_key(name));
    }
    lines.extend(
        statements
            .iter()
            .map(|s| layout::import(&s.module, &s.names)),
    );
    lines.join("\n")
}

struct Statement {
    module: String,
    names: Vec<String>,
    is_alias: bool,
}

impl Statement {
    /// Far relative modules first, then by name; what is imported decides between statements of one module.
    fn key(&self) -> (usize, String, (Kind, String, String)) {
        let dots = self.module.chars().take_while(|c| *c == '.').count();
        let first = self.names.iter().map(|name| order::member_key(name)).min();
        (
            usize::MAX - dots,
            self.module.to_lowercase(),
            first.unwrap_or_default(),
        )
    }
}

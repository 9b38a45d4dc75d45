//! A crate's modules, read by following `mod` items from its root file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use syn::{Attribute, Expr, ExprLit, Item, ItemMod, ItemUse, Lit, Meta, UseTree};

use crate::Problem;

/// How many `use` items are followed to one item.
const HOPS: usize = 16;

/// A crate.
pub(super) struct Sources {
    /// What its own paths begin with: `crate`, or its name for another crate.
    pub(super) root: String,
    /// The folder that files are shown relative to.
    folder: PathBuf,
    modules: BTreeMap<Vec<String>, Module>,
}

/// A module of it.
pub(super) struct Module {
    /// Path below the crate.
    pub(super) path: Vec<String>,
    /// The file its items are in.
    file: PathBuf,
    /// Its items.
    pub(super) items: Vec<Item>,
    /// Names that `use` brings in, and their paths.
    uses: BTreeMap<String, Vec<String>>,
}

impl Sources {
    /// Reads a crate. Files are shown relative to `folder`.
    pub(super) fn read(root: &str, file: &Path, folder: &Path) -> Result<Self, Problem> {
        let mut sources = Sources {
            root: root.to_owned(),
            folder: folder.to_owned(),
            modules: BTreeMap::new(),
        };
        let below = file.parent().unwrap_or(Path::new(".")).to_owned();
        sources.file(Vec::new(), file, &below)?;
        Ok(sources)
    }

    fn file(&mut self, path: Vec<String>, file: &Path, below: &Path) -> Result<(), Problem> {
        let text = fs::read_to_string(file)
            .map_err(|error| format!("cannot read {}: {error}", self.shown(file)))?;
        let parsed = syn::parse_file(&text).map_err(|error| {
            let place = self.place(file, error.span());
            format!("{place}: this is not Rust: {error}")
        })?;
        self.module(path, file, below, parsed.items)
    }

    /// Keeps a module and reads those in it. `below` is where its files are.
    fn module(
        &mut self,
        path: Vec<String>,
        file: &Path,
        below: &Path,
        items: Vec<Item>,
    ) -> Result<(), Problem> {
        for item in &items {
            if let Item::Mod(item) = item {
                self.child(&path, file, below, item)?;
            }
        }
        let uses = items.iter().filter_map(|item| match item {
            Item::Use(item) => Some(item),
            _ => None,
        });
        let uses = imports(&path, uses);
        let module = Module {
            path: path.clone(),
            file: file.to_owned(),
            items,
            uses,
        };
        self.modules.insert(path, module);
        Ok(())
    }

    fn child(
        &mut self,
        above: &[String],
        file: &Path,
        below: &Path,
        item: &ItemMod,
    ) -> Result<(), Problem> {
        let name = plain(&item.ident);
        let mut path = above.to_vec();
        path.push(name.clone());
        if let Some((_, items)) = &item.content {
            return self.module(path, file, &below.join(name), items.clone());
        }
        if let Some(given) = path_attribute(&item.attrs) {
            let file = file.parent().unwrap_or(below).join(given);
            let below = file.parent().unwrap_or(below).to_owned();
            return self.file(path, &file, &below);
        }
        let beside = below.join(format!("{name}.rs"));
        let inside = below.join(&name).join("mod.rs");
        let found = [beside, inside].into_iter().find(|file| file.is_file());
        match found {
            Some(file) => self.file(path, &file, &below.join(name)),
            // Generated, or switched off: what is in it is simply not found.
            None => Ok(()),
        }
    }

    /// All modules.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.values()
    }

    /// The module and name that a path leads to; `use` items are followed.
    pub(super) fn find(&self, path: &[String]) -> Option<(&Module, String)> {
        let mut path = path.to_vec();
        for _ in 0..HOPS {
            let (name, module) = path.split_last()?;
            if let Some(found) = self.modules.get(module)
                && found.has(name)
            {
                return Some((found, name.clone()));
            }
            path = self.followed(&path)?;
        }
        None
    }

    /// The path with its first name that a `use` explains replaced.
    fn followed(&self, path: &[String]) -> Option<Vec<String>> {
        (0..path.len()).find_map(|index| {
            let module = self.modules.get(&path[..index])?;
            let target = module.uses.get(&path[index])?;
            let rest = &path[index + 1..];
            Some(target.iter().chain(rest).cloned().collect())
        })
    }

    /// Where a path in the text of a module leads, from the crate's root; as it is for other crates.
    pub(super) fn resolved(&self, module: &Module, path: &syn::Path) -> Vec<String> {
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|part| plain(&part.ident))
            .collect();
        let absolute = absolute(&module.path, &names);
        let local = absolute.unwrap_or_else(|| {
            let imported = module.uses.get(&names[0]);
            match imported {
                Some(target) => target.iter().chain(&names[1..]).cloned().collect(),
                None => module.path.iter().chain(&names).cloned().collect(),
            }
        });
        match self.find(&local) {
            Some((module, name)) => module.path.iter().cloned().chain([name]).collect(),
            None => local,
        }
    }

    /// The path at which an item of this crate is defined; other paths stay as they are.
    pub(super) fn canonical(&self, path: &str) -> String {
        let names: Vec<String> = path.split("::").map(str::to_owned).collect();
        let found = names
            .split_first()
            .filter(|(root, _)| **root == self.root)
            .and_then(|(_, names)| self.find(names));
        let Some((module, name)) = found else {
            return path.to_owned();
        };
        let parts = std::iter::once(self.root.clone()).chain(module.path.clone());
        parts.chain([name]).collect::<Vec<_>>().join("::")
    }

    /// `src/lib.rs:3:5`.
    pub(super) fn at(&self, module: &Module, span: Span) -> String {
        self.place(&module.file, span)
    }

    fn place(&self, file: &Path, span: Span) -> String {
        let start = span.start();
        let file = self.shown(file);
        format!("{file}:{}:{}", start.line, start.column + 1)
    }

    fn shown(&self, file: &Path) -> String {
        let file = file.strip_prefix(&self.folder).unwrap_or(file);
        file.display().to_string().replace('\\', "/")
    }

    /// The names of all functions and types, for suggestions.
    pub(super) fn names(&self) -> Vec<String> {
        let mut out = Vec::new();
        for module in self.modules.values() {
            for item in module.items.iter().filter_map(name_of) {
                let parts = [self.root.clone()].into_iter();
                let parts: Vec<_> = parts.chain(module.path.clone()).chain([item]).collect();
                out.push(parts.join("::"));
            }
        }
        out
    }
}

impl Module {
    fn has(&self, name: &str) -> bool {
        self.items
            .iter()
            .any(|item| name_of(item).as_deref() == Some(name))
    }
}

/// The name of a function or type.
fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Fn(item) => Some(plain(&item.sig.ident)),
        Item::Struct(item) => Some(plain(&item.ident)),
        Item::Enum(item) => Some(plain(&item.ident)),
        Item::Type(item) => Some(plain(&item.ident)),
        Item::Trait(item) => Some(plain(&item.ident)),
        _ => None,
    }
}

/// A name without `r#`.
pub(super) fn plain(ident: &proc_macro2::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}

/// A path that says itself where it begins: `crate::…`, `self::…`, `super::…`.
fn absolute(module: &[String], names: &[String]) -> Option<Vec<String>> {
    let mut above = match names.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.to_vec(),
        _ => return None,
    };
    let mut rest = names;
    while let Some(first) = rest.first() {
        match first.as_str() {
            "crate" | "self" => {}
            "super" => {
                above.pop();
            }
            _ => break,
        }
        rest = &rest[1..];
    }
    above.extend(rest.iter().cloned());
    Some(above)
}

fn imports<'a>(
    module: &[String],
    uses: impl Iterator<Item = &'a ItemUse>,
) -> BTreeMap<String, Vec<String>> {
    let mut out = BTreeMap::new();
    for item in uses {
        leaves(&item.tree, &mut Vec::new(), &mut |name, path| {
            let full = absolute(module, path).unwrap_or_else(|| path.to_vec());
            out.insert(name, full);
        });
    }
    out
}

fn leaves(tree: &UseTree, above: &mut Vec<String>, found: &mut impl FnMut(String, &[String])) {
    let depth = above.len();
    match tree {
        UseTree::Path(path) => {
            above.push(plain(&path.ident));
            leaves(&path.tree, above, found);
        }
        UseTree::Name(name) => {
            let name = plain(&name.ident);
            if name != "self" {
                above.push(name);
            }
            if let Some(last) = above.last().cloned() {
                found(last, above);
            }
        }
        UseTree::Rename(name) => {
            above.push(plain(&name.ident));
            found(plain(&name.rename), above);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, above, found);
            }
        }
        UseTree::Glob(_) => {}
    }
    above.truncate(depth);
}

/// The file in `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("path"))
        .find_map(text_of)
}

/// The documentation that `///` comments are.
pub(super) fn doc(attributes: &[Attribute]) -> Option<String> {
    let lines: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .filter_map(text_of)
        .map(|line| line.strip_prefix(' ').map(str::to_owned).unwrap_or(line))
        .collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn text_of(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

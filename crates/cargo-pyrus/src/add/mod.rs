//! `cargo pyrus add`: declares a Rust item, read from its source.

mod declare;
mod known;
mod sources;
mod types;

use std::collections::BTreeMap;
use std::fs;

use pyrus_build::emit::Plan;
use pyrus_idl::model::{Module, ModuleId};
use pyrus_idl::{Api, edit};
use serde_json::{Map, Value};
use syn::Item;

use crate::args::{AddAs, Selection};
use crate::packages::{self, Package};
use crate::{Outcome, Problem, terminal};
use declare::Declared;
use sources::Sources;
use types::Scope;

/// What was asked for.
pub(crate) struct Request<'a> {
    /// The Rust path.
    pub(crate) path: &'a str,
    /// The module it goes to; the root if none is named.
    pub(crate) module: Option<&'a str>,
    /// What a struct becomes.
    pub(crate) shape: Option<AddAs>,
    /// Only show the difference.
    pub(crate) dry_run: bool,
}

/// Where a declaration goes, and what it says.
struct Entry<'a> {
    /// The keys that lead to it in its file.
    keys: Vec<String>,
    name: String,
    /// `name`, `Class.name`: where it is found again.
    item: String,
    declared: Declared<'a>,
    /// The Rust path of a function; written out when it is not the default.
    rust: Option<String>,
}

/// Declares the item.
pub(crate) fn run(selection: &Selection, request: &Request<'_>) -> Result<Outcome, Problem> {
    let package = packages::one(selection)?;
    let Ok(api) = package.load().map_err(|report| show(&report)) else {
        return Err("the declarations have mistakes: correct them first".into());
    };
    let names: Vec<String> = request.path.split("::").map(str::to_owned).collect();
    let sources = read(&package, selection, &names)?;
    let known = known::types(&api, &sources);
    let entry = entry(&api, &sources, &known, request, &names[1..])?;
    let module = module(&api, request.module)?;
    let file = if module.path.is_empty() {
        &api.files[0]
    } else {
        &module.origin.file
    };
    let Some(text) = written(&package, &api, file, &entry)? else {
        return Err("the declaration would have mistakes; nothing was written".into());
    };
    let plan = Plan::new(&package.folder, &[(file.clone(), text)]).map_err(|e| e.to_string())?;
    terminal::diff(&plan.diff());
    if !request.dry_run {
        plan.apply().map_err(|error| error.to_string())?;
    }
    let verb = if request.dry_run {
        "would declare"
    } else {
        "declared"
    };
    terminal::note(&format!(
        "{}: {verb} `{}` in {file}",
        package.name, request.path
    ));
    Ok(Outcome::Fine)
}

fn show(report: &pyrus_idl::Report) {
    terminal::note(&report.render(terminal::color()));
}

/// The crate that a path begins with.
fn read(package: &Package, selection: &Selection, names: &[String]) -> Result<Sources, Problem> {
    let [root, _, ..] = names else {
        return Err(format!(
            "`{}` is no path of an item: name it from its crate, `crate::area`",
            names.join("::")
        ));
    };
    let file = if root == "crate" {
        package.library.clone()
    } else {
        packages::library(selection, root)?
    };
    match file {
        Some(file) => Sources::read(root, &file, &package.folder),
        None if root == "crate" => Err(format!("{} has no library", package.name)),
        None => Err(format!(
            "no package of the workspace has a library `{root}`: begin with `crate::`"
        )),
    }
}

/// The declaration of the item.
fn entry<'a>(
    api: &Api,
    sources: &'a Sources,
    known: &'a BTreeMap<String, known::Known>,
    request: &Request<'_>,
    names: &[String],
) -> Result<Entry<'a>, Problem> {
    let rust = request.path.to_owned();
    if let Some((module, name)) = sources.find(names) {
        let scope = Scope {
            sources,
            module,
            known,
            this: None,
        };
        return item(api, &scope, request, &name);
    }
    if let Some((class, method)) = rust.rsplit_once("::")
        && let Some(entry) = method_entry(api, sources, known, class, method, names)?
    {
        return Ok(entry);
    }
    Err(not_found(sources, &rust))
}

fn not_found(sources: &Sources, rust: &str) -> Problem {
    let names = sources.names();
    let nearest = names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(name, rust), name))
        .min()
        .filter(|(distance, _)| *distance <= rust.len() / 3);
    let hint = nearest.map(|(_, name)| format!("; did you mean `{name}`?"));
    format!(
        "there is no function or type `{rust}` in the sources{}",
        hint.unwrap_or_default()
    )
}

/// A function or type.
fn item<'a>(
    api: &Api,
    scope: &Scope<'a>,
    request: &Request<'_>,
    name: &str,
) -> Result<Entry<'a>, Problem> {
    let rust = request.path.to_owned();
    let refuse = |unmapped: types::Unmapped| refused(scope, &rust, &unmapped);
    let with_this = |scope: &Scope<'a>| Scope {
        this: Some(scope.sources.canonical(&rust)),
        sources: scope.sources,
        module: scope.module,
        known: scope.known,
    };
    for item in &scope.module.items {
        let (section, declared) = match item {
            Item::Fn(item) if sources::plain(&item.sig.ident) == name => {
                if !(declare::is_public(&item.vis) || scope.module.path.is_empty()) {
                    let why = "it is private to its module: make it `pub(crate)`";
                    return Err(refuse(types::unmapped(item.sig.ident.span(), why)));
                }
                let value = declare::function(scope, &item.attrs, &item.sig).map_err(refuse)?;
                ("functions", plainly(value))
            }
            Item::Struct(item) if sources::plain(&item.ident) == name => {
                let scope = with_this(scope);
                let has_fields = !item.fields.is_empty();
                let is_open = item
                    .fields
                    .iter()
                    .all(|field| declare::is_public(&field.vis));
                match request.shape {
                    Some(AddAs::Record) => {}
                    None if has_fields && is_open => {}
                    _ => {
                        let class = declare::class(&scope, name, &item.attrs, &rust);
                        return entry_of(api, request, "classes", name, class, &scope);
                    }
                }
                let record = declare::record(&scope, item, &rust).map_err(refuse)?;
                ("records", record)
            }
            Item::Enum(item) if sources::plain(&item.ident) == name => {
                if request.shape != Some(AddAs::Class) {
                    let why = "Rust does not say the values that Python would see: declare it under `enums:`, or as a handle with `--as class`";
                    return Err(refuse(types::unmapped(item.ident.span(), why)));
                }
                let class = declare::class(&with_this(scope), name, &item.attrs, &rust);
                ("classes", class)
            }
            Item::Type(item) if sources::plain(&item.ident) == name => {
                let why = "it is another name: add what it stands for";
                return Err(refuse(types::unmapped(item.ident.span(), why)));
            }
            Item::Trait(item) if sources::plain(&item.ident) == name => {
                let why = "traits cannot be declared";
                return Err(refuse(types::unmapped(item.ident.span(), why)));
            }
            _ => continue,
        };
        return entry_of(api, request, section, name, declared, scope);
    }
    Err(not_found(scope.sources, &rust))
}

fn plainly<'a>(value: Map<String, Value>) -> Declared<'a> {
    let left_out = Vec::new();
    Declared { value, left_out }
}

fn refused(scope: &Scope<'_>, rust: &str, unmapped: &types::Unmapped) -> Problem {
    let place = scope.sources.at(scope.module, unmapped.span);
    format!("{place}: `{rust}` cannot be declared: {}", unmapped.why)
}

fn entry_of<'a>(
    api: &Api,
    request: &Request<'_>,
    section: &str,
    name: &str,
    declared: Declared<'a>,
    scope: &Scope<'a>,
) -> Result<Entry<'a>, Problem> {
    for (method, module, unmapped) in &declared.left_out {
        let place = scope.sources.at(module, unmapped.span);
        terminal::note(&format!(
            "{place}: `{name}::{method}` is left out: {}",
            unmapped.why
        ));
    }
    let module = module(api, request.module)?;
    let mut keys = keys(module);
    keys.push(section.to_owned());
    let mut item = module.path.clone();
    item.push(name.to_owned());
    let rust = (section == "functions").then(|| request.path.to_owned());
    Ok(Entry {
        keys,
        name: name.to_owned(),
        item: item.join("."),
        declared,
        rust,
    })
}

/// A method, for a class or record that is declared already.
fn method_entry<'a>(
    api: &Api,
    sources: &'a Sources,
    known: &'a BTreeMap<String, known::Known>,
    class: &str,
    method: &str,
    names: &[String],
) -> Result<Option<Entry<'a>>, Problem> {
    let Some((module, name)) = sources.find(&names[..names.len() - 1]) else {
        return Ok(None);
    };
    let scope = Scope {
        sources,
        module,
        known,
        this: Some(sources.canonical(class)),
    };
    let methods = declare::methods_of(&scope, &name, class);
    let found = methods
        .into_iter()
        .find(|(_, _, signature)| sources::plain(&signature.ident) == method);
    let Some((module, attributes, signature)) = found else {
        return Ok(None);
    };
    let Some(owner) = known.get(&sources.canonical(class)) else {
        return Err(format!(
            "`{class}` is not declared: `cargo pyrus add {class}` declares it with its methods"
        ));
    };
    let scope = Scope { module, ..scope };
    let rust = format!("{class}::{method}");
    let value = declare::method(&scope, attributes, signature)
        .map_err(|unmapped| refused(&scope, &rust, &unmapped))?;
    let (path, own) = owner.name.rsplit_once('.').unwrap_or(("", &owner.name));
    let module = self::module(api, (!path.is_empty()).then_some(path))?;
    let is_class = api
        .classes
        .iter()
        .any(|item| item.name == own && api[item.module].path == module.path);
    let section = if is_class { "classes" } else { "records" };
    let mut keys = keys(module);
    keys.extend([section, own, "methods"].map(str::to_owned));
    Ok(Some(Entry {
        keys,
        name: method.to_owned(),
        item: format!("{}.{method}", owner.name),
        declared: plainly(value),
        rust: Some(rust),
    }))
}

fn module<'a>(api: &'a Api, name: Option<&str>) -> Result<&'a Module, Problem> {
    let wanted = name.unwrap_or_default();
    let found = api
        .modules
        .iter()
        .find(|module| module.path.join(".") == wanted);
    found.ok_or_else(|| {
        let names: Vec<_> = api
            .modules
            .iter()
            .skip(1)
            .map(|m| m.path.join("."))
            .collect();
        format!(
            "there is no module `{wanted}`; there are: {}",
            names.join(", ")
        )
    })
}

/// The keys that lead to a module in its file.
fn keys(module: &Module) -> Vec<String> {
    let parts = module.path.iter();
    parts
        .flat_map(|part| ["modules".to_owned(), part.clone()])
        .collect()
}

/// The file with the declaration, if it is free of mistakes.
fn written(
    package: &Package,
    api: &Api,
    file: &str,
    entry: &Entry<'_>,
) -> Result<Option<String>, Problem> {
    let mut texts = BTreeMap::new();
    for name in &api.files {
        let text = fs::read_to_string(package.folder.join(name));
        texts.insert(
            name.clone(),
            text.map_err(|error| format!("{name}: {error}"))?,
        );
    }
    let old = texts[file].clone();
    let keys: Vec<&str> = entry.keys.iter().map(String::as_str).collect();
    let mut value = entry.declared.value.clone();
    for _ in 0..2 {
        let text = edit::insert(&old, &keys, &entry.name, &Value::Object(value.clone()))
            .map_err(|error| format!("{file}: {error}"))?;
        texts.insert(file.to_owned(), text.clone());
        let api = match pyrus_idl::load_texts(&api.files[0], &texts) {
            Ok(api) => api,
            Err(report) => {
                show(&report);
                return Ok(None);
            }
        };
        let is_default = entry
            .rust
            .as_ref()
            .is_none_or(|rust| called(&api, &entry.item) == Some(rust));
        if is_default {
            return Ok(Some(text));
        }
        value.insert("rust".into(), entry.rust.clone().into());
    }
    Err(format!("`{}` cannot be written as a path", entry.name))
}

/// The Rust path of a function or method.
fn called<'a>(api: &'a Api, item: &str) -> Option<&'a String> {
    let (above, name) = item.rsplit_once('.').unwrap_or(("", item));
    let path = |module: ModuleId, name: &str| {
        let parts = api[module].path.iter().map(String::as_str);
        parts.chain([name]).collect::<Vec<_>>().join(".")
    };
    let classes = api
        .classes
        .iter()
        .filter(|class| path(class.module, &class.name) == above);
    let records = api
        .records
        .iter()
        .filter(|record| path(record.module, &record.name) == above);
    let modules = api
        .modules
        .iter()
        .filter(|module| module.path.join(".") == above);
    let functions = modules.flat_map(|module| &module.functions);
    let methods = classes.flat_map(|class| &class.methods);
    let mut all = functions
        .chain(methods)
        .chain(records.flat_map(|record| &record.methods));
    all.find(|function| function.name == name)
        .map(|function| &function.rust)
}

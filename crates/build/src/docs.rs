//! Docstrings: what was declared, followed by what the declarations imply.
//!
//! One style for `__doc__` and stub: the text as declared, then Google's sections in this order (`Args`, `Attributes`,
//! `Members`, `Returns`, `Raises`), then notes on ownership and construction. A text never begins or ends with blank space.

use std::fmt::Write;

use pyrus_idl::model::{
    Api, Class, Constant, Enum, Error, Field, Function, Hold, Module, Namespace, Overload, Param,
    Property, Raised, Record,
};

/// Docstring of a module.
pub fn module(module: &Module) -> Option<String> {
    finish(module.doc.as_deref(), Vec::new())
}

/// Docstring of a namespace.
pub fn namespace(namespace: &Namespace) -> Option<String> {
    finish(namespace.doc.as_deref(), Vec::new())
}

/// Docstring of a function, method or constructor.
pub fn function(api: &Api, function: &Function) -> Option<String> {
    let mut parts = vec![arguments(&function.params)];
    parts.push(returns(function.returns_doc.as_deref()));
    parts.push(raises(api, &function.raises));
    finish(function.doc.as_deref(), parts)
}

/// Docstring of `destroy()`.
pub fn destroy(api: &Api, destroy: &Function) -> String {
    function(api, destroy).unwrap_or_else(|| "Release the contents now.".into())
}

/// Docstring of one overload; the errors are those of the function.
pub fn overload(api: &Api, function: &Function, overload: &Overload) -> Option<String> {
    let parts = vec![arguments(&overload.params), raises(api, &function.raises)];
    finish(overload.doc.as_deref(), parts)
}

/// Docstring of a property.
pub fn property(api: &Api, property: &Property) -> Option<String> {
    let mut errors = property.get.raises.clone();
    for error in property.set.iter().flat_map(|set| &set.raises) {
        if !errors.contains(error) {
            errors.push(error.clone());
        }
    }
    let doc = property.doc.as_deref().or(property.get.doc.as_deref());
    finish(doc, vec![raises(api, &errors)])
}

/// Docstring of a record's field.
pub fn field(field: &Field) -> Option<String> {
    finish(field.doc.as_deref(), Vec::new())
}

/// Docstring of a record.
pub fn record(record: &Record) -> Option<String> {
    let parts = vec![fields(&record.fields), constants(&record.constants)];
    finish(record.doc.as_deref(), parts)
}

/// Docstring of an error.
pub fn error(error: &Error) -> Option<String> {
    finish(error.doc.as_deref(), vec![fields(&error.fields)])
}

/// Docstring of an enum.
pub fn enumeration(item: &Enum) -> Option<String> {
    let entries = item
        .members
        .iter()
        .map(|m| (m.name.clone(), m.doc.as_deref()));
    finish(item.doc.as_deref(), vec![section("Members", entries)])
}

/// Docstring of a class: with who owns its contents and how it is made.
pub fn class(api: &Api, class: &Class) -> Option<String> {
    let mut parts = vec![constants(&class.constants)];
    if let Some(new) = &class.new {
        parts.push(arguments(&new.params));
        parts.push(raises(api, &new.raises));
    }
    parts.push(Some(ownership(api, class)));
    finish(
        class
            .doc
            .as_deref()
            .or(class.new.as_ref().and_then(|new| new.doc.as_deref())),
        parts,
    )
}

fn ownership(api: &Api, class: &Class) -> String {
    let mut text = match &class.hold {
        Hold::Value => "Ownership: the contents live in this object.".to_owned(),
        Hold::Shared => "Ownership: the contents are shared with other holders.".to_owned(),
        Hold::View { owner, .. } => {
            let owner = &api[*owner].name;
            format!("Ownership: a view into its {owner}, which it keeps alive.")
        }
    };
    if class.destroy.is_some() {
        text.push_str("\n`destroy()` releases them; what needs them later raises.");
    }
    if class.new.is_none()
        && let Some(factory) = &class.factory
    {
        let _ = write!(text, "\nMade by {factory}.");
    }
    if let Some(instead) = &class.unpicklable {
        let _ = write!(text, "\nNot pickled and not copied; use {instead}.");
    }
    text
}

fn arguments(params: &[Param]) -> Option<String> {
    section(
        "Args",
        params.iter().map(|p| (p.name.clone(), p.doc.as_deref())),
    )
}

fn fields(fields: &[Field]) -> Option<String> {
    section(
        "Attributes",
        fields.iter().map(|f| (f.name.clone(), f.doc.as_deref())),
    )
}

fn constants(constants: &[Constant]) -> Option<String> {
    section(
        "Constants",
        constants.iter().map(|c| (c.name.clone(), c.doc.as_deref())),
    )
}

fn returns(doc: Option<&str>) -> Option<String> {
    doc.map(|doc| format!("Returns:\n{}", indented(&cleaned(doc))))
}

fn raises(api: &Api, raised: &[Raised]) -> Option<String> {
    if raised.is_empty() {
        return None;
    }
    let mut text = String::from("Raises:");
    for one in raised {
        let line = match one {
            Raised::Builtin(name) => name.clone(),
            Raised::Error(id) => match api[*id].doc.as_deref().and_then(first_line) {
                Some(doc) => format!("{}: {doc}", api[*id].name),
                None => api[*id].name.clone(),
            },
        };
        let _ = write!(text, "\n    {line}");
    }
    Some(text)
}

/// A section with an entry for everything that has a text; none if nothing has.
fn section<'a>(
    title: &str,
    entries: impl Iterator<Item = (String, Option<&'a str>)>,
) -> Option<String> {
    let mut text = format!("{title}:");
    let mut any = false;
    for (name, doc) in entries {
        let Some(doc) = doc.map(cleaned).filter(|doc| !doc.is_empty()) else {
            continue;
        };
        any = true;
        let _ = write!(
            text,
            "\n    {name}: {}",
            indented(&indented(&doc)).trim_start()
        );
    }
    any.then_some(text)
}

fn finish(doc: Option<&str>, parts: Vec<Option<String>>) -> Option<String> {
    let doc = doc.map(cleaned).filter(|doc| !doc.is_empty());
    let all: Vec<String> = doc.into_iter().chain(parts.into_iter().flatten()).collect();
    (!all.is_empty()).then(|| outdented(&all.join("\n\n")))
}

/// A lone section has only indented lines after its first; they move left, because readers of docstrings take the
/// smallest indentation after the first line as none.
fn outdented(text: &str) -> String {
    let rest = || text.lines().skip(1).filter(|line| !line.is_empty());
    if !rest().all(|line| line.starts_with("    ")) {
        return text.to_owned();
    }
    text.lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn first_line(doc: &str) -> Option<&str> {
    doc.lines().map(str::trim).find(|line| !line.is_empty())
}

/// Without trailing blanks, leading and trailing empty lines, or more than one empty line in a row.
fn cleaned(doc: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in doc.trim().lines() {
        let line = line.replace('\t', "    ").trim_end().to_owned();
        if !(line.is_empty() && out.last().is_some_and(String::is_empty)) {
            out.push(line);
        }
    }
    out.join("\n")
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|l| {
        if l.is_empty() {
            String::new()
        } else {
            format!("    {l}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

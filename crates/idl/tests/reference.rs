//! docs/reference.md is rendered from the schema, which is generated from the structs that declarations are read into.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

#[test]
fn the_reference_is_current() {
    let path = common::repository("docs/reference.md");
    if let Err(difference) = common::golden(&path, &page()) {
        panic!("{difference}");
    }
}

#[test]
fn every_key_of_the_schema_is_in_the_reference_with_its_text() {
    let page = page();
    let schema = pyrus_idl::json_schema();
    for (name, definition) in std::iter::once(("The root", &schema)).chain(definitions(&schema)) {
        let section = section(&page, name);
        for (key, value) in properties(definition) {
            let row = format!("| `{key}` |");
            assert!(section.contains(&row), "{name}: {row} is missing");
            let text = value["description"].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{name}: `{key}` has no text");
        }
    }
}

fn section<'p>(page: &'p str, title: &str) -> &'p str {
    let start = page.find(&format!("\n## {title}\n"));
    let text = &page[start.unwrap_or_else(|| panic!("no section {title}"))..];
    text[1..].find("\n## ").map_or(text, |end| &text[..=end])
}

const HEAD: &str = "# Every key of bindings.yaml

Generated from `crates/idl/src/syntax`; run the tests of `pyrus-idl` with `PYRUS_BLESS=1` to renew it. What the keys mean
together, and how the Rust behind them looks, is in [the guide](idl.md); what can be wrong with them, in
[the diagnostics](errors.md). A *name* is an ASCII identifier; *type* is explained in
[Type expressions](idl.md#type-expressions). A key without a default may be left out and then says nothing.
";

/// The whole page: the root first, then what it is made of, in the order in which it is met.
fn page() -> String {
    let schema = pyrus_idl::json_schema();
    let places = places(&schema);
    let mut page = HEAD.to_owned();
    render(&mut page, "The root", &schema, &places);
    for (name, definition) in definitions(&schema) {
        render(&mut page, name, definition, &places);
    }
    page
}

fn definitions(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let map = schema["$defs"].as_object().expect("the schema has $defs");
    map.iter().map(|(name, value)| (name.as_str(), value))
}

fn properties(definition: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let map = definition["properties"].as_object();
    map.into_iter()
        .flatten()
        .map(|(key, value)| (key.as_str(), value))
}

/// Where each definition may stand: `Class.methods` for a key, `ParamDecl` for a long form.
fn places(schema: &Value) -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, definition) in std::iter::once(("The root", schema)).chain(definitions(schema)) {
        for (key, value) in properties(definition) {
            for used in references(value) {
                let place = format!("{} `{key}`", link(name));
                places.entry(used).or_default().push(place);
            }
        }
        for used in definition["anyOf"].as_array().into_iter().flatten() {
            for used in references(used) {
                places.entry(used).or_default().push(link(name));
            }
        }
    }
    places
}

/// The definitions that a value names.
fn references(value: &Value) -> Vec<String> {
    let own = value["$ref"].as_str().map(|path| short(path).to_owned());
    let parts = ["items", "additionalProperties"];
    own.into_iter()
        .chain(
            parts
                .into_iter()
                .flat_map(|part| references_in(value, part)),
        )
        .collect()
}

fn references_in(value: &Value, part: &str) -> Vec<String> {
    value.get(part).map(references).unwrap_or_default()
}

fn render(
    page: &mut String,
    name: &str,
    definition: &Value,
    places: &BTreeMap<String, Vec<String>>,
) {
    let text = definition["description"].as_str().unwrap_or_default();
    let _ = write!(page, "\n## {name}\n\n{text}\n");
    if let Some(places) = places.get(name) {
        let _ = write!(page, "\nStands in: {}.\n", places.join(", "));
    }
    let alternatives = ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|word| definition[word].as_array());
    if let Some(alternatives) = alternatives {
        page.push_str("\n| value | |\n|---|---|\n");
        for alternative in alternatives {
            let text = alternative["description"].as_str().unwrap_or_default();
            let _ = writeln!(page, "| {} | {} |", kind(alternative), cell(text));
        }
    }
    if definition["properties"].is_object() {
        page.push_str("\n| key | value | default | |\n|---|---|---|---|\n");
        for (key, value) in properties(definition) {
            let (text, default) = split(definition, key, value);
            let (kind, text) = (kind(value), cell(&text));
            let _ = writeln!(page, "| `{key}` | {kind} | {default} | {text} |");
        }
    }
}

/// A key's text without the sentence about its default, and the default.
fn split(definition: &Value, key: &str, value: &Value) -> (String, String) {
    let text = value["description"].as_str().unwrap_or_default();
    let required = definition["required"].as_array();
    if required.is_some_and(|keys| keys.iter().any(|word| word == key)) {
        return (text.to_owned(), "*required*".to_owned());
    }
    if let Some((text, default)) = text.split_once(" Default") {
        let default = default.trim_start_matches(':').trim().trim_end_matches('.');
        return (text.to_owned(), cell(default));
    }
    let default = if value["type"] == "boolean" {
        "`false`"
    } else {
        ""
    };
    (text.to_owned(), default.to_owned())
}

/// What a value may be, with links.
fn kind(value: &Value) -> String {
    if let Some(path) = value["$ref"].as_str() {
        return link(short(path));
    }
    if let Some(word) = value.get("const") {
        return format!(
            "`{}`",
            word.as_str()
                .map_or_else(|| word.to_string(), str::to_owned)
        );
    }
    match value["type"].as_str() {
        Some("array") => format!("list of {}", kind(&value["items"])),
        Some("object") => format!("map by name: {}", kind(&value["additionalProperties"])),
        Some("string") => "text".to_owned(),
        Some("boolean") => "`true`, `false`".to_owned(),
        Some("null") => "nothing".to_owned(),
        Some("integer") => integer(value.as_object().expect("an integer's schema is a map")),
        Some(other) => other.to_owned(),
        None => "any value".to_owned(),
    }
}

fn integer(schema: &Map<String, Value>) -> String {
    match (schema.get("minimum"), schema.get("maximum")) {
        (Some(least), Some(most)) => format!("integer, {least} to {most}"),
        (Some(least), None) => format!("integer, at least {least}"),
        _ => "integer".to_owned(),
    }
}

fn short(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase().replace(' ', "-"))
}

/// Text that may stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

//! `examples/zoo` uses every word of the language: every key of the schema, every choice, every type, every protocol.

mod common;

use std::collections::BTreeSet;

use serde_json::Value;

const FILES: &[&str] = &[
    "examples/zoo/bindings.yaml",
    "examples/zoo/bindings/animals.yaml",
    "examples/zoo/bindings/cages.yaml",
    "examples/zoo/bindings/measures.yaml",
    "examples/zoo/bindings/trails.yaml",
    "examples/zoo/bindings/visits.yaml",
    "examples/zoo/visitor/bindings.yaml",
];

/// What type expressions and defaults are made of (docs/idl.md, "Type expressions").
const TYPE_WORDS: &[&str] = &[
    "bool", "truth", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "int", "f32", "f64",
    "float", "str", "bytes", "Path", "object", "None", "?", "|", "list", "tuple", "...", "dict",
    "set", "Iterable", "Sequence", "Iterator", "Callable", "type", "buffer", "Self", "=",
];

/// Keys whose text is for people.
const PROSE: &[&str] = &["doc", "deprecated", "message", "factory", "unpicklable"];

fn read(path: &str) -> String {
    std::fs::read_to_string(common::repository(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn declarations() -> Vec<Value> {
    let parse = |path: &&str| serde_yaml::from_str(&read(path)).expect(path);
    FILES.iter().map(parse).collect()
}

/// The words of a schema, each with where it is used; a branch of `anyOf` counts as a word.
struct Words<'a> {
    schema: &'a Value,
    used: BTreeSet<String>,
}

impl<'a> Words<'a> {
    /// Follow a reference. Returns the definition's name, too.
    fn target(&self, node: &'a Value, name: &str) -> (&'a Value, String) {
        match node["$ref"]
            .as_str()
            .and_then(|path| path.rsplit('/').next())
        {
            Some(next) => (&self.schema["$defs"][next], next.to_owned()),
            None => (node, name.to_owned()),
        }
    }

    fn walk(&mut self, value: &Value, node: &'a Value, name: &str) {
        let (node, name) = self.target(node, name);
        for choice in list(&node["oneOf"]) {
            if choice["const"] == *value {
                self.used.insert(format!("{name}={}", choice["const"]));
            }
        }
        for (i, branch) in list(&node["anyOf"]).iter().enumerate() {
            if self.fits(value, branch) {
                self.used.insert(format!("{name}#{i}"));
                self.walk(value, branch, &format!("{name}#{i}"));
                break;
            }
        }
        for item in list(value) {
            self.walk(item, &node["items"], &name);
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            let known = &node["properties"][key];
            if known.is_null() {
                self.walk(inner, &node["additionalProperties"], &format!("{name}.*"));
            } else {
                self.used.insert(format!("{name}.{key}"));
                self.walk(inner, known, &format!("{name}.{key}"));
            }
        }
    }

    fn fits(&self, value: &Value, branch: &'a Value) -> bool {
        let (branch, _) = self.target(branch, "");
        match branch["type"].as_str() {
            Some("string") => value.is_string(),
            Some("array") => value.is_array(),
            Some("boolean") => value.is_boolean(),
            Some("null") => value.is_null(),
            Some("object") => value.is_object(),
            _ => true,
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every word that a node of the schema declares. References are words of their own definition.
fn declared(node: &Value, name: &str, words: &mut BTreeSet<String>) {
    for choice in list(&node["oneOf"]) {
        words.insert(format!("{name}={}", choice["const"]));
    }
    for (i, branch) in list(&node["anyOf"]).iter().enumerate() {
        words.insert(format!("{name}#{i}"));
        declared(branch, &format!("{name}#{i}"), words);
    }
    for (key, inner) in node["properties"].as_object().into_iter().flatten() {
        words.insert(format!("{name}.{key}"));
        declared(inner, &format!("{name}.{key}"), words);
    }
}

#[test]
fn every_key_and_choice_of_the_schema_is_used() {
    let schema = pyrus_idl::json_schema();
    let mut wanted = BTreeSet::new();
    declared(&schema, "Root", &mut wanted);
    for (name, node) in schema["$defs"].as_object().expect("definitions") {
        declared(node, name, &mut wanted);
    }
    let mut words = Words {
        schema: &schema,
        used: BTreeSet::new(),
    };
    for file in declarations() {
        let node = if file["extension"].is_null() {
            &schema["$defs"]["Module"]
        } else {
            &schema
        };
        let name = if file["extension"].is_null() {
            "Module"
        } else {
            "Root"
        };
        words.walk(&file, node, name);
    }
    let missing: Vec<_> = wanted.difference(&words.used).collect();
    assert!(missing.is_empty(), "the zoo does not use {missing:#?}");
}

/// The tokens of all texts that are not for people.
fn tokens(value: &Value, found: &mut BTreeSet<String>) {
    if let Some(text) = value.as_str() {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let size = rest
                .find(|c| !word(c))
                .unwrap_or(rest.len())
                .max(c.len_utf8());
            found.insert(rest[..size].to_owned());
            rest = &rest[size..];
        }
    }
    for item in list(value) {
        tokens(item, found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if !PROSE.contains(&key.as_str()) {
            tokens(inner, found);
        }
    }
}

#[test]
fn every_type_is_used() {
    let mut found = BTreeSet::new();
    for file in declarations() {
        tokens(&file, &mut found);
    }
    let missing: Vec<_> = TYPE_WORDS
        .iter()
        .filter(|word| !found.contains(**word))
        .collect();
    assert!(missing.is_empty(), "the zoo does not use {missing:?}");
}

/// The protocols as docs/idl.md lists them, `__r…__` and `__i…__` written out.
fn protocols() -> BTreeSet<String> {
    let page = read("docs/idl.md");
    let start = page
        .find("Methods named like Python's protocols")
        .expect("the list");
    let list = &page[start..start + page[start..].find("Rust names drop").expect("its end")];
    let names: Vec<&str> = list
        .split(|c: char| c.is_whitespace() || "`,.".contains(c))
        .filter(|word| word.starts_with("__") && word.ends_with("__") && !word.contains('…'))
        .collect();
    let arithmetic = names
        .iter()
        .position(|name| *name == "__add__")
        .expect("arithmetic");
    let end = names
        .iter()
        .position(|name| *name == "__xor__")
        .expect("its last");
    let mut all: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    for name in &names[arithmetic..=end] {
        all.insert(name.replacen("__", "__r", 1));
        all.insert(name.replacen("__", "__i", 1));
    }
    all
}

fn methods(value: &Value, found: &mut BTreeSet<String>) {
    for item in list(value) {
        methods(item, found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if key.starts_with("__") {
            found.insert(key.clone());
        }
        methods(inner, found);
    }
}

#[test]
fn every_protocol_is_used() {
    let wanted = protocols();
    assert!(wanted.len() > 60, "{wanted:?}");
    let mut found = BTreeSet::new();
    for file in declarations() {
        methods(&file, &mut found);
    }
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "the zoo does not use {missing:?}");
    let unknown: Vec<_> = found.difference(&wanted).collect();
    assert!(unknown.is_empty(), "docs/idl.md does not list {unknown:?}");
}

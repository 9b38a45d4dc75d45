//! Walks the JSON schema over the source tree and reports every structural mistake at once: unknown and missing keys,
//! values of the wrong kind, words that are not in a list.

use indexmap::IndexMap;
use serde_json::Value;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::source::{Data, Entry, Kind, Node};
use crate::span::Span;
use crate::words;

/// Words that mean the same elsewhere.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("windows", "win32"),
    ("macos", "darwin"),
    ("self", "ref"),
    ("string", "str"),
    ("free", "released"),
];

/// Checks a file against its schema.
pub(crate) fn check(schema: &Value, node: &Node, out: &mut Vec<Diagnostic>) {
    Walk {
        defs: &schema["$defs"],
        out,
    }
    .value(schema, node, None);
}

struct Walk<'a> {
    defs: &'a Value,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    /// `key`: name and place of the key that holds the value.
    fn value(&mut self, schema: &'a Value, node: &Node, key: Option<(&str, Span)>) {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            return self.any_of(branches, node, key);
        }
        let kinds = kinds(schema);
        if !kinds.is_empty() && !kinds.iter().any(|kind| fits(kind, node.kind())) {
            return self.wrong_kind(&kinds, node, key);
        }
        match &node.data {
            Data::Map(map) => self.map(schema, map, node.span, key),
            Data::List(items) => {
                if let Some(item) = schema.get("items") {
                    for node in items {
                        self.value(item, node, None);
                    }
                }
            }
            Data::Scalar(scalar) => {
                self.word(&words_of(schema), &scalar.text, node.span);
                self.number(schema, &scalar.text, node);
            }
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        while let Some(name) = schema["$ref"]
            .as_str()
            .and_then(|path| path.rsplit('/').next())
        {
            schema = &self.defs[name];
        }
        schema
    }

    /// Takes the branch that the value's kind asks for.
    fn any_of(&mut self, branches: &'a [Value], node: &Node, key: Option<(&str, Span)>) {
        let branches: Vec<_> = branches.iter().map(|branch| self.resolve(branch)).collect();
        let fitting = branches.iter().find(|branch| {
            let word = branch.get("const").or(branch.get("enum"));
            word.is_none() && kinds(branch).iter().any(|kind| fits(kind, node.kind()))
        });
        let open = branches.iter().find(|branch| is_open(branch));
        if let Some(branch) = fitting.or(open) {
            return self.value(branch, node, key);
        }
        let words: Vec<&str> = branches
            .iter()
            .flat_map(|branch| words_of(branch))
            .collect();
        match node.text() {
            Some(text) if !words.is_empty() => self.word(&words, text, node.span),
            _ if !words.is_empty() => self.wrong_kind(&["string"], node, key),
            _ => {
                let kinds: Vec<&str> = branches.iter().flat_map(|branch| kinds(branch)).collect();
                self.wrong_kind(&kinds, node, key);
            }
        }
    }

    fn map(
        &mut self,
        schema: &'a Value,
        map: &IndexMap<String, Entry>,
        span: Span,
        key: Option<(&str, Span)>,
    ) {
        let known = schema.get("properties").and_then(Value::as_object);
        let open = schema
            .get("additionalProperties")
            .filter(|more| more.is_object());
        for (name, entry) in map {
            if let Some(value) = known.and_then(|known| known.get(name)).or(open) {
                self.value(value, &entry.value, Some((name, entry.key)));
            } else if let Some(known) = known {
                let known = known.keys().map(String::as_str).collect();
                self.unknown_key(name, entry.key, known, map);
            }
        }
        for name in schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !map.contains_key(name) {
                self.missing_key(name, span, key);
            }
        }
    }

    fn unknown_key(
        &mut self,
        name: &str,
        span: Span,
        mut known: Vec<&str>,
        map: &IndexMap<String, Entry>,
    ) {
        known.retain(|word| !map.contains_key(*word));
        let help = words::did_you_mean(name, known.iter().copied());
        let help = help.unwrap_or_else(|| format!("known keys: {}", known.join(", ")));
        let message = format!("unknown key `{name}`");
        self.out
            .push(Diagnostic::new(codes::UNKNOWN_KEY, span, message).help(help));
    }

    fn missing_key(&mut self, name: &str, span: Span, key: Option<(&str, Span)>) {
        let message = match key {
            Some((owner, _)) => format!("`{owner}` has no `{name}`"),
            None => format!("the file has no `{name}`"),
        };
        let place = key.map_or(
            Span {
                end: span.start + 1,
                ..span
            },
            |(_, span)| span,
        );
        let label = format!("`{name}` is required");
        self.out
            .push(Diagnostic::new(codes::MISSING_KEY, place, message).label(label));
    }

    fn wrong_kind(&mut self, kinds: &[&str], node: &Node, key: Option<(&str, Span)>) {
        let mut wanted: Vec<&str> = kinds.iter().map(|kind| kind_name(kind)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.len() > 1 {
            wanted.retain(|word| *word != "empty");
        }
        let wanted = wanted.join(" or ");
        let found = found_name(node.kind());
        let message = match key {
            Some((name, _)) => format!("`{name}` should be {wanted}, not {found}"),
            None => format!("this should be {wanted}, not {found}"),
        };
        let place = match node.kind() {
            Kind::Null | Kind::Map | Kind::List => key.map_or(node.span, |(_, span)| span),
            _ => node.span,
        };
        let diagnostic = Diagnostic::new(codes::WRONG_KIND, place, message);
        self.out.push(diagnostic.maybe_help(kind_help(kinds, node)));
    }

    fn word(&mut self, words: &[&str], text: &str, span: Span) {
        if words.is_empty() || words.contains(&text) {
            return;
        }
        let other = OTHER_WORDS
            .iter()
            .find(|(word, ours)| *word == text && words.contains(ours));
        let help = match other {
            Some((_, ours)) => Some(format!("did you mean `{ours}`?")),
            None => words::did_you_mean(text, words.iter().copied()),
        };
        let message = format!("unknown word `{text}`");
        let label = format!("expected {}", list_of(words));
        let diagnostic = Diagnostic::new(codes::UNKNOWN_WORD, span, message).label(label);
        self.out.push(diagnostic.maybe_help(help));
    }

    fn number(&mut self, schema: &Value, text: &str, node: &Node) {
        if schema["type"] != "integer" {
            return;
        }
        let (low, high) = match schema["format"].as_str() {
            Some("uint32") => (0, i64::from(u32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        if !text
            .parse::<i64>()
            .is_ok_and(|value| (low..=high).contains(&value))
        {
            let message = format!("`{text}` is out of range");
            let label = format!("expected {low} to {high}");
            self.out
                .push(Diagnostic::new(codes::NUMBER_RANGE, node.span, message).label(label));
        }
    }
}

fn branches(schema: &Value) -> Option<&[Value]> {
    let branches = schema.get("anyOf").or(schema.get("oneOf"))?;
    branches.as_array().map(Vec::as_slice)
}

fn kinds(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A schema that says nothing about the value's kind.
fn is_open(schema: &Value) -> bool {
    ["type", "const", "enum", "anyOf", "oneOf"]
        .iter()
        .all(|key| schema.get(*key).is_none())
}

fn words_of(schema: &Value) -> Vec<&str> {
    let one = schema.get("const").and_then(Value::as_str);
    let more = schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    one.into_iter()
        .chain(more.filter_map(Value::as_str))
        .collect()
}

fn fits(wanted: &str, kind: Kind) -> bool {
    match wanted {
        "string" => kind == Kind::Str,
        "integer" => kind == Kind::Int,
        "number" => matches!(kind, Kind::Int | Kind::Float),
        "boolean" => kind == Kind::Bool,
        "null" => kind == Kind::Null,
        "array" => kind == Kind::List,
        "object" => kind == Kind::Map,
        _ => true,
    }
}

fn kind_name(wanted: &str) -> &str {
    match wanted {
        "string" => "text",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "null" => "empty",
        "array" => "a list",
        "object" => "a mapping",
        other => other,
    }
}

fn found_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "empty",
        Kind::Bool => "a boolean",
        Kind::Int | Kind::Float => "a number",
        Kind::Str => "text",
        Kind::List => "a list",
        Kind::Map => "a mapping",
    }
}

fn kind_help(kinds: &[&str], node: &Node) -> Option<String> {
    let text = node.text().unwrap_or("");
    match node.kind() {
        Kind::Null if kinds.contains(&"object") => Some("write `{}` for an empty mapping".into()),
        Kind::Null if kinds.contains(&"string") && !text.is_empty() => Some(format!(
            "YAML reads `{text}` as nothing; quote it or write `None`"
        )),
        Kind::Bool | Kind::Int | Kind::Float if kinds.contains(&"string") => {
            Some(format!("quote it: \"{text}\""))
        }
        Kind::List if kinds.contains(&"string") => {
            Some("quote types that contain brackets: 'list[int]'".into())
        }
        Kind::Str if kinds == ["array"] => Some(format!("write it as a list: [{text}]")),
        _ => None,
    }
}

fn list_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

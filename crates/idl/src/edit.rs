//! Puts an entry into a file of declarations and leaves every other byte as it is.
//!
//! The place comes from the tree with positions; comments and layout are never read, so they cannot be lost. New text is
//! written as people write declarations: in one line while it fits, in a block otherwise.

use serde_json::{Map, Value};

use crate::source::{self, Data, Node};
use crate::span::FileId;

/// The longest line that is written.
const WIDTH: usize = 100;

/// Why an entry could not be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text is not YAML, or no mapping.
    Unreadable,
    /// There is an entry of this name already.
    Exists(String),
    /// Something on the way to it is no mapping.
    NoMapping(String),
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable => f.write_str("the file cannot be read as declarations"),
            Self::Exists(name) => write!(f, "`{name}` is declared already"),
            Self::NoMapping(name) => write!(f, "`{name}` is no mapping"),
        }
    }
}

impl std::error::Error for EditError {}

/// The text with an entry more in the mapping at `path`; mappings that are missing on the way are made.
pub fn insert(text: &str, path: &[&str], key: &str, value: &Value) -> Result<String, EditError> {
    let mut faults = Vec::new();
    let root = source::parse(FileId(0), text, &mut faults).ok_or(EditError::Unreadable)?;
    let mut node = &root;
    for (index, part) in path.iter().enumerate() {
        let Data::Map(map) = &node.data else {
            return Err(EditError::NoMapping((*part).to_owned()));
        };
        let rest = nested(&path[index + 1..], key, value);
        match map.get(*part) {
            None => return Ok(put(text, node, part, &rest, path.len() - index)),
            Some(entry) if is_empty(&entry.value) => {
                return Ok(fill(
                    text,
                    node,
                    entry.key.end,
                    &rest,
                    path.len() - index - 1,
                ));
            }
            Some(entry) => node = &entry.value,
        }
    }
    match &node.data {
        Data::Map(map) if map.contains_key(key) => Err(EditError::Exists(key.to_owned())),
        Data::Map(_) => Ok(put(text, node, key, value, 0)),
        _ => Err(EditError::NoMapping(key.to_owned())),
    }
}

/// An entry inside the mappings that lead to it.
fn nested(path: &[&str], key: &str, value: &Value) -> Value {
    let mut out = Value::Object(Map::from_iter([(key.to_owned(), value.clone())]));
    for part in path.iter().rev() {
        out = Value::Object(Map::from_iter([((*part).to_owned(), out)]));
    }
    out
}

/// `key:` without a value.
fn is_empty(node: &Node) -> bool {
    node.text().is_some_and(str::is_empty) || node.text() == Some("~")
}

/// A new entry at the end of a mapping; its outer `open` levels are blocks, whatever their length.
fn put(text: &str, map: &Node, key: &str, value: &Value, open: usize) -> String {
    if text[map.span.start..].starts_with('{') {
        let at = last(map).unwrap_or(map.span.start + 1);
        let comma = if last(map).is_some() { ", " } else { "" };
        let new = format!("{comma}{}: {}", flow_scalar(key), flow(value));
        return spliced(text, at, &new);
    }
    let indent = column(text, map.span.start);
    let at = end_of_line(text, last(map).unwrap_or(map.span.end));
    spliced(text, at, &lines(&block(key, value, indent, open)))
}

/// Entries below a key that has none.
fn fill(text: &str, map: &Node, key_end: usize, value: &Value, open: usize) -> String {
    if text[map.span.start..].starts_with('{') {
        let colon = text[key_end..]
            .find(':')
            .map_or(key_end, |at| key_end + at + 1);
        return spliced(text, colon, &format!(" {}", flow(value)));
    }
    let indent = column(text, map.span.start) + 2;
    let entries = value.as_object().into_iter().flatten();
    let new: Vec<_> = entries
        .flat_map(|(key, value)| block(key, value, indent, open))
        .collect();
    spliced(text, end_of_line(text, key_end), &lines(&new))
}

fn lines(lines: &[String]) -> String {
    lines.iter().flat_map(|line| ["\n", line]).collect()
}

fn spliced(text: &str, at: usize, new: &str) -> String {
    let (before, after) = text.split_at(at);
    let end = if after.is_empty() { "\n" } else { "" };
    format!("{before}{new}{after}{end}")
}

fn column(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].chars().count()
}

fn end_of_line(text: &str, at: usize) -> usize {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    if text[..end].ends_with('\r') {
        end - 1
    } else {
        end
    }
}

/// Where the last entry of a mapping ends; nothing for an empty mapping.
fn last(map: &Node) -> Option<usize> {
    let Data::Map(entries) = &map.data else {
        return None;
    };
    let (_, entry) = entries.last()?;
    Some(entry.key.end.max(end(&entry.value)))
}

fn end(node: &Node) -> usize {
    match &node.data {
        Data::Scalar(scalar) if scalar.text.is_empty() => node.span.start.min(node.span.end),
        _ => node.span.end,
    }
}

/// An entry as lines; its outer `open` levels are blocks, whatever their length.
fn block(key: &str, value: &Value, indent: usize, open: usize) -> Vec<String> {
    let head = format!("{:indent$}{}:", "", plain_scalar(key));
    match value {
        Value::String(text) if text.contains('\n') => {
            let inner = indent + 2;
            let rest = text.trim_end().lines().map(|line| {
                let line = format!("{:inner$}{line}", "");
                line.trim_end().to_owned()
            });
            std::iter::once(format!("{head} |")).chain(rest).collect()
        }
        Value::Object(map) if !map.is_empty() => {
            let short = format!("{head} {}", flow(value));
            if open == 0 && short.chars().count() <= WIDTH && !map.contains_key("doc") {
                return vec![short];
            }
            let open = open.saturating_sub(1);
            let entries = map.iter();
            let entries = entries.flat_map(|(key, value)| block(key, value, indent + 2, open));
            std::iter::once(head).chain(entries).collect()
        }
        Value::String(text) => vec![format!("{head} {}", plain_scalar(text))],
        other => vec![format!("{head} {}", flow(other))],
    }
}

/// A value in one line.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => flow_scalar(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let entries: Vec<_> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", flow_scalar(key), flow(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

fn flow_scalar(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}', ':']) {
        return quoted(text);
    }
    plain_scalar(text)
}

/// Text as it is, where YAML reads it as this text; else in quotes.
fn plain_scalar(text: &str) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off"];
    let starts_well = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let is_plain = starts_well
        && !words.contains(&text.to_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.chars().any(char::is_control);
    if is_plain {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// In double quotes; JSON's escapes are YAML's.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(text: &str, path: &[&str], wanted: &str) {
        let value = json!({"args": {"x": "f64", "names": "list[str]"}, "returns": "f64"});
        assert_eq!(insert(text, path, "area", &value).unwrap(), wanted);
    }

    const ENTRY: &str = "area: {args: {x: f64, names: \"list[str]\"}, returns: f64}";

    #[test]
    fn a_block_gets_a_line_after_its_last_entry() {
        let text = "functions:\n  one: # first\n    doc: |\n      Text.\n\n      More.  \n  # about two\n  two: {} # last\n\n# the end\nrecords: {}\n";
        let wanted = text.replace(
            "two: {} # last\n",
            &format!("two: {{}} # last\n  {ENTRY}\n"),
        );
        check(text, &["functions"], &wanted);
    }

    #[test]
    fn a_block_scalar_at_the_end_is_whole() {
        let text = "functions:\n  one:\n    doc: |\n      Text.\n\n      More.\n\n\ndoc: x\n";
        let wanted = text.replace("More.\n", &format!("More.\n  {ENTRY}\n"));
        check(text, &["functions"], &wanted);
    }

    #[test]
    fn missing_mappings_are_made() {
        check(
            "idl: 1",
            &["functions"],
            &format!("idl: 1\nfunctions:\n  {ENTRY}\n"),
        );
        let wanted = format!("idl: 1\nmodules:\n  geo:\n    functions:\n      {ENTRY}\n");
        check(
            "idl: 1\nmodules:\n  geo:\n",
            &["modules", "geo", "functions"],
            &wanted,
        );
    }

    #[test]
    fn flow_mappings_stay_flow() {
        check(
            "functions: {one: {} }\n",
            &["functions"],
            &format!("functions: {{one: {{}}, {ENTRY} }}\n"),
        );
        check(
            "functions: {}\n",
            &["functions"],
            &format!("functions: {{{ENTRY}}}\n"),
        );
    }

    #[test]
    fn long_entries_and_docs_become_blocks() {
        let value = json!({"doc": "One.\n\nTwo: 2.", "static": true, "default": "yes"});
        let text = insert("a: {}\nb:\n  c: 1\n", &["b"], "d", &value).unwrap();
        let new = "  d:\n    doc: |\n      One.\n\n      Two: 2.\n    static: true\n    default: \"yes\"\n";
        assert_eq!(text, format!("a: {{}}\nb:\n  c: 1\n{new}"));
    }

    #[test]
    fn nothing_is_overwritten() {
        let error = insert("functions: {area: {}}", &["functions"], "area", &json!({}));
        assert_eq!(error, Err(EditError::Exists("area".into())));
        let error = insert("functions: 1", &["functions"], "area", &json!({}));
        assert_eq!(error, Err(EditError::NoMapping("area".into())));
    }
}

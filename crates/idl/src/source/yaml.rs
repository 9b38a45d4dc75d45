//! YAML text → the tree, and the tree → typed declarations. The only file that names a YAML crate.
//!
//! The tree is built from the parser's events and not by a ready-made loader, because a loader stops at the first
//! duplicate key, follows aliases, and recurses as deep as its input says.

use std::ops::ControlFlow::{self, Break, Continue};

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Place};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Data, Entry, Kind, Node, ScalarNode, core_schema};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::{FileId, Span};

/// Collections inside collections: enough for any API, few enough for any stack.
const DEEPEST: usize = 64;

/// Reads one file. A node is returned only if it has no syntax errors; duplicate keys are reported beside it.
pub(crate) fn parse(file: FileId, text: &str, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let before = out.len();
    let mut builder = Builder::new(file, text, out);
    let mut parser = Parser::new_from_str(text);
    loop {
        match parser.next_event() {
            Some(Ok((Event::StreamEnd, _))) | None => break,
            Some(Ok((event, place))) => {
                if builder.event(event, &place).is_break() {
                    break;
                }
            }
            Some(Err(error)) => {
                builder.scan_error(&error);
                break;
            }
        }
    }
    let root = builder.root.take();
    let failed = out.len() > before;
    if root.is_none() && !failed {
        let span = Span {
            file,
            start: 0,
            end: 0,
        };
        out.push(Diagnostic::new(
            codes::EMPTY_FILE,
            span,
            "the file declares nothing",
        ));
    }
    root.filter(|_| out[before..].iter().all(|d| d.code == codes::DUPLICATE_KEY))
}

/// The typed form of a tree whose structure was checked.
pub(crate) fn typed<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    serde_json::from_value(plain(node)).map_err(|error| error.to_string())
}

fn plain(node: &Node) -> Value {
    match &node.data {
        Data::Scalar(scalar) => plain_scalar(scalar),
        Data::List(items) => items.iter().map(plain).collect(),
        Data::Map(map) => {
            let entries = map.iter();
            entries
                .map(|(key, entry)| (key.as_str(), plain(&entry.value)))
                .collect()
        }
    }
}

/// What the structs have as numbers and booleans; other values are read where they stand.
fn plain_scalar(scalar: &ScalarNode) -> Value {
    match scalar.kind {
        Kind::Null => Value::Null,
        Kind::Bool => scalar.text.eq_ignore_ascii_case("true").into(),
        Kind::Int => core_schema::integer(&scalar.text)
            .map_or_else(|| scalar.text.as_str().into(), Value::from),
        _ => scalar.text.as_str().into(),
    }
}

/// A collection that is not closed yet.
enum Open {
    List(Vec<Node>),
    Map {
        map: IndexMap<String, Entry>,
        key: Option<(String, Span)>,
    },
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    offsets: Offsets,
    open: Vec<(usize, Open)>,
    root: Option<Node>,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, text: &'a str, out: &'a mut Vec<Diagnostic>) -> Self {
        let offsets = Offsets::new(text);
        Self {
            file,
            text,
            offsets,
            open: Vec::new(),
            root: None,
            out,
        }
    }

    fn event(&mut self, event: Event<'_>, place: &Place) -> ControlFlow<()> {
        let start = self.offsets.byte(place.start.index());
        let span = Span {
            file: self.file,
            start,
            end: self.offsets.byte(place.end.index()),
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if anchor > 0 || tag.is_some() {
                    return self.unsupported(span);
                }
                let scalar = self.scalar(&text, style, span);
                self.node(Node {
                    span,
                    data: Data::Scalar(scalar),
                })
            }
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if anchor > 0 || tag.is_some() =>
            {
                self.unsupported(span)
            }
            Event::SequenceStart(..) => self.open(start, Open::List(Vec::new())),
            Event::MappingStart(..) => self.open(
                start,
                Open::Map {
                    map: IndexMap::new(),
                    key: None,
                },
            ),
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end.max(start)),
            Event::Alias(_) => self.unsupported(span),
            Event::DocumentStart(_) if self.root.is_some() => self.second_document(span),
            _ => Continue(()),
        }
    }

    fn open(&mut self, start: usize, open: Open) -> ControlFlow<()> {
        self.open.push((start, open));
        if self.open.len() <= DEEPEST {
            return Continue(());
        }
        let span = Span {
            file: self.file,
            start,
            end: start + 1,
        };
        let message = format!("more than {DEEPEST} collections inside each other");
        self.stop(Diagnostic::new(codes::TOO_DEEP, span, message))
    }

    fn close(&mut self, end: usize) -> ControlFlow<()> {
        let Some((start, open)) = self.open.pop() else {
            return Break(());
        };
        let end = start + self.text.get(start..end).unwrap_or("").trim_end().len();
        let span = Span {
            file: self.file,
            start,
            end,
        };
        let data = match open {
            Open::List(items) => Data::List(items),
            Open::Map { map, .. } => Data::Map(map),
        };
        self.node(Node { span, data })
    }

    /// Puts a finished node where it belongs: root, list item, key or value.
    fn node(&mut self, node: Node) -> ControlFlow<()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some((_, Open::List(items))) => items.push(node),
            Some((_, Open::Map { map, key })) => match key.take() {
                Some((name, key)) => put(map, name, Entry { key, value: node }, self.out),
                None => match node.data {
                    Data::Scalar(scalar) => *key = Some((scalar.text, node.span)),
                    _ => return self.complex_key(node.span),
                },
            },
        }
        Continue(())
    }

    fn scalar(&self, text: &str, style: ScalarStyle, span: Span) -> ScalarNode {
        let plain = style == ScalarStyle::Plain;
        let kind = if plain {
            core_schema::kind(text)
        } else {
            Kind::Str
        };
        let start = span.start + usize::from(!plain);
        let here = self.text.get(start..start + text.len());
        let verbatim = (here == Some(text)).then_some(start);
        ScalarNode {
            text: text.to_owned(),
            kind,
            verbatim,
        }
    }

    fn stop(&mut self, diagnostic: Diagnostic) -> ControlFlow<()> {
        self.out.push(diagnostic);
        Break(())
    }

    fn unsupported(&mut self, span: Span) -> ControlFlow<()> {
        let what = "anchors (`&`), aliases (`*`) and tags (`!`) are not part of the language";
        let help = "quote text that starts with one of these characters: \"*rest\"";
        self.stop(Diagnostic::new(codes::ANCHOR, span, what).help(help))
    }

    fn complex_key(&mut self, span: Span) -> ControlFlow<()> {
        let what = "a key must be plain text, not a list or a mapping";
        let help = "quote types that contain brackets";
        self.stop(Diagnostic::new(codes::YAML, span, what).help(help))
    }

    fn second_document(&mut self, span: Span) -> ControlFlow<()> {
        let what = "a second document starts here; one file is one document";
        self.stop(Diagnostic::new(codes::YAML, span, what))
    }

    fn scan_error(&mut self, error: &ScanError) {
        // The end of a file is shown where its text ends.
        let start = self.offsets.byte(error.marker().index());
        let start = start.min(self.text.trim_end().len());
        let rest = self.text.get(start..).unwrap_or("");
        let end = start
            + rest
                .chars()
                .next()
                .filter(|c| *c != '\n')
                .map_or(0, char::len_utf8);
        let span = Span {
            file: self.file,
            start,
            end,
        };
        if error.info().contains("anchor") || rest.starts_with('*') {
            let _ = self.unsupported(span);
            return;
        }
        let message = format!("this is not YAML: {}", error.info());
        let line = self
            .text
            .get(..start)
            .unwrap_or("")
            .lines()
            .last()
            .unwrap_or("");
        let help = scan_help(line, rest).map(str::to_owned);
        self.out
            .push(Diagnostic::new(codes::YAML, span, message).maybe_help(help));
    }
}

/// What is most often wrong, judged by the text around the place.
fn scan_help(line: &str, rest: &str) -> Option<&'static str> {
    let tab = rest.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t');
    if tab {
        Some("indent with spaces; YAML does not allow tabs")
    } else if line.contains('{') || rest.starts_with(['[', ']', '{', '}']) {
        Some("inside `{…}` quote types that contain brackets: {ids: 'list[int]'}")
    } else {
        None
    }
}

fn put(map: &mut IndexMap<String, Entry>, name: String, entry: Entry, out: &mut Vec<Diagnostic>) {
    if let Some(first) = map.get(&name) {
        let message = format!("duplicate key `{name}`");
        out.push(
            Diagnostic::new(codes::DUPLICATE_KEY, entry.key, message)
                .label("given again here")
                .also(first.key, "first given here"),
        );
        return;
    }
    map.insert(name, entry);
}

/// The parser counts characters; spans count bytes.
struct Offsets(Option<Vec<usize>>);

impl Offsets {
    fn new(text: &str) -> Self {
        let table = || {
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect()
        };
        Self((!text.is_ascii()).then(table))
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            None => character,
            Some(table) => table.get(character).or(table.last()).copied().unwrap_or(0),
        }
    }
}

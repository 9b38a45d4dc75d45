//! A file as a tree in which every key and value knows its place.

mod core_schema;
mod yaml;

use indexmap::IndexMap;

pub(crate) use yaml::{parse, typed};

use crate::span::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) data: Data,
}

#[derive(Clone, Debug)]
pub(crate) enum Data {
    Scalar(ScalarNode),
    List(Vec<Node>),
    Map(IndexMap<String, Entry>),
}

/// A scalar as it was written, and what kind YAML's core schema makes of it.
#[derive(Clone, Debug)]
pub(crate) struct ScalarNode {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// Where `text` starts in the file, when it stands there letter by letter.
    pub(crate) verbatim: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Int,
    Float,
    Str,
    List,
    Map,
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Span,
    pub(crate) value: Node,
}

impl Node {
    pub(crate) fn kind(&self) -> Kind {
        match &self.data {
            Data::Scalar(scalar) => scalar.kind,
            Data::List(_) => Kind::List,
            Data::Map(_) => Kind::Map,
        }
    }

    /// The text of a scalar, whatever its kind.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.data {
            Data::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The part `start..end` of a scalar's text; the whole scalar where the text is not verbatim in the file.
    pub(crate) fn inside(&self, start: usize, end: usize) -> Span {
        match &self.data {
            Data::Scalar(ScalarNode {
                verbatim: Some(at), ..
            }) => Span {
                start: at + start,
                end: at + end,
                ..self.span
            },
            _ => self.span,
        }
    }
}

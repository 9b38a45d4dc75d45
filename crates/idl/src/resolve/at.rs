//! A place in the source tree, walked beside the typed declarations.

use std::collections::BTreeMap;

use crate::model::Origin;
use crate::source::{Data, Node};
use crate::span::{Sources, Span};

/// A value and the key that holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) key: Span,
    pub(crate) node: &'a Node,
}

impl<'a> At<'a> {
    pub(crate) fn root(node: &'a Node) -> Self {
        let key = Span {
            end: node.span.start,
            ..node.span
        };
        Self { key, node }
    }

    /// The value of a key, if it is there.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.node.entry(key).map(|entry| Self {
            key: entry.key,
            node: &entry.value,
        })
    }

    /// The value of a key; this very place if it is not there.
    pub(crate) fn at(self, key: &str) -> Self {
        self.get(key).unwrap_or(self)
    }

    /// All keys with their values.
    pub(crate) fn entries(self) -> Vec<(&'a str, Self)> {
        match &self.node.data {
            Data::Map(map) => map
                .iter()
                .map(|(name, entry)| {
                    (
                        name.as_str(),
                        Self {
                            key: entry.key,
                            node: &entry.value,
                        },
                    )
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The items of a list; of anything else, itself.
    pub(crate) fn items(self) -> Vec<Self> {
        match &self.node.data {
            Data::List(items) => items
                .iter()
                .map(|node| Self {
                    key: node.span,
                    node,
                })
                .collect(),
            _ => vec![self],
        }
    }

    /// The declaration of a parameter in an `args:` mapping, by its plain name.
    pub(crate) fn param(self, name: &str) -> Option<Self> {
        let plain = self.get(name).or_else(|| self.get(&format!("*{name}")));
        plain.or_else(|| self.get(&format!("**{name}")))
    }

    /// Items that say what an earlier one says, each with the earlier one.
    pub(crate) fn repeated(items: &[Self]) -> Vec<(Self, Self)> {
        let mut known: BTreeMap<&str, Self> = BTreeMap::new();
        let mut found = Vec::new();
        for item in items {
            match known.get(item.text()) {
                Some(first) => found.push((*item, *first)),
                None => {
                    known.insert(item.text(), *item);
                }
            }
        }
        found
    }

    /// The scalar that holds a type: the value itself or its `type:` key.
    pub(crate) fn type_node(self) -> Self {
        self.at("type")
    }

    /// Place of the value, or of the key where the value is a collection.
    pub(crate) fn span(self) -> Span {
        match self.node.data {
            Data::Scalar(_) => self.node.span,
            _ => self.key,
        }
    }

    pub(crate) fn text(self) -> &'a str {
        self.node.text().unwrap_or("")
    }

    pub(crate) fn origin(self, sources: &Sources) -> Origin {
        let (line, column) = sources.position(self.key);
        Origin {
            file: sources.file(self.key.file).name.clone(),
            line,
            column,
        }
    }
}

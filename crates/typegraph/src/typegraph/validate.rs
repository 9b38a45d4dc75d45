//! What is wrong with a type, as far as types can tell.

use std::collections::HashMap;

use pyrus_graph::{DestroyedError, Node};

use super::collect::MakeChild;
use super::references::Segment;
use super::{Bound, Error, TypeGraph, names};

impl TypeGraph<'_> {
    /// All problems of a type, each with the make-child or make-link that has it: names that are
    /// given twice, then paths of links that lead nowhere. Unless all links can be read, their
    /// paths are not looked at. O(children + paths + problems).
    pub fn validate_type(
        &self,
        type_node: Bound<'_>,
    ) -> Result<Vec<(Node, String)>, DestroyedError> {
        let mut problems = duplicates(&self.make_children(type_node)?);
        let links = match self.make_links(type_node) {
            Ok(links) => links,
            Err(Error::Destroyed(error)) => return Err(error),
            Err(_) => Vec::new(),
        };
        for link in links {
            for path in [&link.lhs, &link.rhs] {
                if can_be_checked(path) && self.check_path(type_node, path)?.is_err() {
                    problems.push((link.node.clone(), unresolved(path)));
                }
            }
        }
        Ok(problems)
    }
}

/// Every pair of equal names is a problem of the later one.
fn duplicates(children: &[MakeChild]) -> Vec<(Node, String)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let names = children.iter().map(|child| child.identifier.as_deref());
    for (at, name) in names.enumerate() {
        if let Some(name) = name {
            places.entry(name).or_default().push(at);
        }
    }
    let mut problems = Vec::new();
    for (at, child) in children.iter().enumerate() {
        let Some(name) = child.identifier.as_deref() else {
            continue;
        };
        let equal = &places[name];
        let later = equal.partition_point(|other| *other <= at);
        problems.extend(equal[later..].iter().map(|other| {
            let text = format!("Field `{name}` is already defined");
            (children[*other].node.clone(), text)
        }));
    }
    problems
}

/// Not so if it is the node itself, names a type, or is an element of a sequence.
fn can_be_checked(path: &[Segment]) -> bool {
    let names_type = |segment: &Segment| segment.identifier.starts_with(names::ENUM_PREFIX);
    let is_index = |first: &Segment| first.identifier.starts_with(|c: char| c.is_ascii_digit());
    path.first().is_some_and(|first| !is_index(first)) && !path.iter().any(names_type)
}

fn unresolved(path: &[Segment]) -> String {
    let identifiers: Vec<&str> = path
        .iter()
        .map(|segment| segment.identifier.as_str())
        .collect();
    format!("Field `{}` could not be resolved", identifiers.join("."))
}

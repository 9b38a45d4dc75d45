//! Paths through types.

use pyrus_graph::{DestroyedError, Node};

use super::children::{self, first_child};
use super::names::{self, Own};
use super::references::Segment;
use super::{Bound, PathError, PathErrorKind, TypeGraph, resolved_type};
use crate::{composition, edge_trait, edge_type};

/// The type at the end of a path of children, from a type; nothing where a child is missing or its
/// type reference not linked. O(path) expected.
pub fn resolve_child_path<S: AsRef<str>>(
    start: Bound<'_>,
    path: &[S],
) -> Result<Option<Node>, DestroyedError> {
    let mut at = start.node.clone();
    for name in path {
        let Some((_, reference)) = children::by_name(start.at(&at), name.as_ref())? else {
            return Ok(None);
        };
        let Some(next) = resolved_type(start.at(&reference))? else {
            return Ok(None);
        };
        at = next;
    }
    Ok(Some(at))
}

impl TypeGraph<'_> {
    /// Whether a path makes sense for the instances of a type, as far as types can tell: a child
    /// that is not linked yet is skipped, a trait segment only has to name a type, and pointers and
    /// operands are not followed.
    pub(super) fn check_path(
        &self,
        root: Bound<'_>,
        path: &[Segment],
    ) -> Result<Result<(), PathError>, DestroyedError> {
        if path.is_empty() {
            return Ok(Err(failure(path, 0, PathErrorKind::MissingChild)));
        }
        let mut at = root.node.clone();
        for (i, segment) in path.iter().enumerate() {
            let next = match segment.kind {
                composition::TID => self.child_type(root, &at, i == 0, &segment.identifier)?,
                edge_trait::TID => self.type_by_name(&segment.identifier)?,
                _ => continue,
            };
            let Some(next) = next else {
                return Ok(Err(failure(path, i, missing(i, segment))));
            };
            at = next;
        }
        Ok(Ok(()))
    }

    /// The type of a child, `at` itself if that is not known yet.
    fn child_type(
        &self,
        root: Bound<'_>,
        at: &Node,
        is_first: bool,
        name: &str,
    ) -> Result<Option<Node>, DestroyedError> {
        let mut reference = children::by_name(root.at(at), name)?.map(|(_, found)| found);
        if reference.is_none() && is_first {
            reference = self.by_child_identifier(root, name)?;
        }
        match reference {
            Some(reference) => {
                let resolved = resolved_type(root.at(&reference))?;
                Ok(Some(resolved.unwrap_or_else(|| at.clone())))
            }
            None => Ok(None),
        }
    }

    /// The type reference of the first make-child that has the name as an attribute, whatever its edge says.
    fn by_child_identifier(
        &self,
        root: Bound<'_>,
        name: &str,
    ) -> Result<Option<Node>, DestroyedError> {
        let Some(of) = self.type_by_name(Own::MakeChild.name())? else {
            return Ok(None);
        };
        first_child(root, |edge| {
            let child = edge.target();
            let fits = super::text(child, names::CHILD_IDENTIFIER).as_deref() == Some(name);
            if fits && edge_type::is_instance_of(root.view, child, &of)? {
                return children::type_reference(root.at(child));
            }
            Ok(None)
        })
    }
}

fn missing(index: usize, segment: &Segment) -> PathErrorKind {
    let is_number = segment.identifier.starts_with(|c: char| c.is_ascii_digit());
    if segment.kind == composition::TID && index > 0 && is_number {
        PathErrorKind::InvalidIndex
    } else {
        PathErrorKind::MissingChild
    }
}

pub(super) fn failure(path: &[Segment], index: usize, kind: PathErrorKind) -> PathError {
    let identifiers = path.iter().map(|segment| segment.identifier.clone());
    PathError {
        kind,
        path: identifiers.collect(),
        failing_segment: path
            .get(index)
            .map(|segment| segment.identifier.clone())
            .unwrap_or_default(),
        failing_segment_index: index,
    }
}

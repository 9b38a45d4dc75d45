//! Lists of what types consist of.

use std::ops::ControlFlow;

use pyrus_graph::{DestroyedError, Node};

use super::children::{self, children_of_type};
use super::links::{edge_attributes, ends};
use super::names::{self, Own};
use super::references::{self, Segment};
use super::{Bound, Error, PathErrorKind, Result, TypeGraph, resolved_type, text, walk};
use crate::{composition, pointer};

/// A make-child with its identifier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MakeChild {
    /// The attribute `child_identifier`.
    pub identifier: Option<String>,
    /// The node.
    pub node: Node,
}

/// A make-link with its paths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MakeLink {
    /// The node.
    pub node: Node,
    /// Where the edges start.
    pub lhs: Vec<Segment>,
    /// Where the edges end.
    pub rhs: Vec<Segment>,
}

impl TypeGraph<'_> {
    /// The make-children of a type, in order. O(children).
    pub fn make_children(&self, type_node: Bound<'_>) -> Result<Vec<MakeChild>, DestroyedError> {
        let Some(of) = self.type_by_name(Own::MakeChild.name())? else {
            return Ok(Vec::new());
        };
        let found = children_of_type(type_node, &of)?.into_iter();
        let found = found.map(|node| MakeChild {
            identifier: text(&node, names::CHILD_IDENTIFIER),
            node,
        });
        Ok(found.collect())
    }

    /// The make-links of a type that have both ends, in order. O(children + paths).
    ///
    /// # Errors
    /// [`Error::Refused`] if the path of one cannot be read.
    pub fn make_links(&self, type_node: Bound<'_>) -> Result<Vec<MakeLink>> {
        let Some(of) = self.type_by_name(Own::MakeLink.name())? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for node in children_of_type(type_node, &of)? {
            let Some([lhs, rhs]) = ends(type_node.at(&node))? else {
                continue;
            };
            let path = |end: &Node| {
                let refused = "MakeLink node has an invalid reference chain";
                references::path(type_node.at(end), refused)
            };
            let (lhs, rhs) = (path(&lhs)?, path(&rhs)?);
            found.push(MakeLink { node, lhs, rhs });
        }
        Ok(found)
    }

    /// The members of a sequence of pointers that make-links of a type build: those from
    /// `container` to one child, each with its index, in the order of the links. O(children +
    /// paths).
    ///
    /// # Errors
    /// [`Error::Path`] if the path of the container leads nowhere, or a make-link of the type cannot be read;
    /// [`Error::Refused`] if a link has no index.
    pub fn pointer_members<S: AsRef<str>>(
        &self,
        type_node: Bound<'_>,
        container: &[S],
    ) -> Result<Vec<(u16, Node)>> {
        let path: Vec<Segment> = container
            .iter()
            .map(|name| Segment::child(name.as_ref()))
            .collect();
        self.check_path(type_node, &path)??;
        let links = self.make_links(type_node).map_err(|error| match error {
            Error::Refused(_) => {
                let last = path.len() - 1;
                walk::failure(&path, last, PathErrorKind::MissingChild).into()
            }
            error => error,
        })?;
        let mut members = Vec::new();
        for link in &links {
            members.extend(pointer_member(type_node, &path, link)?);
        }
        Ok(members)
    }

    /// The type references of make-children that are not linked, each with its type, in order.
    /// O(children of all types).
    ///
    /// # Errors
    /// [`Error::Refused`] if a make-child has no type reference.
    pub fn unresolved_type_references(&self) -> Result<Vec<(Node, Node)>> {
        let Some(of) = self.type_by_name(Own::MakeChild.name())? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for type_node in self.types()? {
            for child in children_of_type(Bound::new(self.view, &type_node), &of)? {
                let reference = children::make_child_type_reference(Bound::new(self.view, &child))?;
                if resolved_type(Bound::new(self.view, &reference))?.is_none() {
                    found.push((type_node.clone(), reference));
                }
            }
        }
        Ok(found)
    }

    /// All types, in order.
    pub(super) fn types(&self) -> Result<Vec<Node>, DestroyedError> {
        let mut types = Vec::new();
        let _ = composition::visit_children::<()>(self.view, &self.node, |edge| {
            types.push(edge.target().clone());
            ControlFlow::Continue(())
        })?;
        Ok(types)
    }
}

fn pointer_member(
    type_node: Bound<'_>,
    container: &[Segment],
    link: &MakeLink,
) -> Result<Option<(u16, Node)>> {
    let stored = link.node.attribute_snapshot();
    let Some(edge) = edge_attributes(&stored).filter(|edge| edge.kind == pointer::TID) else {
        return Ok(None);
    };
    let identifiers = |path: &[Segment], other: &[Segment]| {
        let same = |(a, b): (&Segment, &Segment)| a.identifier == b.identifier;
        path.len() == other.len() && path.iter().zip(other).all(same)
    };
    let [member] = link.rhs.as_slice() else {
        return Ok(None);
    };
    if !identifiers(&link.lhs, container) {
        return Ok(None);
    }
    let Some((child, _)) = children::by_name(type_node, &member.identifier)? else {
        return Ok(None);
    };
    let specific = edge.edge_specific.ok_or(Error::Refused(
        "Pointer sequence member missing index (edge_specific is null)",
    ))?;
    Ok(Some((u16::from(edge.order) << 8 | specific & 0xFF, child)))
}

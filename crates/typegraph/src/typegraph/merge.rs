//! Merging: a type gets what another one has, unless it has it itself.

use std::collections::HashSet;

use pyrus_graph::{Literal, Node};

use super::batch::Batch;
use super::children;
use super::collect::{MakeChild, MakeLink};
use super::links::edge_attributes;
use super::references::Segment;
use super::{Bound, Error, Result, TypeGraph, names, resolved_type, source_chunk, type_identifier};
use crate::EdgeAttributes;

const REFUSED: Error = Error::Refused("merge_types failed");

impl TypeGraph<'_> {
    /// Adds the make-children of another type whose names the target does not have, and its
    /// make-links between paths that the target does not link in the same way. Children that are
    /// not linked yet are left out, and so are attributes that users gave to links. Anonymous
    /// children come again with each merge. O(children + links of both).
    ///
    /// # Errors
    /// [`Error::Refused`] if one of the types is not in the view of the type graph, or a link of one cannot be read.
    pub fn merge_types(&self, target: Bound<'_>, source: Bound<'_>) -> Result<()> {
        self.merge(target, source)
            .map_err(|error| error.refused_as("merge_types failed"))
    }

    fn merge(&self, target: Bound<'_>, source: Bound<'_>) -> Result<()> {
        if !(target.is_member_of(self.view)? && source.is_member_of(self.view)?) {
            return Err(REFUSED);
        }
        let children = self.make_children(source)?;
        let links = self.make_links(source)?;
        let known = self.make_children(target)?.into_iter();
        let known: HashSet<String> = known.filter_map(|child| child.identifier).collect();
        let linked = self.make_links(target)?.into_iter();
        let linked: HashSet<Link> = linked.filter_map(|link| Link::of(link).ok()).collect();

        let mut batch = Batch::default();
        for child in children {
            let has = |name: &String| known.contains(name);
            if !child.identifier.as_ref().is_some_and(has) {
                self.merge_child(&mut batch, target, &child)?;
            }
        }
        for link in links {
            let node = link.node.clone();
            let link = Link::of(link)?;
            if !linked.contains(&link) {
                self.merge_link(&mut batch, target, &node, &link)?;
            }
        }
        batch.insert(self.view)
    }

    fn merge_child(&self, batch: &mut Batch, target: Bound<'_>, child: &MakeChild) -> Result<()> {
        let Some(reference) = children::type_reference(target.at(&child.node))? else {
            return Ok(());
        };
        let Some(of) = resolved_type(target.at(&reference))? else {
            return Ok(());
        };
        let name = type_identifier(&of).ok_or(REFUSED)?;
        let attributes = user_attributes(&child.node);
        let identifier = child.identifier.as_deref();
        let made = self.make_child(batch, target, &name, identifier, &attributes, "")?;
        batch.pointer(&made.type_reference, &of, Some(names::RESOLVED))?;
        if let Some(chunk) = source_chunk::of(target.at(&child.node))? {
            batch.pointer(&made.node, &chunk, Some(names::SOURCE))?;
        }
        Ok(())
    }

    fn merge_link(
        &self,
        batch: &mut Batch,
        target: Bound<'_>,
        node: &Node,
        link: &Link,
    ) -> Result<()> {
        let edge: EdgeAttributes = edge_attributes(&node.attribute_snapshot()).ok_or(REFUSED)?;
        let lhs = self.reference(batch, &or_itself(&link.lhs))?;
        let rhs = self.reference(batch, &or_itself(&link.rhs))?;
        let made = self.make_link(batch, target.node, [&lhs, &rhs], &edge)?;
        if let Some(chunk) = source_chunk::of(target.at(node))? {
            batch.pointer(&made, &chunk, Some(names::SOURCE))?;
        }
        Ok(())
    }
}

/// What makes two make-links the same.
#[derive(PartialEq, Eq, Hash)]
struct Link {
    kind: u8,
    lhs: Vec<Segment>,
    rhs: Vec<Segment>,
}

impl Link {
    fn of(link: MakeLink) -> Result<Self> {
        let edge = edge_attributes(&link.node.attribute_snapshot()).ok_or(REFUSED)?;
        Ok(Self {
            kind: edge.kind,
            lhs: link.lhs,
            rhs: link.rhs,
        })
    }
}

fn or_itself(path: &[Segment]) -> Vec<Segment> {
    if path.is_empty() {
        vec![Segment::child("")]
    } else {
        path.to_vec()
    }
}

/// All but the name.
fn user_attributes(make_child: &Node) -> Vec<(String, Literal)> {
    let mut attributes = make_child.attributes();
    attributes.retain(|(key, _)| key != names::CHILD_IDENTIFIER);
    attributes
}

//! References: paths as chains of nodes, one for each segment.

use pyrus_graph::{Literal, Node, NodeSet, Role};

use super::batch::Batch;
use super::names::{self, Own};
use super::{Bound, Error, PathError, PathErrorKind, Result, TypeGraph, text};
use crate::{composition, edge_type, next, pointer};

/// One step of a path: by what name, over what kind of edge.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Segment {
    /// The name of a child, of a trait's type, of an operand. `""` with composition is the node itself.
    pub identifier: String,
    /// The kind of edge.
    pub kind: u8,
}

impl Segment {
    /// A step to a child.
    pub fn child(identifier: impl Into<String>) -> Self {
        Self {
            identifier: identifier.into(),
            kind: composition::TID,
        }
    }
}

impl TypeGraph<'_> {
    /// A new chain for a path, and its first node. Nothing is looked up, and no chain is ever shared. O(path).
    ///
    /// # Errors
    /// [`Error::Path`] if the path is empty.
    pub fn add_reference(&self, path: &[Segment]) -> Result<Node> {
        let mut batch = Batch::default();
        let first = self.reference(&mut batch, path)?;
        batch.insert(self.view)?;
        Ok(first)
    }

    pub(super) fn reference(&self, batch: &mut Batch, path: &[Segment]) -> Result<Node> {
        let of = self.own(Own::Reference)?;
        let (first, rest) = path.split_first().ok_or_else(empty_path)?;
        let first = link(batch, &of, first)?;
        let mut previous = first.clone();
        for segment in rest {
            let node = link(batch, &of, segment)?;
            batch.next(&previous, &node)?;
            previous = node;
        }
        Ok(first)
    }
}

fn empty_path() -> PathError {
    PathError {
        kind: PathErrorKind::MissingChild,
        path: Vec::new(),
        failing_segment: String::new(),
        failing_segment_index: 0,
    }
}

fn link(batch: &mut Batch, of: &Node, segment: &Segment) -> Result<Node> {
    let node = batch.instance(of)?;
    let identifier = Literal::from(segment.identifier.as_str());
    node.put(names::CHILD_IDENTIFIER, identifier);
    if segment.kind != composition::TID {
        node.put(names::EDGE_TYPE_TID, Literal::Int(segment.kind.into()));
    }
    Ok(node)
}

/// The path of a chain, from any node of it on. O(path).
///
/// # Errors
/// [`Error::Refused`] if the node is no reference, the chain leads back into itself, or `""` for "itself" stands before the end.
pub fn reference_path(reference: Bound<'_>) -> Result<Vec<Segment>> {
    path(reference, "reference does not contain any identifiers")
}

pub(super) fn path(reference: Bound<'_>, refused: &'static str) -> Result<Vec<Segment>> {
    let chain = Chain::read(reference)?;
    if chain.is_cyclic {
        return Err(Error::Refused(refused));
    }
    let mut path = Vec::with_capacity(chain.links.len());
    let last = chain.links.len() - 1;
    for (at, link) in chain.links.into_iter().enumerate() {
        let segment = link.segment;
        if link.type_graph.is_none() {
            return Err(Error::Refused(refused));
        }
        if !segment.identifier.is_empty() || segment.kind == pointer::TID {
            path.push(segment);
        } else if at < last {
            return Err(Error::Refused(refused));
        }
    }
    Ok(path)
}

/// A chain as it stands in the graph.
pub(super) struct Chain {
    /// At least one.
    pub(super) links: Vec<Link>,
    /// Whether the last one leads back.
    pub(super) is_cyclic: bool,
}

/// One node of a chain.
pub(super) struct Link {
    pub(super) node: Node,
    pub(super) segment: Segment,
    /// `None` if the node is no reference.
    pub(super) type_graph: Option<Node>,
}

impl Chain {
    pub(super) fn read(first: Bound<'_>) -> Result<Self> {
        let mut seen = NodeSet::new();
        let mut links = Vec::new();
        let mut node = Some(first.node.clone());
        let mut reference_type = None;
        while let Some(at) = node {
            if !seen.insert(&at) {
                let is_cyclic = true;
                return Ok(Self { links, is_cyclic });
            }
            let bound = first.at(&at);
            node = following(bound)?;
            links.push(Link::read(bound, &mut reference_type)?);
        }
        let is_cyclic = false;
        Ok(Self { links, is_cyclic })
    }
}

/// The first next node; an undirected edge leads nowhere.
fn following(reference: Bound<'_>) -> Result<Option<Node>> {
    let edge = reference
        .view
        .first_edge(reference.node, next::TID, Role::Source)?;
    match edge {
        Some(edge) if edge.directional() => Ok(Some(edge.target().clone())),
        Some(_) => Ok(directed_next(reference)?),
        None => Ok(None),
    }
}

#[cold]
fn directed_next(reference: Bound<'_>) -> Result<Option<Node>> {
    let edge = crate::find::first_outgoing(
        reference.view,
        reference.node,
        next::TID,
        pyrus_graph::Edge::directional,
    )?;
    Ok(edge.map(|edge| edge.target().clone()))
}

/// The type of references that was met last, and its type graph.
type Known = Option<(Node, Node)>;

impl Link {
    fn read(reference: Bound<'_>, known: &mut Known) -> Result<Self> {
        let node = reference.node.clone();
        let segment = Segment {
            identifier: text(&node, names::CHILD_IDENTIFIER).unwrap_or_default(),
            kind: kind(&node),
        };
        Ok(Self {
            type_graph: type_graph(reference, known)?,
            segment,
            node,
        })
    }
}

/// An unknown number is a kind by which nothing can be looked up.
fn kind(reference: &Node) -> u8 {
    reference.with_attribute(names::EDGE_TYPE_TID, |value| match value {
        Some(Literal::Int(kind)) => u8::try_from(*kind).unwrap_or(u8::MAX),
        Some(Literal::Uint(kind)) => u8::try_from(*kind).unwrap_or(u8::MAX),
        _ => composition::TID,
    })
}

/// The type graph of a reference. The nodes of a chain have one type, as a rule.
fn type_graph(reference: Bound<'_>, known: &mut Known) -> Result<Option<Node>> {
    let Some(of) = edge_type::type_of(reference.view, reference.node)? else {
        return Ok(None);
    };
    if let Some((known, type_graph)) = known
        && known.is_same(&of)
    {
        return Ok(Some(type_graph.clone()));
    }
    let Some(found) = TypeGraph::of_type(reference.view, &of)? else {
        return Ok(None);
    };
    if found.type_by_name(Own::Reference.name())?.as_ref() != Some(&of) {
        return Ok(None);
    }
    let type_graph = found.node().clone();
    *known = Some((of, type_graph.clone()));
    Ok(Some(type_graph))
}

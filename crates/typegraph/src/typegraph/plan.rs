//! Plans: all that instances of a type need, read once.

use std::collections::HashMap;
use std::rc::Rc;

use pyrus_graph::{
    AttributeSnapshot, DestroyedError, EdgeOptions, EdgePattern, Literal, Node, NodeMap,
};

use super::children::{self, first_child};
use super::links::{edge_attributes, ends};
use super::names::{self, Own};
use super::references::Chain;
use super::{Bound, Result, TypeGraph, resolved_type, source_chunk, text, types};
use crate::{composition, edge_type};

/// How instances of one type are built.
pub(super) struct Plan {
    pub(super) type_node: Node,
    pub(super) children: Vec<ChildPlan>,
    pub(super) links: Vec<LinkPlan>,
}

pub(super) struct ChildPlan {
    pub(super) make_child: Node,
    /// `None` until the type reference is linked.
    pub(super) of: Option<Node>,
    /// The edge from the parent.
    pub(super) edge: EdgePattern,
    /// Those of the child.
    pub(super) attributes: AttributeSnapshot,
    pub(super) chunk: Option<Node>,
}

pub(super) struct LinkPlan {
    pub(super) make_link: Node,
    /// `None` if one is missing.
    pub(super) ends: Option<[End; 2]>,
    /// `None` if the make-link does not say of what kind the edges are.
    pub(super) edge: Option<EdgePattern>,
}

/// One end of a link.
pub(super) struct End {
    pub(super) first: Node,
    pub(super) chain: Chain,
    /// Where the first segment leads, if that is known before.
    pub(super) start: Option<Start>,
}

/// Where a first segment leads in every instance: a new node has no children but those that it was built with.
#[derive(Clone, Copy)]
pub(super) enum Start {
    /// To the child at this place.
    Child(usize),
    /// Nowhere else.
    Itself,
}

/// The plans that were made, by type.
pub(super) struct Plans {
    made: NodeMap<Rc<Plan>>,
    make_child: Option<Node>,
    /// `None` while links are not to be built.
    make_link: Option<Node>,
    mark: Option<Node>,
}

impl Plans {
    pub(super) fn new(types: &TypeGraph<'_>) -> Result<Self> {
        let own = |own: Own| types.type_by_name(own.name());
        Ok(Self {
            made: NodeMap::new(),
            make_child: own(Own::MakeChild)?,
            make_link: if types.is_initialized() {
                own(Own::MakeLink)?
            } else {
                None
            },
            mark: own(Own::IsConstructable)?,
        })
    }

    /// The plan of a type; nothing if that must not be instantiated.
    pub(super) fn get(&mut self, type_node: Bound<'_>) -> Result<Option<Rc<Plan>>> {
        if let Some(plan) = self.made.get(type_node.node) {
            return Ok(Some(plan.clone()));
        }
        match &self.mark {
            Some(mark) if types::is_marked(type_node, mark)? => {}
            _ => return Ok(None),
        }
        let plan = Rc::new(self.make(type_node)?);
        self.made.insert(type_node.node, plan.clone());
        Ok(Some(plan))
    }

    /// Types may have changed.
    pub(super) fn forget(&mut self) {
        self.made = NodeMap::new();
    }

    fn make(&self, type_node: Bound<'_>) -> Result<Plan> {
        let mut plan = Plan {
            type_node: type_node.node.clone(),
            children: Vec::new(),
            links: Vec::new(),
        };
        let mut links = Vec::new();
        first_child::<()>(type_node, |edge| {
            let node = edge.target();
            let of = edge_type::directed_type_of(type_node.view, node)?;
            if of.is_none() {
                return Ok(None);
            }
            if of == self.make_child {
                plan.children.push(child(type_node.at(node))?);
            } else if of == self.make_link {
                links.push(node.clone());
            }
            Ok(None)
        })?;
        for node in links {
            plan.links.push(link(type_node.at(&node))?);
        }
        find_starts(&mut plan);
        Ok(plan)
    }
}

fn child(make_child: Bound<'_>) -> Result<ChildPlan, DestroyedError> {
    let of = match children::type_reference(make_child)? {
        Some(reference) => resolved_type(make_child.at(&reference))?,
        None => None,
    };
    let stored = make_child.node.attribute_snapshot();
    let name = stored
        .get(names::CHILD_IDENTIFIER)
        .and_then(Literal::as_str);
    let others = stored
        .iter()
        .filter(|(key, _)| *key != names::CHILD_IDENTIFIER);
    Ok(ChildPlan {
        make_child: make_child.node.clone(),
        of,
        edge: pattern(
            composition::TID,
            EdgeOptions {
                directional: true,
                name: Some(name.unwrap_or_default().to_owned()),
                ..EdgeOptions::default()
            },
        ),
        attributes: others
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect(),
        chunk: source_chunk::of(make_child)?,
    })
}

fn link(make_link: Bound<'_>) -> Result<LinkPlan> {
    let ends = match ends(make_link)? {
        Some([lhs, rhs]) => Some([end(make_link.at(&lhs))?, end(make_link.at(&rhs))?]),
        None => None,
    };
    Ok(LinkPlan {
        make_link: make_link.node.clone(),
        ends,
        edge: edge(make_link.node),
    })
}

fn end(first: Bound<'_>) -> Result<End> {
    Ok(End {
        first: first.node.clone(),
        chain: Chain::read(first)?,
        start: None,
    })
}

/// The edges carry all attributes of the make-link behind their name.
fn edge(make_link: &Node) -> Option<EdgePattern> {
    let stored = make_link.attribute_snapshot();
    let edge = edge_attributes(&stored)?;
    let options = EdgeOptions {
        directional: edge.directional.unwrap_or(false),
        order: edge.order,
        edge_specific: edge.edge_specific.unwrap_or(0),
        name: edge.name,
        attributes: stored
            .iter()
            .map(|(key, value)| (key.to_owned(), Literal::clone(value)))
            .collect(),
    };
    Some(pattern(edge.kind, options))
}

fn pattern(kind: u8, options: EdgeOptions) -> EdgePattern {
    EdgePattern::new(kind, options).expect("the order was checked")
}

fn find_starts(plan: &mut Plan) {
    if plan.links.is_empty() {
        return;
    }
    let mut places = HashMap::with_capacity(plan.children.len());
    for (place, child) in plan.children.iter().enumerate() {
        let name = text(&child.make_child, names::CHILD_IDENTIFIER).unwrap_or_default();
        places.entry(name).or_insert(place);
    }
    let is_composition = |link: &LinkPlan| {
        let edge = link.edge.as_ref();
        edge.is_some_and(|edge| edge.kind() == composition::TID)
    };
    let gets_children = plan.links.iter().any(is_composition);
    for end in plan
        .links
        .iter_mut()
        .flat_map(|link| &mut link.ends)
        .flatten()
    {
        end.start = start(&end.chain, &places, gets_children);
    }
}

fn start(chain: &Chain, places: &HashMap<String, usize>, gets_children: bool) -> Option<Start> {
    let first = &chain.links[0];
    let name = first.segment.identifier.as_str();
    let is_plain = first.type_graph.is_some() && first.segment.kind == composition::TID;
    if !is_plain || name.starts_with(names::ENUM_PREFIX) {
        return None;
    }
    match places.get(name) {
        Some(place) => Some(Start::Child(*place)),
        None => (name.is_empty() && !gets_children).then_some(Start::Itself),
    }
}

//! What a search asks of the graph.

use hashbrown::HashMap;
use pyrus_graph::{DirectionFilter, Edge, Look, Node, NodeMap, Role};

use super::INTERFACE_TRAIT;
use crate::{composition, edge_trait, edge_type, interface};

/// The nodes that a search has met, by small numbers of its own, and what is known of them.
pub(super) struct World<'a> {
    look: Look<'a>,
    numbers: NodeMap<u32>,
    facts: Vec<Facts<'a>>,
    /// By type: the interface trait of its type graph.
    traits: HashMap<u32, Option<&'a Node>>,
}

struct Facts<'a> {
    node: &'a Node,
    is_interface: Option<bool>,
}

impl<'a> World<'a> {
    pub(super) fn new(look: Look<'a>) -> Self {
        Self {
            look,
            numbers: NodeMap::new(),
            facts: Vec::new(),
            traits: HashMap::new(),
        }
    }

    /// The number of a node.
    pub(super) fn number(&mut self, node: &'a Node) -> u32 {
        if let Some(number) = self.numbers.get(node) {
            return *number;
        }
        let number = self.facts.len() as u32;
        self.numbers.insert(node, number);
        self.facts.push(Facts {
            node,
            is_interface: None,
        });
        number
    }

    pub(super) fn node(&self, number: u32) -> &'a Node {
        self.facts[number as usize].node
    }

    /// Whether the node has a trait instance of its own type graph's interface trait.
    pub(super) fn is_interface(&mut self, number: u32) -> bool {
        let Facts { node, is_interface } = self.facts[number as usize];
        is_interface.unwrap_or_else(|| {
            let of = self.interface_trait(node);
            let answer = of.is_some_and(|of| edge_trait::has_trait(self.look, node, of));
            self.facts[number as usize].is_interface = Some(answer);
            answer
        })
    }

    /// The interface trait of the type graph of the node's type.
    fn interface_trait(&mut self, node: &Node) -> Option<&'a Node> {
        let look = self.look;
        let type_node = self.type_of(node)?;
        *self.traits.entry(type_node.id()).or_insert_with(|| {
            let types = look.first_edge(type_node, composition::TID, Role::Target)?;
            child(look, types.source(), INTERFACE_TRAIT)
        })
    }

    /// The connections of a node, in order, each with its other end.
    pub(super) fn connections(
        &self,
        number: u32,
    ) -> impl Iterator<Item = (&'a Edge, &'a Node)> + use<'a> {
        let node = self.node(number);
        let edges = self.look.edges(node, interface::TID, DirectionFilter::Any);
        edges.filter_map(move |edge| Some((edge, edge.other_end(node)?)))
    }

    /// The first edge from a composition parent.
    pub(super) fn parent_edge(&self, number: u32) -> Option<&'a Edge> {
        let node = self.node(number);
        self.look.first_edge(node, composition::TID, Role::Target)
    }

    /// The first child of a name.
    pub(super) fn child(&mut self, number: u32, name: &str) -> Option<u32> {
        let child = child(self.look, self.node(number), name)?;
        Some(self.number(child))
    }

    /// The id of a node's type.
    pub(super) fn type_id(&self, number: u32) -> Option<u32> {
        Some(self.type_of(self.node(number))?.id())
    }

    fn type_of(&self, node: &Node) -> Option<&'a Node> {
        let edge = self.look.first_edge(node, edge_type::TID, Role::Target)?;
        Some(edge.source())
    }
}

fn child<'a>(look: Look<'a>, node: &Node, name: &str) -> Option<&'a Node> {
    let edge = look.first_edge_named(node, composition::TID, Role::Source, name)?;
    Some(edge.target())
}

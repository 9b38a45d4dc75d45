//! What a search asks of the graph, each question once.

use std::ops::ControlFlow;

use hashbrown::HashMap;
use pyrus_graph::{DestroyedError, Edge, GraphView, Node, NodeMap};

use super::INTERFACE_TRAIT;
use crate::{composition, edge_trait, edge_type, interface};

/// The nodes that a search has met, by small numbers of its own, and what is known of them.
pub(super) struct World<'a> {
    view: &'a GraphView,
    numbers: NodeMap<u32>,
    facts: Vec<Facts>,
    /// By type: the interface trait of its type graph.
    traits: HashMap<u32, Option<Node>>,
}

struct Facts {
    node: Node,
    is_interface: Option<bool>,
}

impl<'a> World<'a> {
    pub(super) fn new(view: &'a GraphView) -> Self {
        Self {
            view,
            numbers: NodeMap::new(),
            facts: Vec::new(),
            traits: HashMap::new(),
        }
    }

    pub(super) fn check_alive(&self) -> Result<(), DestroyedError> {
        self.view.check_alive()
    }

    /// The number of a node.
    pub(super) fn number(&mut self, node: &Node) -> u32 {
        if let Some(number) = self.numbers.get(node) {
            return *number;
        }
        let number = self.facts.len() as u32;
        self.numbers.insert(node, number);
        self.facts.push(Facts {
            node: node.clone(),
            is_interface: None,
        });
        number
    }

    pub(super) fn node(&self, number: u32) -> &Node {
        &self.facts[number as usize].node
    }

    /// Whether the node has a trait instance of its own type graph's interface trait.
    pub(super) fn is_interface(&mut self, number: u32) -> Result<bool, DestroyedError> {
        let facts = &self.facts[number as usize];
        if let Some(known) = facts.is_interface {
            return Ok(known);
        }
        let node = facts.node.clone();
        let is_interface = match self.interface_trait(&node)? {
            Some(of) => edge_trait::trait_instance_of_type(self.view, &node, &of)?.is_some(),
            None => false,
        };
        self.facts[number as usize].is_interface = Some(is_interface);
        Ok(is_interface)
    }

    /// The interface trait of the type graph of the node's type.
    fn interface_trait(&mut self, node: &Node) -> Result<Option<Node>, DestroyedError> {
        let Some(type_node) = edge_type::type_of(self.view, node)? else {
            return Ok(None);
        };
        if let Some(known) = self.traits.get(&type_node.id()) {
            return Ok(known.clone());
        }
        let found = match composition::parent(self.view, &type_node)? {
            Some(types) => composition::child(self.view, &types, INTERFACE_TRAIT)?,
            None => None,
        };
        self.traits.insert(type_node.id(), found.clone());
        Ok(found)
    }

    /// The number of the other end of each connection of a node, in order.
    pub(super) fn visit_connections(
        &mut self,
        number: u32,
        mut visit: impl FnMut(&Edge, u32),
    ) -> Result<(), DestroyedError> {
        let (view, node) = (self.view, self.node(number).clone());
        let _ = interface::visit(view, &node, |edge| {
            if let Some(other) = edge.other_end(&node) {
                let other = self.number(other);
                visit(edge, other);
            }
            ControlFlow::<()>::Continue(())
        })?;
        Ok(())
    }

    /// The first edge from a composition parent.
    pub(super) fn parent_edge(&self, number: u32) -> Result<Option<Edge>, DestroyedError> {
        composition::parent_edge(self.view, self.node(number))
    }

    /// The first child of a name.
    pub(super) fn child(&mut self, number: u32, name: &str) -> Result<Option<u32>, DestroyedError> {
        let child = composition::child(self.view, self.node(number), name)?;
        Ok(child.map(|child| self.number(&child)))
    }

    /// The id of a node's type.
    pub(super) fn type_id(&self, number: u32) -> Result<Option<u32>, DestroyedError> {
        let found = edge_type::type_of(self.view, self.node(number))?;
        Ok(found.map(|type_node| type_node.id()))
    }
}

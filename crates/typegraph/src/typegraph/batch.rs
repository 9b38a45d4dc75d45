//! New nodes and edges that go into a view all at once, or not at all.

use pyrus_graph::{Edge, EdgeSet, GraphView, Literal, Node, NodeSet};

use super::{Result, names};
use crate::{composition, edge_trait, edge_type, next, pointer};

#[derive(Default)]
pub(super) struct Batch {
    nodes: NodeSet,
    edges: EdgeSet,
}

impl Batch {
    /// A new node.
    pub(super) fn node(&mut self) -> Result<Node> {
        let node = Node::new()?;
        self.nodes.insert(&node);
        Ok(node)
    }

    /// A new instance of a type.
    pub(super) fn instance(&mut self, of: &Node) -> Result<Node> {
        let node = self.node()?;
        self.edge(edge_type::create(of, &node)?);
        Ok(node)
    }

    /// A new type of a type graph.
    pub(super) fn new_type(&mut self, type_graph: &Node, name: &str) -> Result<Node> {
        let node = self.node()?;
        node.put(names::TYPE_IDENTIFIER, Literal::from(name));
        self.child(type_graph, &node, name)?;
        Ok(node)
    }

    pub(super) fn edge(&mut self, edge: Edge) {
        self.edges.insert(&edge);
    }

    pub(super) fn child(&mut self, parent: &Node, child: &Node, name: &str) -> Result<()> {
        self.edge(composition::create(parent, child, name)?);
        Ok(())
    }

    pub(super) fn pointer(&mut self, from: &Node, to: &Node, name: Option<&str>) -> Result<()> {
        self.edge(pointer::create(from, to, name)?);
        Ok(())
    }

    pub(super) fn next(&mut self, previous: &Node, next: &Node) -> Result<()> {
        self.edge(next::create(previous, next)?);
        Ok(())
    }

    pub(super) fn give_trait(&mut self, owner: &Node, trait_instance: &Node) -> Result<()> {
        self.edge(edge_trait::create(owner, trait_instance)?);
        Ok(())
    }

    /// Nodes, then edges, each in the order in which they came.
    pub(super) fn insert(self, view: &GraphView) -> Result<()> {
        Ok(view.insert_all(&self.nodes, &self.edges)?)
    }
}

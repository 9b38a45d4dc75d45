//! Copying: the same nodes and edges go into another view, with all that they need to make sense there.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use pyrus_graph::{
    DestroyedError, DirectionFilter, Edge, EdgeSet, GraphView, Node, NodeMap, NodeSet,
};

use super::names::Own;
use super::{Bound, Result, TypeGraph, is_initialized, names, type_identifier};
use crate::{composition, edge_trait, edge_type, find, next, operand, pointer};

/// The types that come with a type graph, in this order.
const ALWAYS: [Own; 6] = [
    Own::ImplementsTrait,
    Own::ImplementsType,
    Own::MakeChild,
    Own::MakeLink,
    Own::Reference,
    Own::TypeReference,
];

impl TypeGraph<'_> {
    /// Copies the type graph into a view: with `minimal`, only what every type graph has and needs;
    /// else all types and instances that hang on it. Gives the nodes that are new there. The handle
    /// on the copy is [`TypeGraph::of`] the same node in the target. O(what is copied).
    pub fn copy_into(&self, target: &GraphView, minimal: bool) -> Result<NodeSet> {
        if minimal {
            let start = self.own(Own::MakeChild)?;
            return copy_node_into(Bound::new(self.view, &start), target);
        }
        let mut copy = Copy::new(self.view, target);
        copy.schedule_again(&self.node)?;
        copy.run()
    }
}

/// Copies a node into a view with its children, what these point to, their operands, traits, the
/// rest of their chains and their types, and the type graph with what every type graph has. Gives
/// the nodes that are new there. What is there already is left as it is; where the target has a
/// type of the same name under the same type graph, instances become instances of that one there.
/// O(what is copied).
pub fn copy_node_into(start: Bound<'_>, target: &GraphView) -> Result<NodeSet> {
    let mut copy = Copy::new(start.view, target);
    copy.schedule(start.node)?;
    copy.run()
}

struct Copy<'a> {
    source: &'a GraphView,
    target: &'a GraphView,
    new_nodes: NodeSet,
    new_edges: EdgeSet,
    queue: VecDeque<Node>,
    /// By type graph: the types of the source whose names the target has for other types, with those.
    type_graphs: NodeMap<NodeMap<Node>>,
}

/// What a node is among types.
struct TypeOf {
    type_graph: Node,
    parent_edge: Edge,
}

impl<'a> Copy<'a> {
    fn new(source: &'a GraphView, target: &'a GraphView) -> Self {
        Self {
            source,
            target,
            new_nodes: NodeSet::new(),
            new_edges: EdgeSet::new(),
            queue: VecDeque::new(),
            type_graphs: NodeMap::new(),
        }
    }

    fn run(mut self) -> Result<NodeSet> {
        while let Some(node) = self.queue.pop_front() {
            if !self.copy_type(&node)? {
                self.copy_type_edge(&node)?;
            }
            self.copy_edges(&node)?;
        }
        self.target.insert_all(&self.new_nodes, &self.new_edges)?;
        Ok(self.new_nodes)
    }

    fn has_node(&self, node: &Node) -> Result<bool, DestroyedError> {
        Ok(self.new_nodes.contains(node) || self.target.contains_node(node)?)
    }

    /// Whether the node is new in the target.
    fn schedule(&mut self, node: &Node) -> Result<bool, DestroyedError> {
        let is_new = !self.has_node(node)?;
        if is_new {
            self.new_nodes.insert(node);
            self.queue.push_back(node.clone());
        }
        Ok(is_new)
    }

    /// Also if it is there.
    fn schedule_again(&mut self, node: &Node) -> Result<(), DestroyedError> {
        if !self.schedule(node)? {
            self.queue.push_back(node.clone());
        }
        Ok(())
    }

    fn has_edge(&self, edge: &Edge) -> Result<bool, DestroyedError> {
        Ok(self.new_edges.contains(edge) || self.target.contains_edge(edge)?)
    }

    fn take(&mut self, edge: &Edge) -> Result<(), DestroyedError> {
        if !self.has_edge(edge)? {
            self.new_edges.insert(edge);
        }
        Ok(())
    }

    fn follow(&mut self, edge: &Edge, node: &Node) -> Result<(), DestroyedError> {
        if !self.has_edge(edge)? {
            self.schedule(node)?;
            self.new_edges.insert(edge);
        }
        Ok(())
    }

    /// What the node is, if it is a type: named, and under a complete type graph.
    fn as_type(&self, node: &Node) -> Result<Option<TypeOf>> {
        if !node.with_attribute(names::TYPE_IDENTIFIER, |name| {
            name.is_some_and(|name| name.as_str().is_some())
        }) {
            return Ok(None);
        }
        let parent_edge = composition::parent_edge(self.source, node)?;
        let parent_edge = parent_edge.filter(|edge| is_initialized(edge.source()));
        Ok(parent_edge.map(|parent_edge| TypeOf {
            type_graph: parent_edge.source().clone(),
            parent_edge,
        }))
    }

    /// Says whether the edge from the node's type has been seen to.
    fn copy_type(&mut self, node: &Node) -> Result<bool> {
        let Some(found) = self.as_type(node)? else {
            return Ok(false);
        };
        if !self.enter(&found.type_graph)? && self.counterpart(&found.type_graph, node).is_some() {
            return Ok(true);
        }
        self.take(&found.parent_edge)?;
        Ok(false)
    }

    fn copy_type_edge(&mut self, node: &Node) -> Result<()> {
        let Some(edge) = edge_type::type_edge(self.source, node)? else {
            return Ok(());
        };
        let of = edge.source().clone();
        let Some(found) = self.as_type(&of)? else {
            self.schedule(&of)?;
            return Ok(self.take(&edge)?);
        };
        self.enter(&found.type_graph)?;
        if self.has_node(&of)? {
            return Ok(self.take(&edge)?);
        }
        if let Some(counterpart) = self.counterpart(&found.type_graph, &of) {
            let edge = edge_type::create(counterpart, node)?;
            self.new_edges.insert(&edge);
            return Ok(());
        }
        self.schedule(&of)?;
        self.take(&found.parent_edge)?;
        Ok(self.take(&edge)?)
    }

    /// The type of the same name in the target.
    fn counterpart(&self, type_graph: &Node, type_node: &Node) -> Option<&Node> {
        self.type_graphs.get(type_graph)?.get(type_node)
    }

    /// Meets a type graph; says whether for the first time.
    fn enter(&mut self, type_graph: &Node) -> Result<bool> {
        if self.type_graphs.contains(type_graph) {
            return Ok(false);
        }
        let counterparts = if self.has_node(type_graph)? {
            self.counterparts(type_graph)?
        } else {
            self.new_nodes.insert(type_graph);
            self.take_always(type_graph)?;
            NodeMap::new()
        };
        self.type_graphs.insert(type_graph, counterparts);
        Ok(true)
    }

    fn take_always(&mut self, type_graph: &Node) -> Result<()> {
        for own in ALWAYS {
            let found = composition::child(self.source, type_graph, own.name())?;
            if let Some(node) = found {
                self.schedule(&node)?;
                if let Some(edge) = composition::parent_edge(self.source, &node)?
                    && self.has_node(edge.source())?
                {
                    self.take(&edge)?;
                }
            }
        }
        Ok(())
    }

    fn counterparts(&self, type_graph: &Node) -> Result<NodeMap<Node>> {
        let mut by_name = std::collections::HashMap::new();
        for (name, node) in types(self.target, type_graph)? {
            by_name.insert(name, node);
        }
        // The last of equal names counts, also in the source.
        let mut of_name = std::collections::HashMap::new();
        for (name, node) in types(self.source, type_graph)? {
            of_name.insert(name, node);
        }
        let mut counterparts = NodeMap::new();
        for (name, node) in of_name {
            if let Some(other) = by_name.get(&name).filter(|other| **other != node) {
                counterparts.insert(&node, other.clone());
            }
        }
        Ok(counterparts)
    }

    fn copy_edges(&mut self, node: &Node) -> Result<()> {
        let source = self.source;
        each(
            |visit| composition::visit_children(source, node, visit),
            |edge| self.follow(&edge, edge.target()),
        )?;
        each(
            |visit| pointer::visit(source, node, visit),
            |edge| {
                if edge.directional() {
                    self.follow(&edge, edge.target())?;
                }
                Ok(())
            },
        )?;
        let next = find::first_outgoing(source, node, next::TID, Edge::directional)?;
        if let Some(edge) = next {
            self.follow(&edge, edge.target())?;
        }
        let any = DirectionFilter::Any;
        each(
            |visit| source.visit_edges(node, edge_trait::TID, any, visit),
            |edge| self.copy_trait(&edge),
        )?;
        each(
            |visit| operand::visit(source, node, visit),
            |edge| self.follow(&edge, edge.target()),
        )
    }

    fn copy_trait(&mut self, edge: &Edge) -> Result<(), DestroyedError> {
        let instance = edge.target();
        let of = edge_type::type_of(self.source, instance)?;
        let name = of.and_then(|of| type_identifier(&of));
        if name.as_deref() == Some(names::HAS_SOURCE_CHUNK) {
            return Ok(());
        }
        self.schedule(edge.source())?;
        self.follow(edge, instance)
    }
}

/// The types of a type graph in a view, by the names of their edges, in order.
fn types(view: &GraphView, type_graph: &Node) -> Result<Vec<(String, Node)>> {
    let mut found = Vec::new();
    let _ = composition::visit_children::<()>(view, type_graph, |edge| {
        found.push((edge.name().unwrap_or_default(), edge.target().clone()));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

type Visit<'v> = &'v mut dyn FnMut(Edge) -> ControlFlow<DestroyedError>;

/// Does something with each edge of a visit, which may fail.
fn each(
    visit: impl FnOnce(Visit<'_>) -> Result<ControlFlow<DestroyedError>, DestroyedError>,
    mut action: impl FnMut(Edge) -> Result<(), DestroyedError>,
) -> Result<()> {
    let visited = visit(&mut |edge| match action(edge) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    })?;
    match visited {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error.into()),
    }
}

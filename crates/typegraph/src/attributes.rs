//! What an edge is to be made with.

use pyrus_graph::{Edge, EdgeOptions, GraphView, IdsExhausted, Literal, Node};

use crate::error::InsertError;

/// Attributes for nodes, in order. Can be used for any number of nodes.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct NodeAttributes(pub Vec<(String, Literal)>);

impl NodeAttributes {
    /// Appends them to a node; those that it has stay first, and win. O(attributes).
    pub fn apply_to(&self, node: &Node) {
        node.extend(self.0.iter().cloned());
    }
}

/// Everything about an edge besides its ends. Can be used for any number of edges.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeAttributes {
    /// What the edge means.
    pub kind: u8,
    /// Whether the edge leads from source to target only. Unset: as it is, and `false` on a new edge.
    pub directional: Option<bool>,
    /// Stored before all other attributes.
    pub name: Option<String>,
    /// 0 to 127; larger values are cut.
    pub order: u8,
    /// Free for the kind to use. Unset: as it is, and 0 on a new edge.
    pub edge_specific: Option<u16>,
    /// More attributes, in order.
    pub attributes: Vec<(String, Literal)>,
}

impl EdgeAttributes {
    /// Those of a kind whose edges lead somewhere, without a name.
    pub fn directional(kind: u8) -> Self {
        Self {
            directional: Some(true),
            ..Self::of_kind(kind)
        }
    }

    /// Nothing but the kind.
    pub fn of_kind(kind: u8) -> Self {
        Self {
            kind,
            directional: None,
            name: None,
            order: 0,
            edge_specific: None,
            attributes: Vec::new(),
        }
    }

    /// The same with a name.
    #[must_use]
    pub fn named(self, name: Option<&str>) -> Self {
        Self {
            name: name.map(str::to_owned),
            ..self
        }
    }

    /// An edge with these attributes, in no view. O(attributes).
    ///
    /// # Errors
    /// [`IdsExhausted`] when no id is left.
    pub fn create_edge(&self, source: &Node, target: &Node) -> Result<Edge, IdsExhausted> {
        self.clone().into_edge(source, target)
    }

    /// The same, using the attributes up.
    pub(crate) fn into_edge(self, source: &Node, target: &Node) -> Result<Edge, IdsExhausted> {
        let options = EdgeOptions {
            directional: self.directional.unwrap_or(false),
            order: self.order & pyrus_graph::MAX_ORDER,
            edge_specific: self.edge_specific.unwrap_or(0),
            name: self.name,
            attributes: self.attributes,
        };
        // The order is in range, so nothing else can be wrong.
        Edge::with_options(source, target, self.kind, options).map_err(|_| IdsExhausted)
    }

    /// An edge with these attributes, in the view. O(attributes).
    ///
    /// # Errors
    /// [`InsertError`]; the view has not changed.
    pub fn insert_edge(
        &self,
        view: &GraphView,
        source: &Node,
        target: &Node,
    ) -> Result<Edge, InsertError> {
        insert(view, self.create_edge(source, target)?)
    }

    /// Writes onto an edge: the kind and the order always, the rest where it is set. A name and
    /// attributes are appended, so those that the edge has win. On an edge in a view, the lists
    /// there do not follow the new kind.
    pub fn apply_to(&self, edge: &Edge) {
        edge.set_kind(self.kind);
        // Cut to what an order can be.
        let _ = edge.set_order(self.order & pyrus_graph::MAX_ORDER);
        if let Some(directional) = self.directional {
            edge.set_directional(directional);
        }
        if let Some(value) = self.edge_specific {
            edge.set_edge_specific(value);
        }
        if let Some(name) = &self.name {
            edge.set_name(name);
        }
        edge.extend(self.attributes.iter().cloned());
    }
}

/// Put a new edge into a view.
pub(crate) fn insert(view: &GraphView, edge: Edge) -> Result<Edge, InsertError> {
    view.insert_edge(&edge)?;
    Ok(edge)
}

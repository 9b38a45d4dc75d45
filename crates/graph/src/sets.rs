//! Sets and maps of records that remember the order of insertion.

use crate::edge::Edge;
use crate::index::IdIndex;
use crate::node::Node;

/// What has an id of its own: [`Node`] and [`Edge`].
pub trait Identified: Clone + sealed::Sealed {
    /// The id, unique among records of this type.
    fn id(&self) -> u32;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::Node {}
    impl Sealed for crate::Edge {}
}

impl Identified for Node {
    fn id(&self) -> u32 {
        Node::id(self)
    }
}

impl Identified for Edge {
    fn id(&self) -> u32 {
        Edge::id(self)
    }
}

/// A set of records in order of insertion. Every operation is O(1).
pub struct IdSet<T> {
    index: IdIndex,
    items: Vec<T>,
}

/// Nodes in order of insertion.
pub type NodeSet = IdSet<Node>;
/// Edges in order of insertion.
pub type EdgeSet = IdSet<Edge>;

impl<T: Identified> IdSet<T> {
    /// An empty set; allocates nothing.
    pub fn new() -> Self {
        Self {
            index: IdIndex::default(),
            items: Vec::new(),
        }
    }

    /// Adds an item and says whether it is new.
    pub fn insert(&mut self, item: &T) -> bool {
        let is_new = !self.contains(item);
        if is_new {
            self.push_new(item.clone());
        }
        is_new
    }

    /// Adds an item that is not in the set and gives its place.
    pub(crate) fn push_new(&mut self, item: T) -> u32 {
        let place = self.items.len() as u32;
        self.index.insert(item.id(), place);
        self.items.push(item);
        place
    }

    /// Whether the item is in the set.
    pub fn contains(&self, item: &T) -> bool {
        self.place(item.id()).is_some()
    }

    /// The items in order of insertion.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// The items in order of insertion.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items in order of insertion, taken out.
    pub(crate) fn into_items(self) -> std::vec::IntoIter<T> {
        self.items.into_iter()
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    #[inline]
    pub(crate) fn place(&self, id: u32) -> Option<u32> {
        self.index.get(id)
    }

    #[inline]
    pub(crate) fn at(&self, place: u32) -> &T {
        &self.items[place as usize]
    }

    /// Puts another item, not in the set yet, at a place and returns the one that was there.
    pub(crate) fn replace_at(&mut self, place: u32, item: T) -> T {
        self.index.remove(self.at(place).id());
        self.index.insert(item.id(), place);
        std::mem::replace(&mut self.items[place as usize], item)
    }

    pub(crate) fn reserve(&mut self, additional: usize) {
        self.items.reserve(additional);
    }
}

impl<T: Identified> Default for IdSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Identified + std::fmt::Debug> std::fmt::Debug for IdSet<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(&self.items).finish()
    }
}

impl<'a, T: Identified> IntoIterator for &'a IdSet<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Identified> FromIterator<T> for IdSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(&item);
        }
        set
    }
}

/// A map from nodes, in order of first insertion. Every operation is O(1).
pub struct NodeMap<V> {
    index: IdIndex,
    entries: Vec<(Node, V)>,
}

impl<V> NodeMap<V> {
    /// An empty map; allocates nothing.
    pub fn new() -> Self {
        Self {
            index: IdIndex::default(),
            entries: Vec::new(),
        }
    }

    /// Sets the value of a node and returns the one it had; the node keeps its place.
    pub fn insert(&mut self, node: &Node, value: V) -> Option<V> {
        if let Some(known) = self.get_mut(node) {
            return Some(std::mem::replace(known, value));
        }
        self.index.insert(node.id(), self.entries.len() as u32);
        self.entries.push((node.clone(), value));
        None
    }

    /// The value of a node.
    pub fn get(&self, node: &Node) -> Option<&V> {
        let place = self.index.get(node.id())?;
        Some(&self.entries[place as usize].1)
    }

    /// The value of a node, to change.
    pub fn get_mut(&mut self, node: &Node) -> Option<&mut V> {
        let place = self.index.get(node.id())?;
        Some(&mut self.entries[place as usize].1)
    }

    /// Whether the node has a value.
    pub fn contains(&self, node: &Node) -> bool {
        self.index.get(node.id()).is_some()
    }

    /// Nodes and values in order of first insertion.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Node, &V)> {
        self.entries.iter().map(|(node, value)| (node, value))
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<V> Default for NodeMap<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V> IntoIterator for NodeMap<V> {
    type Item = (Node, V);
    type IntoIter = std::vec::IntoIter<(Node, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

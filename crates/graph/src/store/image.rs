//! What a view holds at one moment.

use crate::adjacency::GAP;
use crate::contents::Contents;
use crate::edge::Edge;
use crate::error::DestroyedError;
use crate::node::Node;
use crate::view::GraphView;

/// What a view holds at one moment: its nodes, its edges with the places of their ends, and the order of its adjacency
/// lists. Attributes are read when they are needed.
pub struct Image {
    /// In order of insertion, the self node first.
    pub nodes: Vec<Node>,
    /// In order of insertion.
    pub edges: Vec<EdgeImage>,
    /// The lists by node, then by kind, or `None` if they are what inserting the edges in order gives.
    pub lists: Option<Vec<ListImage>>,
}

/// An edge in an [`Image`].
pub struct EdgeImage {
    /// The edge.
    pub edge: Edge,
    /// The place of its source among the nodes.
    pub source: u32,
    /// The place of its target among the nodes.
    pub target: u32,
    /// Its kind when the image was taken.
    pub kind: u8,
}

/// An adjacency list in an [`Image`].
pub struct ListImage {
    /// The place of its node among the nodes.
    pub node: u32,
    /// The kind under which its edges are listed, which may no longer be theirs.
    pub kind: u8,
    /// The places of its edges among the edges. A loop stands twice.
    pub edges: Vec<u32>,
}

impl GraphView {
    /// What the view holds now. O(view); the view is locked for reading meanwhile, and not afterwards.
    ///
    /// # Errors
    /// [`DestroyedError`].
    pub fn image(&self) -> Result<Image, DestroyedError> {
        self.read(Image::of)
    }
}

impl Image {
    fn of(contents: &Contents) -> Self {
        let place = |node: &Node| contents.nodes.place(node.id()).unwrap_or_default();
        let edge = |edge: &Edge| EdgeImage {
            source: place(edge.source()),
            target: place(edge.target()),
            kind: edge.kind(),
            edge: edge.clone(),
        };
        let edges: Vec<EdgeImage> = contents.edges.iter().map(edge).collect();
        let lists = (!is_as_inserted(contents, &edges)).then(|| lists(contents));
        Self {
            nodes: contents.nodes.as_slice().to_vec(),
            edges,
            lists,
        }
    }

    /// The number of nodes and edges.
    pub fn len(&self) -> usize {
        self.nodes.len() + self.edges.len()
    }

    /// Whether there is nothing: never true of the image of a view.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether inserting the edges in order gives these lists: each edge stands in the lists of its ends, so it is enough
/// that every list is in order and of its edges' kind.
fn is_as_inserted(contents: &Contents, edges: &[EdgeImage]) -> bool {
    (0..contents.nodes.len() as u32).all(|node| {
        contents.adjacency.lists_of(node).all(|list| {
            let kind = contents.adjacency.kind(list);
            let items = contents.adjacency.items(list);
            let listed = || items.iter().filter(|place| **place != GAP);
            listed().is_sorted() && listed().all(|place| edges[*place as usize].kind == kind)
        })
    })
}

fn lists(contents: &Contents) -> Vec<ListImage> {
    let mut all = Vec::new();
    for node in 0..contents.nodes.len() as u32 {
        for list in contents.adjacency.lists_of(node) {
            let items = contents.adjacency.items(list).iter().copied();
            let edges: Vec<u32> = items.filter(|place| *place != GAP).collect();
            if !edges.is_empty() {
                let kind = contents.adjacency.kind(list);
                all.push(ListImage { node, kind, edges });
            }
        }
    }
    all
}

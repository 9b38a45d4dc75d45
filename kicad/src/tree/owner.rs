//! The class `Tree`: the text, its tape, and what is found out about them when it is first asked for.

use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, OnceLock};

use pyrus::BoxIter;
use pyrus_sexp::{LineIndex, Node, Outline, Tape};

use crate::api::tree::Position;

/// A text that was read. A clone is the same tree.
#[derive(Clone)]
pub struct Tree(Arc<Contents>);

struct Contents {
    tape: Tape<'static>,
    lines: OnceLock<LineIndex>,
    outline: OnceLock<Outline>,
}

impl Tree {
    pub(super) fn new(tape: Tape<'static>) -> Self {
        Self(Arc::new(Contents {
            tape,
            lines: OnceLock::new(),
            outline: OnceLock::new(),
        }))
    }

    pub(super) fn tape(&self) -> &Tape<'static> {
        &self.0.tape
    }

    /// The node with a number that this tree gave.
    pub(super) fn node(&self, index: u32) -> Node<'_> {
        let node = self.tape().node(index);
        node.expect("keys are numbers of nodes of their tree")
    }

    pub(super) fn outline(&self) -> &Outline {
        self.0.outline.get_or_init(|| Outline::new(self.tape()))
    }

    /// The byte offset behind a node.
    pub(super) fn end(&self, node: Node<'_>) -> usize {
        if node.is_list() {
            self.outline().end(node.index())
        } else {
            node.end()
        }
    }

    /// The place of a byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let text = self.text();
        let lines = self.0.lines.get_or_init(|| LineIndex::new(text));
        let (line, column) = lines.line_column(text, byte);
        Position {
            line: line as u32,
            column: column as u32,
            offset: lines.characters(text, byte) as u32,
            byte: byte as u32,
        }
    }

    /// Neighbours from `next` on, up to the node with the number `end`.
    pub(super) fn neighbours(&self, mut next: u32, end: u32) -> BoxIter<u32> {
        let tree = self.clone();
        BoxIter::new(std::iter::from_fn(move || {
            let index = (next < end).then_some(next)?;
            next += tree.node(index).walk().len() as u32;
            Some(index)
        }))
    }
}

/// What Python sees.
impl Tree {
    pub(crate) fn text(&self) -> &str {
        self.tape().text()
    }

    pub(crate) fn root(&self) -> u32 {
        self.tape().root().index()
    }

    pub(crate) fn items(&self) -> Vec<u32> {
        self.tape().items().map(Node::index).collect()
    }

    pub(crate) fn each(&self) -> BoxIter<u32> {
        self.neighbours(0, self.tape().len() as u32)
    }

    pub(crate) fn walk(&self) -> BoxIter<u32> {
        BoxIter::new(0..self.tape().len() as u32)
    }

    pub(crate) fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.tape(), other.tape());
        one.len() == other.len() && one.items().zip(other.items()).all(|(a, b)| a.same_tree(b))
    }

    pub(crate) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.tape()
            .items()
            .for_each(|item| item.hash_tree(&mut hasher));
        hasher.finish()
    }

    pub(crate) fn repr(&self) -> String {
        let tape = self.tape();
        format!("<Tree of {} tokens: {}>", tape.len(), tape.root().preview())
    }
}

//! Bytes as a view.

use super::encode::{FALSE, FLOAT, INT, TEXT, TRUE, UINT};
use super::error::{Damage, FormatError, LoadError};
use super::format::{Header, sections};
use super::lists::Lists;
use super::wire::Reader;
use crate::attributes::{AttributeSnapshot, Key};
use crate::contents::Contents;
use crate::edge::{Edge, EdgeFields};
use crate::literal::Literal;
use crate::node::Node;
use crate::view::GraphView;

/// How many records are read in a step.
const STEP: usize = 1 << 14;
/// The least bytes of an edge: kind, flags, specific value, two ends, number of attributes.
const LEAST_EDGE: u64 = 6;

/// Reads a view step by step. Nothing of it is seen until [`Decoder::finish`].
pub struct Decoder<'a> {
    length: usize,
    keys: Vec<Key>,
    nodes: Reader<'a>,
    edges: Reader<'a>,
    lists: Reader<'a>,
    counts: (usize, usize),
    contents: Contents,
    placed: Option<Lists>,
}

impl<'a> Decoder<'a> {
    /// Looks at header and checksums. O(bytes).
    ///
    /// # Errors
    /// [`FormatError`] if these are not the bytes of a view as they were written.
    pub fn new(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let header = Header::read(bytes)?;
        let [mut keys, nodes, edges, lists] = sections(bytes, header.length)?;
        let counts = counts(&header)?;
        let placed = (!lists.is_at_end()).then(|| Lists::new(counts.1));
        let mut contents = Contents::default();
        contents.nodes.reserve(counts.0);
        contents.edges.reserve(counts.1);
        Ok(Self {
            length: bytes.len(),
            keys: read_keys(&mut keys)?,
            nodes,
            edges,
            lists,
            counts,
            contents,
            placed,
        })
    }

    /// How many bytes are read.
    pub fn done(&self) -> usize {
        let nodes_done = self.contents.nodes.len() == self.counts.0;
        if self.contents.edges.len() == self.counts.1 && nodes_done {
            self.lists.at()
        } else if nodes_done {
            self.edges.at()
        } else {
            self.nodes.at()
        }
    }

    /// How many bytes there are.
    pub fn total(&self) -> usize {
        self.length
    }

    /// Reads some more nodes, edges or lists and says whether more are left.
    ///
    /// # Errors
    /// [`LoadError::Format`]; [`LoadError::IdsExhausted`].
    pub fn step(&mut self) -> Result<bool, LoadError> {
        for _ in 0..STEP {
            if self.contents.nodes.len() < self.counts.0 {
                self.node()?;
            } else if self.contents.edges.len() < self.counts.1 {
                self.edge()?;
            } else if let Some(placed) = self.placed.as_mut().filter(|_| !self.lists.is_at_end()) {
                placed.read(&mut self.lists, &mut self.contents)?;
            } else {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The view, after the last step.
    ///
    /// # Errors
    /// As [`Decoder::step`].
    pub fn finish(mut self) -> Result<GraphView, LoadError> {
        while self.step()? {}
        self.nodes.end()?;
        self.edges.end()?;
        if let Some(placed) = self.placed {
            placed.end(&self.lists)?;
        }
        let self_node = self.contents.nodes.at(0).clone();
        Ok(GraphView::with_contents(self_node, self.contents))
    }

    fn node(&mut self) -> Result<(), LoadError> {
        let attributes = attributes(&mut self.nodes, &self.keys)?;
        let node = Node::with_snapshot(&attributes)?;
        self.contents.nodes.push_new(node);
        Ok(())
    }

    fn edge(&mut self) -> Result<(), LoadError> {
        let reader = &mut self.edges;
        let kind = reader.byte()?;
        let flags = reader.byte()?;
        let specific = reader.u16("edge-specific value")?;
        let source = reader.place(self.counts.0, "source")?;
        let target = reader.place(self.counts.0, "target")?;
        let fields = EdgeFields {
            kind,
            directional: flags & 1 != 0,
            order: flags >> 1,
            specific,
        };
        let attributes = attributes(reader, &self.keys)?;
        let (from, to) = (
            self.contents.nodes.at(source),
            self.contents.nodes.at(target),
        );
        let edge = Edge::with_fields(from, to, fields, attributes)?;
        let place = self.contents.edges.push_new(edge);
        if self.placed.is_none() {
            self.contents.list_edge(source, target, kind, place);
        }
        Ok(())
    }
}

/// Numbers of nodes and edges that the file can hold.
fn counts(header: &Header) -> Result<(usize, usize), FormatError> {
    let wrong = |offset, what| FormatError::new(offset, Damage::Count(what));
    let (nodes, edges) = (header.nodes, header.edges);
    if nodes == 0 || nodes > header.length || nodes >= u32::MAX.into() {
        return Err(wrong(24, "nodes"));
    }
    if edges > header.length / LEAST_EDGE || edges >= u32::MAX.into() {
        return Err(wrong(32, "edges"));
    }
    Ok((nodes as usize, edges as usize))
}

fn read_keys(reader: &mut Reader<'_>) -> Result<Vec<Key>, FormatError> {
    let count = reader.count(1, "keys")?;
    let keys = (0..count).map(|_| Ok(key(reader.text()?)));
    let keys = keys.collect::<Result<_, FormatError>>()?;
    reader.end()?;
    Ok(keys)
}

/// Static where it can be: the most frequent key takes no memory then.
fn key(text: &str) -> Key {
    match text {
        "name" => Key::Borrowed("name"),
        _ => Key::Owned(text.to_owned()),
    }
}

fn attributes(reader: &mut Reader<'_>, keys: &[Key]) -> Result<AttributeSnapshot, FormatError> {
    let count = reader.count(2, "attributes")?;
    let entry = |_| {
        let key = reader.place(keys.len(), "key")?;
        Ok((keys[key as usize].clone(), literal(reader)?))
    };
    (0..count).map(entry).collect()
}

fn literal(reader: &mut Reader<'_>) -> Result<Literal, FormatError> {
    let start = reader.at();
    Ok(match reader.byte()? {
        FALSE => Literal::Bool(false),
        TRUE => Literal::Bool(true),
        INT => Literal::Int(reader.int()?),
        UINT => Literal::Uint(reader.uint()?),
        FLOAT => {
            let mut bits = [0; 8];
            bits.copy_from_slice(reader.take(8)?);
            Literal::Float(f64::from_bits(u64::from_le_bytes(bits)))
        }
        TEXT => Literal::String(reader.text()?.to_owned()),
        _ => return Err(FormatError::new(start, Damage::Value("type of a value"))),
    })
}

//! Adjacency lists that are not what inserting the edges in order gives.

use super::error::{Damage, FormatError};
use super::wire::Reader;
use crate::contents::Contents;

const SOURCE: u8 = 1;
const TARGET: u8 = 2;

/// Which ends of each edge stand in a list already.
pub(super) struct Lists {
    ends: Vec<u8>,
    last: Option<(u32, u8)>,
}

impl Lists {
    pub(super) fn new(edges: usize) -> Self {
        Self {
            ends: vec![0; edges],
            last: None,
        }
    }

    /// Reads a list into the contents, which have all nodes and edges.
    pub(super) fn read(
        &mut self,
        reader: &mut Reader<'_>,
        contents: &mut Contents,
    ) -> Result<(), FormatError> {
        let start = reader.at();
        let node = reader.place(contents.nodes.len(), "node")?;
        let kind = reader.byte()?;
        if self.last >= Some((node, kind)) {
            let damage = Damage::List("lists stand in order of node and kind");
            return Err(FormatError::new(start, damage));
        }
        self.last = Some((node, kind));
        for _ in 0..reader.count(1, "edges in a list")? {
            let at = reader.at();
            let edge = reader.place(self.ends.len(), "edge")?;
            if !self.take_end(contents, node, edge) {
                let damage = Damage::List("an edge stands once in a list of each of its ends");
                return Err(FormatError::new(at, damage));
            }
            contents.adjacency.push(node, kind, edge);
        }
        Ok(())
    }

    /// Whether the edge has an end here that is not in a list yet. A loop has two: the source comes first.
    fn take_end(&mut self, contents: &Contents, node: u32, edge: u32) -> bool {
        let (node, record) = (contents.nodes.at(node), contents.edges.at(edge));
        let seen = &mut self.ends[edge as usize];
        for (end, is_here) in [
            (SOURCE, record.source().is_same(node)),
            (TARGET, record.target().is_same(node)),
        ] {
            if is_here && *seen & end == 0 {
                *seen |= end;
                return true;
            }
        }
        false
    }

    /// An error if an edge is missing in a list.
    pub(super) fn end(&self, reader: &Reader<'_>) -> Result<(), FormatError> {
        if self.ends.iter().all(|ends| *ends == SOURCE | TARGET) {
            Ok(())
        } else {
            let damage = Damage::List("an edge is missing in the lists");
            Err(FormatError::new(reader.at(), damage))
        }
    }
}

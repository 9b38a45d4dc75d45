//! From names to edges, for long adjacency lists.
//!
//! An index is made at the first search of a list that is worth it, and grows with the list at each later one. Names of edges
//! may be given late, but never change: an edge without name is remembered as such and looked at each time.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use parking_lot::Mutex;

use crate::adjacency::{GAP, ListId};
use crate::edge::Edge;

/// Shorter lists are searched edge by edge.
const WORTH_IT: usize = 64;

/// The indexes of a view, by list.
#[derive(Default)]
pub(crate) struct Names {
    indexes: Mutex<HashMap<ListId, Index>>,
    hasher: DefaultHashBuilder,
}

/// A list's first position of each name.
#[derive(Default)]
struct Index {
    /// Hash and position.
    first: HashTable<(u64, u32)>,
    nameless: Vec<u32>,
    /// How much of the list is in here.
    len: usize,
}

impl Names {
    /// The position of the first edge of a name in a list, or 0 if the list is short. The place of the edge at a position is in
    /// `items`, and the edge itself is given by `edge`.
    pub(crate) fn first<'a>(
        &self,
        list: ListId,
        name: &str,
        items: &[u32],
        edge: impl Fn(u32) -> &'a Edge + Copy,
    ) -> Option<usize> {
        if items.len() < WORTH_IT {
            return Some(0);
        }
        let mut indexes = self.indexes.lock();
        let index = indexes.entry(list).or_default();
        index.extend(items, &self.hasher, edge);
        index.find(name, items, &self.hasher, edge)
    }

    /// An edge of the list was taken out or replaced.
    pub(crate) fn forget(&mut self, list: ListId) {
        self.indexes.get_mut().remove(&list);
    }
}

impl Index {
    fn extend<'a>(
        &mut self,
        items: &[u32],
        hasher: &DefaultHashBuilder,
        edge: impl Fn(u32) -> &'a Edge,
    ) {
        for (position, place) in items.iter().enumerate().skip(self.len) {
            if *place == GAP {
                continue;
            }
            let at = position as u32;
            let known = edge(*place).with_name(|name| {
                let name = name?;
                let hash = hasher.hash_one(name);
                let is_it = |&(known, first): &(u64, u32)| {
                    known == hash && edge(items[first as usize]).has_name(name)
                };
                self.first
                    .entry(hash, is_it, |&(hash, _)| hash)
                    .or_insert((hash, at));
                Some(())
            });
            if known.is_none() {
                self.nameless.push(at);
            }
        }
        self.len = items.len();
    }

    fn find<'a>(
        &self,
        name: &str,
        items: &[u32],
        hasher: &DefaultHashBuilder,
        edge: impl Fn(u32) -> &'a Edge,
    ) -> Option<usize> {
        let is_at = |position: u32| edge(items[position as usize]).has_name(name);
        let hash = hasher.hash_one(name);
        let found = self
            .first
            .find(hash, |&(known, at)| known == hash && is_at(at));
        let found = found.map(|&(_, at)| at);
        let late = self.nameless.iter().copied();
        let mut late = late.take_while(|at| found.is_none_or(|found| *at < found));
        late.find(|at| is_at(*at)).or(found).map(|at| at as usize)
    }
}

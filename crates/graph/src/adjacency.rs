//! The adjacency lists of a view.
//!
//! A list belongs to one node and one kind and holds places of edges in the view's edge set. A node
//! has few kinds, so its lists form a short chain sorted by kind; a chain costs nothing until the
//! first edge. Lists only ever grow and an element never moves: a reader may keep a position in a
//! list while others insert. An edge that is taken out leaves a [`GAP`].

use smallvec::SmallVec;

/// No list; no next list.
const NONE: u32 = u32::MAX;
/// Where an edge was taken out of a list. No edge has this place: there are fewer ids than that.
pub(crate) const GAP: u32 = u32::MAX;

/// Names a list of one view for as long as the view exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct ListId(u32);

#[derive(Default)]
pub(crate) struct Adjacency {
    /// By place of the node: its list of the lowest kind. Shorter than the node set while the last
    /// nodes have no edges.
    heads: Vec<u32>,
    lists: Vec<List>,
}

struct List {
    items: SmallVec<[u32; 4]>,
    next: u32,
    kind: u8,
}

impl Adjacency {
    /// The list of (node, kind). O(kinds of the node).
    #[inline]
    pub(crate) fn find(&self, node: u32, kind: u8) -> Option<ListId> {
        let list = self.seek(node, kind).1;
        (list != NONE && self.lists[list as usize].kind == kind).then_some(ListId(list))
    }

    /// Places of edges, gaps among them.
    #[inline]
    pub(crate) fn items(&self, list: ListId) -> &[u32] {
        &self.lists[list.0 as usize].items
    }

    pub(crate) fn items_mut(&mut self, list: ListId) -> &mut [u32] {
        &mut self.lists[list.0 as usize].items
    }

    pub(crate) fn kind(&self, list: ListId) -> u8 {
        self.lists[list.0 as usize].kind
    }

    /// The lists of a node, by kind ascending.
    pub(crate) fn lists_of(&self, node: u32) -> impl Iterator<Item = ListId> + '_ {
        let head = self.head(node);
        let step = |list: &u32| Some(self.lists[*list as usize].next).filter(|next| *next != NONE);
        std::iter::successors((head != NONE).then_some(head), step).map(ListId)
    }

    /// Appends an edge to the list of (node, kind). Amortised O(kinds of the node).
    pub(crate) fn push(&mut self, node: u32, kind: u8, edge: u32) {
        let (before, found) = self.seek(node, kind);
        if found != NONE && self.lists[found as usize].kind == kind {
            self.lists[found as usize].items.push(edge);
        } else {
            self.link(
                node,
                before,
                List {
                    items: SmallVec::from_slice(&[edge]),
                    next: found,
                    kind,
                },
            );
        }
    }

    /// The last list of a lower kind, and the one after it.
    #[inline]
    fn seek(&self, node: u32, kind: u8) -> (u32, u32) {
        let (mut before, mut at) = (NONE, self.head(node));
        while at != NONE && self.lists[at as usize].kind < kind {
            before = at;
            at = self.lists[at as usize].next;
        }
        (before, at)
    }

    fn link(&mut self, node: u32, before: u32, list: List) {
        let new = self.lists.len() as u32;
        assert!(new < NONE, "a view holds fewer than 2^32 adjacency lists");
        self.lists.push(list);
        if before != NONE {
            self.lists[before as usize].next = new;
            return;
        }
        let needed = node as usize + 1;
        if self.heads.len() < needed {
            self.heads.resize(needed, NONE);
        }
        self.heads[node as usize] = new;
    }

    #[inline]
    fn head(&self, node: u32) -> u32 {
        self.heads.get(node as usize).copied().unwrap_or(NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_ascending() {
        let mut adjacency = Adjacency::default();
        for kind in [5, 1, 9, 5, 0] {
            adjacency.push(2, kind, kind.into());
        }
        let kinds: Vec<u8> = adjacency
            .lists_of(2)
            .map(|list| adjacency.kind(list))
            .collect();
        assert_eq!(kinds, [0, 1, 5, 9]);
        assert_eq!(adjacency.items(adjacency.find(2, 5).unwrap()), [5, 5]);
        assert_eq!(
            adjacency.lists_of(1).count() + adjacency.lists_of(7).count(),
            0
        );
    }

    #[test]
    fn a_short_list_is_half_a_cache_line() {
        assert_eq!(size_of::<List>(), 32);
    }
}

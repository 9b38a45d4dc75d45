//! From ids to places.

use hashbrown::HashTable;

/// Finds the place of an id in O(1). Ids that came in a row, as those of a freshly built view do,
/// cost no memory and no hashing: the longest such **run** is kept as three numbers, everything else
/// in a hash table. Nothing iterates the table, so its order never shows.
#[derive(Default)]
pub(crate) struct IdIndex {
    run: Run,
    table: HashTable<(u32, u32)>,
}

/// `len` ids from `id` at as many places from `place`.
#[derive(Default, Clone, Copy)]
struct Run {
    id: u32,
    place: u32,
    len: u32,
}

impl Run {
    #[inline]
    fn get(&self, id: u32) -> Option<u32> {
        let offset = id.wrapping_sub(self.id);
        (offset < self.len).then(|| self.place + offset)
    }

    fn is_continued_by(&self, id: u32, place: u32) -> bool {
        id == self.id.wrapping_add(self.len) && place == self.place + self.len
    }
}

impl IdIndex {
    #[inline]
    pub(crate) fn get(&self, id: u32) -> Option<u32> {
        if let Some(place) = self.run.get(id) {
            return Some(place);
        }
        if self.table.is_empty() {
            return None;
        }
        self.table
            .find(hash(id), |&(known, _)| known == id)
            .map(|&(_, place)| place)
    }

    /// Adds an id that is not there yet. Amortised O(1): an id moves from the run into the table at
    /// most once.
    pub(crate) fn insert(&mut self, id: u32, place: u32) {
        if self.run.len > 0 && self.run.is_continued_by(id, place) {
            self.run.len += 1;
        } else if self.run.len as usize <= self.table.len() + 1 {
            // The run is no longer what most ids are in: perhaps a longer one begins here.
            self.flush_run();
            self.run = Run { id, place, len: 1 };
        } else {
            self.insert_hashed(id, place);
        }
    }

    /// Removes an id. O(1) but for the first removal from a long run, which ends the run.
    pub(crate) fn remove(&mut self, id: u32) {
        if self.run.get(id).is_some() {
            self.flush_run();
        }
        if let Ok(entry) = self.table.find_entry(hash(id), |&(known, _)| known == id) {
            entry.remove();
        }
    }

    fn flush_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for offset in 0..run.len {
            self.insert_hashed(run.id + offset, run.place + offset);
        }
    }

    fn insert_hashed(&mut self, id: u32, place: u32) {
        self.table
            .insert_unique(hash(id), (id, place), |&(known, _)| hash(known));
    }
}

/// Ids are small numbers handed out in order, by nobody hostile: spreading them over the high bits
/// (which the table compares) and the low bits (which it addresses with) is enough.
fn hash(id: u32) -> u64 {
    let product = u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_row_of_ids_stays_out_of_the_table() {
        let mut index = IdIndex::default();
        index.insert(3, 0);
        for id in 10..1000 {
            index.insert(id, id - 9);
        }
        assert_eq!(index.table.len(), 1);
        assert_eq!(
            [index.get(3), index.get(10), index.get(999)],
            [Some(0), Some(1), Some(990)]
        );
        assert_eq!([index.get(9), index.get(1000)], [None, None]);
    }

    #[test]
    fn the_last_id_ends_a_run() {
        let mut index = IdIndex::default();
        index.insert(u32::MAX, 0);
        index.insert(1, 1);
        assert_eq!(
            [index.get(u32::MAX), index.get(0), index.get(1)],
            [Some(0), None, Some(1)]
        );
    }

    proptest! {
        #[test]
        fn behaves_like_a_map(steps in prop::collection::vec((1u32..60, 0u8..5), 0..200)) {
            let (mut index, mut model) = (IdIndex::default(), BTreeMap::new());
            let mut next = 0;
            for (id, step) in steps {
                if step == 0 {
                    index.remove(id);
                    model.remove(&id);
                    continue;
                }
                // Mostly rows of ids, as in practice.
                for id in id..id + u32::from(step) {
                    if let std::collections::btree_map::Entry::Vacant(entry) = model.entry(id) {
                        entry.insert(next);
                        index.insert(id, next);
                        next += 1;
                    }
                }
            }
            for id in 0..70 {
                prop_assert_eq!(index.get(id), model.get(&id).copied());
            }
        }
    }
}

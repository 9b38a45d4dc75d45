//! Ordered attribute lists.
//!
//! A list is shared with the readers that walk it: a walk keeps the list as it was alive and needs
//! no lock, so its callback may do anything, also write to the same record.

use std::borrow::Cow;

use hashbrown::HashMap;
use parking_lot::Mutex;
use smallvec::SmallVec;
use triomphe::Arc;

use crate::literal::Literal;

/// The key of an attribute. Static text is not copied.
pub type Key = Cow<'static, str>;

type Entry = (Key, Literal);
/// Most records have one attribute, a name or a value: room for one is part of the block.
type List = SmallVec<[Entry; 1]>;

/// The attributes of one record behind a lock; nothing is allocated while there are none.
#[derive(Default)]
pub(crate) struct AttributeCell(Mutex<Option<Arc<List>>>);

impl AttributeCell {
    /// Shares the list until one of its holders is written to.
    pub(crate) fn from_snapshot(snapshot: AttributeSnapshot) -> Self {
        Self(Mutex::new(snapshot.0))
    }

    pub(crate) fn put(&self, key: Key, value: Literal) {
        self.extend(std::iter::once((key, value)));
    }

    /// Appends in order. The entries are drawn before the lock is taken: the iterator may be
    /// foreign code.
    pub(crate) fn extend(&self, entries: impl Iterator<Item = Entry>) {
        let entries: List = entries.collect();
        let mut slot = self.0.lock();
        match &mut *slot {
            Some(list) => append(Arc::make_mut(list), entries),
            None if entries.is_empty() => {}
            None => *slot = Some(Arc::new(entries)),
        }
    }

    /// A copy of the first value of a key.
    pub(crate) fn first(&self, key: &str) -> Option<Literal> {
        let slot = self.0.lock();
        find(slot.as_ref()?, key).cloned()
    }

    /// Whether the first value of a key is this text.
    #[inline]
    pub(crate) fn first_is_text(&self, key: &str, text: &str) -> bool {
        let slot = self.0.lock();
        let value = slot.as_ref().and_then(|list| find(list, key));
        value.and_then(Literal::as_str) == Some(text)
    }

    pub(crate) fn snapshot(&self) -> AttributeSnapshot {
        AttributeSnapshot(self.0.lock().clone())
    }
}

fn find<'a>(list: &'a [Entry], key: &str) -> Option<&'a Literal> {
    list.iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}

/// Records rarely get many attributes, so grow by half instead of doubling.
fn append(list: &mut List, entries: List) {
    let needed = list.len() + entries.len();
    if needed > list.capacity() {
        list.reserve_exact(entries.len().max(list.len() / 2));
    }
    list.extend(entries);
}

/// The attributes of a record at one moment; later puts do not show in it.
///
/// Taking one is O(1) and copies nothing.
#[derive(Clone, Default)]
pub struct AttributeSnapshot(Option<Arc<List>>);

impl AttributeSnapshot {
    /// All entries in list order, duplicates too.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Literal)> {
        self.entries()
            .iter()
            .map(|(key, value)| (key.as_ref(), value))
    }

    /// The **first** value of a key. O(entries).
    pub fn get(&self, key: &str) -> Option<&Literal> {
        find(self.entries(), key)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Each key once, where it first stands, with its **last** value. O(entries).
    pub fn last_values(&self) -> Vec<(&str, &Literal)> {
        let mut places = HashMap::with_capacity(self.len());
        let mut map: Vec<(&str, &Literal)> = Vec::with_capacity(self.len());
        for (key, value) in self.iter() {
            let place = *places.entry(key).or_insert(map.len());
            if place == map.len() {
                map.push((key, value));
            } else {
                map[place].1 = value;
            }
        }
        map
    }

    pub(crate) fn to_vec(&self) -> Vec<(String, Literal)> {
        self.iter().map(owned).collect()
    }

    pub(crate) fn to_map(&self) -> Vec<(String, Literal)> {
        self.last_values().into_iter().map(owned).collect()
    }

    pub(crate) fn is_unset(&self) -> bool {
        self.0.is_none()
    }

    fn entries(&self) -> &[Entry] {
        self.0.as_deref().map_or(&[], |list| list.as_slice())
    }
}

/// A list for any number of records: [`crate::Node::with_snapshot`], [`crate::Edge::with_snapshot`].
impl<K: Into<Key>> FromIterator<(K, Literal)> for AttributeSnapshot {
    fn from_iter<I: IntoIterator<Item = (K, Literal)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let list: List = entries.map(|(key, value)| (key.into(), value)).collect();
        Self((!list.is_empty()).then(|| Arc::new(list)))
    }
}

fn owned((key, value): (&str, &Literal)) -> (String, Literal) {
    (key.to_owned(), value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(entries: &[(&'static str, i64)]) -> AttributeCell {
        let cell = AttributeCell::default();
        for &(key, value) in entries {
            cell.put(key.into(), Literal::Int(value));
        }
        cell
    }

    #[test]
    fn first_and_last_of_a_key() {
        let cell = cell(&[("a", 1), ("b", 2), ("a", 3)]);
        assert_eq!(cell.first("a"), Some(Literal::Int(1)));
        let map = cell.snapshot().to_map();
        assert_eq!(
            map,
            [("a".into(), Literal::Int(3)), ("b".into(), Literal::Int(2))]
        );
    }

    #[test]
    fn a_snapshot_does_not_see_later_puts() {
        let cell = cell(&[("a", 1)]);
        let before = cell.snapshot();
        cell.put("b".into(), Literal::Bool(true));
        assert_eq!((before.len(), cell.snapshot().len()), (1, 2));
    }

    #[test]
    fn stays_small() {
        assert_eq!(size_of::<Entry>(), 48);
        assert_eq!(size_of::<AttributeCell>(), 16);
    }
}

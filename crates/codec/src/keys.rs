//! Which field a key means.

use pyrus::live::Table;

/// Looks keys up in the order in which files have them: the next one is most likely the one that is written next.
pub(super) struct Keys {
    table: &'static Table,
    next: usize,
}

impl Keys {
    pub(super) fn new(table: &'static Table) -> Self {
        Self { table, next: 0 }
    }

    /// The field with this key.
    #[inline]
    pub(super) fn find(&mut self, key: &str) -> Option<usize> {
        let keys = self.table.keys;
        let head = head(key.as_bytes());
        let is = |i: usize| keys[i].head == head && (key.len() <= 8 || self.text(i) == key);
        let found = (self.next..keys.len())
            .find(|i| is(*i))
            .or_else(|| (0..self.next).find(|i| is(*i)))?;
        self.next = found;
        Some(keys[found].field as usize)
    }

    fn text(&self, i: usize) -> &'static str {
        let key = &self.table.keys[i];
        key.text
            .unwrap_or_else(|| self.table.fields[usize::from(key.field)].key())
    }
}

/// The first eight bytes as one number; shorter keys end with zeros, which no key contains.
#[inline]
fn head(key: &[u8]) -> u64 {
    if let Some(first) = key.first_chunk::<8>() {
        return u64::from_le_bytes(*first);
    }
    let mut head = 0;
    for (i, byte) in key.iter().enumerate() {
        head |= u64::from(*byte) << (8 * i);
    }
    head
}

//! Which field a key means.

use pyrus::live::{Key, Table};
use pyrus_sexp::Node;

/// Looks keys up in the order in which files have them: the next one is most likely the one that is written next.
pub(super) struct Keys {
    table: &'static Table,
    next: usize,
}

impl Keys {
    pub(super) fn new(table: &'static Table) -> Self {
        Self { table, next: 0 }
    }

    /// The field with the key that is this symbol.
    #[inline]
    pub(super) fn find(&mut self, key: Node<'_>) -> Option<usize> {
        let table = self.table;
        let head = key.prefix();
        let is = |known: &Key| known.head == head && (head >> 56 == 0 || is(table, known, key));
        let next = table.keys[self.next..].iter().position(is);
        let found = match next {
            Some(further) => self.next + further,
            None => table.keys[..self.next].iter().position(is)?,
        };
        self.next = found;
        Some(usize::from(table.keys[found].field))
    }
}

/// Whether a key of eight bytes or more is the very same.
#[inline(never)]
fn is(table: &'static Table, known: &Key, key: Node<'_>) -> bool {
    Some(table.word(known.text)) == key.as_symbol()
}

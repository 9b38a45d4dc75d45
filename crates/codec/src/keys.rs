//! Which field a key means.

use pyrus::live::Table;
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
    #[inline(always)]
    pub(super) fn find(&mut self, key: Node<'_>) -> Option<usize> {
        let head = key.prefix();
        let mut at = self.next;
        while let Some(known) = self.table.keys.get(at) {
            if known.head == head {
                if is_whole(head) {
                    self.next = at;
                    return Some(usize::from(known.field));
                }
                break;
            }
            at += 1;
        }
        self.search(key, head, at)
    }

    /// Also before the next one, and among long ones: from there on.
    #[inline(never)]
    fn search(&mut self, key: Node<'_>, head: u64, from: usize) -> Option<usize> {
        let keys = self.table.keys;
        let is = |at: &usize| {
            let known = &keys[*at];
            known.head == head
                && (is_whole(head) || Some(self.table.word(known.text)) == key.as_symbol())
        };
        let found = (from..keys.len()).chain(0..from).find(is)?;
        self.next = found;
        Some(usize::from(keys[found].field))
    }
}

/// Whether the first eight bytes of a key are all of it.
#[inline]
fn is_whole(head: u64) -> bool {
    head >> 56 == 0
}

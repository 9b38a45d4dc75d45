//! Process-wide id counters.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::IdsExhausted;

/// The ids of nodes. Edges have a counter of their own.
pub(crate) static NODE_IDS: IdCounter = IdCounter::after(0);
/// The ids of edges.
pub(crate) static EDGE_IDS: IdCounter = IdCounter::after(0);

/// Hands out 1, 2, 3, … up to `u32::MAX`, each once.
///
/// The counter is wider than the ids: counting on past the limit is harmless, so taking an id is
/// one atomic addition, without a loop.
pub(crate) struct IdCounter(AtomicU64);

impl IdCounter {
    /// A counter whose next id is `last + 1`.
    pub(crate) const fn after(last: u32) -> Self {
        Self(AtomicU64::new(last as u64 + 1))
    }

    /// The next id. O(1).
    pub(crate) fn next(&self) -> Result<u32, IdsExhausted> {
        u32::try_from(self.0.fetch_add(1, Ordering::Relaxed)).map_err(|_| IdsExhausted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_one() {
        let ids = IdCounter::after(0);
        assert_eq!([ids.next(), ids.next()], [Ok(1), Ok(2)]);
    }

    #[test]
    fn stays_exhausted() {
        let ids = IdCounter::after(u32::MAX - 1);
        assert_eq!(ids.next(), Ok(u32::MAX));
        assert_eq!(
            [ids.next(), ids.next()],
            [Err(IdsExhausted), Err(IdsExhausted)]
        );
    }
}

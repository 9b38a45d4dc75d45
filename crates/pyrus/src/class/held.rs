//! Which borrow flags this thread has changed: waiting for those is waiting for oneself.

use std::cell::RefCell;

thread_local! {
    /// Addresses of flags, as often as they are held. Few.
    static HELD: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// This thread has borrowed something.
#[inline]
pub(super) fn add(flag: usize) {
    // A thread that is ending has no list any more, and calls nothing that waits.
    let _ = HELD.try_with(|held| held.borrow_mut().push(flag));
}

/// It has given it back.
#[inline]
pub(super) fn remove(flag: usize) {
    let _ = HELD.try_with(|held| {
        let mut held = held.borrow_mut();
        if let Some(i) = held.iter().rposition(|one| *one == flag) {
            held.swap_remove(i);
        }
    });
}

/// Does this thread hold it?
#[cold]
pub(super) fn has(flag: usize) -> bool {
    HELD.try_with(|held| held.borrow().contains(&flag))
        .unwrap_or(true)
}

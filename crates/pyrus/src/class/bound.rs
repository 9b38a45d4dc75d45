//! A view that brings its owner with it.

use std::fmt;
use std::sync::Arc;

/// A key and the owner that it is to be looked up in: what a function with `returns: {bound: true}` gives for a view, and what
/// views are in the fields of errors. Unlike [`super::View`] it is no loan.
pub struct Bound<O, K> {
    owner: Arc<O>,
    key: K,
}

impl<O, K> Bound<O, K> {
    /// A view of `owner`.
    pub fn new(owner: Arc<O>, key: K) -> Self {
        Self { owner, key }
    }

    /// The owner.
    pub fn owner(&self) -> &Arc<O> {
        &self.owner
    }

    /// The key.
    pub fn key(&self) -> &K {
        &self.key
    }

    pub(crate) fn into_parts(self) -> (Arc<O>, K) {
        (self.owner, self.key)
    }
}

impl<O, K: Clone> Clone for Bound<O, K> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.owner), self.key.clone())
    }
}

/// The same key of the very same owner.
impl<O, K: PartialEq> PartialEq for Bound<O, K> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.owner, &other.owner) && self.key == other.key
    }
}

impl<O, K: fmt::Debug> fmt::Debug for Bound<O, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

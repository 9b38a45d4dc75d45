//! Places in a node, and one in a view, for a host language.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An owned value of the host, kept by a node. See [`crate::Node::anchor`].
pub type Anchor = Box<dyn Any + Send + Sync>;

/// A host's non-owning pointer to its object for a node or view; 0 stands for none.
///
/// The library never reads it as an address and never frees what it points at: the host clears it
/// before its object goes away.
#[derive(Default)]
pub struct HostSlot(AtomicUsize);

impl HostSlot {
    /// The pointer, or 0. Acquires what [`HostSlot::set`] released.
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }

    /// Replaces the pointer.
    pub fn set(&self, pointer: usize) {
        self.0.store(pointer, Ordering::Release);
    }

    /// The slot itself, for hosts that manage such pointers in one way.
    pub fn cell(&self) -> &AtomicUsize {
        &self.0
    }

    /// Back to 0.
    pub fn clear(&self) {
        self.set(0);
    }

    /// Replaces the pointer if it is still `current`; says whether it did. For hosts whose threads
    /// may make or drop the object at the same time.
    pub fn replace_if(&self, current: usize, pointer: usize) -> bool {
        self.0
            .compare_exchange(current, pointer, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }
}

impl fmt::Debug for HostSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostSlot({:#x})", self.get())
    }
}

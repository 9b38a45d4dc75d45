//! Handle classes: layout, ownership, borrowing, life and death of their objects.

mod access;
mod bound;
mod export;
mod guard;
mod layout;
mod lifecycle;
#[cfg(all(test, miri))]
mod miri;
mod pool;
mod receiver;
mod slots;
mod this;

pub(crate) use access::refuse;
pub use access::{Ref, RefMut, View, ViewClass, borrow, borrow_mut, key_view, owner_of, take};
pub use bound::Bound;
pub use export::{Export, get_buffer, release_buffer};
pub use guard::{Flag, Guard, NoGuard};
pub use layout::{Class, Inst, NoWeak, Payload, Shared, Value, ViewKey, Weak, WeakList};
pub use lifecycle::{
    dealloc, destroy_value, marked_by_collector, tp_clear, traverse, wrap, wrap_as,
};
pub use pool::Pool;
pub use receiver::*;
pub use slots::{NoSlots, SlotIndex, Slots};
pub use this::{Handle, This};

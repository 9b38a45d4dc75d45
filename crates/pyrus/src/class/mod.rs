//! Handle classes: layout, ownership, borrowing, life and death of their objects.

mod access;
mod bound;
mod export;
mod guard;
#[cfg(Py_GIL_DISABLED)]
mod held;
mod home;
mod layout;
mod lifecycle;
#[cfg(all(test, miri))]
mod miri;
mod pool;
mod receiver;
mod slots;
mod this;
mod unique;

pub(crate) use access::refuse;
pub use access::{Ref, RefMut, View, ViewClass, borrow, borrow_mut, key_view, owner_of, take};
pub use bound::Bound;
pub use export::{Export, get_buffer, release_buffer};
pub use guard::{Flag, Frozen, Guard, HeadGuard, NoGuard, Writing};
pub(crate) use home::HomeShare;
pub use layout::{Class, Inst, NoWeak, Payload, Shared, Value, ViewKey, Weak, WeakList};
pub use lifecycle::{
    dealloc, destroy_value, marked_by_collector, tp_clear, traverse, wrap, wrap_as,
};
pub use pool::Pool;
pub use receiver::*;
pub use slots::{Hidden, NoSlots, SlotIndex, Slots};
pub use this::{Handle, This};

//! Lockers: what they hold is a hidden reference, which `destroy()` lets go.

use pyrus::{Any, Object, This};

use crate::api::cages::py;

#[derive(Debug)]
pub struct Locker {
    number: u8,
}

impl Locker {
    pub fn new(number: u8) -> Self {
        Self { number }
    }

    pub fn number(&self) -> u8 {
        self.number
    }

    pub fn put(this: This<'_, py::Locker>, thing: Any<'_>) -> Object {
        let old = this.set_slot(py::Locker::CONTENT, Some(thing.to_object()));
        old.unwrap_or_else(|| Object::none(thing))
    }

    pub fn content(this: This<'_, py::Locker>) -> Object {
        this.slot(py::Locker::CONTENT)
            .unwrap_or_else(|| Object::none(this.object()))
    }
}

/// What `destroy()` does: the number stays on the door.
pub fn empty(this: This<'_, py::Locker>) {
    drop(this.set_slot(py::Locker::CONTENT, None));
}

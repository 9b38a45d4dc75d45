//! Python's `set`, for hidden slots that hold many objects.

use pyo3_ffi as ffi;

use crate::abi::items;
use crate::any::{Any, Object};
use crate::error::{Error, Result};
use crate::exc;

/// A Python `set`. What it holds is seen by the garbage collector.
#[derive(Clone, Debug)]
pub struct Set(Object);

impl Set {
    /// An empty set. The argument proves that the thread is attached.
    pub fn new(_proof: Any<'_>) -> Result<Self> {
        // SAFETY: the thread is attached.
        unsafe { Object::from_new(ffi::PySet_New(std::ptr::null_mut())) }.map(Self)
    }

    /// A set that is known as an object.
    pub fn from_object(object: Object) -> Result<Self> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PySet_Check(object.as_any().as_ptr()) } == 0 {
            let message = format!("expected set, got {}", object.as_any().type_name());
            return Err(exc::TypeError::new(message).into());
        }
        Ok(Self(object))
    }

    /// Add an object, if none is there that equals it. Runs its `__hash__` and `__eq__`.
    pub fn add(&self, item: Any<'_>) -> Result<()> {
        // SAFETY: both are alive.
        match unsafe { ffi::PySet_Add(self.0.as_any().as_ptr(), item.as_ptr()) } {
            0 => Ok(()),
            _ => Err(Error::fetch()),
        }
    }

    /// What it holds, in no particular order.
    pub fn items(&self) -> Result<Vec<Object>> {
        // SAFETY: the set is alive; the list is new, so that its items can be read by place.
        unsafe {
            let list = Object::from_new(ffi::PySequence_List(self.0.as_any().as_ptr()))?;
            let list = list.as_any().as_ptr();
            let items =
                (0..items::list_len(list)).map(|i| Any::new(items::list_item(list, i)).to_object());
            Ok(items.collect())
        }
    }

    /// The set itself.
    pub fn into_object(self) -> Object {
        self.0
    }
}

//! Hidden Python references that live beside a payload, known to the garbage collector.

use std::marker::PhantomData;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::abi::lock::locked;
use crate::any::{Any, Object};

/// A hidden reference: owned, or null.
///
/// Who reads one takes a reference of its own, and the old one is given back by whoever puts a new one in: both are done
/// under the object's lock, so that nobody takes what another thread is giving back.
pub struct Hidden(AtomicPtr<ffi::PyObject>);

impl Hidden {
    const fn empty() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// The pointer, for who only compares it or has stopped the world.
    #[inline(always)]
    pub(crate) fn peek(&self) -> *mut ffi::PyObject {
        self.0.load(Ordering::Relaxed)
    }

    /// The object.
    ///
    /// # Safety
    /// `home` is the object with this slot; the thread is attached. So below.
    #[inline(always)]
    pub(crate) unsafe fn share(&self, home: *mut ffi::PyObject) -> Option<Object> {
        // SAFETY: as promised; what is in the slot is owned by it as long as the lock is held.
        unsafe {
            locked(home, || {
                let found = self.peek();
                (!found.is_null()).then(|| Any::new(found).to_object())
            })
        }
    }

    /// Put a reference in, or null, and hand out the old one, to be dropped when nothing is locked.
    ///
    /// # Safety
    /// See [`Hidden::share`].
    #[inline(always)]
    pub(crate) unsafe fn replace(
        &self,
        home: *mut ffi::PyObject,
        new: Option<Object>,
    ) -> Option<Object> {
        let new = new.map_or(ptr::null_mut(), Object::into_ptr);
        // SAFETY: as promised; the slot owned the old reference.
        unsafe {
            let old = locked(home, || {
                let old = self.peek();
                self.0.store(new, Ordering::Relaxed);
                old
            });
            (!old.is_null()).then(|| Object::steal(old))
        }
    }
}

/// Some hidden references.
pub trait Slots: 'static {
    /// How many.
    const COUNT: usize;
    /// All empty.
    fn new() -> Self;
    /// All of them.
    fn all(&self) -> &[Hidden];
}

/// None at all.
pub type NoSlots = [Hidden; 0];

impl<const N: usize> Slots for [Hidden; N] {
    const COUNT: usize = N;

    #[inline(always)]
    fn new() -> Self {
        [const { Hidden::empty() }; N]
    }

    #[inline(always)]
    fn all(&self) -> &[Hidden] {
        self
    }
}

/// The place of one hidden reference of a class. Made by generated code only.
pub struct SlotIndex<C>(pub(crate) usize, PhantomData<C>);

impl<C> SlotIndex<C> {
    /// The place at `index`.
    pub const fn new(index: usize) -> Self {
        Self(index, PhantomData)
    }
}

impl<C> Clone for SlotIndex<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for SlotIndex<C> {}

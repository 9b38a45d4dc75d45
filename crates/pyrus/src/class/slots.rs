//! Hidden Python references that live beside a payload, known to the garbage collector.

use std::cell::Cell;
use std::marker::PhantomData;

use pyo3_ffi as ffi;

/// Some hidden references.
pub trait Slots: 'static {
    /// How many.
    const COUNT: usize;
    /// All empty.
    fn new() -> Self;
    /// All of them.
    fn all(&self) -> &[Cell<*mut ffi::PyObject>];
}

/// None at all.
pub type NoSlots = [Cell<*mut ffi::PyObject>; 0];

impl<const N: usize> Slots for [Cell<*mut ffi::PyObject>; N] {
    const COUNT: usize = N;

    #[inline(always)]
    fn new() -> Self {
        [const { Cell::new(std::ptr::null_mut()) }; N]
    }

    #[inline(always)]
    fn all(&self) -> &[Cell<*mut ffi::PyObject>] {
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

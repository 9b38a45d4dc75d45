//! What an object of a class looks like in memory.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use pyo3_ffi as ffi;

use super::guard::Guard;
use super::slots::Slots;
use super::this::This;

/// A class, as the generated marker type describes it.
pub trait Class: Sized + 'static {
    /// What methods see.
    type Target: 'static;
    /// What the object holds: [`Value`], [`Shared`] or [`ViewKey`].
    type Payload: Payload<Target = Self::Target>;
    /// [`super::NoGuard`] unless a method takes `&mut T` or uses the object up.
    type Guard: Guard;
    /// Hidden Python references.
    type Slots: Slots;
    /// [`WeakList`] when weak references are allowed.
    type Weak: Weak;
    /// Position in the state's tables.
    const INDEX: usize;
    /// Python name.
    const NAME: &'static str;
    /// Python may subclass it.
    const SUBCLASS: bool = false;
    /// How many freed objects are kept.
    const POOL: usize = 0;

    /// The slot in the Rust object that remembers its one Python object.
    #[inline(always)]
    fn unique(_target: &Self::Target) -> Option<&AtomicUsize> {
        None
    }

    /// Called when an object has been made.
    #[inline(always)]
    fn created(_this: This<'_, Self>) {}

    /// Called when the object goes away, before its payload does.
    #[inline(always)]
    fn finalize(_this: This<'_, Self>) {}

    /// Does the class do anything in `created`?
    const CREATES: bool = false;
    /// Does the class do anything in `finalize`?
    const FINALIZES: bool = false;
    /// Is there a `unique` slot?
    const UNIQUE: bool = false;
    /// Objects hold Python references, so the garbage collector must see them.
    const GC: bool = Self::Slots::COUNT > 0 || Self::Payload::OWNS_PYTHON;
}

/// What an object holds.
pub trait Payload: 'static {
    /// What methods see.
    type Target: 'static;
    /// Holds a Python reference.
    const OWNS_PYTHON: bool = false;

    /// What methods see.
    fn target(&self) -> &Self::Target;

    /// What the object shares, if it does.
    #[inline(always)]
    fn shared(&self) -> Option<&Arc<Self::Target>> {
        None
    }

    /// The Python reference, if it holds one.
    #[inline(always)]
    fn owner(&self) -> *mut ffi::PyObject {
        std::ptr::null_mut()
    }
}

/// The payload lives in the object.
#[repr(transparent)]
pub struct Value<T>(pub T);

impl<T: 'static> Payload for Value<T> {
    type Target = T;

    #[inline(always)]
    fn target(&self) -> &T {
        &self.0
    }
}

/// The object holds an `Arc`.
#[repr(transparent)]
pub struct Shared<T>(pub Arc<T>);

impl<T: Send + Sync + 'static> Payload for Shared<T> {
    type Target = T;

    #[inline(always)]
    fn target(&self) -> &T {
        &self.0
    }

    #[inline(always)]
    fn shared(&self) -> Option<&Arc<T>> {
        Some(&self.0)
    }
}

/// A strong reference to the owner, and a key into it.
pub struct ViewKey<K> {
    pub(crate) owner: *mut ffi::PyObject,
    pub(crate) key: K,
}

impl<K: 'static> Payload for ViewKey<K> {
    type Target = K;
    const OWNS_PYTHON: bool = true;

    #[inline(always)]
    fn target(&self) -> &K {
        &self.key
    }

    #[inline(always)]
    fn owner(&self) -> *mut ffi::PyObject {
        self.owner
    }
}

impl<K> Drop for ViewKey<K> {
    fn drop(&mut self) {
        // SAFETY: the reference was taken when the view was made; payloads are dropped on attached threads.
        unsafe { ffi::Py_DECREF(self.owner) }
    }
}

/// The memory of an object.
///
/// All of it may change behind a shared reference: CPython counts references and links weak ones, and the payload may be
/// lent out as `&mut` while others look at the flag that says so.
#[repr(C)]
pub struct Inst<C: Class> {
    pub(crate) base: UnsafeCell<ffi::PyObject>,
    pub(crate) guard: C::Guard,
    pub(crate) slots: C::Slots,
    pub(crate) weak: UnsafeCell<C::Weak>,
    pub(crate) payload: UnsafeCell<MaybeUninit<C::Payload>>,
}

impl<C: Class> Inst<C> {
    /// The payload.
    ///
    /// # Safety
    /// The payload is there: not taken, not lent out as `&mut`, and not being dropped.
    #[inline(always)]
    pub(crate) unsafe fn payload(&self) -> &C::Payload {
        // SAFETY: as promised.
        unsafe { (*self.payload.get()).assume_init_ref() }
    }

    /// The object as one of this class.
    ///
    /// # Safety
    /// `ptr` is an object of the class or a subclass, alive during `'a`.
    #[inline(always)]
    pub(crate) unsafe fn of<'a>(ptr: *mut ffi::PyObject) -> &'a Self {
        // SAFETY: as promised; all that changes behind the reference is in cells.
        unsafe { &*ptr.cast::<Self>() }
    }
}

/// Room for weak references.
pub trait Weak: 'static {
    /// Is there any?
    const ALLOWED: bool;
    /// Empty.
    const NEW: Self;
}

/// No weak references.
pub struct NoWeak;

impl Weak for NoWeak {
    const ALLOWED: bool = false;
    const NEW: Self = Self;
}

/// The head of CPython's list of weak references.
#[repr(transparent)]
pub struct WeakList(pub(crate) *mut ffi::PyObject);

impl Weak for WeakList {
    const ALLOWED: bool = true;
    const NEW: Self = Self(std::ptr::null_mut());
}

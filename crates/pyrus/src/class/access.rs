//! From an object to its payload: shared, exclusive, for good, or as a view.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use pyo3_ffi as ffi;

use super::bound::Bound;
use super::guard::{Busy, Flag, Guard};
use super::home::Home;
use super::layout::{Class, Inst, Payload, Value, ViewKey};
use super::this::Handle;
use crate::error::Error;
use crate::exc;

/// `&T` into a Python object, counted where the class needs it.
pub struct Ref<'py, T> {
    value: &'py T,
    flag: Option<&'py Flag>,
}

impl<'py, T> Ref<'py, T> {
    /// The same borrow, of something inside.
    #[inline(always)]
    pub(crate) fn try_map<U>(
        self,
        step: impl FnOnce(&'py T) -> Option<&'py U>,
    ) -> Option<Ref<'py, U>> {
        let value = step(self.value)?;
        let flag = self.flag;
        std::mem::forget(self);
        Some(Ref { value, flag })
    }

    /// Keep the borrow for a buffer, until the class is told that it came back.
    pub(crate) fn lend(self) {
        if let Some(flag) = self.flag {
            flag.lend();
        }
        std::mem::forget(self);
    }

    #[inline(always)]
    pub(crate) fn new(value: &'py T, flag: Option<&'py Flag>) -> Self {
        Self { value, flag }
    }
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T> Drop for Ref<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(flag) = self.flag {
            flag.unshare();
        }
    }
}

/// `&mut T` into a Python object.
pub struct RefMut<'py, T> {
    value: &'py mut T,
    flag: &'py Flag,
}

impl<T> Deref for RefMut<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        self.value
    }
}

impl<T> DerefMut for RefMut<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        self.value
    }
}

impl<T> Drop for RefMut<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.flag.unlock();
    }
}

/// What a view class's functions get: its owner and its key.
pub struct View<'py, O, K> {
    owner: Ref<'py, O>,
    key: &'py K,
    shared: Option<&'py Arc<O>>,
}

impl<'py, O, K> View<'py, O, K> {
    /// The owner.
    #[inline(always)]
    pub fn owner(&self) -> &O {
        &self.owner
    }

    /// The key.
    #[inline(always)]
    pub fn key(&self) -> &'py K {
        self.key
    }

    /// The Python object that `target` has in this interpreter, if any. For unique classes.
    pub fn find<C: Class>(&self, target: &C::Target) -> Option<Handle<C>> {
        Handle::find(target, Home::here())
    }

    /// Another view of the same owner.
    ///
    /// # Panics
    /// If the owner's class is not `hold: shared`; the declarations that ask for a [`Bound`] make sure of it.
    #[inline]
    pub fn bind<L>(&self, key: L) -> Bound<O, L> {
        let owner = self.shared.expect("the owner is shared");
        Bound::new(Arc::clone(owner), key)
    }
}

/// A class whose objects are views.
pub trait ViewClass: Class<Payload = ViewKey<Self::Key>, Target = Self::Key> {
    /// The owner's class.
    type Owner: Class;
    /// The key.
    type Key: 'static;
}

/// Why an object can't be used now.
#[cold]
pub(crate) fn refuse(name: &str, busy: Busy) -> Error {
    match busy {
        Busy::Gone => {
            exc::ReferenceError::new(format!("this {name} has been destroyed or used up")).into()
        }
        Busy::Mutably => exc::RuntimeError::new(format!(
            "this {name} is being changed by a call in progress"
        ))
        .into(),
        Busy::Borrowed => {
            exc::RuntimeError::new(format!("this {name} is in use by a call in progress")).into()
        }
    }
}

/// `&T`.
///
/// # Safety
/// `ptr` is an object of class `C`, alive during `'py`.
#[inline(always)]
pub unsafe fn borrow<'py, C: Class>(ptr: *mut ffi::PyObject) -> Result<Ref<'py, C::Target>, Error> {
    // SAFETY: as promised.
    let inst = unsafe { Inst::<C>::of(ptr) };
    let flag = inst.guard.flag();
    if let Some(flag) = flag {
        flag.share().map_err(|busy| refuse(C::NAME, busy))?;
    }
    // SAFETY: only guarded payloads can be gone, and the flag said that this one is not.
    Ok(Ref::new(unsafe { inst.payload() }.target(), flag))
}

/// `&mut T`.
///
/// # Safety
/// `ptr` is an object of class `C`, alive during `'py`.
#[inline(always)]
pub unsafe fn borrow_mut<'py, C, T>(ptr: *mut ffi::PyObject) -> Result<RefMut<'py, T>, Error>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: as promised. No reference to the payload is made before the flag is locked.
    unsafe {
        let inst = ptr.cast::<Inst<C>>();
        let flag: &'py Flag = &(*inst).guard;
        flag.lock().map_err(|busy| refuse(C::NAME, busy))?;
        Ok(RefMut {
            value: &mut (*(&raw mut (*inst).payload).cast::<Value<T>>()).0,
            flag,
        })
    }
}

/// `T`, moved out: the object is used up.
///
/// # Safety
/// `ptr` is an object of class `C`.
pub unsafe fn take<C, T>(ptr: *mut ffi::PyObject) -> Result<T, Error>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: as promised; locked, so nothing else refers to the payload, and marked gone, so nobody drops it again.
    unsafe {
        let inst = ptr.cast::<Inst<C>>();
        let flag = &(*inst).guard;
        flag.lock().map_err(|busy| refuse(C::NAME, busy))?;
        let value = (&raw const (*inst).payload).cast::<Value<T>>().read();
        flag.set_gone();
        Ok(value.0)
    }
}

/// The Python object that owns a view.
///
/// # Safety
/// `ptr` is an object of view class `C`.
#[inline(always)]
pub unsafe fn owner_of<C: ViewClass>(ptr: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised; views are never without payload.
    unsafe { Inst::<C>::of(ptr).payload() }.owner
}

/// The owner and key behind a view.
///
/// # Safety
/// `ptr` is an object of view class `C`, alive during `'py`.
#[inline(always)]
pub unsafe fn key_view<'py, C: ViewClass>(
    ptr: *mut ffi::PyObject,
) -> Result<View<'py, <C::Owner as Class>::Target, C::Key>, Error> {
    // SAFETY: as promised; the view keeps its owner alive, and nothing ever takes that reference away.
    unsafe {
        let payload: &'py ViewKey<C::Key> = Inst::<C>::of(ptr).payload();
        let owner = borrow::<C::Owner>(payload.owner)?;
        let holder: &'py <C::Owner as Class>::Payload =
            Inst::<C::Owner>::of(payload.owner).payload();
        Ok(View {
            owner,
            key: &payload.key,
            shared: holder.shared(),
        })
    }
}

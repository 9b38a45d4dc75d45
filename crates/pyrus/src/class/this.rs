//! The Python object itself, for code that needs its identity or its hidden references.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use pyo3_ffi as ffi;

use super::access::{Ref, ViewClass, borrow, owner_of};
use super::home::Home;
use super::layout::{Class, Inst, Shared};
use super::lifecycle::{existing, is_marked, wrap};
use super::slots::{SlotIndex, Slots};
use super::unique::Known;
use crate::abi::types;
use crate::any::{Any, Object};
use crate::conv::is_of;
use crate::cx::{Cx, state_of_type};
use crate::error::{Error, Result};

/// An object of class `C`, borrowed during a call.
pub struct This<'py, C: Class> {
    object: Any<'py>,
    class: PhantomData<C>,
}

impl<C: Class> Clone for This<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Class> Copy for This<'_, C> {}

impl<'py, C: Class> This<'py, C> {
    /// # Safety
    /// `ptr` is an object of class `C`, alive and with the thread attached during `'py`.
    #[inline(always)]
    pub(crate) unsafe fn new(ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: as promised.
        Self {
            // SAFETY: as promised.
            object: unsafe { Any::new(ptr) },
            class: PhantomData,
        }
    }

    /// An object in its last moments: its payload is still there, but no reference to it may be kept.
    ///
    /// # Safety
    /// `ptr` is an object of class `C`.
    pub(crate) unsafe fn of_dying(ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: as promised.
        unsafe { Self::new(ptr) }
    }

    /// The object.
    pub fn object(self) -> Any<'py> {
        self.object
    }

    /// In `finalize`: is the object garbage of a cycle, which the collector takes apart? Then all that leads to it from
    /// Python is garbage, too.
    pub fn is_garbage(self) -> bool {
        // SAFETY: classes with a header of the collector that are told of the end of their objects can be asked.
        C::GC && C::FINALIZES && unsafe { is_marked(self.object.as_ptr()) }
    }

    /// The payload; for views, the key.
    pub fn get(self) -> Result<Ref<'py, C::Target>> {
        // SAFETY: an object of the class, alive during `'py`.
        unsafe { borrow::<C>(self.object.as_ptr()) }
    }

    /// Is there such a hidden reference?
    pub fn has_slot(self, index: SlotIndex<C>) -> bool {
        !self.inst().slots.all()[index.0].peek().is_null()
    }

    /// A hidden reference.
    pub fn slot(self, index: SlotIndex<C>) -> Option<Object> {
        // SAFETY: a slot of this object, on an attached thread.
        unsafe { self.inst().slots.all()[index.0].share(self.object.as_ptr()) }
    }

    /// Replace a hidden reference; the old one comes back, so that it is dropped by the caller.
    pub fn set_slot(self, index: SlotIndex<C>, value: Option<Object>) -> Option<Object> {
        // SAFETY: a slot of this object, on an attached thread.
        unsafe { self.inst().slots.all()[index.0].replace(self.object.as_ptr(), value) }
    }

    /// The Python object of `payload`: a new one, or for unique classes the one it has.
    pub fn wrap<D: Class>(self, payload: D::Payload) -> Result<Handle<D>> {
        match wrap::<D>(self.cx(), payload) {
            Ok(object) => Ok(Handle {
                object,
                class: PhantomData,
            }),
            Err(_) => Err(Error::fetch()),
        }
    }

    /// The Python object that `target` has in this interpreter, if any. For unique classes.
    pub fn find<D: Class>(self, target: &D::Target) -> Option<Handle<D>> {
        Handle::find(target, self.cx().state().home.home())
    }

    /// `object` as one of class `D`, if it is one.
    pub fn cast<'a, D: Class>(self, object: Any<'a>) -> Option<This<'a, D>> {
        // SAFETY: it is one, and as alive as it was.
        is_of::<D>(self.cx(), object).then(|| unsafe { This::new(object.as_ptr()) })
    }

    fn inst(self) -> &'py Inst<C> {
        // SAFETY: an object of the class, alive during `'py`.
        unsafe { Inst::of(self.object.as_ptr()) }
    }

    fn cx(self) -> Cx<'py> {
        // SAFETY: `'py` is a time during which the thread is attached. For subclasses the nearest type of ours is
        // found by its module.
        unsafe {
            let mut tp = self.object.type_ptr();
            while C::SUBCLASS && types::module(tp).is_null() {
                tp = types::base(tp);
            }
            Cx::new(state_of_type(tp))
        }
    }
}

impl<C, T> This<'_, C>
where
    C: Class<Payload = Shared<T>, Target = T>,
    T: Send + Sync + 'static,
{
    /// What the object shares.
    pub fn arc(self) -> Arc<T> {
        // SAFETY: shared payloads are never taken out, so it is there as long as the object is.
        Arc::clone(&unsafe { self.inst().payload() }.0)
    }
}

impl<'py, C: ViewClass> This<'py, C> {
    /// The owner of the view.
    pub fn owner(self) -> This<'py, C::Owner> {
        // SAFETY: a view keeps its owner alive, and nothing takes that reference away.
        unsafe { This::new(owner_of::<C>(self.object.as_ptr())) }
    }
}

/// An owned reference to an object of class `C`.
pub struct Handle<C: Class> {
    object: Object,
    class: PhantomData<C>,
}

impl<C: Class> Handle<C> {
    /// The Python object that `target` has in the interpreter `home`, if any. The caller is on a thread of that.
    pub(crate) fn find(target: &C::Target, home: Home) -> Option<Self> {
        match existing::<C>(target, home) {
            Known::Ours(object) => Some(Self {
                object,
                class: PhantomData,
            }),
            Known::Nothing | Known::Foreign => None,
        }
    }

    /// The object, borrowed.
    pub fn this(&self) -> This<'_, C> {
        // SAFETY: an object of the class, alive as long as `self`.
        unsafe { This::new(self.object.as_any().as_ptr()) }
    }

    /// The object.
    pub fn into_object(self) -> Object {
        self.object
    }
}

impl<C: Class> Deref for Handle<C> {
    type Target = Object;

    fn deref(&self) -> &Object {
        &self.object
    }
}

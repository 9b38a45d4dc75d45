//! What generated methods do with `self`. The trampolines checked its class, so these are safe to call from glue.

use pyo3_ffi as ffi;

use super::access::{Ref, RefMut, View, ViewClass, borrow, borrow_mut, key_view, owner_of, take};
use super::guard::Flag;
use super::layout::{Class, Inst, Payload, Value};
use super::lifecycle::{destroy_value, wrap, wrap_as};
use super::this::This;
use crate::any::{Any, Object};
use crate::call::{Outcome, Slf};
use crate::conv::{ResolvingView, resolve};
use crate::cx::Cx;
use crate::error::Raised;

// SAFETY (all below): a `Slf<'py>` is an object of the class that the generated code says, alive during `'py`.

/// `&T`.
#[inline(always)]
pub fn this_ref<'py, C: Class>(cx: Cx<'py>, slf: Slf<'py>) -> Result<Ref<'py, C::Target>, Raised> {
    // SAFETY: see above.
    unsafe { borrow::<C>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// `&mut T`.
#[inline(always)]
pub fn this_mut<'py, C, T>(cx: Cx<'py>, slf: Slf<'py>) -> Result<RefMut<'py, T>, Raised>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: see above.
    unsafe { borrow_mut::<C, T>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// `T`: the object is used up.
pub fn this_own<C, T>(cx: Cx<'_>, slf: Slf<'_>) -> Result<T, Raised>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: see above.
    unsafe { take::<C, T>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// Owner and key.
#[inline(always)]
pub fn this_view<'py, C: ViewClass>(
    cx: Cx<'py>,
    slf: Slf<'py>,
) -> Result<View<'py, <C::Owner as Class>::Target, C::Key>, Raised> {
    // SAFETY: see above.
    unsafe { key_view::<C>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// What a view's key stands for.
#[inline(always)]
pub fn this_resolved<'py, C: ResolvingView>(
    cx: Cx<'py>,
    slf: Slf<'py>,
) -> Result<Ref<'py, C::Item>, Raised> {
    // SAFETY: see above.
    unsafe { resolve::<C>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// The object itself.
#[inline(always)]
pub fn this_object<'py, C: Class>(_cx: Cx<'py>, slf: Slf<'py>) -> This<'py, C> {
    // SAFETY: see above.
    unsafe { This::new(slf.ptr) }
}

/// The class that a class method was called on.
#[inline(always)]
pub fn this_class<'py>(_cx: Cx<'py>, slf: Slf<'py>) -> Any<'py> {
    // SAFETY: see above.
    unsafe { Any::new(slf.ptr) }
}

/// The context for methods of an owner that return views of it.
#[inline(always)]
pub fn owned_by_self<'py>(cx: Cx<'py>, slf: Slf<'py>) -> Cx<'py> {
    cx.owned_by(slf.ptr)
}

/// The context for methods of a view that return views of the same owner.
#[inline(always)]
pub fn owned_by_owner<'py, C: ViewClass>(cx: Cx<'py>, slf: Slf<'py>) -> Cx<'py> {
    // SAFETY: see above.
    cx.owned_by(unsafe { owner_of::<C>(slf.ptr) })
}

/// The result of a constructor. `slf` is the class, or a subclass of it.
pub fn construct<C: Class>(cx: Cx<'_>, slf: Slf<'_>, payload: C::Payload) -> Outcome {
    if !C::SUBCLASS {
        return wrap::<C>(cx, payload);
    }
    // SAFETY: constructors are called with their class.
    unsafe { wrap_as::<C>(cx, slf.ptr.cast(), payload) }
}

/// The payload for `destroy()`; `None` the second time.
pub fn destroyed<C, T>(cx: Cx<'_>, slf: Slf<'_>) -> Result<Option<T>, Raised>
where
    C: Class<Payload = Value<T>, Target = T, Guard = Flag>,
    T: 'static,
{
    // SAFETY: see above.
    unsafe { destroy_value::<C, T>(slf.ptr) }.map_err(|error| error.raise(cx))
}

/// Where the payload is, as a number: `__rust_address__()`.
///
/// # Safety
/// Called by Python on an object of class `C`.
pub unsafe extern "C" fn rust_address<C: Class>(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised. What is shared has one address, whichever object it is asked of.
    unsafe {
        let inst = Inst::<C>::of(slf);
        let gone = super::guard::Guard::flag(&inst.guard).is_some_and(Flag::is_gone);
        let address = if gone {
            (&raw const inst.payload) as usize
        } else {
            (&raw const *inst.payload().target()) as usize
        };
        ffi::PyLong_FromSize_t(address)
    }
}

/// Run `body` without the GIL: for functions that also call back, which `gil: released` can't. The argument proves that the
/// thread is attached.
///
/// What `body` captures is `Send`, so no Python object can be in it. Do not let it drop the last handle on what may own one.
pub fn without_the_gil<R: Send>(_proof: Any<'_>, body: impl FnOnce() -> R + Send) -> R {
    detached(body)
}

/// Run `body` without the GIL.
#[inline]
pub fn without_gil<R: Send>(_cx: Cx<'_>, body: impl FnOnce() -> R + Send) -> R {
    detached(body)
}

/// The thread is attached.
fn detached<R: Send>(body: impl FnOnce() -> R + Send) -> R {
    struct Restore(*mut ffi::PyThreadState);
    impl Drop for Restore {
        fn drop(&mut self) {
            // SAFETY: saved on this thread; also when `body` panics.
            unsafe { ffi::PyEval_RestoreThread(self.0) }
        }
    }
    // SAFETY: the callers' arguments prove an attached thread; `body` is `Send`, so it holds nothing that needs it.
    let _restore = Restore(unsafe { ffi::PyEval_SaveThread() });
    body()
}

/// The object of a payload that may be new: used where the class is only known by its marker.
pub fn object_of<C: Class>(cx: Cx<'_>, payload: C::Payload) -> Result<Object, Raised> {
    let _ = payload.target();
    wrap::<C>(cx, payload)
}

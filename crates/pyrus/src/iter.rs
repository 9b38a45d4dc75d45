//! `Iterator[T]` both ways.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::conv::{Fail, FromPy, ToPy};
use crate::cx::{Cx, State, state_of_type, unloaded};
use crate::error::{Error, Raised, Result};
use crate::module::own_type;

/// A Rust iterator on its way to Python.
pub struct BoxIter<T>(Box<dyn Iterator<Item = Result<T>> + Send>);

impl<T: 'static> BoxIter<T> {
    /// From an iterator that can't fail.
    pub fn new(items: impl IntoIterator<Item = T, IntoIter: Send + 'static>) -> Self {
        Self(Box::new(items.into_iter().map(Ok)))
    }

    /// From an iterator whose failure is raised by `next()`.
    pub fn fallible(items: impl IntoIterator<Item = Result<T>, IntoIter: Send + 'static>) -> Self {
        Self(Box::new(items.into_iter()))
    }
}

/// A Python iterator as an argument. Each step may run Python and fail.
pub struct Iter<'py, T> {
    iterator: Any<'py>,
    convert: fn(Cx<'py>, Any<'py>) -> std::result::Result<T, Fail>,
    cx: Cx<'py>,
}

impl<T> Iterator for Iter<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        // SAFETY: an iterator, alive during the call; null means the end or an exception.
        let item = unsafe { ffi::PyIter_Next(self.iterator.as_ptr()) };
        if item.is_null() {
            // SAFETY: the thread is attached.
            let failed = unsafe { !ffi::PyErr_Occurred().is_null() };
            return failed.then(|| Err(Error::fetch()));
        }
        // SAFETY: a new reference.
        let item = self.cx.keep(unsafe { Object::steal(item) });
        Some((self.convert)(self.cx, item).map_err(|fail| {
            fail.raise(self.cx, "item of the iterator");
            Error::fetch()
        }))
    }
}

/// The converter.
pub struct It<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for It<C> {
    type Out = Iter<'py, C::Out>;
    const NAME: &'static str = "Iterator";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> std::result::Result<Self::Out, Fail> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyIter_Check(object.as_ptr()) } == 0 {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        Ok(Iter {
            iterator: object,
            convert: C::from_py,
            cx,
        })
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyIter_Check(object.as_ptr()) != 0 }
    }
}

/// The next item, converted; `None` at the end. Knows the owner of views by itself.
type Step = Box<dyn FnMut(*const State) -> Option<std::result::Result<Object, Raised>> + Send>;

/// The Python object around a Rust iterator.
#[repr(C)]
struct IterObject {
    base: ffi::PyObject,
    step: Option<Step>,
    /// Owned, or null.
    owner: *mut ffi::PyObject,
    busy: crate::class::Flag,
}

/// A pointer that only attached threads use.
struct Owner(*mut ffi::PyObject);
// SAFETY: the pointer is only followed inside `next()`, on an attached thread, while the iterator object holds it.
unsafe impl Send for Owner {}

impl Owner {
    fn get(&self) -> *mut ffi::PyObject {
        self.0
    }
}

impl<T: 'static, C: ToPy<T> + 'static> ToPy<BoxIter<T>> for It<C> {
    fn to_py(cx: Cx<'_>, items: BoxIter<T>) -> std::result::Result<Object, Raised> {
        let owner = Owner(cx.owner());
        let mut items = items.0;
        let step: Step = Box::new(move |state| {
            // SAFETY: called from `next()` on an attached thread, with the live state.
            let cx = unsafe { Cx::new(state) }.owned_by(owner.get());
            let item = items.next()?;
            Some(
                item.map_err(|error| error.raise(cx))
                    .and_then(|item| C::to_py(cx, item)),
            )
        });
        make(cx, step)
    }
}

/// An iterator object around a function that gives the next item.
pub(crate) fn make_with(
    cx: Cx<'_>,
    mut next: impl FnMut(Cx<'_>) -> Option<std::result::Result<Object, Raised>> + Send + 'static,
) -> std::result::Result<Object, Raised> {
    // SAFETY: called from `next()` on an attached thread, with the live state.
    let step: Step = Box::new(move |state| next(unsafe { Cx::new(state) }));
    make(cx, step)
}

fn make(cx: Cx<'_>, step: Step) -> std::result::Result<Object, Raised> {
    let tp = cx.state().iterator_type()?;
    // SAFETY: a fresh object of our type, filled before the collector sees it.
    unsafe {
        let object = ffi::PyObject_GC_New::<IterObject>(tp);
        if object.is_null() {
            return Err(Raised);
        }
        ffi::Py_XINCREF(cx.owner());
        (&raw mut (*object).step).write(Some(step));
        (&raw mut (*object).owner).write(cx.owner());
        (&raw mut (*object).busy).write(<crate::class::Flag as crate::class::Guard>::NEW);
        ffi::PyObject_GC_Track(object.cast());
        Ok(Object::steal(object.cast()))
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone.
    unsafe {
        ffi::PyObject_GC_UnTrack(object.cast());
        let iter = object.cast::<IterObject>();
        crate::panic::contain("iterator", || (&raw mut (*iter).step).drop_in_place());
        ffi::Py_XDECREF((*iter).owner);
        let tp = ffi::Py_TYPE(object);
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DECREF(tp.cast());
    }
}

unsafe extern "C" fn traverse(
    object: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut std::ffi::c_void,
) -> std::ffi::c_int {
    // SAFETY: a complete object.
    unsafe {
        for seen in [
            (*object.cast::<IterObject>()).owner,
            ffi::Py_TYPE(object).cast(),
        ] {
            if !seen.is_null() {
                let status = visit(seen, arg);
                if status != 0 {
                    return status;
                }
            }
        }
    }
    0
}

unsafe extern "C" fn next(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: called by Python on our object; the flag keeps a step from being entered twice.
    unsafe {
        let iter = object.cast::<IterObject>();
        let state = state_of_type(ffi::Py_TYPE(object));
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        if (*iter).busy.lock().is_err() {
            crate::error::raise_text(ffi::PyExc_RuntimeError, "the iterator is already running");
            return std::ptr::null_mut();
        }
        let outcome = crate::panic::catch("next", Some(Err(Raised)), || {
            (*iter).step.as_mut().and_then(|step| step(state))
        });
        // The end is remembered; what the iterator held is let go when others may ask it again.
        let ended = if outcome.is_none() {
            (*iter).step.take()
        } else {
            None
        };
        (*iter).busy.unlock();
        drop(ended);
        match outcome {
            Some(Ok(item)) => item.into_ptr(),
            Some(Err(Raised)) | None => std::ptr::null_mut(),
        }
    }
}

/// The type of such iterators, made once per extension and interpreter.
///
/// # Safety
/// `module` is the extension module.
pub(crate) unsafe fn iterator_type(
    module: *mut ffi::PyObject,
) -> std::result::Result<Object, Raised> {
    let slot = |slot, pfunc: *mut std::ffi::c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *mut _),
        slot(ffi::Py_tp_traverse, traverse as *mut _),
        slot(ffi::Py_tp_iter, ffi::PyObject_SelfIter as *mut _),
        slot(ffi::Py_tp_iternext, next as *mut _),
        slot(0, std::ptr::null_mut()),
    ];
    // SAFETY: the slots are those of an `IterObject`.
    unsafe {
        own_type(
            module,
            c"pyrus.iterator".as_ptr(),
            size_of::<IterObject>(),
            ffi::Py_TPFLAGS_HAVE_GC,
            &mut slots,
        )
    }
}

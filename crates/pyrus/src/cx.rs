//! What a generated call knows: the state of its extension in this interpreter, and that the GIL is held.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

use pyo3_ffi as ffi;

use crate::abi::callable::Binder;
use crate::abi::types;
use crate::any::{Any, Object};
use crate::class::Pool;
use crate::enums::EnumState;
use crate::error::{Raised, raise_text};
use crate::live::NameMap;
use crate::registry::Entry;

/// How many names may be looked at from the last one on.
pub(crate) const NAMES_AFTER: usize = 8;

/// Everything one extension owns in one interpreter. Written once, at import.
pub struct State {
    /// The extension module. Borrowed: the module owns this state.
    pub(crate) module: *mut ffi::PyObject,
    /// Type objects of classes and records, at their `INDEX`.
    pub(crate) types: Box<[Cell<*mut ffi::PyTypeObject>]>,
    /// Interned keyword names, at the positions that signatures give, and [`NAMES_AFTER`] times null behind the last.
    pub(crate) names: Box<[*mut ffi::PyObject]>,
    /// Enums, at their `INDEX`.
    pub(crate) enums: Box<[EnumState]>,
    /// Exception classes, at their `INDEX`.
    pub(crate) errors: Box<[Cell<*mut ffi::PyObject>]>,
    /// Freed objects kept for reuse, per class.
    pub(crate) pools: Box<[Pool]>,
    /// Classes of other extensions, at their `INDEX`; null until first used.
    pub(crate) externs: Box<[Cell<*const Entry>]>,
    /// Names of the fields of live records, at their `map`.
    pub(crate) live: Box<[NameMap]>,
    /// Types of the runtime itself.
    pub(crate) own: OwnTypes,
    /// Binds methods of our own descriptor to objects.
    pub(crate) binder: Binder,
}

/// Types that the runtime makes for every extension.
pub(crate) struct OwnTypes {
    /// Descriptor of methods that take keywords.
    pub(crate) method: Cell<*mut ffi::PyTypeObject>,
    /// What a method returning `Iterator[T]` gives.
    pub(crate) iterator: Cell<*mut ffi::PyTypeObject>,
    /// What a list of a live record gives; null in extensions without any.
    pub(crate) list: Cell<*mut ffi::PyTypeObject>,
}

impl Default for OwnTypes {
    fn default() -> Self {
        let none = || Cell::new(std::ptr::null_mut());
        Self {
            method: none(),
            iterator: none(),
            list: none(),
        }
    }
}

impl State {
    /// Every Python reference that the state owns and that may be part of a cycle.
    pub(crate) fn references(&self) -> impl Iterator<Item = *mut ffi::PyObject> + '_ {
        let own = [&self.own.method, &self.own.iterator, &self.own.list];
        let types = self.types.iter().chain(own).map(|tp| tp.get().cast());
        let enums = self.enums.iter().map(|known| known.class.get());
        types.chain(enums).chain(self.errors.iter().map(Cell::get))
    }

    /// Let everything go that may be part of a cycle. The state stays readable: what is gone reads as null.
    pub(crate) fn clear(&self) {
        self.pools.iter().for_each(Pool::close);
        let own = [&self.own.method, &self.own.iterator, &self.own.list];
        let types = self
            .types
            .iter()
            .chain(own)
            .map(|tp| tp.replace(std::ptr::null_mut()).cast());
        let enums = self
            .enums
            .iter()
            .map(|known| known.class.replace(std::ptr::null_mut()));
        let errors = self
            .errors
            .iter()
            .map(|error| error.replace(std::ptr::null_mut()));
        for gone in types.chain(enums).chain(errors) {
            // SAFETY: each reference was owned, and is null from now on.
            unsafe { ffi::Py_XDECREF(gone) };
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        for name in &self.names {
            // SAFETY: owned since import, or null; nobody parses arguments any more.
            unsafe { ffi::Py_XDECREF(*name) };
        }
        for entry in &self.externs {
            // SAFETY: the state goes, with the interpreter's own thread attached.
            unsafe { crate::registry::release(entry.get()) };
        }
    }
}

/// Proof that the GIL is held during `'py`, with the extension's state at hand.
#[derive(Clone, Copy)]
pub struct Cx<'py> {
    state: *const State,
    owner: *mut ffi::PyObject,
    keep: *const Keep,
    attached: PhantomData<(&'py State, *mut ())>,
}

impl<'py> Cx<'py> {
    /// # Safety
    /// The thread is attached during `'py`; `state` is null (for calls that never use it) or lives that long.
    #[inline(always)]
    pub(crate) unsafe fn new(state: *const State) -> Self {
        Self {
            state,
            owner: std::ptr::null_mut(),
            keep: std::ptr::null(),
            attached: PhantomData,
        }
    }

    /// The state of the extension.
    #[inline(always)]
    pub(crate) fn state(self) -> &'py State {
        debug_assert!(!self.state.is_null(), "a call without state asked for it");
        // SAFETY: `new` was promised a live state; calls marked stateless never get here (their converters say so).
        unsafe { &*self.state }
    }

    /// A type of ours; an exception once the extension is being unloaded.
    #[inline(always)]
    pub(crate) fn type_at(self, index: usize) -> Result<*mut ffi::PyTypeObject, Raised> {
        let tp = self.state().types[index].get();
        if tp.is_null() {
            Err(unloaded())
        } else {
            Ok(tp)
        }
    }

    /// The same context, making views of `owner`.
    #[inline(always)]
    pub(crate) fn owned_by(self, owner: *mut ffi::PyObject) -> Self {
        Self { owner, ..self }
    }

    /// The same context, with a place for objects that must outlive the conversion of the arguments. Generated code
    /// declares `keep` before anything that borrows from it.
    #[inline(always)]
    pub fn keeping(self, keep: &'py Keep) -> Self {
        Self { keep, ..self }
    }

    /// Keep an object alive until the call ends.
    pub(crate) fn keep(self, object: Object) -> Any<'py> {
        let ptr = object.as_any().as_ptr();
        // SAFETY: `keeping` took a borrow that lasts as long as `'py`.
        match unsafe { self.keep.as_ref() } {
            Some(keep) => keep.0.borrow_mut().push(object),
            // Without a place to keep it, it is better never freed than freed too early.
            None => std::mem::forget(object),
        }
        // SAFETY: kept, or never freed.
        unsafe { Any::new(ptr) }
    }

    /// The owner of the views that this call makes.
    #[inline(always)]
    pub(crate) fn owner(self) -> *mut ffi::PyObject {
        self.owner
    }
}

/// A call came after its extension was unloaded: possible only while the interpreter ends.
#[cold]
pub(crate) fn unloaded() -> Raised {
    // SAFETY: called on an attached thread.
    unsafe { raise_text(ffi::PyExc_RuntimeError, "the extension has been unloaded") }
}

/// Objects kept alive until a call ends: copies of containers whose items are borrowed.
#[derive(Default)]
pub struct Keep(RefCell<Vec<Object>>);

/// The state behind a type of ours; null once the type has been cleared, at the end of the interpreter.
///
/// # Safety
/// `tp` is a heap type made by this extension.
#[inline(always)]
pub(crate) unsafe fn state_of_type(tp: *mut ffi::PyTypeObject) -> *const State {
    // SAFETY: the type was made with `PyType_FromModuleAndSpec` for our module, whose state stays where it is until the
    // module is freed, which is after its types.
    unsafe { types::state(tp) }.cast_const().cast()
}

/// The same; null also for a class made by Python.
///
/// # Safety
/// `tp` is a heap type made by this extension or a subclass of one.
#[inline(always)]
pub(crate) unsafe fn state_if_ours(tp: *mut ffi::PyTypeObject) -> *const State {
    // SAFETY: as above; classes made by Python have no module.
    unsafe { types::state_if_module(tp) }.cast_const().cast()
}

/// The same for the type of an object that is dying, perhaps while an exception is on its way.
///
/// # Safety
/// See [`state_if_ours`].
#[inline(always)]
pub(crate) unsafe fn state_of_dying(tp: *mut ffi::PyTypeObject) -> *const State {
    // SAFETY: as above.
    unsafe { types::state_of_dying(tp) }.cast_const().cast()
}

/// The state behind our module.
///
/// # Safety
/// `module` was made from this extension's definition and has been executed.
#[inline(always)]
pub(crate) unsafe fn state_of_module(module: *mut ffi::PyObject) -> *const State {
    // SAFETY: the module's memory is the state.
    unsafe { ffi::PyModule_GetState(module).cast_const().cast() }
}

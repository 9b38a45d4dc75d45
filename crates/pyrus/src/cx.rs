//! What a generated call knows: the state of its extension in this interpreter, and that the GIL is held.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3_ffi as ffi;

use crate::abi::callable::Binder;
use crate::abi::types;
use crate::any::{Any, Object};
use crate::class::{HomeShare, Pool};
use crate::enums::EnumState;
use crate::error::{Raised, raise_text};
use crate::live::NameMap;
use crate::made::Made;
use crate::module::Hook;
use crate::registry::Entry;

/// How many names of fields are looked at together: each record has a multiple of it.
pub(crate) const NAMES_AT_ONCE: usize = 8;

/// Everything one extension owns in one interpreter. What it is made of grows with use: see [`crate::module`].
pub struct State {
    /// The extension module. Borrowed: the module owns this state.
    pub(crate) module: *mut ffi::PyObject,
    /// Which interpreter this is.
    pub(crate) home: HomeShare,
    /// Type objects of classes and records, at their `INDEX`.
    pub(crate) types: Box<[Made<ffi::PyTypeObject>]>,
    /// Interned keyword names, at the positions that signatures of functions give.
    pub(crate) names: Box<[*mut ffi::PyObject]>,
    /// Interned names of fields, at the positions that records give; null before the record's type was made, and between
    /// the records.
    pub(crate) field_names: Box<[Made<ffi::PyObject>]>,
    /// Enums, at their `INDEX`: see [`EnumState`].
    pub(crate) enums: Box<[Made<*mut ffi::PyObject>]>,
    /// Exception classes, at their `INDEX`.
    pub(crate) errors: Box<[Made<ffi::PyObject>]>,
    /// Freed objects kept for reuse, per class.
    pub(crate) pools: Box<[Pool]>,
    /// Classes of other extensions, at their `INDEX`; null until first used.
    pub(crate) externs: Box<[Made<Entry>]>,
    /// Names of the fields of live records, at their `map`, from when the type is made.
    pub(crate) live: Box<[OnceLock<NameMap>]>,
    /// Types of the runtime itself.
    pub(crate) own: OwnTypes,
    /// What finds names that modules do not have yet, one for each module.
    pub(crate) hooks: Box<[Hook]>,
    /// Binds methods of our own descriptor to objects.
    pub(crate) binder: Binder,
    /// Nothing is made any more.
    pub(crate) unloaded: AtomicBool,
}

/// Types that the runtime makes for every extension that needs them.
#[derive(Default)]
pub(crate) struct OwnTypes {
    /// Descriptor of methods that take keywords.
    pub(crate) method: Made<ffi::PyTypeObject>,
    /// What a method returning `Iterator[T]` gives.
    pub(crate) iterator: Made<ffi::PyTypeObject>,
    /// What a list of a live record gives.
    pub(crate) list: Made<ffi::PyTypeObject>,
}

impl State {
    /// All types.
    fn all_types(&self) -> impl Iterator<Item = &Made<ffi::PyTypeObject>> {
        let own = [&self.own.method, &self.own.iterator, &self.own.list];
        self.types.iter().chain(own)
    }

    /// All objects that are no types and no enums.
    fn all_objects(&self) -> impl Iterator<Item = &Made<ffi::PyObject>> {
        let hooks = self.hooks.iter().map(|hook| &hook.function);
        self.errors.iter().chain(hooks)
    }

    /// Every Python reference that the state owns and that may be part of a cycle; null for what was not made.
    pub(crate) fn references(&self) -> impl Iterator<Item = *mut ffi::PyObject> + '_ {
        let types = self.all_types().map(|tp| tp.get().cast());
        // SAFETY: what was made stays while the state is looked at.
        let enums = self.enums.iter().map(|known| unsafe {
            EnumState::from_raw(known.get()).map_or(std::ptr::null_mut(), EnumState::class)
        });
        let objects = self.all_objects().map(Made::get);
        types.chain(enums).chain(objects)
    }

    /// Let everything go that may be part of a cycle. The state stays readable: what is gone reads as null.
    pub(crate) fn clear(&self) {
        self.unloaded.store(true, Ordering::Release);
        self.pools.iter().for_each(Pool::close);
        let types = self.all_types().map(|tp| tp.take().cast());
        for gone in types.chain(self.all_objects().map(Made::take)) {
            // SAFETY: each reference was owned, and is null from now on.
            unsafe { ffi::Py_XDECREF(gone) };
        }
        for known in &self.enums {
            // SAFETY: taken out, and owned by us now.
            unsafe {
                if let Some(known) = EnumState::from_raw(known.take()) {
                    known.free();
                }
            }
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        let names = self.names.iter().copied();
        for name in names.chain(self.field_names.iter().map(Made::take)) {
            // SAFETY: owned, or null; nobody parses arguments any more.
            unsafe { ffi::Py_XDECREF(name) };
        }
        for entry in &self.externs {
            // SAFETY: the state goes, with the interpreter's own thread attached.
            unsafe { crate::registry::release(entry.take()) };
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

    /// A type of ours, made now if nobody has needed it before, which may run Python; an exception once the extension is
    /// being unloaded.
    #[inline(always)]
    pub(crate) fn type_at(self, index: usize) -> Result<*mut ffi::PyTypeObject, Raised> {
        self.state().type_at(index)
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

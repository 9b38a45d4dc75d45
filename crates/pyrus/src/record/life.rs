//! Birth and death of records, and what the garbage collector sees of them.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::Table;
use super::table::Field;
use crate::abi::types;
use crate::any::Object;
use crate::class::{Flag, Guard as _, Writing};
use crate::conv::Fail;
use crate::cx::{Cx, State, state_of_dying};
use crate::error::Raised;

/// How an object of any record begins; the struct stands where its table says.
#[repr(C)]
pub(crate) struct Head {
    base: ffi::PyObject,
    pub(crate) flag: Flag,
}

/// The head of a record.
///
/// # Safety
/// `slf` is a record, alive during `'a`.
#[inline(always)]
pub(crate) unsafe fn head<'a>(slf: *mut ffi::PyObject) -> &'a Head {
    // SAFETY: as promised; what changes behind the reference is atomic.
    unsafe { &*slf.cast::<Head>() }
}

/// The struct in a record.
///
/// # Safety
/// `slf` is a record with this table.
#[inline(always)]
pub(crate) unsafe fn base(table: &Table, slf: *mut ffi::PyObject) -> *mut u8 {
    // SAFETY: inside the object.
    unsafe { slf.cast::<u8>().add(table.shape.payload) }
}

/// Fields before `done` are alive; they are dropped when what made them stops half-way.
pub(crate) struct Partial {
    pub(crate) base: *mut u8,
    pub(crate) fields: &'static [Field],
    pub(crate) done: usize,
}

impl Partial {
    /// All fields are there: they are the record's now.
    pub(crate) fn keep(mut self) {
        self.done = 0;
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        for field in &self.fields[..self.done] {
            if let Some(drop) = field.ops.drop {
                // SAFETY: these fields were written, and nobody else knows them.
                unsafe { drop(self.base.add(field.offset)) };
            }
        }
    }
}

/// An object without contents. Nobody can see it: it is not shown to the collector before it is complete.
pub(crate) struct Blank {
    table: &'static Table,
    object: *mut ffi::PyObject,
}

impl Blank {
    pub(crate) fn new(cx: Cx<'_>, table: &'static Table) -> Result<Self, Raised> {
        let tp = cx.type_at(table.index)?;
        // SAFETY: the record's own type; it has no subclasses, so these are its allocators.
        let object = unsafe {
            match cx.state().pools[table.index].pop() {
                Some(object) => ffi::PyObject_Init(object, tp),
                None if table.shape.gc => ffi::PyObject_GC_New::<ffi::PyObject>(tp),
                None => ffi::PyObject_New::<ffi::PyObject>(tp),
            }
        };
        if object.is_null() {
            return Err(Raised);
        }
        Ok(Self { table, object })
    }

    /// Where the struct belongs.
    pub(crate) fn base(&self) -> *mut u8 {
        // SAFETY: an object of this record.
        unsafe { base(self.table, self.object) }
    }

    /// The complete object.
    ///
    /// # Safety
    /// The struct was written.
    pub(crate) unsafe fn finish(self) -> Object {
        let object = self.object;
        // SAFETY: as promised; shown to the collector when all is there.
        unsafe {
            (&raw mut (*object.cast::<Head>()).flag).write(Flag::NEW);
            if self.table.shape.gc {
                ffi::PyObject_GC_Track(object.cast());
            }
            std::mem::forget(self);
            Object::steal(object)
        }
    }
}

impl Drop for Blank {
    #[cold]
    fn drop(&mut self) {
        // SAFETY: the object holds nothing, and the collector does not know it.
        unsafe { free(self.table, self.object) }
    }
}

/// A record of its own with the same fields.
///
/// # Safety
/// `from` is a live struct of this record, borrowed.
pub(crate) unsafe fn cloned(
    cx: Cx<'_>,
    table: &'static Table,
    from: *const u8,
) -> Result<Object, Raised> {
    let blank = Blank::new(cx, table)?;
    // SAFETY: as promised; the new struct is complete when it is given out.
    unsafe {
        let to = blank.base();
        if let Some(own) = &table.shape.own {
            (own.clone)(from, to);
        } else {
            let mut partial = Partial {
                base: to,
                fields: table.fields,
                done: 0,
            };
            for field in table.fields {
                (field.ops.clone)(from.add(field.offset), to.add(field.offset));
                partial.done += 1;
            }
            partial.keep();
        }
        Ok(blank.finish())
    }
}

/// A record of a struct that is moved out of `payload`, for other extensions.
///
/// # Safety
/// Called on an attached thread with the state of this extension, and a struct of the record at `index`.
pub(crate) unsafe extern "C" fn wrap_moved(
    state: *const State,
    index: usize,
    payload: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: as promised. A type that is gone leaves the payload where it is: it leaks, at the end of an interpreter.
    unsafe {
        let cx = Cx::new(state);
        let Ok(tp) = cx.type_at(index) else {
            return std::ptr::null_mut();
        };
        let table = Table::of_type(tp);
        let Ok(blank) = Blank::new(cx, table) else {
            return std::ptr::null_mut();
        };
        let size = table.shape.payload_size;
        payload
            .cast::<u8>()
            .copy_to_nonoverlapping(blank.base(), size);
        blank.finish().into_ptr()
    }
}

/// `tp_dealloc`.
///
/// # Safety
/// Called by Python, for a record with no references left.
pub(crate) unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    // SAFETY: as promised: nobody else can reach the record.
    unsafe {
        let table = Table::of(slf);
        if table.shape.gc {
            ffi::PyObject_GC_UnTrack(slf.cast());
        }
        if !head(slf).flag.is_gone() {
            let base = base(table, slf);
            crate::panic::contain(table.name, || match &table.shape.own {
                Some(own) => (own.drop)(base),
                None => {
                    for (offset, drop) in &table.drops {
                        drop(base.add(*offset));
                    }
                }
            });
        }
        free(table, slf);
    }
}

/// Give the memory back, or keep it for the next record.
unsafe fn free(table: &Table, slf: *mut ffi::PyObject) {
    // SAFETY: an empty object; it owns a reference to its heap type, which is let go last.
    unsafe {
        let tp = ffi::Py_TYPE(slf);
        let state = state_of_dying(tp);
        let pooled = !state.is_null() && (&(*state).pools)[table.index].push(slf);
        if !pooled {
            types::free(tp, slf);
        }
        ffi::Py_DECREF(tp.cast());
    }
}

/// Borrow a record's struct, to read it.
///
/// # Safety
/// `slf` is a record with this table, alive until the guard goes.
#[inline(always)]
pub(crate) unsafe fn shared<'a>(
    table: &Table,
    slf: *mut ffi::PyObject,
) -> Result<Shared<'a>, crate::error::Error> {
    // SAFETY: as promised.
    let flag = unsafe { &head(slf).flag };
    match flag.share() {
        Ok(()) => Ok(Shared(flag)),
        Err(busy) => Err(crate::class::refuse(table.name, busy)),
    }
}

/// A shared borrow.
pub(crate) struct Shared<'a>(&'a Flag);

impl Drop for Shared<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.0.unshare();
    }
}

/// Is nothing borrowed? Then nothing will be as long as the answer lives and no Python runs.
///
/// # Safety
/// `slf` is a record with this table, alive as long as the answer.
pub(crate) unsafe fn writing<'a>(
    table: &Table,
    slf: *mut ffi::PyObject,
) -> Result<Writing<'a>, Fail> {
    // SAFETY: as promised.
    match unsafe { head(slf) }.flag.writing() {
        Ok(writing) => Ok(writing),
        Err(_) => Err(Fail::error(
            crate::exc::RuntimeError::new(format!(
                "this {} is in use by a call in progress",
                table.name
            ))
            .into(),
        )),
    }
}

/// `tp_traverse` of a record with Python objects in it.
///
/// # Safety
/// Called by the garbage collector.
pub(crate) unsafe extern "C" fn traverse(
    slf: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: tracked records are complete, and only gone after they were untracked.
    unsafe {
        let table = Table::of(slf);
        let base = base(table, slf);
        for field in table.fields.iter().filter(|field| field.ops.has_python) {
            let status = (field.ops.visit)(base.add(field.offset), visit, arg);
            if status != 0 {
                return status;
            }
        }
        visit(ffi::Py_TYPE(slf).cast(), arg)
    }
}

/// `tp_clear` of a record with Python objects in it.
///
/// # Safety
/// Called by the garbage collector.
pub(crate) unsafe extern "C" fn clear(slf: *mut ffi::PyObject) -> c_int {
    // SAFETY: as above; the record is garbage, so nobody borrows it.
    unsafe {
        let table = Table::of(slf);
        let base = base(table, slf);
        for field in table.fields.iter().filter(|field| field.ops.has_python) {
            (field.ops.clear)(base.add(field.offset));
        }
    }
    0
}

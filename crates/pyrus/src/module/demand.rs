//! What is made when it is first needed: types, enums and errors. An import costs the same however many there are.
//!
//! Nobody sees what is not complete, and what could not be made leaves everything as it was: the next one who needs it
//! tries again. To make something may run Python, be it a finalizer that the garbage collector calls, and the thread may
//! be switched meanwhile: when two have made the same thing, the first one counts.

use std::ffi::CStr;
use std::sync::atomic::Ordering;

use pyo3_ffi as ffi;

use super::build_type::build_type;
use super::exec::dict_get;
use super::init::spec;
use super::spec::{ErrorSpec, ExceptionBase};
use crate::any::{Any, Object};
use crate::conv::fresh;
use crate::cx::{Cx, State, unloaded};
use crate::enums::{self, EnumState};
use crate::error::Raised;
use crate::made::Made;

impl State {
    /// The type of a class or record, borrowed.
    #[inline(always)]
    pub(crate) fn type_at(&self, index: usize) -> Result<*mut ffi::PyTypeObject, Raised> {
        match self.types[index].get() {
            none if none.is_null() => self.make_type(index),
            tp => Ok(tp),
        }
    }

    #[cold]
    fn make_type(&self, index: usize) -> Result<*mut ffi::PyTypeObject, Raised> {
        // SAFETY: on an attached thread, with the live state.
        self.make(&self.types[index], || unsafe { build_type(self, index) })
    }

    /// An enum.
    #[inline]
    pub(crate) fn enum_at(&self, index: usize) -> Result<EnumState, Raised> {
        // SAFETY: the state keeps what was made.
        match unsafe { EnumState::from_raw(self.enums[index].get()) } {
            Some(known) => Ok(known),
            None => self.make_enum(index),
        }
    }

    #[cold]
    fn make_enum(&self, index: usize) -> Result<EnumState, Raised> {
        self.check_loaded()?;
        let made = enums::make(spec().enums[index]).map_err(|error| {
            // SAFETY: only errors of Python come from there, which need no state to be raised again.
            error.raise(unsafe { Cx::new(std::ptr::null()) })
        })?;
        match self.enums[index].put(made.into_raw()) {
            Ok(_) => Ok(made),
            // SAFETY: nobody else has seen ours; the state keeps the other one.
            Err(theirs) => unsafe {
                made.free();
                EnumState::from_raw(theirs).ok_or_else(unloaded)
            },
        }
    }

    /// An exception class, borrowed.
    pub(crate) fn error_at(&self, index: usize) -> Result<*mut ffi::PyObject, Raised> {
        match self.errors[index].get() {
            none if none.is_null() => self.make(&self.errors[index], || {
                new_error(self, &spec().errors[index])
            }),
            class => Ok(class),
        }
    }

    /// The type of methods that take keywords.
    pub(crate) fn method_type(&self) -> Result<*mut ffi::PyTypeObject, Raised> {
        // SAFETY: on an attached thread, with the live module.
        self.own_type(&self.own.method, || unsafe {
            crate::call::method_type(self.module)
        })
    }

    /// The type of iterators.
    #[inline]
    pub(crate) fn iterator_type(&self) -> Result<*mut ffi::PyTypeObject, Raised> {
        // SAFETY: as above.
        self.own_type(&self.own.iterator, || unsafe {
            crate::iter::iterator_type(self.module)
        })
    }

    /// The type of lists of live records.
    #[inline]
    pub(crate) fn list_type(&self) -> Result<*mut ffi::PyTypeObject, Raised> {
        // SAFETY: as above.
        self.own_type(&self.own.list, || unsafe {
            crate::live::list_type(self.module)
        })
    }

    #[inline]
    fn own_type(
        &self,
        place: &Made<ffi::PyTypeObject>,
        new: impl FnOnce() -> Result<Object, Raised>,
    ) -> Result<*mut ffi::PyTypeObject, Raised> {
        match place.get() {
            none if none.is_null() => self.make(place, new),
            tp => Ok(tp),
        }
    }

    #[cold]
    fn make<T>(
        &self,
        place: &Made<T>,
        new: impl FnOnce() -> Result<Object, Raised>,
    ) -> Result<*mut T, Raised> {
        self.check_loaded()?;
        Ok(place.put_object(new().inspect_err(|Raised| say_memory())?))
    }

    fn check_loaded(&self) -> Result<(), Raised> {
        if self.unloaded.load(Ordering::Acquire) {
            return Err(unloaded());
        }
        Ok(())
    }

    /// Where the names of fields begin that a record's signature has at `first`.
    #[inline(always)]
    pub(crate) fn field_names(&self, first: usize) -> *const *mut ffi::PyObject {
        debug_assert!(first <= self.field_names.len());
        // SAFETY: generated code gives places that exist. A place is a pointer, which stays as it is from when the type
        // of its record has been made on.
        unsafe { self.field_names.as_ptr().add(first).cast() }
    }

    /// Intern the names of fields, from `first` on. Records with the same names share them.
    pub(super) fn intern_fields(
        &self,
        first: usize,
        names: impl Iterator<Item = &'static CStr>,
    ) -> Result<(), Raised> {
        for (place, name) in self.field_names[first..].iter().zip(names) {
            if place.get().is_null() {
                // SAFETY: a C string; on an attached thread.
                let name = unsafe { ffi::PyUnicode_InternFromString(name.as_ptr()) };
                place.put_object(fresh(name)?);
            }
        }
        Ok(())
    }
}

/// CPython has no memory for a type's name, and does not say so.
fn say_memory() {
    // SAFETY: on an attached thread.
    unsafe {
        if ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_NoMemory();
        }
    }
}

fn new_error(state: &State, spec: &ErrorSpec) -> Result<Object, Raised> {
    // SAFETY: C strings and live classes.
    unsafe {
        let base = match spec.base {
            ExceptionBase::Builtin(name) => {
                let found = dict_get(ffi::PyEval_GetBuiltins(), name)?;
                found.unwrap_or_else(|| Any::new(ffi::PyExc_Exception).to_object())
            }
            ExceptionBase::Declared(index) => Any::new(state.error_at(index)?).to_object(),
        };
        let doc = spec.doc.map_or(std::ptr::null(), CStr::as_ptr);
        fresh(ffi::PyErr_NewExceptionWithDoc(
            spec.full_name.as_ptr(),
            doc,
            base.as_any().as_ptr(),
            std::ptr::null_mut(),
        ))
    }
}

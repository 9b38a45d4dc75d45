//! How Python calls a class: through a vectorcall of the type, or `tp_new` alone, which gets a tuple and a dict.

use pyo3_ffi as ffi;

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use std::ffi::c_ulong;

    use super::ffi;
    use crate::error::Raised;
    use crate::module::SlotSpec;

    /// Flags of classes that can't be called.
    #[cfg(Py_3_10)]
    pub(crate) const CLOSED: c_ulong = ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION;
    /// Before 3.10 no flag forbids it.
    #[cfg(not(Py_3_10))]
    pub(crate) const CLOSED: c_ulong = 0;

    /// What closes a class beside its flags, before it is made.
    pub(crate) fn closing_slot() -> Option<SlotSpec> {
        None
    }

    /// What closes a class beside its flags, once it is made: calls say what to use instead.
    ///
    /// # Safety
    /// `tp` is a new type of ours; so below.
    pub(crate) unsafe fn close(tp: *mut ffi::PyTypeObject) -> Result<(), Raised> {
        // SAFETY: as promised. Before 3.10 the constructor that the type has inherited is taken away.
        unsafe {
            (*tp).tp_vectorcall = Some(refuse_call);
            #[cfg(not(Py_3_10))]
            {
                (*tp).tp_new = None;
            }
        }
        Ok(())
    }

    /// Let calls of the class come by vectorcall.
    ///
    /// # Safety
    /// See [`close`].
    pub(crate) unsafe fn offer(
        tp: *mut ffi::PyTypeObject,
        vectorcall: Option<ffi::vectorcallfunc>,
    ) {
        // SAFETY: as promised.
        unsafe { (*tp).tp_vectorcall = vectorcall };
    }

    /// The vectorcall of classes that can't be called.
    unsafe extern "C" fn refuse_call(
        callable: *mut ffi::PyObject,
        _args: *const *mut ffi::PyObject,
        _nargsf: usize,
        _kwnames: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject {
        // SAFETY: called by Python on one of our types.
        unsafe { crate::module::refuse(callable) };
        std::ptr::null_mut()
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use std::ffi::c_ulong;

    use super::ffi;
    use crate::error::Raised;
    use crate::module::{SlotFn, SlotSpec};

    /// Flags of classes that can't be called: none, for Python would not say what to use instead.
    pub(crate) const CLOSED: c_ulong = 0;

    /// What closes a class, before it is made.
    pub(crate) fn closing_slot() -> Option<SlotSpec> {
        Some(SlotSpec {
            id: ffi::Py_tp_new,
            function: SlotFn::New(refuse_new),
        })
    }

    /// What closes a class beside its slot, once it is made: it has no `__new__`, like all that can't be called.
    ///
    /// # Safety
    /// `tp` is a new type of ours; so below.
    pub(crate) unsafe fn close(tp: *mut ffi::PyTypeObject) -> Result<(), Raised> {
        // SAFETY: as promised; nobody knows the type yet.
        unsafe {
            let dict = crate::abi::types::dict(tp)?;
            match ffi::PyDict_DelItemString(dict.as_any().as_ptr(), c"__new__".as_ptr()) {
                0 => Ok(()),
                _ => Err(Raised),
            }
        }
    }

    /// Calls of the class can't come by vectorcall: only from 3.14 on does the limited API have that slot.
    ///
    /// # Safety
    /// See [`close`].
    pub(crate) unsafe fn offer(_: *mut ffi::PyTypeObject, _: Option<ffi::vectorcallfunc>) {}

    /// The `tp_new` of classes that can't be called.
    unsafe extern "C" fn refuse_new(
        tp: *mut ffi::PyTypeObject,
        _args: *mut ffi::PyObject,
        _kwargs: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject {
        // SAFETY: called by Python on one of our types or a subclass.
        unsafe { crate::module::refuse(tp.cast()) };
        std::ptr::null_mut()
    }
}

//! What type objects hold.

#[cfg(not(Py_LIMITED_API))]
pub(crate) use exact::*;
#[cfg(Py_LIMITED_API)]
pub(crate) use stable::*;

#[cfg(not(Py_LIMITED_API))]
mod exact {
    use std::ffi::{CStr, c_ulong, c_void};

    use pyo3_ffi as ffi;

    use crate::any::{Any, Object};
    use crate::error::Raised;

    /// What a type must be for `match` to see a sequence in its objects, once it is a `collections.abc.Sequence`.
    #[cfg(Py_3_10)]
    pub(crate) const SEQUENCE: c_ulong = ffi::Py_TPFLAGS_IMMUTABLETYPE | ffi::Py_TPFLAGS_SEQUENCE;
    /// Before 3.10 there is no `match`.
    #[cfg(not(Py_3_10))]
    pub(crate) const SEQUENCE: c_ulong = 0;

    /// The base that a type's layout begins with; null for `object`.
    ///
    /// # Safety
    /// `tp` is alive; so for all functions here.
    #[inline(always)]
    pub(crate) unsafe fn base(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyTypeObject {
        // SAFETY: as promised.
        unsafe { (*tp).tp_base }
    }

    /// The type's name, without the module.
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn name(tp: *mut ffi::PyTypeObject) -> String {
        // SAFETY: `tp_name` of a live type is a NUL-terminated string.
        let name = unsafe { CStr::from_ptr((*tp).tp_name) }.to_string_lossy();
        name.rsplit('.').next().unwrap_or_default().to_owned()
    }

    /// The module that a heap type was made for; null for classes made by Python, and once a type has been cleared.
    ///
    /// # Safety
    /// `tp` is a heap type.
    #[inline(always)]
    pub(crate) unsafe fn module(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyObject {
        // SAFETY: as promised.
        unsafe { (*tp.cast::<ffi::PyHeapTypeObject>()).ht_module }
    }

    /// The state of [`module`], or null.
    ///
    /// # Safety
    /// `tp` is a heap type.
    #[inline(always)]
    pub(crate) unsafe fn state(tp: *mut ffi::PyTypeObject) -> *mut c_void {
        // SAFETY: as promised; a type's module has a state.
        unsafe {
            let module = module(tp);
            if module.is_null() {
                std::ptr::null_mut()
            } else {
                ffi::PyModule_GetState(module)
            }
        }
    }

    pub(crate) use state as state_if_module;
    pub(crate) use state as state_of_dying;

    /// Its dictionary, which is changed only before anybody else knows the type.
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn dict(tp: *mut ffi::PyTypeObject) -> Result<Object, Raised> {
        // SAFETY: heap types have a dictionary of their own.
        Ok(unsafe { Any::new((*tp).tp_dict) }.to_object())
    }

    /// The name of a descriptor that CPython has made.
    ///
    /// # Safety
    /// It is one.
    pub(crate) unsafe fn descriptor_name(object: &Object) -> Result<Object, Raised> {
        let descriptor = object.as_any().as_ptr().cast::<ffi::PyDescrObject>();
        // SAFETY: as promised; it always has a name.
        Ok(unsafe { Any::new((*descriptor).d_name) }.to_object())
    }

    /// Its list of methods.
    ///
    /// # Safety
    /// See [`base`].
    #[inline(always)]
    pub(crate) unsafe fn methods(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyMethodDef {
        // SAFETY: as promised.
        unsafe { (*tp).tp_methods }
    }

    /// Free an object's memory.
    ///
    /// # Safety
    /// `object` is empty, and was allocated for `tp`.
    #[inline(always)]
    pub(crate) unsafe fn free(tp: *mut ffi::PyTypeObject, object: *mut ffi::PyObject) {
        // SAFETY: as promised.
        unsafe {
            match (*tp).tp_free {
                Some(free) => free(object.cast()),
                None => ffi::PyObject_Free(object.cast()),
            }
        }
    }

    /// Does it have `__iter__`?
    ///
    /// # Safety
    /// See [`base`].
    #[inline]
    pub(crate) unsafe fn has_iter(tp: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: as promised.
        unsafe { (*tp).tp_iter.is_some() }
    }

    /// Does it have `__float__` or `__index__`?
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn is_real(tp: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: as promised.
        unsafe {
            // Before 3.10, `complex` has a `__float__` that refuses.
            #[cfg(not(Py_3_10))]
            if ffi::PyType_IsSubtype(tp, &raw mut ffi::PyComplex_Type) != 0 {
                return false;
            }
            let numbers = (*tp).tp_as_number;
            !numbers.is_null() && ((*numbers).nb_float.is_some() || (*numbers).nb_index.is_some())
        }
    }
}

#[cfg(Py_LIMITED_API)]
mod stable {
    use std::ffi::{c_int, c_ulong, c_void};
    use std::mem::transmute;

    use pyo3_ffi as ffi;

    use crate::any::Object;
    use crate::conv::fresh;
    use crate::error::{Raised, raise_text};

    /// What a type must be for `match` to see a sequence in its objects, once it is a `collections.abc.Sequence`. The
    /// flag itself is not in the limited API; to register a class sets it, unless the class is immutable.
    pub(crate) const SEQUENCE: c_ulong = 0;

    /// The base that a type's layout begins with; null for `object`.
    ///
    /// # Safety
    /// `tp` is alive; so for all functions here.
    pub(crate) unsafe fn base(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyTypeObject {
        // SAFETY: as promised.
        unsafe { slot(tp, ffi::Py_tp_base) }.cast()
    }

    unsafe fn slot(tp: *mut ffi::PyTypeObject, id: c_int) -> *mut c_void {
        // SAFETY: a live type; the slot exists, so nothing is raised.
        unsafe { ffi::PyType_GetSlot(tp, id) }
    }

    /// The type's name, without the module.
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn name(tp: *mut ffi::PyTypeObject) -> String {
        // SAFETY: as promised. The text lives as long as the string. What is shown in messages must not raise.
        unsafe {
            let Ok(name) = fresh(ffi::PyType_GetName(tp)) else {
                ffi::PyErr_Clear();
                return "?".to_owned();
            };
            let mut size = 0;
            let data = ffi::PyUnicode_AsUTF8AndSize(name.as_any().as_ptr(), &raw mut size);
            if data.is_null() {
                ffi::PyErr_Clear();
                return "?".to_owned();
            }
            let bytes = std::slice::from_raw_parts(data.cast(), size as usize);
            String::from_utf8_lossy(bytes).into_owned()
        }
    }

    /// Whether a heap type can have been made for a module of ours: those can't be changed, classes made by Python can.
    /// To ask a class without a module for it would raise.
    unsafe fn may_have_module(tp: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: as promised.
        unsafe { ffi::PyType_HasFeature(tp, ffi::Py_TPFLAGS_IMMUTABLETYPE) != 0 }
    }

    /// The module that an immutable heap type was made for; null for other types, and once a type has been cleared.
    ///
    /// # Safety
    /// `tp` is a heap type.
    pub(crate) unsafe fn module(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyObject {
        // SAFETY: as promised.
        unsafe {
            if !may_have_module(tp) {
                return std::ptr::null_mut();
            }
            let module = ffi::PyType_GetModule(tp);
            if module.is_null() {
                ffi::PyErr_Clear();
            }
            module
        }
    }

    /// The state of the module of a type of ours; null once the type has been cleared.
    ///
    /// # Safety
    /// `tp` is a heap type that was made for a module.
    #[inline]
    pub(crate) unsafe fn state(tp: *mut ffi::PyTypeObject) -> *mut c_void {
        // SAFETY: as promised.
        unsafe {
            let state = ffi::PyType_GetModuleState(tp);
            if state.is_null() {
                ffi::PyErr_Clear();
            }
            state
        }
    }

    /// The same of any heap type; null also for classes made by Python.
    ///
    /// # Safety
    /// `tp` is a heap type.
    #[inline]
    pub(crate) unsafe fn state_if_module(tp: *mut ffi::PyTypeObject) -> *mut c_void {
        // SAFETY: as promised.
        unsafe {
            if may_have_module(tp) {
                state(tp)
            } else {
                std::ptr::null_mut()
            }
        }
    }

    /// The same where an exception may be on its way, as it is when objects die.
    ///
    /// # Safety
    /// `tp` is a heap type.
    pub(crate) unsafe fn state_of_dying(tp: *mut ffi::PyTypeObject) -> *mut c_void {
        // SAFETY: as promised; the exception is put back.
        unsafe {
            if !may_have_module(tp) {
                return std::ptr::null_mut();
            }
            let raised = ffi::PyErr_GetRaisedException();
            let state = state(tp);
            if !raised.is_null() {
                ffi::PyErr_SetRaisedException(raised);
            }
            state
        }
    }

    /// Its dictionary, which is changed only before anybody else knows the type. `__dict__` of an immutable type shows a
    /// copy that cannot be written to.
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn dict(tp: *mut ffi::PyTypeObject) -> Result<Object, Raised> {
        // SAFETY: a live object; checked before it is used as a dictionary.
        unsafe {
            let dict = fresh(ffi::PyObject_GenericGetDict(
                tp.cast(),
                std::ptr::null_mut(),
            ))?;
            if ffi::PyDict_Check(dict.as_any().as_ptr()) == 0 {
                let text = "this interpreter keeps the attributes of classes in no dict: build the extension for it";
                return Err(raise_text(ffi::PyExc_ImportError, text));
            }
            Ok(dict)
        }
    }

    /// The name of a descriptor that CPython has made.
    ///
    /// # Safety
    /// It is one.
    pub(crate) unsafe fn descriptor_name(object: &Object) -> Result<Object, Raised> {
        let name = c"__name__".as_ptr();
        // SAFETY: a live object and a C string.
        fresh(unsafe { ffi::PyObject_GetAttrString(object.as_any().as_ptr(), name) })
    }

    /// Its list of methods.
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn methods(tp: *mut ffi::PyTypeObject) -> *mut ffi::PyMethodDef {
        // SAFETY: as promised.
        unsafe { slot(tp, ffi::Py_tp_methods) }.cast()
    }

    /// Free an object's memory.
    ///
    /// # Safety
    /// `object` is empty, and was allocated for `tp`.
    pub(crate) unsafe fn free(tp: *mut ffi::PyTypeObject, object: *mut ffi::PyObject) {
        // SAFETY: as promised; the slot holds a function of this type.
        unsafe {
            match slot(tp, ffi::Py_tp_free) {
                free if free.is_null() => ffi::PyObject_Free(object.cast()),
                free => transmute::<*mut c_void, ffi::freefunc>(free)(object.cast()),
            }
        }
    }

    /// Does it have `__iter__`?
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn has_iter(tp: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: as promised.
        unsafe { !slot(tp, ffi::Py_tp_iter).is_null() }
    }

    /// Does it have `__float__` or `__index__`?
    ///
    /// # Safety
    /// See [`base`].
    pub(crate) unsafe fn is_real(tp: *mut ffi::PyTypeObject) -> bool {
        // SAFETY: as promised.
        unsafe { !slot(tp, ffi::Py_nb_float).is_null() || !slot(tp, ffi::Py_nb_index).is_null() }
    }
}

//! Python objects of unknown type, borrowed and owned.

use std::fmt;
use std::marker::PhantomData;
use std::ptr::NonNull;

use pyo3_ffi as ffi;

use crate::abi::types;
use crate::error::{Error, Result};

/// A borrowed Python object, valid during a call.
#[derive(Clone, Copy)]
pub struct Any<'py> {
    ptr: NonNull<ffi::PyObject>,
    borrowed: PhantomData<(&'py (), *mut ())>,
}

impl<'py> Any<'py> {
    /// # Safety
    /// `ptr` points to an object that stays alive, with the thread attached, during `'py`.
    #[inline(always)]
    pub(crate) unsafe fn new(ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: the caller promises an object, so not null.
        Self {
            // SAFETY: an object is not null.
            ptr: unsafe { NonNull::new_unchecked(ptr) },
            borrowed: PhantomData,
        }
    }

    /// The pointer, still borrowed.
    #[inline(always)]
    pub(crate) fn as_ptr(self) -> *mut ffi::PyObject {
        self.ptr.as_ptr()
    }

    /// The object's type.
    #[inline(always)]
    pub(crate) fn type_ptr(self) -> *mut ffi::PyTypeObject {
        // SAFETY: an object has a type.
        unsafe { ffi::Py_TYPE(self.as_ptr()) }
    }

    /// A new reference to the same object.
    #[inline]
    pub fn to_object(self) -> Object {
        // SAFETY: the object is alive and the thread attached.
        unsafe {
            ffi::Py_INCREF(self.as_ptr());
            Object::steal(self.as_ptr())
        }
    }

    /// Is it `None`?
    #[inline]
    pub fn is_none(self) -> bool {
        // SAFETY: `Py_None` only reads a static address.
        self.as_ptr() == unsafe { ffi::Py_None() }
    }

    /// Is it the very same object?
    #[inline]
    pub fn is(self, other: Any<'_>) -> bool {
        self.ptr == other.ptr
    }

    /// The name of its type, without the module.
    pub fn type_name(self) -> String {
        // SAFETY: the type lives as long as the object.
        unsafe { types::name(self.type_ptr()) }
    }

    /// `isinstance(self, class)`; `class` may be a type, a tuple or a union, and may run Python.
    pub fn is_instance(self, class: Any<'_>) -> Result<bool> {
        // SAFETY: both are alive.
        match unsafe { ffi::PyObject_IsInstance(self.as_ptr(), class.as_ptr()) } {
            -1 => Err(Error::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `bool(self)`; may run Python.
    pub fn truth(self) -> Result<bool> {
        // SAFETY: the object is alive.
        match unsafe { ffi::PyObject_IsTrue(self.as_ptr()) } {
            -1 => Err(Error::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `hash(self)`; may run Python.
    pub fn hash(self) -> Result<isize> {
        // SAFETY: the object is alive.
        match unsafe { ffi::PyObject_Hash(self.as_ptr()) } {
            -1 => Err(Error::fetch()),
            hash => Ok(hash),
        }
    }

    /// `self == other`; may run Python.
    pub fn equals(self, other: Any<'_>) -> Result<bool> {
        // SAFETY: both are alive.
        match unsafe { ffi::PyObject_RichCompareBool(self.as_ptr(), other.as_ptr(), ffi::Py_EQ) } {
            -1 => Err(Error::fetch()),
            answer => Ok(answer == 1),
        }
    }

    /// `self.name`.
    pub fn attr(self, name: &str) -> Result<Object> {
        let mut name = Object::from_str(name)?.into_ptr();
        // SAFETY: both are alive; the result is a new reference or null with an exception. The interpreter remembers
        // attributes of types by the name's address, so the name is made the one that everybody uses.
        unsafe {
            ffi::PyUnicode_InternInPlace(&raw mut name);
            let name = Object::steal(name);
            Object::from_new(ffi::PyObject_GetAttr(self.as_ptr(), name.as_any().as_ptr()))
        }
    }

    /// `self(*args)`.
    pub fn call(self, args: &[Any<'_>]) -> Result<Object> {
        // SAFETY: `Any` is a transparent pointer in all but name: it has one field that takes space.
        let pointers: Vec<*mut ffi::PyObject> = args.iter().map(|arg| arg.as_ptr()).collect();
        // SAFETY: all pointers are alive during the call.
        unsafe {
            Object::from_new(ffi::PyObject_Vectorcall(
                self.as_ptr(),
                pointers.as_ptr(),
                pointers.len(),
                std::ptr::null_mut(),
            ))
        }
    }
}

impl fmt::Debug for Any<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} object at {:p}>", self.type_name(), self.ptr)
    }
}

/// An owned reference to a Python object. Not `Send`: it lives and dies with the GIL held.
pub struct Object(NonNull<ffi::PyObject>);

impl Object {
    /// # Safety
    /// `ptr` is a reference that the caller gives away.
    #[inline(always)]
    pub(crate) unsafe fn steal(ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: a reference is not null.
        Self(unsafe { NonNull::new_unchecked(ptr) })
    }

    /// The answer of a C function that gives a new reference, or null with an exception set.
    ///
    /// # Safety
    /// `ptr` is just that.
    #[inline]
    pub(crate) unsafe fn from_new(ptr: *mut ffi::PyObject) -> Result<Self> {
        NonNull::new(ptr).map(Self).ok_or_else(Error::fetch)
    }

    /// A Python string.
    pub(crate) fn from_str(text: &str) -> Result<Self> {
        // SAFETY: the text is UTF-8 of that length.
        unsafe {
            Self::from_new(ffi::PyUnicode_FromStringAndSize(
                text.as_ptr().cast(),
                text.len() as ffi::Py_ssize_t,
            ))
        }
    }

    /// `None`.
    pub fn none(_proof: Any<'_>) -> Self {
        // SAFETY: `None` is alive; the argument proves that the thread is attached.
        unsafe {
            ffi::Py_INCREF(ffi::Py_None());
            Self::steal(ffi::Py_None())
        }
    }

    /// The object, borrowed.
    #[inline(always)]
    pub fn as_any(&self) -> Any<'_> {
        // SAFETY: we hold a reference as long as the borrow lasts.
        unsafe { Any::new(self.0.as_ptr()) }
    }

    /// The pointer, given away.
    #[inline(always)]
    pub(crate) fn into_ptr(self) -> *mut ffi::PyObject {
        std::mem::ManuallyDrop::new(self).0.as_ptr()
    }
}

impl Drop for Object {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: we own one reference; objects that may travel (in `Error`) check the thread before they get here.
        unsafe { ffi::Py_DECREF(self.0.as_ptr()) }
    }
}

impl Clone for Object {
    #[inline]
    fn clone(&self) -> Self {
        self.as_any().to_object()
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_any().fmt(f)
    }
}

/// The very same object.
impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

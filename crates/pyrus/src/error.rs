//! Errors on their way from Rust to Python.

use std::fmt;
use std::mem::ManuallyDrop;

use pyo3_ffi as ffi;

pub(crate) use crate::abi::thread::is_attached;
use crate::any::Object;
use crate::cx::Cx;

/// `Result` with a Python exception as error.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The exception is set in the interpreter; all that is left to do is to return null.
#[derive(Clone, Copy, Debug)]
pub struct Raised;

/// What can be raised: built-in exceptions of [`crate::exc`] and the errors that `bindings.yaml` declares.
pub trait Raise {
    /// Set the exception.
    fn raise(self: Box<Self>, cx: Cx<'_>) -> Raised;
}

/// Any Python exception: one that came out of a callback, or one about to be raised.
pub struct Error {
    kind: Kind,
    cause: Option<Box<Error>>,
}

enum Kind {
    Python(Caught),
    Lazy(Box<dyn Raise + Send + Sync>),
}

/// An exception taken from the interpreter.
struct Caught(ManuallyDrop<Object>);

// SAFETY: the reference is only used to set the exception again, which needs a `Cx`, and to be dropped, where the
// thread is checked.
unsafe impl Send for Caught {}
// SAFETY: no method takes `&Caught`.
unsafe impl Sync for Caught {}

impl Drop for Caught {
    fn drop(&mut self) {
        // SAFETY: dropped once. Without an attached thread the exception is leaked rather than touched.
        unsafe {
            if is_attached() {
                ManuallyDrop::drop(&mut self.0);
            }
        }
    }
}

impl<E: Raise + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self {
            kind: Kind::Lazy(Box::new(error)),
            cause: None,
        }
    }
}

impl Error {
    /// Take the exception that a C function has set.
    #[cold]
    pub(crate) fn fetch() -> Self {
        // SAFETY: called with an exception set, on an attached thread.
        let exception = unsafe { take_raised() };
        Self {
            kind: Kind::Python(Caught(ManuallyDrop::new(exception))),
            cause: None,
        }
    }

    /// The same error with `cause` as its `__cause__`.
    #[must_use]
    pub fn with_cause(mut self, cause: Error) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// Set it in the interpreter.
    #[cold]
    pub(crate) fn raise(self, cx: Cx<'_>) -> Raised {
        match self.kind {
            // SAFETY: the reference is moved out of a `Caught` that is then forgotten; the thread is attached.
            Kind::Python(caught) => unsafe {
                let mut caught = ManuallyDrop::new(caught);
                set_raised(ManuallyDrop::take(&mut caught.0));
            },
            Kind::Lazy(error) => {
                error.raise(cx);
            }
        }
        if let Some(cause) = self.cause {
            chain(cx, *cause);
        }
        Raised
    }
}

/// Give the exception that is set a cause.
fn chain(cx: Cx<'_>, cause: Error) {
    // SAFETY: both exceptions are owned by us between take and set; `SetCause` steals its second argument.
    unsafe {
        let exception = take_raised();
        cause.raise(cx);
        let cause = take_raised();
        ffi::PyException_SetCause(exception.as_any().as_ptr(), cause.into_ptr());
        set_raised(exception);
    }
}

/// # Safety
/// An exception is set and the thread attached.
pub(crate) unsafe fn take_raised() -> Object {
    // SAFETY: as promised; the triple is normalised, so that the value carries all.
    unsafe {
        #[cfg(Py_3_12)]
        let value = ffi::PyErr_GetRaisedException();
        #[cfg(not(Py_3_12))]
        let value = {
            let (mut tp, mut value, mut traceback) = (
                std::ptr::null_mut(),
                std::ptr::null_mut(),
                std::ptr::null_mut(),
            );
            ffi::PyErr_Fetch(&raw mut tp, &raw mut value, &raw mut traceback);
            ffi::PyErr_NormalizeException(&raw mut tp, &raw mut value, &raw mut traceback);
            if !traceback.is_null() {
                ffi::PyException_SetTraceback(value, traceback);
                ffi::Py_DECREF(traceback);
            }
            ffi::Py_XDECREF(tp);
            value
        };
        assert!(!value.is_null(), "no exception was set");
        Object::steal(value)
    }
}

/// # Safety
/// The thread is attached.
unsafe fn set_raised(exception: Object) {
    // SAFETY: an exception instance; `Restore` steals what it gets.
    unsafe {
        #[cfg(Py_3_12)]
        ffi::PyErr_SetRaisedException(exception.into_ptr());
        #[cfg(not(Py_3_12))]
        {
            let value = exception.into_ptr();
            let tp = ffi::Py_TYPE(value).cast();
            ffi::Py_INCREF(tp);
            ffi::PyErr_Restore(tp, value, ffi::PyException_GetTraceback(value));
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Python(_) => "Error(a Python exception)",
            Kind::Lazy(_) => "Error(about to be raised)",
        })
    }
}

/// Raise a built-in exception with a message.
///
/// # Safety
/// `class` is an exception class and the thread attached.
#[cold]
pub(crate) unsafe fn raise_text(class: *mut ffi::PyObject, message: &str) -> Raised {
    // SAFETY: as promised. If the string can't be made, `MemoryError` is set instead.
    unsafe {
        if let Ok(text) = crate::conv::new_text(message) {
            ffi::PyErr_SetObject(class, text.as_any().as_ptr());
        }
    }
    Raised
}

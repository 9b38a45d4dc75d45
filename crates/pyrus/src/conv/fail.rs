//! Why a conversion failed.

use crate::any::Any;
use crate::error::{Error, Raised};

/// Why a value was refused.
pub struct Fail(pub(crate) Box<FailKind>);

/// The reasons.
pub enum FailKind {
    /// Another type than expected.
    Type {
        /// The expected type, in the annotation's words.
        expected: &'static str,
        /// The type found.
        got: String,
    },
    /// An integer outside the range, though within 64 bits: `ValueError`.
    Range {
        /// The Rust type.
        kind: &'static str,
        /// Lowest value.
        min: i64,
        /// Highest value.
        max: u64,
        /// The value found.
        got: String,
    },
    /// An integer that no 64-bit type holds: `OverflowError`.
    Overflow {
        /// The Rust type.
        kind: &'static str,
    },
    /// A value that its type does not allow: `ValueError`.
    Value(String),
    /// Text that has no UTF-8 form: the exception is made already.
    Text(Error),
    /// An object that is in use, used up or stale: the exception is made already.
    Error(Error),
    /// Inside a container.
    Inside {
        /// `[3]`, ` key`, …
        place: String,
        /// The reason.
        inner: Fail,
    },
}

impl Fail {
    /// Another type than expected.
    #[cold]
    pub fn wrong_type(expected: &'static str, got: Any<'_>) -> Self {
        Self(Box::new(FailKind::Type {
            expected,
            got: got.type_name(),
        }))
    }

    /// Another class than expected, where a class is an argument itself.
    #[cold]
    pub fn wrong_class(expected: &'static str, class: Any<'_>) -> Self {
        // SAFETY: the callers checked that it is a class, which has a name.
        let name = unsafe { crate::abi::types::name(class.as_ptr().cast()) };
        Self(Box::new(FailKind::Type {
            expected,
            got: format!("type[{name}]"),
        }))
    }

    /// A value that its type does not allow.
    #[cold]
    pub fn value(message: impl Into<String>) -> Self {
        Self(Box::new(FailKind::Value(message.into())))
    }

    /// The exception that a C function has just set.
    #[cold]
    pub fn fetch() -> Self {
        Self(Box::new(FailKind::Error(Error::fetch())))
    }

    /// The exception that was set when text was to be encoded.
    #[cold]
    pub(crate) fn text() -> Self {
        // SAFETY: the symbol is an exception class; the caller's failed C function has set an exception.
        let encoding =
            unsafe { pyo3_ffi::PyErr_ExceptionMatches(pyo3_ffi::PyExc_UnicodeEncodeError) };
        let error = Error::fetch();
        Self(Box::new(if encoding == 0 {
            FailKind::Error(error)
        } else {
            FailKind::Text(error)
        }))
    }

    /// This error.
    #[cold]
    pub fn error(error: Error) -> Self {
        Self(Box::new(FailKind::Error(error)))
    }

    /// The same, inside a container.
    #[cold]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self(Box::new(FailKind::Inside {
            place: place.into(),
            inner: self,
        }))
    }

    /// Was it only the type that did not fit? Then another member of a union may be tried.
    pub(crate) fn is_type(&self) -> bool {
        matches!(*self.0, FailKind::Type { .. })
    }

    /// Was it a value of another type, or text that can't be used? Not what stands inside.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(*self.0, FailKind::Type { .. } | FailKind::Text(_))
    }

    /// Was it an integer out of range? Then a wider member of a union may be tried.
    pub(crate) fn is_range(&self) -> bool {
        matches!(*self.0, FailKind::Range { .. } | FailKind::Overflow { .. })
    }

    /// Raise with a subject such as `scale() argument 'factor'`.
    #[cold]
    pub(crate) fn raise(self, cx: crate::cx::Cx<'_>, subject: &str) -> Raised {
        use crate::error::raise_text;
        use pyo3_ffi as ffi;
        let (class, text) = match *self.0 {
            // SAFETY (all below): the symbols are exception classes; the context proves an attached thread.
            FailKind::Type { expected, got } => (
                // SAFETY: as above.
                unsafe { ffi::PyExc_TypeError },
                format!("{subject}: expected {expected}, got {got}"),
            ),
            FailKind::Range {
                kind,
                min,
                max,
                got,
            } => (
                // SAFETY: as above.
                unsafe { ffi::PyExc_ValueError },
                format!("{subject}: {got} is out of range for {kind} ({min} to {max})"),
            ),
            FailKind::Overflow { kind } => (
                // SAFETY: as above.
                unsafe { ffi::PyExc_OverflowError },
                format!("{subject}: int too large for {kind}"),
            ),
            // SAFETY: as above.
            FailKind::Value(message) => (
                unsafe { ffi::PyExc_ValueError },
                format!("{subject}: {message}"),
            ),
            FailKind::Error(error) | FailKind::Text(error) => return error.raise(cx),
            FailKind::Inside { place, inner } => {
                return inner.raise(cx, &format!("{subject}{place}"));
            }
        };
        // SAFETY: as above.
        unsafe { raise_text(class, &text) }
    }
}

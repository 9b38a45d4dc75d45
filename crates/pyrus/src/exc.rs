//! Python's built-in exceptions, to be returned from Rust: `Err(exc::ValueError::new("too large"))`.

use pyo3_ffi as ffi;

use crate::cx::Cx;
use crate::error::{Raise, Raised, raise_text};

macro_rules! builtin {
    ($($name:ident $symbol:ident),* $(,)?) => {$(
        #[doc = concat!("Python's `", stringify!($name), "` with a message.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        impl $name {
            /// With this message.
            pub fn new(message: impl Into<String>) -> Self {
                Self(message.into())
            }
        }

        impl Raise for $name {
            fn raise(self: Box<Self>, _cx: Cx<'_>) -> Raised {
                // SAFETY: the context proves an attached thread; the symbol is an exception class.
                unsafe { raise_text(ffi::$symbol, &self.0) }
            }
        }
    )*};
}

builtin! {
    ArithmeticError PyExc_ArithmeticError,
    AssertionError PyExc_AssertionError,
    AttributeError PyExc_AttributeError,
    BufferError PyExc_BufferError,
    EOFError PyExc_EOFError,
    Exception PyExc_Exception,
    FileExistsError PyExc_FileExistsError,
    FileNotFoundError PyExc_FileNotFoundError,
    ImportError PyExc_ImportError,
    IndexError PyExc_IndexError,
    InterruptedError PyExc_InterruptedError,
    IsADirectoryError PyExc_IsADirectoryError,
    KeyError PyExc_KeyError,
    LookupError PyExc_LookupError,
    MemoryError PyExc_MemoryError,
    NameError PyExc_NameError,
    NotADirectoryError PyExc_NotADirectoryError,
    NotImplementedError PyExc_NotImplementedError,
    OSError PyExc_OSError,
    OverflowError PyExc_OverflowError,
    PermissionError PyExc_PermissionError,
    RecursionError PyExc_RecursionError,
    ReferenceError PyExc_ReferenceError,
    RuntimeError PyExc_RuntimeError,
    StopIteration PyExc_StopIteration,
    TimeoutError PyExc_TimeoutError,
    TypeError PyExc_TypeError,
    UnicodeError PyExc_UnicodeError,
    ValueError PyExc_ValueError,
    ZeroDivisionError PyExc_ZeroDivisionError,
}

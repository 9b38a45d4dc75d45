//! What the runtime does in two ways: by the interpreter's own structs, or by the stable ABI alone.
//!
//! One file per concern, with two faces of the same functions. `exact` reads and writes structs of the version that the
//! extension is built for: it is what extensions are usually built with. `stable` calls what the limited API of CPython
//! 3.12 has, does the same in more steps, and runs on every later version unchanged. The feature `abi3` chooses; nothing
//! outside this folder asks which face it sees.

#[cfg(all(Py_LIMITED_API, not(Py_3_12)))]
compile_error!(
    "Pyrus needs the stable ABI of CPython 3.12 or later, for vectorcalls and descriptors that have them: \
     ask for the feature `abi3` of the crate `pyrus`, or for `abi3-py312` of `pyo3-ffi`"
);

pub(crate) mod callable;
pub(crate) mod construct;
pub(crate) mod items;
pub(crate) mod lock;
pub(crate) mod number;
#[cfg(Py_GIL_DISABLED)]
pub(crate) mod patience;
#[cfg(Py_GIL_DISABLED)]
pub(crate) mod refs;
pub(crate) mod text;
pub(crate) mod thread;
pub(crate) mod types;

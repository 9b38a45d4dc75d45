//! `Callable[[A, B], R]`: checked at once, called through a closure that generated code makes.

use pyo3_ffi as ffi;

use super::{Fail, FailKind, FromPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::{Error, Raised, Result};

/// Something callable.
pub struct Callable;

impl<'py> FromPy<'py> for Callable {
    type Out = Any<'py>;
    const NAME: &'static str = "Callable";

    #[inline]
    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> std::result::Result<Any<'py>, Fail> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyCallable_Check(object.as_ptr()) } == 0 {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        Ok(object)
    }

    #[inline]
    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyCallable_Check(object.as_ptr()) != 0 }
    }
}

/// Turn a raised exception into an [`Error`] for the Rust code between two Python frames.
#[inline(always)]
pub fn caught<T>(outcome: std::result::Result<T, Raised>) -> Result<T> {
    outcome.map_err(|Raised| Error::fetch())
}

/// Call a Python function from Rust. Its exception comes back unchanged.
#[inline]
pub fn invoke<const N: usize>(function: Any<'_>, args: [Object; N]) -> Result<Object> {
    // One place before the arguments, which bound methods use for `self` instead of copying all.
    let mut stack = [std::ptr::null_mut(); 8];
    assert!(N < stack.len(), "callbacks take at most seven arguments");
    for (place, arg) in stack[1..].iter_mut().zip(&args) {
        *place = arg.as_any().as_ptr();
    }
    // SAFETY: the arguments are alive until the call returns.
    unsafe {
        Object::from_new(ffi::PyObject_Vectorcall(
            function.as_ptr(),
            stack.as_ptr().add(1),
            N | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET,
            std::ptr::null_mut(),
        ))
    }
}

/// Convert what a callback returned.
#[inline]
pub fn returned<'py, C: FromPy<'py>>(
    cx: Cx<'py>,
    function: &'static str,
    expected: &'static str,
    object: &Object,
) -> Result<C::Out> {
    let kept = cx.keep(object.clone());
    C::from_py(cx, kept).map_err(|fail| {
        let fail = match *fail.0 {
            FailKind::Type { got, .. } => Fail(Box::new(FailKind::Type { expected, got })),
            other => Fail(Box::new(other)),
        };
        fail.raise(cx, &format!("{function}() callback result"));
        Error::fetch()
    })
}

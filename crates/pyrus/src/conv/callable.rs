//! `Callable[[A, B], R]`: checked at once, called through a closure that generated code makes.

use pyo3_ffi as ffi;

use super::{Fail, FailKind, FromPy};
use crate::abi::callable;
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

/// The arguments of a call, and one place before them, which bound methods use for `self` instead of copying all.
#[repr(C)]
struct Stack<const N: usize> {
    before: *mut ffi::PyObject,
    args: [*mut ffi::PyObject; N],
}

/// Call a Python function from Rust. Its exception comes back unchanged.
#[inline]
pub fn invoke<const N: usize>(function: Any<'_>, args: [Object; N]) -> Result<Object> {
    let mut stack = Stack {
        before: std::ptr::null_mut(),
        args: args.each_ref().map(|arg| arg.as_any().as_ptr()),
    };
    // SAFETY: the arguments are alive until the call returns, and so is the place before them.
    unsafe {
        let first = (&raw mut stack).cast::<*mut ffi::PyObject>().add(1);
        Object::from_new(callable::call(
            function.as_ptr(),
            first,
            N | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET,
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

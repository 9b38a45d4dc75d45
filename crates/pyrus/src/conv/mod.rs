//! Converters: one zero-sized type per IDL type, composed like the types are, `List<Opt<Str>>`.
//!
//! Generated code names a converter and never touches a value itself; the converter names nothing of the caller.
//! What went wrong travels as a small [`Fail`] and becomes a sentence only when it is raised.

mod callable;
mod class;
mod container;
pub(crate) mod digits;
mod fail;
mod integer;
mod like;
mod optional;
mod path;
mod scalar;
mod text;
mod union;

pub(crate) use crate::abi::text::new_text;
pub use callable::{Callable, caught, invoke, returned};
pub(crate) use class::is_of;
pub use class::{
    AnyType, BoundView, Cls, En, Keyed, OfClass, OwnedObj, Resolved, ResolvingView, SharedCls,
    TypeOf, resolve,
};
pub use container::{
    Dict, Iterable, List, Sequence, Set, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, VarTuple,
};
pub use fail::{Fail, FailKind};
pub use integer::{BigInt, I8, I16, I32, I64, U8, U16, U32, U64};
pub use like::Like;
pub use optional::Opt;
pub use path::Path;
pub(crate) use path::encode_path;
pub(crate) use scalar::fresh;
pub use scalar::{Bool, F32, F64, Null, Obj, Truth};
pub use text::{Bytes, OwnedBytes, OwnedStr, Str};
pub use union::{Either2, Either3, Either4, Either5, Either6, next_member};

use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;

/// From Python. Conversion may run Python code (`__index__`, iteration).
pub trait FromPy<'py> {
    /// What Rust gets.
    type Out;
    /// What messages call it.
    const NAME: &'static str;
    /// The result may refer to the object, which must then outlive it.
    const BORROWS: bool = true;

    /// Convert, accepting what Python's own functions accept.
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail>;

    /// Convert what can be converted without running Python code and without an exception; it borrows nothing.
    #[inline(always)]
    fn quick(_object: Any<'py>) -> Option<Self::Out> {
        None
    }

    /// Is it of the very type, so that in a union nothing better can come? Runs no Python code.
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool;
}

/// To Python.
pub trait ToPy<T> {
    /// A new reference, or an exception set.
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised>;
}

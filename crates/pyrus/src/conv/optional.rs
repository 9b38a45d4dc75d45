//! `T?`.

use std::marker::PhantomData;

use super::scalar::Null;
use super::{Fail, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::Raised;

/// `T | None`.
pub struct Opt<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for Opt<C> {
    type Out = Option<C::Out>;
    const NAME: &'static str = C::NAME;

    #[inline]
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if object.is_none() {
            Ok(None)
        } else {
            C::from_py(cx, object).map(Some)
        }
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        object.is_none() || C::is_exact(cx, object)
    }
}

impl<T, C: ToPy<T>> ToPy<Option<T>> for Opt<C> {
    #[inline]
    fn to_py(cx: Cx<'_>, value: Option<T>) -> Result<Object, Raised> {
        match value {
            Some(value) => C::to_py(cx, value),
            None => Null::to_py(cx, ()),
        }
    }
}

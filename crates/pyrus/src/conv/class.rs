//! Classes, records and enums: Python objects of types that an extension declares.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::{Fail, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::class::{
    Bound, Class, Payload as _, Ref, Shared, Value, View, ViewClass, ViewKey, borrow, key_view,
    wrap,
};
use crate::cx::Cx;
use crate::enums::EnumClass;
use crate::error::Raised;
use crate::record::FieldConv;

/// Is the object of class `C`?
#[inline(always)]
pub(crate) fn is_of<C: Class>(cx: Cx<'_>, object: Any<'_>) -> bool {
    let tp = cx.state().types[C::INDEX].get();
    // SAFETY: both types are alive; ours is null where nobody has needed it, and there are no objects of it.
    object.type_ptr() == tp
        || C::SUBCLASS
            && !tp.is_null()
            && unsafe { ffi::PyType_IsSubtype(object.type_ptr(), tp) != 0 }
}

/// A converter of objects of one class.
pub trait OfClass<'py>: FromPy<'py> {
    /// Convert an object that is known to be of the class.
    ///
    /// # Safety
    /// It is.
    unsafe fn known(object: Any<'py>) -> Result<Self::Out, Fail>;
}

/// `type[T]` of any `T`.
pub struct AnyType;

impl<'py> FromPy<'py> for AnyType {
    type Out = Any<'py>;
    const NAME: &'static str = "type";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Any<'py>, Fail> {
        if Self::is_exact(cx, object) {
            Ok(object)
        } else {
            Err(Fail::wrong_type(Self::NAME, object))
        }
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyType_Check(object.as_ptr()) != 0 }
    }
}

/// `type[C]`: the class or a subclass.
pub struct TypeOf<C>(PhantomData<C>);

impl<'py, C: Class> FromPy<'py> for TypeOf<C> {
    type Out = Any<'py>;
    const NAME: &'static str = "type";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Any<'py>, Fail> {
        let class = AnyType::from_py(cx, object)?;
        if Self::is_exact(cx, class) {
            Ok(class)
        } else {
            Err(Fail::wrong_class(C::NAME, class))
        }
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        let tp = cx.state().types[C::INDEX].get();
        // SAFETY: both are types, and alive; ours is null where nobody has needed it, so that nobody can have it.
        AnyType::is_exact(cx, object)
            && !tp.is_null()
            && unsafe { ffi::PyType_IsSubtype(object.as_ptr().cast(), tp) != 0 }
    }
}

/// A class held by value or shared, or a record: `&T` in, `T` or `Arc<T>` out.
pub struct Cls<C>(PhantomData<C>);

impl<'py, C: Class> FromPy<'py> for Cls<C> {
    type Out = Ref<'py, C::Target>;
    const NAME: &'static str = C::NAME;

    #[inline]
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if !is_of::<C>(cx, object) {
            return Err(Fail::wrong_type(C::NAME, object));
        }
        // SAFETY: checked.
        unsafe { Self::known(object) }
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        is_of::<C>(cx, object)
    }
}

impl<'py, C: Class> OfClass<'py> for Cls<C> {
    #[inline(always)]
    unsafe fn known(object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: an object of the class, which the caller keeps alive.
        unsafe { borrow::<C>(object.as_ptr()) }.map_err(Fail::error)
    }
}

impl<T: 'static, C: Class<Payload = Value<T>, Target = T>> ToPy<T> for Cls<C> {
    #[inline]
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        wrap::<C>(cx, Value(value))
    }
}

/// A shared class on its way out: `Arc<T>`.
pub struct SharedCls<C>(PhantomData<C>);

impl<T: Send + Sync + 'static, C: Class<Payload = Shared<T>, Target = T>> ToPy<std::sync::Arc<T>>
    for SharedCls<C>
{
    #[inline]
    fn to_py(cx: Cx<'_>, value: std::sync::Arc<T>) -> Result<Object, Raised> {
        wrap::<C>(cx, Shared(value))
    }
}

/// A view class without `resolve`: owner and key in, key out.
pub struct Keyed<C>(PhantomData<C>);

impl<'py, C: ViewClass> FromPy<'py> for Keyed<C> {
    type Out = View<'py, <C::Owner as Class>::Target, C::Key>;
    const NAME: &'static str = C::NAME;

    #[inline]
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if !is_of::<C>(cx, object) {
            return Err(Fail::wrong_type(C::NAME, object));
        }
        // SAFETY: checked.
        unsafe { Self::known(object) }
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        is_of::<C>(cx, object)
    }
}

impl<'py, C: ViewClass> OfClass<'py> for Keyed<C> {
    #[inline(always)]
    unsafe fn known(object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: an object of the class, which the caller keeps alive.
        unsafe { key_view::<C>(object.as_ptr()) }.map_err(Fail::error)
    }
}

impl<C: ViewClass> ToPy<C::Key> for Keyed<C> {
    #[inline]
    fn to_py(cx: Cx<'_>, key: C::Key) -> Result<Object, Raised> {
        let owner = cx.owner();
        assert!(!owner.is_null(), "a view was made where no owner is known");
        // SAFETY: the owner is alive during the call; the payload gets a reference of its own.
        unsafe { ffi::Py_INCREF(owner) };
        wrap::<C>(cx, ViewKey { owner, key })
    }
}

/// A view that brings its owner with it, on its way out and in the fields of errors.
pub struct BoundView<C>(PhantomData<C>);

/// What [`BoundView`] converts.
type BoundOf<C> = Bound<<<C as ViewClass>::Owner as Class>::Target, <C as ViewClass>::Key>;

impl<C, O> ToPy<Bound<O, C::Key>> for BoundView<C>
where
    C: ViewClass,
    C::Owner: Class<Payload = Shared<O>, Target = O>,
    O: Send + Sync + 'static,
{
    fn to_py(cx: Cx<'_>, value: Bound<O, C::Key>) -> Result<Object, Raised> {
        let (owner, key) = value.into_parts();
        let owner = wrap::<C::Owner>(cx, Shared(owner))?.into_ptr();
        wrap::<C>(cx, ViewKey { owner, key })
    }
}

impl<C, O> FieldConv for BoundView<C>
where
    C: ViewClass,
    C::Key: Clone + PartialEq,
    C::Owner: Class<Payload = Shared<O>, Target = O>,
    O: Send + Sync + 'static,
{
    type Rust = BoundOf<C>;

    fn get(cx: Cx<'_>, value: &Self::Rust) -> Outcome {
        Self::to_py(cx, value.clone())
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
        let view = Keyed::<C>::from_py(cx, object)?;
        Ok(view.bind(view.key().clone()))
    }

    fn same(_cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
        Ok(a == b)
    }
}

/// A view class with `resolve`: `&T` in, key out.
pub trait ResolvingView: ViewClass {
    /// What the key stands for.
    type Item: 'static;
    /// Look it up.
    fn resolve<'a>(
        owner: &'a <Self::Owner as Class>::Target,
        key: &'a Self::Key,
    ) -> Option<&'a Self::Item>;
}

/// See [`ResolvingView`].
pub struct Resolved<C>(PhantomData<C>);

impl<'py, C: ResolvingView> FromPy<'py> for Resolved<C> {
    type Out = Ref<'py, C::Item>;
    const NAME: &'static str = C::NAME;

    #[inline]
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if !is_of::<C>(cx, object) {
            return Err(Fail::wrong_type(C::NAME, object));
        }
        // SAFETY: checked.
        unsafe { Self::known(object) }
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        is_of::<C>(cx, object)
    }
}

impl<'py, C: ResolvingView> OfClass<'py> for Resolved<C> {
    #[inline(always)]
    unsafe fn known(object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: an object of the class, which the caller keeps alive.
        unsafe { resolve::<C>(object.as_ptr()) }.map_err(Fail::error)
    }
}

impl<C: ResolvingView> ToPy<C::Key> for Resolved<C> {
    fn to_py(cx: Cx<'_>, key: C::Key) -> Result<Object, Raised> {
        Keyed::<C>::to_py(cx, key)
    }
}

/// What a view stands for now; `ReferenceError` when that is gone.
///
/// # Safety
/// `ptr` is an object of class `C`, alive during `'py`.
pub unsafe fn resolve<'py, C: ResolvingView>(
    ptr: *mut ffi::PyObject,
) -> crate::Result<Ref<'py, C::Item>> {
    // SAFETY: as promised; the view keeps its owner alive.
    unsafe {
        let payload: &'py ViewKey<C::Key> = crate::class::Inst::<C>::of(ptr).payload();
        borrow::<C::Owner>(payload.owner)?
            .try_map(|owner| C::resolve(owner, payload.target()))
            .ok_or_else(|| {
                crate::exc::ReferenceError::new(format!(
                    "this {} is stale: its owner no longer holds it",
                    C::NAME
                ))
                .into()
            })
    }
}

/// An enum: a member or its value in, the Rust enum in and out.
pub struct En<E>(PhantomData<E>);

impl<'py, E: EnumClass> FromPy<'py> for En<E> {
    type Out = E::Rust;
    const NAME: &'static str = E::NAME;

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<E::Rust, Fail> {
        crate::enums::from_python::<E>(cx, object)
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        crate::enums::is_member::<E>(cx, object)
    }
}

impl<E: EnumClass> ToPy<E::Rust> for En<E> {
    fn to_py(cx: Cx<'_>, value: E::Rust) -> Result<Object, Raised> {
        crate::enums::to_python::<E>(cx, value)
    }
}

/// `object` inside containers, copied: a reference of its own.
pub struct OwnedObj;

impl<'py> FromPy<'py> for OwnedObj {
    type Out = Object;
    const NAME: &'static str = "object";

    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<Object, Fail> {
        Ok(object.to_object())
    }

    fn is_exact(_cx: Cx<'py>, _object: Any<'py>) -> bool {
        true
    }
}

impl<T> ToPy<T> for OwnedObj
where
    super::Obj: ToPy<T>,
{
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        super::Obj::to_py(cx, value)
    }
}

//! Fields of one value: numbers, text, objects, enums, records.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::{FieldConv, Proof};
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::class::{Class, Value};
use crate::conv::{self, Fail, FromPy, ToPy};
use crate::cx::Cx;
use crate::enums::EnumClass;
use crate::error::Raised;

macro_rules! scalars {
    ($($conv:ident $rust:ty),* $(,)?) => {$(
        impl FieldConv for conv::$conv {
            type Rust = $rust;

            #[inline]
            fn get(cx: Cx<'_>, value: &$rust) -> Outcome {
                <conv::$conv as ToPy<$rust>>::to_py(cx, value.clone())
            }

            #[inline]
            fn read(cx: Cx<'_>, object: Any<'_>) -> Result<$rust, Fail> {
                <conv::$conv as FromPy<'_>>::from_py(cx, object)
            }

            #[inline]
            fn same(_cx: Cx<'_>, a: &$rust, b: &$rust) -> Result<bool, Raised> {
                Ok(a == b)
            }
        }
    )*};
}

scalars! {
    Bool bool, I8 i8, I16 i16, I32 i32, I64 i64, U8 u8, U16 u16, U32 u32, U64 u64, BigInt crate::Int,
    F32 f32, F64 f64, Null (), Path std::path::PathBuf,
}

impl FieldConv for conv::OwnedStr {
    type Rust = String;

    #[inline]
    fn get(cx: Cx<'_>, value: &String) -> Outcome {
        conv::Str::to_py(cx, value.as_str())
    }

    #[inline]
    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<String, Fail> {
        conv::OwnedStr::from_py(cx, object)
    }

    #[inline]
    unsafe fn set(
        cx: Cx<'_>,
        field: *mut String,
        object: Any<'_>,
        writing: &dyn Fn() -> Proof<'static>,
    ) -> Result<(), Fail> {
        let text = conv::Str::from_py(cx, object)?;
        let _proof = writing()?;
        // SAFETY: as promised.
        let field = unsafe { &mut *field };
        // Into the old memory, unless that would waste much of it.
        if field.capacity() >= text.len() + 64 {
            *field = String::new();
        }
        text.clone_into(field);
        Ok(())
    }

    #[inline]
    fn same(_cx: Cx<'_>, a: &String, b: &String) -> Result<bool, Raised> {
        Ok(a == b)
    }
}

impl FieldConv for conv::OwnedBytes {
    type Rust = Vec<u8>;

    fn get(cx: Cx<'_>, value: &Vec<u8>) -> Outcome {
        conv::Bytes::to_py(cx, value.as_slice())
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Vec<u8>, Fail> {
        conv::OwnedBytes::from_py(cx, object)
    }

    fn same(_cx: Cx<'_>, a: &Vec<u8>, b: &Vec<u8>) -> Result<bool, Raised> {
        Ok(a == b)
    }
}

impl FieldConv for conv::OwnedObj {
    type Rust = Object;
    const HAS_PYTHON: bool = true;

    fn get(_cx: Cx<'_>, value: &Object) -> Outcome {
        Ok(value.clone())
    }

    fn read(_cx: Cx<'_>, object: Any<'_>) -> Result<Object, Fail> {
        Ok(object.to_object())
    }

    fn same(cx: Cx<'_>, a: &Object, b: &Object) -> Result<bool, Raised> {
        a.as_any()
            .equals(b.as_any())
            .map_err(|error| error.raise(cx))
    }

    unsafe fn visit(value: &Object, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
        // SAFETY: a live reference, from `tp_traverse`.
        unsafe { visit(value.as_any().as_ptr(), arg) }
    }

    fn clear(value: &mut Object) {
        *value = Object::none(value.as_any());
    }
}

impl<E: EnumClass> FieldConv for conv::En<E>
where
    E::Rust: PartialEq,
{
    type Rust = E::Rust;

    fn get(cx: Cx<'_>, value: &E::Rust) -> Outcome {
        <conv::En<E> as ToPy<E::Rust>>::to_py(cx, *value)
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<E::Rust, Fail> {
        conv::En::<E>::from_py(cx, object)
    }

    fn same(_cx: Cx<'_>, a: &E::Rust, b: &E::Rust) -> Result<bool, Raised> {
        Ok(a == b)
    }
}

/// Records in records, and handles that can be cloned: by value, as copies.
impl<T: Clone + PartialEq + 'static, C: Class<Payload = Value<T>, Target = T>> FieldConv
    for conv::Cls<C>
{
    type Rust = T;

    fn get(cx: Cx<'_>, value: &T) -> Outcome {
        conv::Cls::<C>::to_py(cx, value.clone())
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<T, Fail> {
        conv::Cls::<C>::from_py(cx, object).map(|found| T::clone(&found))
    }

    fn same(_cx: Cx<'_>, a: &T, b: &T) -> Result<bool, Raised> {
        Ok(a == b)
    }
}

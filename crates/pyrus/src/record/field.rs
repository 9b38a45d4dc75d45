//! What can be done with a field, by its type.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::class::{Class, Value};
use crate::conv::{self, Fail, FromPy, ToPy};
use crate::cx::{Cx, Keep};
use crate::either;
use crate::enums::EnumClass;
use crate::error::Raised;

/// The functions of a field's type, shared by all fields of that type.
pub struct FieldOps {
    pub(crate) get: unsafe fn(Cx<'_>, *const u8) -> Outcome,
    /// Write to memory that holds nothing yet. The context is borrowed: a copy for each field costs more than most fields.
    pub(crate) init: unsafe fn(&Cx<'_>, *mut u8, Any<'_>) -> Result<(), Fail>,
    /// Replace what is there.
    pub(crate) set:
        unsafe fn(Cx<'_>, *mut u8, Any<'_>, &dyn Fn() -> Result<(), Fail>) -> Result<(), Fail>,
    /// Nothing for types without `Drop`.
    pub(crate) drop: Option<unsafe fn(*mut u8)>,
    /// Write a copy to memory that holds nothing yet.
    pub(crate) clone: unsafe fn(*const u8, *mut u8),
    pub(crate) same: unsafe fn(Cx<'_>, *const u8, *const u8) -> Result<bool, Raised>,
    pub(crate) visit: unsafe fn(*const u8, ffi::visitproc, *mut c_void) -> c_int,
    pub(crate) clear: unsafe fn(*mut u8),
    pub(crate) has_python: bool,
}

/// A converter whose values can live in a record.
pub trait FieldConv: 'static {
    /// What the struct holds.
    type Rust: Clone + 'static;
    /// May hold Python references.
    const HAS_PYTHON: bool = false;

    /// To Python.
    fn get(cx: Cx<'_>, value: &Self::Rust) -> Outcome;
    /// From Python.
    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail>;
    /// Replace a value. `check` says, once no more Python code will run, that nobody looks at it.
    ///
    /// # Safety
    /// `field` is a live value that nobody else refers to when `check` says so.
    #[inline]
    unsafe fn set(
        cx: Cx<'_>,
        field: *mut Self::Rust,
        object: Any<'_>,
        check: &dyn Fn() -> Result<(), Fail>,
    ) -> Result<(), Fail> {
        let keep = Keep::default();
        let value = Self::read(cx.keeping(&keep), object)?;
        check()?;
        // SAFETY: as promised; the old value is dropped when the new one is in place.
        std::mem::drop(unsafe { field.replace(value) });
        Ok(())
    }
    /// `==`.
    fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised>;
    /// Show Python references to the garbage collector.
    ///
    /// # Safety
    /// Called from `tp_traverse` with its arguments.
    unsafe fn visit(_value: &Self::Rust, _visit: ffi::visitproc, _arg: *mut c_void) -> c_int {
        0
    }
    /// Let Python references go.
    fn clear(_value: &mut Self::Rust) {}
}

impl FieldOps {
    /// The functions for a converter.
    pub const fn of<C: FieldConv>() -> Self {
        Self {
            get: get::<C>,
            init: init::<C>,
            set: set::<C>,
            drop: if std::mem::needs_drop::<C::Rust>() {
                Some(drop::<C>)
            } else {
                None
            },
            clone: clone::<C>,
            same: same::<C>,
            visit: visit::<C>,
            clear: clear::<C>,
            has_python: C::HAS_PYTHON,
        }
    }
}

/// Read, with a place for what must outlive the conversion.
fn read<C: FieldConv>(cx: Cx<'_>, object: Any<'_>) -> Result<C::Rust, Fail> {
    let keep = Keep::default();
    C::read(cx.keeping(&keep), object)
}

// SAFETY (all below): called through a table whose offsets the generated code computed for this very type.
unsafe fn get<C: FieldConv>(cx: Cx<'_>, field: *const u8) -> Outcome {
    // SAFETY: a live value.
    C::get(cx, unsafe { &*field.cast() })
}

unsafe fn init<C: FieldConv>(cx: &Cx<'_>, field: *mut u8, object: Any<'_>) -> Result<(), Fail> {
    let value = read::<C>(*cx, object)?;
    // SAFETY: memory of the right size and alignment.
    unsafe { field.cast::<C::Rust>().write(value) };
    Ok(())
}

unsafe fn set<C: FieldConv>(
    cx: Cx<'_>,
    field: *mut u8,
    object: Any<'_>,
    check: &dyn Fn() -> Result<(), Fail>,
) -> Result<(), Fail> {
    // SAFETY: a live value.
    unsafe { C::set(cx, field.cast(), object, check) }
}

unsafe fn drop<C: FieldConv>(field: *mut u8) {
    // SAFETY: a live value, not used again.
    unsafe { field.cast::<C::Rust>().drop_in_place() }
}

unsafe fn clone<C: FieldConv>(from: *const u8, to: *mut u8) {
    // SAFETY: a live value, and memory of the right size and alignment.
    unsafe { to.cast::<C::Rust>().write(C::Rust::clone(&*from.cast())) }
}

unsafe fn same<C: FieldConv>(cx: Cx<'_>, a: *const u8, b: *const u8) -> Result<bool, Raised> {
    // SAFETY: live values.
    unsafe { C::same(cx, &*a.cast(), &*b.cast()) }
}

unsafe fn visit<C: FieldConv>(field: *const u8, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: a live value.
    unsafe { C::visit(&*field.cast(), visit, arg) }
}

unsafe fn clear<C: FieldConv>(field: *mut u8) {
    // SAFETY: a live value that nobody else refers to.
    C::clear(unsafe { &mut *field.cast() });
}

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
        check: &dyn Fn() -> Result<(), Fail>,
    ) -> Result<(), Fail> {
        let text = conv::Str::from_py(cx, object)?;
        check()?;
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

impl<C: FieldConv> FieldConv for conv::Opt<C> {
    type Rust = Option<C::Rust>;
    const HAS_PYTHON: bool = C::HAS_PYTHON;

    fn get(cx: Cx<'_>, value: &Self::Rust) -> Outcome {
        match value {
            Some(value) => C::get(cx, value),
            None => conv::Null::to_py(cx, ()),
        }
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
        if object.is_none() {
            Ok(None)
        } else {
            C::read(cx, object).map(Some)
        }
    }

    fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
        match (a, b) {
            (Some(a), Some(b)) => C::same(cx, a, b),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }

    unsafe fn visit(value: &Self::Rust, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
        // SAFETY: passed on.
        value
            .as_ref()
            .map_or(0, |value| unsafe { C::visit(value, visit, arg) })
    }

    fn clear(value: &mut Self::Rust) {
        if C::HAS_PYTHON {
            *value = None;
        }
    }
}

/// Lists, sets and tuples of any length, of what can live in a record.
macro_rules! sequences {
    ($($conv:ident $finish:expr),* $(,)?) => {$(
        impl<C: FieldConv> FieldConv for conv::$conv<C> {
            type Rust = Vec<C::Rust>;
            const HAS_PYTHON: bool = C::HAS_PYTHON;

            fn get(cx: Cx<'_>, values: &Self::Rust) -> Outcome {
                let items = values.iter().map(|value| C::get(cx, value)).collect::<Result<Vec<_>, _>>()?;
                <conv::$conv<conv::OwnedObj> as ToPy<Vec<Object>>>::to_py(cx, items)
            }

            fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
                let items = <conv::$conv<conv::OwnedObj> as FromPy<'_>>::from_py(cx, object)?;
                let read = |(i, item): (usize, &Object)| {
                    C::read(cx, item.as_any()).map_err(|fail| fail.at(format!("[{i}]")))
                };
                items.iter().enumerate().map(read).collect()
            }

            fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (a, b) in a.iter().zip(b) {
                    if !C::same(cx, a, b)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }

            unsafe fn visit(values: &Self::Rust, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
                // SAFETY: passed on.
                values.iter().map(|value| unsafe { C::visit(value, visit, arg) }).find(|status| *status != 0).unwrap_or(0)
            }

            fn clear(values: &mut Self::Rust) {
                if C::HAS_PYTHON {
                    values.clear();
                }
            }
        }
    )*};
}

sequences! { List (), VarTuple (), Set () }

impl<K: FieldConv, V: FieldConv> FieldConv for conv::Dict<K, V> {
    type Rust = Vec<(K::Rust, V::Rust)>;
    const HAS_PYTHON: bool = K::HAS_PYTHON || V::HAS_PYTHON;

    fn get(cx: Cx<'_>, pairs: &Self::Rust) -> Outcome {
        let pair = |(key, value): &(K::Rust, V::Rust)| Ok((K::get(cx, key)?, V::get(cx, value)?));
        let pairs = pairs.iter().map(pair).collect::<Result<Vec<_>, Raised>>()?;
        <conv::Dict<conv::OwnedObj, conv::OwnedObj> as ToPy<_>>::to_py(cx, pairs)
    }

    fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
        let pairs =
            <conv::Dict<conv::OwnedObj, conv::OwnedObj> as FromPy<'_>>::from_py(cx, object)?;
        let read = |(key, value): &(Object, Object)| {
            let name = K::read(cx, key.as_any()).map_err(|fail| fail.at(" key"))?;
            Ok((
                name,
                V::read(cx, value.as_any()).map_err(|fail| fail.at(" value"))?,
            ))
        };
        pairs.iter().map(read).collect()
    }

    fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
        if a.len() != b.len() {
            return Ok(false);
        }
        for (a, b) in a.iter().zip(b) {
            if !(K::same(cx, &a.0, &b.0)? && V::same(cx, &a.1, &b.1)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    unsafe fn visit(pairs: &Self::Rust, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
        for (key, value) in pairs {
            // SAFETY: passed on.
            let status = unsafe {
                if K::visit(key, visit, arg) != 0 {
                    1
                } else {
                    V::visit(value, visit, arg)
                }
            };
            if status != 0 {
                return status;
            }
        }
        0
    }

    fn clear(pairs: &mut Self::Rust) {
        if Self::HAS_PYTHON {
            pairs.clear();
        }
    }
}

macro_rules! tuples {
    ($($name:ident { $($conv:ident $a:ident $index:tt)* })*) => {$(
        impl<$($conv: FieldConv),*> FieldConv for conv::$name<$($conv),*> {
            type Rust = ($($conv::Rust,)*);
            const HAS_PYTHON: bool = $($conv::HAS_PYTHON)||*;

            fn get(cx: Cx<'_>, value: &Self::Rust) -> Outcome {
                let items = vec![$($conv::get(cx, &value.$index)?),*];
                <conv::VarTuple<conv::OwnedObj> as ToPy<Vec<Object>>>::to_py(cx, items)
            }

            fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
                const COUNT: usize = [$($index),*].len();
                let items = <conv::VarTuple<conv::OwnedObj> as FromPy<'_>>::from_py(cx, object)?;
                if items.len() != COUNT {
                    return Err(Fail::value(format!("expected a tuple of {COUNT} items, got {}", items.len())));
                }
                Ok(($($conv::read(cx, items[$index].as_any()).map_err(|fail| fail.at(concat!("[", $index, "]")))?,)*))
            }

            fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
                Ok($($conv::same(cx, &a.$index, &b.$index)?)&&*)
            }

            unsafe fn visit(value: &Self::Rust, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
                // SAFETY: passed on.
                unsafe {
                    $(
                        let status = $conv::visit(&value.$index, visit, arg);
                        if status != 0 {
                            return status;
                        }
                    )*
                }
                0
            }

            fn clear(value: &mut Self::Rust) {
                $($conv::clear(&mut value.$index);)*
            }
        }
    )*};
}

tuples! {
    Tuple1 { A a 0 }
    Tuple2 { A a 0 B b 1 }
    Tuple3 { A a 0 B b 1 C c 2 }
    Tuple4 { A a 0 B b 1 C c 2 D d 3 }
    Tuple5 { A a 0 B b 1 C c 2 D d 3 E e 4 }
    Tuple6 { A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 }
}

/// Unnamed unions.
macro_rules! unions {
    ($($name:ident $rust:ident { $($conv:ident)* })*) => {$(
        impl<$($conv: FieldConv + for<'py> FromPy<'py>),*> FieldConv for conv::$name<$($conv),*> {
            type Rust = either::$rust<$($conv::Rust),*>;
            const HAS_PYTHON: bool = $($conv::HAS_PYTHON)||*;

            fn get(cx: Cx<'_>, value: &Self::Rust) -> Outcome {
                match value {
                    $(either::$rust::$conv(value) => $conv::get(cx, value)),*
                }
            }

            fn read(cx: Cx<'_>, object: Any<'_>) -> Result<Self::Rust, Fail> {
                let expected = <Self as FromPy<'_>>::NAME;
                crate::__pyrus_union_from!(read, cx, object, expected, [$(($conv, either::$rust::$conv)),*])
            }

            fn same(cx: Cx<'_>, a: &Self::Rust, b: &Self::Rust) -> Result<bool, Raised> {
                match (a, b) {
                    $((either::$rust::$conv(a), either::$rust::$conv(b)) => $conv::same(cx, a, b),)*
                    _ => Ok(false),
                }
            }

            unsafe fn visit(value: &Self::Rust, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
                match value {
                    // SAFETY: passed on.
                    $(either::$rust::$conv(value) => unsafe { $conv::visit(value, visit, arg) }),*
                }
            }

            fn clear(value: &mut Self::Rust) {
                match value {
                    $(either::$rust::$conv(value) => $conv::clear(value)),*
                }
            }
        }
    )*};
}

unions! {
    Either2 Either { A B }
    Either3 Either3 { A B C }
    Either4 Either4 { A B C D }
    Either5 Either5 { A B C D E }
    Either6 Either6 { A B C D E F }
}

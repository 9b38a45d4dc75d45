//! Fields made of others: optional ones, containers, tuples, unions.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::FieldConv;
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::conv::{self, Fail, FromPy, ToPy};
use crate::cx::Cx;
use crate::either;
use crate::error::Raised;

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

//! Lists, tuples, sets, dicts and drained iterables.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::scalar::fresh;
use super::{Fail, FromPy, ToPy};
use crate::abi::{items, types};
use crate::any::{Any, Object};
use crate::collector::PausedCollector;
use crate::cx::Cx;
use crate::error::Raised;

/// `list[T]`: a `list` or subclass.
pub struct List<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for List<C>
where
    C::Out: 'py,
{
    type Out = Vec<C::Out>;
    const NAME: &'static str = "list";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyList_Check(object.as_ptr()) } == 0 {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        if !C::BORROWS && cfg!(not(Py_GIL_DISABLED)) {
            return items_in_place::<C>(cx, object);
        }
        // A copy of the references: converting an item may run Python, which may change the list.
        // SAFETY: a list.
        let tuple = unsafe { Object::from_new(ffi::PyList_AsTuple(object.as_ptr())) };
        items_of::<C>(cx, &tuple.map_err(Fail::error)?)
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyList_Check(object.as_ptr()) != 0 }
    }
}

/// Convert the items at the front of a list that need no Python, as they lie. Nothing can change the list meanwhile.
///
/// # Safety
/// `list` is a `list`; the GIL is held.
#[inline(always)]
unsafe fn quick_items<'py, C: FromPy<'py>>(list: Any<'py>, values: &mut Vec<C::Out>) {
    // SAFETY: the list holds as many objects as the size says.
    unsafe {
        let size = items::list_len(list.as_ptr()) as usize;
        values.reserve_exact(size);
        let items = items::ListItems::of(list.as_ptr());
        let mut done = 0;
        for (i, place) in values
            .spare_capacity_mut()
            .iter_mut()
            .enumerate()
            .take(size)
        {
            let Some(value) = C::quick(Any::new(items.get(i))) else {
                break;
            };
            place.write(value);
            done += 1;
        }
        values.set_len(done);
    }
}

/// Convert the items of a list that nothing is borrowed from. Converting may run Python, which may change the list, so
/// its length is asked at each step and the item held meanwhile.
fn items_in_place<'py, C: FromPy<'py>>(cx: Cx<'py>, list: Any<'py>) -> Result<Vec<C::Out>, Fail> {
    // SAFETY: a list, and an index below its length at that moment; with the GIL nobody else changes it in between.
    unsafe {
        let mut values = Vec::new();
        quick_items::<C>(list, &mut values);
        let mut i = values.len() as ffi::Py_ssize_t;
        while i < items::list_len(list.as_ptr()) {
            let item = Any::new(items::list_item(list.as_ptr(), i)).to_object();
            let converted = C::from_py(cx, Any::new(item.as_any().as_ptr()));
            values.push(converted.map_err(|fail| fail.at(format!("[{i}]")))?);
            i += 1;
        }
        Ok(values)
    }
}

/// Convert the items of a tuple that is about to go away.
fn items_of<'py, C: FromPy<'py>>(cx: Cx<'py>, tuple: &Object) -> Result<Vec<C::Out>, Fail>
where
    C::Out: 'py,
{
    let tuple = cx.keep(tuple.clone());
    // SAFETY: a tuple.
    let size = unsafe { items::tuple_len(tuple.as_ptr()) };
    (0..size)
        .map(|i| {
            // SAFETY: inside the tuple, which the context keeps alive until the call ends.
            let item = unsafe { Any::new(items::tuple_item(tuple.as_ptr(), i)) };
            C::from_py(cx, item).map_err(|fail| fail.at(format!("[{i}]")))
        })
        .collect()
}

/// From this length on it pays to keep the collector from looking at a list again and again while it is filled.
const LONG: usize = 1000;

/// A new list from values.
fn list_of<T, C: ToPy<T>>(cx: Cx<'_>, values: Vec<T>) -> Result<Object, Raised> {
    let _paused = (values.len() >= LONG).then(PausedCollector::new);
    // SAFETY: a new list of that many empty places, each filled below; an unfinished list frees what it has.
    unsafe {
        let list = fresh(ffi::PyList_New(values.len() as ffi::Py_ssize_t))?;
        for (i, value) in values.into_iter().enumerate() {
            let item = C::to_py(cx, value)?.into_ptr();
            items::list_fill(list.as_any().as_ptr(), i as ffi::Py_ssize_t, item);
        }
        Ok(list)
    }
}

impl<T, C: ToPy<T>> ToPy<Vec<T>> for List<C> {
    #[inline]
    fn to_py(cx: Cx<'_>, values: Vec<T>) -> Result<Object, Raised> {
        list_of::<T, C>(cx, values)
    }
}

/// `Iterable[T]`: drained before the call.
pub struct Iterable<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for Iterable<C>
where
    C::Out: 'py,
{
    type Out = Vec<C::Out>;
    const NAME: &'static str = "Iterable";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        items_of::<C>(cx, &drain(object, Self::NAME)?)
    }

    fn is_exact(_cx: Cx<'py>, _object: Any<'py>) -> bool {
        false
    }
}

/// `Sequence[T]`: anything with a length and items by number, read before the call. No dict, set or iterator.
pub struct Sequence<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for Sequence<C>
where
    C::Out: 'py,
{
    type Out = Vec<C::Out>;
    const NAME: &'static str = "Sequence";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        items_of::<C>(cx, &items_by_number(object, Self::NAME)?)
    }

    fn is_exact(_cx: Cx<'py>, _object: Any<'py>) -> bool {
        false
    }
}

/// All items of a sequence, as a tuple. Its own `__getitem__` is asked, never `__iter__`, but for lists and tuples.
fn items_by_number(object: Any<'_>, expected: &'static str) -> Result<Object, Fail> {
    let ptr = object.as_ptr();
    // SAFETY: the object is alive; each new reference is owned by what is made of it.
    unsafe {
        if ffi::PySequence_Check(ptr) == 0 {
            return Err(Fail::wrong_type(expected, object));
        }
        if ffi::PyList_CheckExact(ptr) != 0 || ffi::PyTuple_CheckExact(ptr) != 0 {
            return Object::from_new(ffi::PySequence_Tuple(ptr)).map_err(Fail::error);
        }
        let size = ffi::PySequence_Size(ptr);
        if size < 0 {
            return Err(Fail::fetch());
        }
        let list = Object::from_new(ffi::PyList_New(0)).map_err(Fail::error)?;
        for i in 0..size {
            let item = Object::from_new(ffi::PySequence_GetItem(ptr, i)).map_err(Fail::error)?;
            if ffi::PyList_Append(list.as_any().as_ptr(), item.as_any().as_ptr()) < 0 {
                return Err(Fail::fetch());
            }
        }
        Object::from_new(ffi::PyList_AsTuple(list.as_any().as_ptr())).map_err(Fail::error)
    }
}

/// All items of an iterable, as a tuple.
fn drain(object: Any<'_>, expected: &'static str) -> Result<Object, Fail> {
    // SAFETY: the object is alive; its type's slots say whether it can be iterated.
    unsafe {
        let tp = object.type_ptr();
        if !types::has_iter(tp) && ffi::PySequence_Check(object.as_ptr()) == 0 {
            return Err(Fail::wrong_type(expected, object));
        }
        Object::from_new(ffi::PySequence_Tuple(object.as_ptr())).map_err(Fail::error)
    }
}

/// `tuple[T, ...]`.
pub struct VarTuple<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for VarTuple<C>
where
    C::Out: 'py,
{
    type Out = Vec<C::Out>;
    const NAME: &'static str = "tuple";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyTuple_Check(object.as_ptr()) } == 0 {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        items_of::<C>(cx, &object.to_object())
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyTuple_Check(object.as_ptr()) != 0 }
    }
}

impl<T, C: ToPy<T>> ToPy<Vec<T>> for VarTuple<C> {
    fn to_py(cx: Cx<'_>, values: Vec<T>) -> Result<Object, Raised> {
        let list = list_of::<T, C>(cx, values)?;
        // SAFETY: a list.
        fresh(unsafe { ffi::PyList_AsTuple(list.as_any().as_ptr()) })
    }
}

/// `set[T]`: a `set`, `frozenset` or subclass; in iteration order.
pub struct Set<C>(PhantomData<C>);

impl<'py, C: FromPy<'py>> FromPy<'py> for Set<C>
where
    C::Out: 'py,
{
    type Out = Vec<C::Out>;
    const NAME: &'static str = "set";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: the object is alive.
        if unsafe { ffi::PyAnySet_Check(object.as_ptr()) } == 0 {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        items_of::<C>(cx, &drain(object, Self::NAME)?)
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyAnySet_Check(object.as_ptr()) != 0 }
    }
}

impl<T, C: ToPy<T>> ToPy<Vec<T>> for Set<C> {
    fn to_py(cx: Cx<'_>, values: Vec<T>) -> Result<Object, Raised> {
        // SAFETY: a new set; `Add` takes a reference of its own.
        unsafe {
            let set = fresh(ffi::PySet_New(std::ptr::null_mut()))?;
            for value in values {
                let item = C::to_py(cx, value)?;
                if ffi::PySet_Add(set.as_any().as_ptr(), item.as_any().as_ptr()) < 0 {
                    return Err(Raised);
                }
            }
            Ok(set)
        }
    }
}

/// `dict[K, V]`: a `dict` or subclass; pairs in its order.
pub struct Dict<K, V>(PhantomData<(K, V)>);

impl<'py, K: FromPy<'py>, V: FromPy<'py>> FromPy<'py> for Dict<K, V>
where
    K::Out: 'py,
    V::Out: 'py,
{
    type Out = Vec<(K::Out, V::Out)>;
    const NAME: &'static str = "dict";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        // SAFETY: the object is alive; a dict where it is used as one. `Items` copies the references.
        let pairs = unsafe {
            if ffi::PyDict_Check(object.as_ptr()) == 0 {
                return Err(Fail::wrong_type(Self::NAME, object));
            }
            Object::from_new(ffi::PyDict_Items(object.as_ptr())).map_err(Fail::error)?
        };
        let pairs = cx.keep(pairs);
        // SAFETY: a list of pairs that nobody else knows.
        let size = unsafe { ffi::PyList_Size(pairs.as_ptr()) };
        (0..size)
            .map(|i| {
                // SAFETY: inside the list; each item is a tuple of two.
                let (key, value) = unsafe {
                    let pair = ffi::PyList_GetItem(pairs.as_ptr(), i);
                    (
                        Any::new(items::tuple_item(pair, 0)),
                        Any::new(items::tuple_item(pair, 1)),
                    )
                };
                let name = K::from_py(cx, key).map_err(|fail| fail.at(" key"))?;
                let value = V::from_py(cx, value).map_err(|fail| fail.at(place_of(key)))?;
                Ok((name, value))
            })
            .collect()
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyDict_Check(object.as_ptr()) != 0 }
    }
}

/// `['key']` for messages.
#[cold]
fn place_of(key: Any<'_>) -> String {
    // SAFETY: the key is alive; a repr that fails is replaced.
    unsafe {
        let text = ffi::PyObject_Repr(key.as_ptr());
        if text.is_null() {
            ffi::PyErr_Clear();
            return "[…]".to_owned();
        }
        let text = Object::steal(text);
        let mut size = 0;
        let data = ffi::PyUnicode_AsUTF8AndSize(text.as_any().as_ptr(), &raw mut size);
        if data.is_null() {
            ffi::PyErr_Clear();
            return "[…]".to_owned();
        }
        let bytes = std::slice::from_raw_parts(data.cast(), size as usize);
        format!("[{}]", String::from_utf8_lossy(bytes))
    }
}

impl<A, B, K: ToPy<A>, V: ToPy<B>> ToPy<Vec<(A, B)>> for Dict<K, V> {
    fn to_py(cx: Cx<'_>, pairs: Vec<(A, B)>) -> Result<Object, Raised> {
        // SAFETY: a new dict; `SetItem` takes references of its own.
        unsafe {
            let dict = fresh(ffi::PyDict_New())?;
            for (key, value) in pairs {
                let key = K::to_py(cx, key)?;
                let value = V::to_py(cx, value)?;
                let (key, value) = (key.as_any().as_ptr(), value.as_any().as_ptr());
                if ffi::PyDict_SetItem(dict.as_any().as_ptr(), key, value) < 0 {
                    return Err(Raised);
                }
            }
            Ok(dict)
        }
    }
}

macro_rules! tuples {
    ($($name:ident $size:literal { $($conv:ident $value:ident $index:tt)* })*) => {$(
        /// A tuple of fixed size.
        pub struct $name<$($conv),*>(PhantomData<($($conv,)*)>);

        impl<'py, $($conv: FromPy<'py>),*> FromPy<'py> for $name<$($conv),*> {
            type Out = ($($conv::Out,)*);
            const NAME: &'static str = "tuple";

            fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
                // SAFETY: the object is alive; a tuple where it is used as one.
                let size = unsafe {
                    if ffi::PyTuple_Check(object.as_ptr()) == 0 {
                        return Err(Fail::wrong_type(Self::NAME, object));
                    }
                    items::tuple_len(object.as_ptr())
                };
                if size != $size {
                    return Err(Fail::value(format!("expected a tuple of {} items, got {size}", $size)));
                }
                // SAFETY: the size was checked; a tuple never changes.
                Ok(($($conv::from_py(cx, unsafe { Any::new(items::tuple_item(object.as_ptr(), $index)) })
                    .map_err(|fail| fail.at(concat!("[", $index, "]")))?,)*))
            }

            fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
                // SAFETY: the object is alive.
                unsafe { ffi::PyTuple_Check(object.as_ptr()) != 0 }
            }
        }

        impl<$($value, $conv: ToPy<$value>),*> ToPy<($($value,)*)> for $name<$($conv),*> {
            fn to_py(cx: Cx<'_>, value: ($($value,)*)) -> Result<Object, Raised> {
                // SAFETY: a new tuple of that many empty places, each filled.
                unsafe {
                    let tuple = fresh(ffi::PyTuple_New($size))?;
                    $(
                        let item = $conv::to_py(cx, value.$index)?.into_ptr();
                        items::tuple_fill(tuple.as_any().as_ptr(), $index, item);
                    )*
                    Ok(tuple)
                }
            }
        }
    )*};
}

tuples! {
    Tuple1 1 { A VA 0 }
    Tuple2 2 { A VA 0 B VB 1 }
    Tuple3 3 { A VA 0 B VB 1 C VC 2 }
    Tuple4 4 { A VA 0 B VB 1 C VC 2 D VD 3 }
    Tuple5 5 { A VA 0 B VB 1 C VC 2 D VD 3 E VE 4 }
    Tuple6 6 { A VA 0 B VB 1 C VC 2 D VD 3 E VE 4 F VF 5 }
}

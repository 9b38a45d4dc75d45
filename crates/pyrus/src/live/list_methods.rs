//! The methods of lists: those of `list`, with two habits kept from the layer that this one replaces: `insert` with a
//! negative index appends, and records are removed by identity.

use std::collections::HashMap;

use pyo3_ffi as ffi;

use super::list::{Done, View, index_error, iterator, position, value_error, with_object};
use super::slot::Slot;
use super::table::Kind;
use crate::abi::items;
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::conv::{self, ToPy as _, fresh};
use crate::error::Raised;
use crate::glue::{noargs_raw, one_raw};
use crate::module::Table;

type Object_ = *mut ffi::PyObject;

/// A `METH_FASTCALL | METH_KEYWORDS` method.
const fn fast(
    name: &'static std::ffi::CStr,
    function: ffi::PyCFunctionFastWithKeywords,
    doc: &'static std::ffi::CStr,
) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunctionFastWithKeywords: function,
        },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: doc.as_ptr(),
    }
}

/// The table, with the mark of its end.
pub(super) static METHODS: Table<[ffi::PyMethodDef; 16]> = Table([
    one_raw(c"append", append, c"append($self, value, /)\n--\n\nAdd a copy of the value at the end."),
    one_raw(c"extend", extend, c"extend($self, values, /)\n--\n\nAdd copies of all values at the end."),
    fast(c"insert", insert, c"insert($self, index, value, /)\n--\n\nPut a copy of the value before the index; at the end when that is negative or too large."),
    fast(c"pop", pop, c"pop($self, index=-1, /)\n--\n\nRemove an item and return it."),
    one_raw(c"remove", remove, c"remove($self, value, /)\n--\n\nRemove the first equal item; of records, the very one that the value is a view of."),
    noargs_raw(c"clear", clear, c"clear($self, /)\n--\n\nRemove all items."),
    fast(c"index", index, c"index($self, value, start=0, stop=9223372036854775807, /)\n--\n\nThe position of the first equal item."),
    one_raw(c"count", count, c"count($self, value, /)\n--\n\nHow many items are equal to the value."),
    noargs_raw(c"reverse", reverse, c"reverse($self, /)\n--\n\nTurn the order round."),
    fast(c"sort", sort, c"sort($self, /, *, key=None, reverse=False)\n--\n\nSort in place; equal items keep their order."),
    noargs_raw(c"copy", copy, c"copy($self, /)\n--\n\nA Python list of the items; records are views, not copies."),
    noargs_raw(c"__copy__", copy, c"__copy__($self, /)\n--\n\nA Python list of the items; records are views, not copies."),
    one_raw(c"__deepcopy__", deepcopy, c"__deepcopy__($self, memo, /)\n--\n\nA Python list of copies of the items."),
    noargs_raw(c"__reversed__", reversed, c"__reversed__($self, /)\n--\n\nAn iterator from the last item to the first."),
    noargs_raw(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\nFor pickling: comes back as a Python list."),
    // SAFETY: an all-zero end mark.
    unsafe { std::mem::zeroed() },
]);

// SAFETY (all below): called by Python through the table, on a list object, with live arguments.

fn none(view: View<'_>) -> Outcome {
    Ok(crate::glue::none(view.cx).to_object())
}

unsafe extern "C" fn append(slf: Object_, value: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        let value = Any::new(value);
        with_object(slf, |view| {
            let new = view.convert(".append()", value)?;
            view.change(|items| items.push(new))?;
            none(view)
        })
    }
}

unsafe extern "C" fn extend(slf: Object_, values: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        let values = Any::new(values);
        with_object(slf, |view| {
            let new = view.convert_all(".extend()", values)?;
            view.change(|items| items.extend(new))?;
            none(view)
        })
    }
}

/// Positional arguments, between `least` and `most` of them.
unsafe fn arguments<'py>(
    view: View<'py>,
    name: &str,
    given: (*const Object_, ffi::Py_ssize_t, Object_),
    (least, most): (usize, usize),
) -> Done<&'py [Any<'py>]> {
    let (values, count, names) = given;
    // SAFETY: as above; `Any` is a pointer and markers without size.
    unsafe {
        let keywords = !names.is_null() && items::tuple_len(names) > 0;
        if keywords || !(least..=most).contains(&(count as usize)) {
            let wanted = if least == most {
                format!("{least}")
            } else {
                format!("{least} to {most}")
            };
            let got = if keywords {
                "keywords".to_owned()
            } else {
                format!("{count}")
            };
            let text =
                format!("MutableList.{name}() takes {wanted} positional arguments, got {got}");
            return Err(crate::error::raise_text(ffi::PyExc_TypeError, &text));
        }
        let _ = view;
        if count == 0 {
            return Ok(&[]);
        }
        Ok(std::slice::from_raw_parts(values.cast(), count as usize))
    }
}

unsafe extern "C" fn insert(
    slf: Object_,
    values: *const Object_,
    count: ffi::Py_ssize_t,
    names: Object_,
) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let given = arguments(view, "insert", (values, count, names), (2, 2))?;
            let index = ffi::PyNumber_AsSsize_t(given[0].as_ptr(), std::ptr::null_mut());
            if index == -1 && !ffi::PyErr_Occurred().is_null() {
                return Err(Raised);
            }
            let new = view.convert(".insert()", given[1])?;
            view.change(|items| {
                let at = usize::try_from(index).unwrap_or(usize::MAX);
                items.insert(at.min(items.len()), new);
            })?;
            none(view)
        })
    }
}

unsafe extern "C" fn pop(
    slf: Object_,
    values: *const Object_,
    count: ffi::Py_ssize_t,
    names: Object_,
) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let given = arguments(view, "pop", (values, count, names), (0, 1))?;
            let empty = || index_error(view.cx, "pop from empty list");
            if view.len() == 0 {
                return Err(empty());
            }
            let old = if let Some(index) = given.first() {
                let out_of_range = || index_error(view.cx, "pop index out of range");
                let i = position(view, *index)?.ok_or_else(out_of_range)?;
                let old = view.change(|items| (i < items.len()).then(|| items.remove(i)))?;
                old.ok_or_else(out_of_range)?
            } else {
                view.change(Vec::pop)?.ok_or_else(empty)?
            };
            super::convert::to_python(view.cx, view.kind(), &old)
        })
    }
}

/// Where the item is that `remove` means.
fn to_remove(view: View<'_>, value: Any<'_>) -> Done<Option<usize>> {
    let items = view.snapshot();
    if let Kind::Node(_) = view.kind() {
        let same = |slot: &Slot| super::convert::is_view_of(view.cx, view.kind(), slot, value);
        return Ok(items.iter().position(same));
    }
    for (i, slot) in items.iter().enumerate() {
        if view.matches(slot, value)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

unsafe extern "C" fn remove(slf: Object_, value: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        let value = Any::new(value);
        with_object(slf, |view| {
            let found = to_remove(view, value)?;
            let old =
                view.change(|items| found.filter(|i| *i < items.len()).map(|i| items.remove(i)))?;
            match old {
                Some(_) => none(view),
                None => Err(value_error(view.cx, "list.remove(x): x not in list")),
            }
        })
    }
}

unsafe extern "C" fn clear(slf: Object_, _: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let _old = view.change(std::mem::take)?;
            none(view)
        })
    }
}

unsafe extern "C" fn index(
    slf: Object_,
    values: *const Object_,
    count: ffi::Py_ssize_t,
    names: Object_,
) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let given = arguments(view, "index", (values, count, names), (1, 3))?;
            let len = view.len() as ffi::Py_ssize_t;
            let bound = |i: usize, default| match given.get(i) {
                None => Ok(default),
                Some(index) => {
                    let index = ffi::PyNumber_AsSsize_t(index.as_ptr(), std::ptr::null_mut());
                    if index == -1 && !ffi::PyErr_Occurred().is_null() {
                        return Err(Raised);
                    }
                    Ok(if index < 0 {
                        (index + len).max(0)
                    } else {
                        index
                    })
                }
            };
            let (start, stop) = (bound(1, 0)?, bound(2, ffi::Py_ssize_t::MAX)?);
            let items = view.snapshot();
            for (i, slot) in items.iter().enumerate() {
                let inside = (start..stop).contains(&(i as ffi::Py_ssize_t));
                if inside && view.matches(slot, given[0])? {
                    return conv::U64::to_py(view.cx, i as u64);
                }
            }
            Err(value_error(view.cx, "the value is not in the list"))
        })
    }
}

unsafe extern "C" fn count(slf: Object_, value: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        let value = Any::new(value);
        with_object(slf, |view| {
            let mut count = 0;
            for slot in view.snapshot() {
                count += u64::from(view.matches(&slot, value)?);
            }
            conv::U64::to_py(view.cx, count)
        })
    }
}

unsafe extern "C" fn reverse(slf: Object_, _: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            view.change(|items| items.reverse())?;
            none(view)
        })
    }
}

unsafe extern "C" fn sort(
    slf: Object_,
    _values: *const Object_,
    count: ffi::Py_ssize_t,
    names: Object_,
) -> Object_ {
    // SAFETY: as above; the objects to be sorted are held by a list of their own while keys are compared.
    unsafe {
        with_object(slf, |view| {
            arguments(
                view,
                "sort",
                (std::ptr::null(), count, std::ptr::null_mut()),
                (0, 0),
            )?;
            let items = view.snapshot();
            let objects = super::convert::list_of(view.cx, view.kind(), &items)?;
            let sorted = fresh(ffi::PySequence_List(objects.as_any().as_ptr()))?;
            let method = fresh(ffi::PyObject_GetAttrString(
                sorted.as_any().as_ptr(),
                c"sort".as_ptr(),
            ))?;
            // `list.sort` itself checks the keywords.
            drop(fresh(ffi::PyObject_Vectorcall(
                method.as_any().as_ptr(),
                _values,
                0,
                names,
            ))?);
            let order = permutation(&objects, &sorted, items.len());
            let changed = view.change(|now| {
                let same = now.len() == order.len();
                if same {
                    let mut old: Vec<Slot> = now.iter_mut().map(std::mem::take).collect();
                    for (place, from) in now.iter_mut().zip(&order) {
                        *place = std::mem::take(&mut old[*from]);
                    }
                }
                !same
            })?;
            if changed {
                return Err(value_error(view.cx, "list modified during sort"));
            }
            none(view)
        })
    }
}

/// For each object of `sorted`, where it stood in `objects`. Objects that stand there twice are equal.
unsafe fn permutation(objects: &Object, sorted: &Object, len: usize) -> Vec<usize> {
    // SAFETY: both are lists; what was sorted is known to nobody else.
    unsafe {
        let at = |list: &Object, i: usize| {
            items::list_item(list.as_any().as_ptr(), i as ffi::Py_ssize_t) as usize
        };
        let mut known: HashMap<usize, Vec<usize>> = HashMap::new();
        for i in (0..len).rev() {
            known.entry(at(objects, i)).or_default().push(i);
        }
        (0..len)
            .filter_map(|i| known.get_mut(&at(sorted, i)).and_then(Vec::pop))
            .collect()
    }
}

unsafe extern "C" fn copy(slf: Object_, _: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            super::convert::list_of(view.cx, view.kind(), &view.snapshot())
        })
    }
}

unsafe extern "C" fn deepcopy(slf: Object_, _memo: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let items = view.to_list()?;
            let copies = view.convert_all(".__deepcopy__()", items.as_any())?;
            super::convert::list_of(view.cx, view.kind(), &copies)
        })
    }
}

unsafe extern "C" fn reversed(slf: Object_, _: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe { with_object(slf, |view| iterator(view, true)) }
}

unsafe extern "C" fn reduce(slf: Object_, _: Object_) -> Object_ {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let items = view.to_list()?;
            let list: Object_ = (&raw mut ffi::PyList_Type).cast();
            fresh(ffi::Py_BuildValue(
                c"O(O)".as_ptr(),
                list,
                items.as_any().as_ptr(),
            ))
        })
    }
}

//! The Python object around a list: the node that has it and the field it stands in. Whoever assigns the field changes
//! what every such object shows.

use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use super::convert::{
    from_python, in_use, is_view_of, items_from_python, list_from_python, list_of, ready, to_python,
};
use super::list_methods::METHODS;
use super::methods::show_list;
use super::node::{Node, NodeRef};
use super::slot::Slot;
use super::table::Kind;
use crate::abi::types;
use crate::any::{Any, Object};
use crate::call::{Outcome, answer};
use crate::conv::{self, Fail, ToPy as _, fresh};
use crate::cx::{Cx, state_of_type, unloaded};
use crate::error::{Raised, raise_text};

/// The name in messages.
pub(super) const NAME: &str = "MutableList";

#[repr(C)]
struct ListObject {
    base: ffi::PyObject,
    node: Node,
    field: usize,
}

/// A list as a method sees it.
#[derive(Clone, Copy)]
pub(super) struct View<'py> {
    pub(super) cx: Cx<'py>,
    node: NodeRef<'py>,
    field: usize,
}

/// What a method of lists answers.
pub(super) type Done<T> = Result<T, Raised>;

impl View<'_> {
    /// What the items are.
    pub(super) fn kind(self) -> &'static Kind {
        match &self.node.table().fields[self.field].kind {
            Kind::List(item) => item,
            other => other,
        }
    }

    pub(super) fn len(self) -> usize {
        self.node.slots()[self.field].items().len()
    }

    /// The items as they are now; nodes are shared. O(n).
    pub(super) fn snapshot(self) -> Vec<Slot> {
        let slots = self.node.slots();
        slots[self.field].items().iter().map(Slot::share).collect()
    }

    pub(super) fn item(self, i: usize) -> Outcome {
        let kind = self.kind();
        ready(self.cx, kind)?;
        let slots = self.node.slots();
        match slots[self.field].items().get(i) {
            Some(slot) => to_python(self.cx, kind, slot),
            None => Err(self.out_of_range()),
        }
    }

    /// Change the items. What is taken out is handed back, to be dropped when nobody looks any more.
    pub(super) fn change<T>(self, change: impl FnOnce(&mut Vec<Slot>) -> T) -> Done<T> {
        let change = |slot: &mut Slot| {
            if let Slot::List(items) = slot {
                return change(items.edit());
            }
            let mut items = Vec::new();
            let answer = change(&mut items);
            *slot = Slot::list(items);
            answer
        };
        self.node
            .write(self.field, change)
            .ok_or_else(|| in_use(NAME))
    }

    /// An item to be stored. May run Python.
    pub(super) fn convert(self, method: &str, object: Any<'_>) -> Done<Slot> {
        from_python(self.cx, self.kind(), object).map_err(|fail| self.fail(method, fail))
    }

    /// All items of an iterable, to be stored.
    pub(super) fn convert_all(self, method: &str, object: Any<'_>) -> Done<Vec<Slot>> {
        items_from_python(self.cx, self.kind(), object).map_err(|fail| self.fail(method, fail))
    }

    pub(super) fn fail(self, method: &str, fail: Fail) -> Raised {
        let table = self.node.table();
        let field = table.field_name(self.field);
        fail.raise(self.cx, &format!("{}.{field}{method}", table.name()))
    }

    pub(super) fn out_of_range(self) -> Raised {
        index_error(self.cx, "list index out of range")
    }

    /// The items as a Python list.
    pub(super) fn to_list(self) -> Outcome {
        list_of(self.cx, self.kind(), &self.snapshot())
    }

    /// Is item `slot` the very same as the object, or else equal to it? May run Python.
    pub(super) fn matches(self, slot: &Slot, object: Any<'_>) -> Done<bool> {
        if is_view_of(self.cx, self.kind(), slot, object) {
            return Ok(true);
        }
        let item = to_python(self.cx, self.kind(), slot)?;
        // SAFETY: both are alive.
        match unsafe {
            ffi::PyObject_RichCompareBool(item.as_any().as_ptr(), object.as_ptr(), ffi::Py_EQ)
        } {
            -1 => Err(Raised),
            equal => Ok(equal == 1),
        }
    }
}

/// Raise `IndexError`.
pub(super) fn index_error(_proof: Cx<'_>, text: &str) -> Raised {
    // SAFETY: the context proves an attached thread.
    unsafe { raise_text(ffi::PyExc_IndexError, text) }
}

/// Raise `ValueError`.
pub(super) fn value_error(_proof: Cx<'_>, text: &str) -> Raised {
    // SAFETY: the context proves an attached thread.
    unsafe { raise_text(ffi::PyExc_ValueError, text) }
}

/// A list object.
pub(crate) fn make(cx: Cx<'_>, node: Node, field: usize) -> Outcome {
    let tp = cx.state().list_type()?;
    // SAFETY: a fresh object of our type, which has no garbage collector's header.
    unsafe {
        let object = ffi::PyObject_New::<ListObject>(tp);
        if object.is_null() {
            return Err(Raised);
        }
        (&raw mut (*object).node).write(node);
        (&raw mut (*object).field).write(field);
        Ok(Object::steal(object.cast()))
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone.
    unsafe {
        let tp = ffi::Py_TYPE(object);
        (&raw mut (*object.cast::<ListObject>()).node).drop_in_place();
        ffi::PyObject_Free(object.cast());
        ffi::Py_DECREF(tp.cast());
    }
}

/// Run a method of a list.
///
/// # Safety
/// Called by Python on a list object.
pub(super) unsafe fn with<T>(
    slf: *mut ffi::PyObject,
    failed: T,
    body: impl FnOnce(View<'_>) -> Done<T>,
) -> T {
    // SAFETY: as promised; the object is alive during the call.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return failed;
        }
        let list = slf.cast::<ListObject>();
        let view = View {
            cx: Cx::new(state),
            node: (*list).node.attached(),
            field: (*list).field,
        };
        match crate::panic::catch(NAME, Err(Raised), || body(view)) {
            Ok(value) => value,
            Err(Raised) => failed,
        }
    }
}

/// The same, for what answers an object.
///
/// # Safety
/// See [`with`].
pub(super) unsafe fn with_object(
    slf: *mut ffi::PyObject,
    body: impl FnOnce(View<'_>) -> Outcome,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { with(slf, std::ptr::null_mut(), |view| Ok(answer(body(view)))) }
}

// SAFETY (all below): called by Python through the type's slots, on a list object.

unsafe extern "C" fn length(slf: *mut ffi::PyObject) -> ffi::Py_ssize_t {
    // SAFETY: as above.
    unsafe { with(slf, -1, |view| Ok(view.len() as ffi::Py_ssize_t)) }
}

/// A position as Python counts them.
pub(super) fn position(view: View<'_>, index: Any<'_>) -> Done<Option<usize>> {
    // SAFETY: the object is alive.
    unsafe {
        let index = ffi::PyNumber_AsSsize_t(index.as_ptr(), ffi::PyExc_IndexError);
        if index == -1 && !ffi::PyErr_Occurred().is_null() {
            return Err(Raised);
        }
        let len = view.len() as ffi::Py_ssize_t;
        let index = if index < 0 { index + len } else { index };
        Ok((0..len).contains(&index).then_some(index as usize))
    }
}

/// The places that a slice means: first, step, how many.
fn slice(view: View<'_>, slice: Any<'_>) -> Done<(isize, isize, usize)> {
    let (mut start, mut stop, mut step) = (0, 0, 0);
    // SAFETY: a live slice.
    unsafe {
        if ffi::PySlice_Unpack(slice.as_ptr(), &raw mut start, &raw mut stop, &raw mut step) < 0 {
            return Err(Raised);
        }
        let len = view.len() as ffi::Py_ssize_t;
        let count = ffi::PySlice_AdjustIndices(len, &raw mut start, &raw mut stop, step);
        Ok((start, step, count as usize))
    }
}

fn is_slice(object: Any<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::PySlice_Check(object.as_ptr()) != 0 }
}

fn places(start: isize, step: isize, count: usize) -> impl DoubleEndedIterator<Item = usize> {
    (0..count).map(move |i| (start + step * i as isize) as usize)
}

/// Neither an integer nor a slice.
fn bad_index(view: View<'_>, index: Any<'_>) -> Raised {
    view.fail("[]", Fail::wrong_type("int or slice", index))
}

fn is_index(object: Any<'_>) -> bool {
    // SAFETY: the object is alive.
    unsafe { ffi::PyIndex_Check(object.as_ptr()) != 0 }
}

unsafe extern "C" fn get_item(
    slf: *mut ffi::PyObject,
    index: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        let index = Any::new(index);
        with_object(slf, |view| {
            if is_slice(index) {
                let (start, step, count) = slice(view, index)?;
                let mut items = view.snapshot();
                let wanted = places(start, step, count);
                let taken: Vec<Slot> = wanted
                    .filter_map(|i| items.get_mut(i).map(std::mem::take))
                    .collect();
                return list_of(view.cx, view.kind(), &taken);
            }
            if !is_index(index) {
                return Err(bad_index(view, index));
            }
            match position(view, index)? {
                Some(i) => view.item(i),
                None => Err(view.out_of_range()),
            }
        })
    }
}

unsafe extern "C" fn assign_item(
    slf: *mut ffi::PyObject,
    index: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as above; a null value deletes.
    unsafe {
        let index = Any::new(index);
        let value = (!value.is_null()).then(|| Any::new(value));
        with(slf, -1, |view| {
            if is_slice(index) {
                match value {
                    Some(value) => assign_slice(view, index, value)?,
                    None => delete_slice(view, index)?,
                }
                return Ok(0);
            }
            if !is_index(index) {
                return Err(bad_index(view, index));
            }
            // Converting may run Python and change the list, so the place is looked up afterwards.
            let new = value.map(|value| view.convert("[]", value)).transpose()?;
            let Some(i) = position(view, index)? else {
                return Err(view.out_of_range());
            };
            let old = view.change(|items| match new {
                _ if i >= items.len() => None,
                Some(new) => Some(std::mem::replace(&mut items[i], new)),
                None => Some(items.remove(i)),
            })?;
            if old.is_some() {
                Ok(0)
            } else {
                Err(view.out_of_range())
            }
        })
    }
}

fn assign_slice(view: View<'_>, index: Any<'_>, value: Any<'_>) -> Done<()> {
    let new = view.convert_all("[]", value)?;
    let (start, step, count) = slice(view, index)?;
    if step != 1 && new.len() != count {
        return Err(value_error(
            view.cx,
            &format!(
                "attempt to assign sequence of size {} to extended slice of size {count}",
                new.len()
            ),
        ));
    }
    let _old: Vec<Slot> = view.change(|items| {
        if step == 1 {
            let start = (start as usize).min(items.len());
            let end = (start + count).min(items.len());
            return items.splice(start..end, new).collect();
        }
        let pairs = places(start, step, count).zip(new);
        pairs
            .filter_map(|(i, new)| items.get_mut(i).map(|old| std::mem::replace(old, new)))
            .collect()
    })?;
    Ok(())
}

fn delete_slice(view: View<'_>, index: Any<'_>) -> Done<()> {
    let (start, step, count) = slice(view, index)?;
    let _old: Vec<Slot> = view.change(|items| {
        let mut gone: Vec<usize> = places(start, step, count)
            .filter(|i| *i < items.len())
            .collect();
        gone.sort_unstable();
        if let (Some(first), true) = (gone.first(), step.abs() == 1) {
            return items.drain(*first..first + gone.len()).collect();
        }
        let mut gone = gone.into_iter().peekable();
        let mut taken = Vec::new();
        let mut i = 0;
        items.retain_mut(|item| {
            let hit = gone.next_if_eq(&i).is_some();
            i += 1;
            if hit {
                taken.push(std::mem::take(item));
            }
            !hit
        });
        taken
    })?;
    Ok(())
}

unsafe extern "C" fn contains(slf: *mut ffi::PyObject, value: *mut ffi::PyObject) -> c_int {
    // SAFETY: as above.
    unsafe {
        let value = Any::new(value);
        with(slf, -1, |view| {
            for slot in view.snapshot() {
                if view.matches(&slot, value)? {
                    return Ok(1);
                }
            }
            Ok(0)
        })
    }
}

unsafe extern "C" fn iterate(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe { with_object(slf, |view| iterator(view, false)) }
}

/// An iterator over the items as they are now: nothing that happens to the list later is seen.
pub(super) fn iterator(view: View<'_>, reverse: bool) -> Outcome {
    let mut items = view.snapshot();
    if reverse {
        items.reverse();
    }
    let mut items = items.into_iter();
    let kind = view.kind();
    crate::iter::make_with(view.cx, move |cx| {
        let slot = items.next()?;
        Some(to_python(cx, kind, &slot))
    })
}

unsafe extern "C" fn repr(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let mut text = format!("{NAME}(");
            show_list(view.cx, &mut text, view.kind(), &view.snapshot(), 0)?;
            text.push(')');
            conv::Str::to_py(view.cx, text)
        })
    }
}

/// Equal to any sequence with equal items.
unsafe extern "C" fn rich_compare(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let fits = ffi::PySequence_Check(other) != 0 && ffi::PyDict_Check(other) == 0;
            if (op != ffi::Py_EQ && op != ffi::Py_NE) || !fits {
                return Ok(Any::new(ffi::Py_NotImplemented()).to_object());
            }
            let mine = view.to_list()?;
            let other = fresh(ffi::PySequence_List(other))?;
            fresh(ffi::PyObject_RichCompare(
                mine.as_any().as_ptr(),
                other.as_any().as_ptr(),
                op,
            ))
        })
    }
}

unsafe extern "C" fn concat(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let mine = view.to_list()?;
            let other = fresh(ffi::PySequence_List(other))?;
            fresh(ffi::PySequence_Concat(
                mine.as_any().as_ptr(),
                other.as_any().as_ptr(),
            ))
        })
    }
}

unsafe extern "C" fn repeat(slf: *mut ffi::PyObject, times: ffi::Py_ssize_t) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let mine = view.to_list()?;
            fresh(ffi::PySequence_Repeat(mine.as_any().as_ptr(), times))
        })
    }
}

unsafe extern "C" fn inplace_concat(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        let other = Any::new(other);
        with_object(slf, |view| {
            let new = view.convert_all(" +=", other)?;
            view.change(|items| items.extend(new))?;
            Ok(Any::new(slf).to_object())
        })
    }
}

unsafe extern "C" fn inplace_repeat(
    slf: *mut ffi::PyObject,
    times: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe {
        with_object(slf, |view| {
            let mine = view.to_list()?;
            let times = times.max(0);
            let whole = fresh(ffi::PySequence_Repeat(
                mine.as_any().as_ptr(),
                (times - 1).max(0),
            ))?;
            let new = list_from_python(view.cx, view.kind(), whole.as_any())
                .map_err(|fail| view.fail(" *=", fail))?;
            let _old: Vec<Slot> = view.change(|items| {
                if times == 0 {
                    return std::mem::take(items);
                }
                if let Slot::List(mut new) = new {
                    items.append(new.edit());
                }
                Vec::new()
            })?;
            Ok(Any::new(slf).to_object())
        })
    }
}

/// The type of lists, made once per extension and interpreter.
///
/// # Safety
/// `module` is the extension module.
pub(crate) unsafe fn list_type(module: *mut ffi::PyObject) -> Result<Object, Raised> {
    let slot = |slot, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_doc, DOC.as_ptr().cast_mut().cast()),
        slot(ffi::Py_tp_dealloc, dealloc as *mut c_void),
        slot(ffi::Py_tp_repr, repr as *mut c_void),
        slot(ffi::Py_tp_iter, iterate as *mut c_void),
        slot(ffi::Py_tp_richcompare, rich_compare as *mut c_void),
        slot(
            ffi::Py_tp_hash,
            ffi::PyObject_HashNotImplemented as *mut c_void,
        ),
        slot(ffi::Py_mp_length, length as *mut c_void),
        slot(ffi::Py_mp_subscript, get_item as *mut c_void),
        slot(ffi::Py_mp_ass_subscript, assign_item as *mut c_void),
        slot(ffi::Py_sq_length, length as *mut c_void),
        slot(ffi::Py_sq_item, sequence_item as *mut c_void),
        slot(ffi::Py_sq_contains, contains as *mut c_void),
        slot(ffi::Py_sq_concat, concat as *mut c_void),
        slot(ffi::Py_sq_repeat, repeat as *mut c_void),
        slot(ffi::Py_sq_inplace_concat, inplace_concat as *mut c_void),
        slot(ffi::Py_sq_inplace_repeat, inplace_repeat as *mut c_void),
        slot(ffi::Py_tp_methods, METHODS.0.as_ptr().cast_mut().cast()),
        slot(0, std::ptr::null_mut()),
    ];
    let flags = ffi::Py_TPFLAGS_DEFAULT | types::SEQUENCE;
    #[cfg(Py_3_10)]
    let flags = flags | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION;
    let mut spec = ffi::PyType_Spec {
        name: c"pyrus.MutableList".as_ptr(),
        basicsize: size_of::<ListObject>() as c_int,
        itemsize: 0,
        flags: flags as std::ffi::c_uint,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: a complete specification; CPython copies what it keeps, and the methods live for ever.
    unsafe {
        let tp = fresh(ffi::PyType_FromModuleAndSpec(
            module,
            &raw mut spec,
            std::ptr::null_mut(),
        ))?;
        #[cfg(not(Py_3_10))]
        {
            (*tp.as_any().as_ptr().cast::<ffi::PyTypeObject>()).tp_new = None;
        }
        register(&tp)?;
        Ok(tp)
    }
}

const DOC: &std::ffi::CStr = c"The list of a live record's field. Items are copied on their way in; records come out as live views.";

unsafe extern "C" fn sequence_item(
    slf: *mut ffi::PyObject,
    index: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: as above; CPython has added the length to negative ones.
    unsafe {
        with_object(slf, |view| match usize::try_from(index) {
            Ok(i) => view.item(i),
            Err(_) => Err(view.out_of_range()),
        })
    }
}

/// Make it a `collections.abc.MutableSequence`.
unsafe fn register(tp: &Object) -> Result<(), Raised> {
    // SAFETY: C strings and live objects.
    unsafe {
        let abc = fresh(ffi::PyImport_ImportModule(c"collections.abc".as_ptr()))?;
        let class = fresh(ffi::PyObject_GetAttrString(
            abc.as_any().as_ptr(),
            c"MutableSequence".as_ptr(),
        ))?;
        fresh(ffi::PyObject_CallMethod(
            class.as_any().as_ptr(),
            c"register".as_ptr(),
            c"O".as_ptr(),
            tp.as_any().as_ptr(),
        ))?;
        Ok(())
    }
}

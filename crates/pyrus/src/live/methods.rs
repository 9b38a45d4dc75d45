//! What every live record can do besides its fields: repr, equality, hash, copying, pickling.

use std::ffi::c_int;
use std::fmt::Write as _;

use pyo3_ffi as ffi;

use super::convert::{raise_too_deep, to_python};
use super::node::{Node, NodeRef, as_node};
use super::object::{is_of, make, make_as, node_of, with};
use super::pack;
use super::slot::Slot;
use super::state;
use super::table::{Kind, Table};
use super::tree::{self, MOST_DEEP, TooDeep};
use crate::abi::{items, types};
use crate::any::{Any, Object};
use crate::call::{Outcome, answer};
use crate::conv::{self, FromPy as _, ToPy as _, fresh};
use crate::cx::{Cx, state_if_ours, state_of_type, unloaded};
use crate::error::{Error, Raised, Result, raise_text};
use crate::glue::{class_one_raw, noargs_raw, one_raw};
use crate::module::Table as Constants;

/// Items of a list that a repr shows.
const SHOWN: usize = 20;
/// A repr is not longer than this, give or take an item.
const LONGEST: usize = 100_000;

/// `tp_repr`: `Xy(x=1.0, y=2.0)`. Long lists are cut.
///
/// # Safety
/// Called by Python on a view; so for all functions here.
pub(crate) unsafe extern "C" fn repr(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, node| {
            let mut text = String::new();
            show_node(cx, &mut text, node, 0)?;
            conv::Str::to_py(cx, text)
        })
    }
}

fn show_node(cx: Cx<'_>, out: &mut String, node: NodeRef<'_>, depth: usize) -> Result2 {
    if depth == MOST_DEEP || out.len() > LONGEST {
        out.push('…');
        return Ok(());
    }
    let table = node.table();
    out.push_str(table.path);
    out.push('(');
    let slots = node.slots();
    for (i, (slot, field)) in slots.iter().zip(table.fields).enumerate() {
        out.push_str(if i == 0 { "" } else { ", " });
        out.push_str(table.field_name(i));
        out.push('=');
        match &field.kind {
            Kind::List(item) => show_list(cx, out, item, slot.items(), depth)?,
            kind => show(cx, out, kind, slot, depth)?,
        }
    }
    out.push(')');
    Ok(())
}

type Result2 = std::result::Result<(), Raised>;

pub(super) fn show_list(
    cx: Cx<'_>,
    out: &mut String,
    kind: &Kind,
    items: &[Slot],
    depth: usize,
) -> Result2 {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        out.push_str(if i == 0 { "" } else { ", " });
        if i == SHOWN {
            let _ = write!(out, "… {} more", items.len() - i);
            break;
        }
        show(cx, out, kind, item, depth)?;
    }
    out.push(']');
    Ok(())
}

fn show(cx: Cx<'_>, out: &mut String, kind: &Kind, slot: &Slot, depth: usize) -> Result2 {
    if let Some(node) = as_node(slot) {
        return show_node(cx, out, node, depth + 1);
    }
    if let (Slot::Member(member), Kind::Member(members)) = (slot, kind) {
        let spec = members.spec;
        out.push_str(spec.name);
        out.push('.');
        out.push_str(spec.members[*member as usize].0);
        return Ok(());
    }
    let value = to_python(cx, kind, slot)?;
    // SAFETY: a live number, text, boolean or `None`, whose repr runs no code of others.
    let shown = fresh(unsafe { ffi::PyObject_Repr(value.as_any().as_ptr()) })?;
    out.push_str(conv::Str::from_py(cx, shown.as_any()).unwrap_or("?"));
    Ok(())
}

/// `tp_richcompare`: equal when of the same record with equal values; no order.
///
/// # Safety
/// See [`repr`].
pub(crate) unsafe extern "C" fn rich_compare(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, node| {
            let other = Any::new(other);
            if (op != ffi::Py_EQ && op != ffi::Py_NE) || !is_of(cx, node.table(), other) {
                return Ok(Any::new(ffi::Py_NotImplemented()).to_object());
            }
            let equal = tree::equal(node, node_of(other)).map_err(|TooDeep| raise_too_deep())?;
            conv::Bool::to_py(cx, equal == (op == ffi::Py_EQ))
        })
    }
}

/// `tp_hash`: that of the node, so that all views of a node are one key. Its values may change, so they have no part in
/// it: equal records that are not the same have different hashes.
///
/// # Safety
/// See [`repr`].
pub(crate) unsafe extern "C" fn hash(slf: *mut ffi::PyObject) -> ffi::Py_hash_t {
    // SAFETY: as promised. Nodes stand at multiples of eight; no address is -1.
    unsafe {
        let address = node_of(Any::new(slf)).to_node().address();
        address.rotate_right(4).cast_signed()
    }
}

/// `__rust_address__()`.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn address(slf: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, node| {
            conv::U64::to_py(cx, node.to_node().address() as u64)
        })
    }
}

/// `__copy__`: a record of its own, with everything in it: a node has one owner. What a Python subclass keeps besides
/// is shared.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn copy(slf: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { copied(slf, None) }
}

/// `__deepcopy__`: the same, with copies of what a Python subclass keeps.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn deepcopy(
    slf: *mut ffi::PyObject,
    memo: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe { copied(slf, Some(Any::new(memo))) }
}

/// # Safety
/// See [`repr`].
unsafe fn copied(slf: *mut ffi::PyObject, memo: Option<Any<'_>>) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, node| {
            let copy = tree::copy(node).map_err(|TooDeep| raise_too_deep())?;
            let copy = like(cx, slf, copy)?;
            let this = Any::new(slf);
            if this.type_ptr() != cx.state().types[node.table().index].get() {
                let done = state::copy(this, copy.as_any(), memo);
                done.map_err(|error| error.raise(cx))?;
            }
            Ok(copy)
        })
    }
}

/// An object of the same class as `slf`.
unsafe fn like(cx: Cx<'_>, slf: *mut ffi::PyObject, node: Node) -> Outcome {
    // SAFETY: the class of a view is its record's type or a subclass.
    unsafe {
        let tp = ffi::Py_TYPE(slf);
        if cx.state().types[node.table().index].get() == tp {
            make(cx, node)
        } else {
            make_as(tp, node)
        }
    }
}

/// `__reduce__`: `(class.__restore__, (bytes,))`, and what a subclass keeps besides.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn reduce(slf: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, node| {
            let bytes = pack::pack(node).map_err(|TooDeep| raise_too_deep())?;
            reduced(cx, slf, &bytes).map_err(|error| error.raise(cx))
        })
    }
}

unsafe fn reduced(cx: Cx<'_>, slf: *mut ffi::PyObject, bytes: &[u8]) -> Result<Object> {
    // SAFETY: live references only.
    unsafe {
        let class = Any::new(ffi::Py_TYPE(slf).cast());
        let restore = class.attr("__restore__")?;
        let bytes = conv::Bytes::to_py(cx, bytes).map_err(|Raised| Error::fetch())?;
        let Some(kept) = state::of(Any::new(slf))? else {
            return Object::from_new(ffi::Py_BuildValue(
                c"O(O)".as_ptr(),
                restore.as_any().as_ptr(),
                bytes.as_any().as_ptr(),
            ));
        };
        Object::from_new(ffi::Py_BuildValue(
            c"O(O)O".as_ptr(),
            restore.as_any().as_ptr(),
            bytes.as_any().as_ptr(),
            kept.as_any().as_ptr(),
        ))
    }
}

/// `__restore__(data)`, a class method: what `__reduce__` took apart.
///
/// # Safety
/// Called by Python with a class as `class`.
unsafe extern "C" fn restore(
    class: *mut ffi::PyObject,
    data: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: the descriptor of a class method checks that the class is a record's type or a subclass.
    unsafe {
        let mut base: *mut ffi::PyTypeObject = class.cast();
        while !base.is_null() && state_if_ours(base).is_null() {
            base = types::base(base);
        }
        if base.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let cx = Cx::new(state_of_type(base));
        let types = &cx.state().types;
        let mut tables = crate::module::live_tables().iter();
        match tables.find(|table| types[table.index].get() == base) {
            Some(table) => restored(cx, table, class.cast(), Any::new(data)),
            None => {
                unloaded();
                std::ptr::null_mut()
            }
        }
    }
}

/// # Safety
/// `tp` is the record's type or a subclass.
unsafe fn restored(
    cx: Cx<'_>,
    table: &'static Table,
    tp: *mut ffi::PyTypeObject,
    data: Any<'_>,
) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        crate::panic::catch(table.name(), std::ptr::null_mut(), || {
            let subject = format!("{}.__restore__() argument 'data'", table.name());
            let node = conv::Bytes::from_py(cx, data)
                .map_err(|fail| fail.raise(cx, &subject))
                .and_then(|bytes| {
                    pack::unpack(table, bytes).map_err(|pack::Damaged| {
                        let text = format!(
                            "{subject}: these bytes hold no {} of this version",
                            table.name()
                        );
                        raise_text(ffi::PyExc_ValueError, &text)
                    })
                });
            answer(node.and_then(|node| {
                if cx.state().types[table.index].get() == tp {
                    make(cx, node)
                } else {
                    make_as(tp, node)
                }
            }))
        })
    }
}

/// Methods of every live record.
pub(crate) static METHODS: Constants<[ffi::PyMethodDef; 4]> = Constants([
    noargs_raw(
        c"__copy__",
        copy,
        c"__copy__($self, /)\n--\n\nA record of its own, with everything in it.",
    ),
    one_raw(
        c"__deepcopy__",
        deepcopy,
        c"__deepcopy__($self, memo, /)\n--\n\nA record of its own, with everything in it.",
    ),
    noargs_raw(
        c"__reduce__",
        reduce,
        c"__reduce__($self, /)\n--\n\nFor pickling.",
    ),
    noargs_raw(
        c"__rust_address__",
        address,
        c"__rust_address__($self, /)\n--\n\nAddress of the node, the same for all its views.",
    ),
]);

/// The class method of every live record.
pub(crate) static RESTORE: Constants<ffi::PyMethodDef> = Constants(class_one_raw(
    c"__restore__",
    restore,
    c"__restore__($type, data, /)\n--\n\nWhat `__reduce__` took apart.",
));

/// The static function of every live record, bound to the names of its fields.
pub(crate) static FIELD_NAMES: Constants<ffi::PyMethodDef> = Constants(noargs_raw(
    c"__field_names__",
    field_names,
    c"__field_names__()\n--\n\nThe names of the fields, in order.",
));

/// # Safety
/// Called by Python, bound to a tuple.
unsafe extern "C" fn field_names(
    names: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; a new list each time, which callers may change.
    unsafe { ffi::PySequence_List(names) }
}

/// The names of the fields.
pub(crate) fn names(table: &'static Table) -> Outcome {
    // SAFETY: called on an attached thread; each place of the new tuple is filled.
    unsafe {
        let tuple = fresh(ffi::PyTuple_New(table.fields.len() as ffi::Py_ssize_t))?;
        for (i, name) in table.field_names().enumerate() {
            let name = fresh(ffi::PyUnicode_InternFromString(name.as_ptr()))?;
            items::tuple_fill(
                tuple.as_any().as_ptr(),
                i as ffi::Py_ssize_t,
                name.into_ptr(),
            );
        }
        Ok(tuple)
    }
}

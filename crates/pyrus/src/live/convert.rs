//! Slots to Python and back, as a field's kind says.

use pyo3_ffi as ffi;

use super::list;
use super::node::{NodeRef, as_node};
use super::object::{is_of, make, node_of};
use super::slot::Slot;
use super::table::{Field, Kind, Members};
use super::tree::{self, TooDeep};
use crate::abi::items;
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::conv::{self, Fail, FailKind, FromPy as _, ToPy as _, fresh};
use crate::cx::Cx;
use crate::error::{Raised, raise_text};

/// The value of a field; a list gives a view of the field.
#[inline(always)]
pub(crate) fn field_to_python(cx: Cx<'_>, node: NodeRef<'_>, i: usize) -> Outcome {
    let table = node.table();
    if let Kind::List(_) = table.fields[i].kind {
        return list::make(cx, node.to_node(), i);
    }
    ready(cx, &table.fields[i].kind)?;
    let slots = node.slots();
    let answer = to_python(cx, &table.fields[i].kind, &slots[i]);
    drop(slots);
    answer
}

/// Make the type that a value of this kind needs, if nobody has needed it before. That may run Python, which must find
/// no node in use: from here on [`to_python`] runs none.
#[inline(always)]
pub(crate) fn ready(cx: Cx<'_>, kind: &Kind) -> Result<(), Raised> {
    match kind {
        Kind::Node(table) => cx.type_at(table.index).map(drop),
        Kind::Member(members) => cx.state().enum_at(members.index).map(drop),
        _ => Ok(()),
    }
}

/// A value that is no list. Runs no Python where [`ready`] came before.
#[inline(always)]
pub(crate) fn to_python(cx: Cx<'_>, kind: &Kind, slot: &Slot) -> Outcome {
    match slot {
        Slot::Float(value) => conv::F64::to_py(cx, *value),
        Slot::Int(value) => conv::I64::to_py(cx, *value),
        Slot::Bool(value) => conv::Bool::to_py(cx, *value),
        Slot::Short(text) => conv::Str::to_py(cx, text.as_str()),
        Slot::Long(text) => conv::Str::to_py(cx, text.as_str()),
        Slot::Node(node) => make(cx, node.share()),
        Slot::Member(member) => member_to_python(cx, kind, *member),
        Slot::Absent | Slot::List(_) => Ok(crate::glue::none(cx).to_object()),
    }
}

fn member_to_python(cx: Cx<'_>, kind: &Kind, member: u16) -> Outcome {
    let Kind::Member(members) = kind else {
        return Ok(crate::glue::none(cx).to_object());
    };
    let known = cx.state().enum_at(members.index)?;
    Ok(known.member(member.into()))
}

/// A slot for what a field is to hold. May run Python; records are copied.
pub(crate) fn field_from_python(
    cx: Cx<'_>,
    field: &'static Field,
    object: Any<'_>,
) -> Result<Slot, Fail> {
    if field.optional && object.is_none() {
        return Ok(Slot::Absent);
    }
    match &field.kind {
        Kind::List(item) => list_from_python(cx, item, object),
        kind => from_python(cx, kind, object),
    }
}

/// A slot for a value that is no list.
pub(crate) fn from_python(cx: Cx<'_>, kind: &Kind, object: Any<'_>) -> Result<Slot, Fail> {
    match kind {
        Kind::Bool => conv::Bool::from_py(cx, object).map(Slot::Bool),
        Kind::Int((min, max)) => int(cx, *min, *max, object),
        Kind::Float => conv::F64::from_py(cx, object).map(Slot::Float),
        Kind::Str => text(cx, object),
        Kind::Member(members) => member(cx, members, object),
        Kind::Node(table) => {
            if !is_of(cx, table, object) {
                return Err(Fail::wrong_type(table.name(), object));
            }
            let copy = tree::copy(node_of(object)).map_err(|TooDeep| too_deep())?;
            Ok(Slot::Node(copy))
        }
        Kind::List(_) => Err(Fail::wrong_type("a single value", object)),
    }
}

fn int(cx: Cx<'_>, min: i64, max: i64, object: Any<'_>) -> Result<Slot, Fail> {
    let value = conv::I64::from_py(cx, object)?;
    if (min..=max).contains(&value) {
        return Ok(Slot::Int(value));
    }
    let kind = match (min, max) {
        (_, 0x7f) => "i8",
        (_, 0xff) => "u8",
        (_, 0x7fff) => "i16",
        (_, 0xffff) => "u16",
        (0, _) => "u32",
        _ => "i32",
    };
    Err(Fail(Box::new(FailKind::Overflow { kind })))
}

/// What is written to files must be read again, and those end at a NUL.
fn text(cx: Cx<'_>, object: Any<'_>) -> Result<Slot, Fail> {
    let text = conv::Str::from_py(cx, object)?;
    match text.find('\0') {
        None => Ok(Slot::text(text)),
        Some(at) => Err(Fail::value(format!("embedded NUL at byte {at}"))),
    }
}

fn member(cx: Cx<'_>, members: &Members, object: Any<'_>) -> Result<Slot, Fail> {
    let code = crate::enums::code_from_python(cx, members.spec, members.index, object)?;
    Ok(Slot::Member(code as u16))
}

/// The items of anything with a length and integer indexing.
pub(crate) fn list_from_python(cx: Cx<'_>, kind: &Kind, object: Any<'_>) -> Result<Slot, Fail> {
    // SAFETY: the object is alive.
    let fits = unsafe {
        ffi::PySequence_Check(object.as_ptr()) != 0 && ffi::PyDict_Check(object.as_ptr()) == 0
    };
    if !fits {
        return Err(Fail::wrong_type("a sequence", object));
    }
    items_from_python(cx, kind, object).map(Slot::list)
}

/// The items of any iterable.
pub(crate) fn items_from_python(
    cx: Cx<'_>,
    kind: &Kind,
    object: Any<'_>,
) -> Result<Vec<Slot>, Fail> {
    // A list of our own: converting an item may run Python, which could change the one that was given.
    // SAFETY: the object is alive; the list is new, and known to nobody else.
    unsafe {
        let items = Object::from_new(ffi::PySequence_List(object.as_ptr())).map_err(Fail::error)?;
        let len = items::list_len(items.as_any().as_ptr());
        (0..len)
            .map(|i| {
                let item = Any::new(items::list_item(items.as_any().as_ptr(), i));
                from_python(cx, kind, item).map_err(|fail| fail.at(format!("[{i}]")))
            })
            .collect()
    }
}

/// The exception for a tree that is too deep.
#[cold]
pub(crate) fn too_deep() -> Fail {
    // SAFETY: called on an attached thread.
    let Raised = unsafe { raise_text(ffi::PyExc_RecursionError, DEEP) };
    Fail::fetch()
}

const DEEP: &str = "live records are nested too deeply";

/// The same, raised.
#[cold]
pub(crate) fn raise_too_deep() -> Raised {
    // SAFETY: called on an attached thread.
    unsafe { raise_text(ffi::PyExc_RecursionError, DEEP) }
}

/// Somebody looks at what should be changed.
#[cold]
pub(crate) fn in_use(name: &str) -> Raised {
    // SAFETY: called on an attached thread.
    unsafe {
        raise_text(
            ffi::PyExc_RuntimeError,
            &format!("this {name} is in use by a call in progress"),
        )
    }
}

/// A new Python list of these values; nodes become views.
pub(crate) fn list_of(cx: Cx<'_>, kind: &Kind, slots: &[Slot]) -> Outcome {
    // SAFETY: each place of the new list is filled, or the list is dropped with places that are null.
    unsafe {
        let list = fresh(ffi::PyList_New(slots.len() as ffi::Py_ssize_t))?;
        for (i, slot) in slots.iter().enumerate() {
            let item = to_python(cx, kind, slot)?;
            items::list_fill(
                list.as_any().as_ptr(),
                i as ffi::Py_ssize_t,
                item.into_ptr(),
            );
        }
        Ok(list)
    }
}

/// Is the object a view of the node in the slot?
pub(crate) fn is_view_of(cx: Cx<'_>, kind: &Kind, slot: &Slot, object: Any<'_>) -> bool {
    match (kind, as_node(slot)) {
        (Kind::Node(table), Some(node)) => is_of(cx, table, object) && node.is(node_of(object)),
        _ => false,
    }
}

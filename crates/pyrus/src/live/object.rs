//! The Python object around a node: made when something is touched, gone when nobody looks any more.
//!
//! All live records share these functions and one layout; what differs stands in their tables.

use std::ffi::{c_int, c_void};
use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::convert::{field_from_python, field_to_python, in_use};
use super::node::{Node, NodeRef};
use super::slot::Slot;
use super::table::Table;
use crate::abi::types;
use crate::any::{Any, Object};
use crate::call::{Outcome, answer};
use crate::conv::{Fail, FromPy, ToPy};
use crate::cx::{Cx, State, state_if_ours, state_of_dying, unloaded};
use crate::error::{Raised, raise_text};
use crate::module::{SlotFn, SlotSpec};
use crate::record::expecting;

/// What a view looks like in memory.
#[repr(C)]
struct LiveObject {
    base: ffi::PyObject,
    node: Node,
}

/// The size of views.
pub(crate) const SIZE: usize = size_of::<LiveObject>();

/// A live record as hand-written code hands it to Python. Generated.
pub trait LiveType: Sized + 'static {
    /// Its table.
    const TABLE: &'static Table;
    /// The record of a node.
    ///
    /// # Panics
    /// If the node is of another record.
    fn from_node(node: Node) -> Self;
    /// The node.
    fn into_node(self) -> Node;
}

/// A live record that Python lends for a call.
pub struct Live<'py, T> {
    node: NodeRef<'py>,
    kind: PhantomData<T>,
}

impl<T> Clone for Live<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<'_, T> {}

impl<'py, T: LiveType> Live<'py, T> {
    /// A record that Rust made and that Python does not know yet.
    ///
    /// # Panics
    /// If the node is of another record.
    pub fn of(node: &'py Node) -> Self {
        assert!(
            std::ptr::eq(node.table(), T::TABLE),
            "a node of another record"
        );
        Self {
            // SAFETY: other crates own no nodes but those that nobody else knows, and borrow others only from slots that
            // are being looked at, on this thread.
            node: unsafe { node.attached() },
            kind: PhantomData,
        }
    }

    /// The node, to be looked at.
    pub fn node(self) -> NodeRef<'py> {
        self.node
    }
}

/// The converter of live records.
pub struct LiveIn<T>(PhantomData<T>);

impl<'py, T: LiveType> FromPy<'py> for LiveIn<T> {
    type Out = Live<'py, T>;
    const NAME: &'static str = T::TABLE.name();

    #[inline]
    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if !is_of(cx, T::TABLE, object) {
            return Err(Fail::wrong_type(Self::NAME, object));
        }
        Ok(Live {
            node: node_of(object),
            kind: PhantomData,
        })
    }

    #[inline]
    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        is_of(cx, T::TABLE, object)
    }
}

impl<T: LiveType> ToPy<T> for LiveIn<T> {
    fn to_py(cx: Cx<'_>, value: T) -> Result<Object, Raised> {
        make(cx, value.into_node())
    }
}

/// `type[T]` of a live record.
pub struct LiveClass<T>(PhantomData<T>);

impl<'py, T: LiveType> FromPy<'py> for LiveClass<T> {
    type Out = Any<'py>;
    const NAME: &'static str = "type";

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Any<'py>, Fail> {
        let class = crate::conv::AnyType::from_py(cx, object)?;
        if Self::is_exact(cx, class) {
            Ok(class)
        } else {
            Err(Fail::wrong_class(T::TABLE.name(), class))
        }
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        let tp = cx.state().types[T::TABLE.index].get();
        // SAFETY: both are types, and alive; ours is null where nobody has needed it, so that nobody can have it.
        crate::conv::AnyType::is_exact(cx, object)
            && !tp.is_null()
            && unsafe { ffi::PyType_IsSubtype(object.as_ptr().cast(), tp) != 0 }
    }
}

/// Is the object a view of such a record?
#[inline(always)]
pub(crate) fn is_of(cx: Cx<'_>, table: &Table, object: Any<'_>) -> bool {
    let tp = cx.state().types[table.index].get();
    // SAFETY: both types are alive; ours is null where nobody has needed it, and there are no objects of it.
    object.type_ptr() == tp
        || !tp.is_null() && unsafe { ffi::PyType_IsSubtype(object.type_ptr(), tp) != 0 }
}

/// The node of a view.
#[inline(always)]
pub(crate) fn node_of(object: Any<'_>) -> NodeRef<'_> {
    // SAFETY: every caller has checked that it is a view; it lives, and the thread is attached, as long as the borrow.
    unsafe { (*object.as_ptr().cast::<LiveObject>()).node.attached() }
}

/// A view of a node.
#[inline]
pub(crate) fn make(cx: Cx<'_>, node: Node) -> Outcome {
    let table = node.table();
    let tp = cx.type_at(table.index)?;
    // SAFETY: a fresh or dead object of our type, which has no garbage collector's header.
    unsafe {
        let object = if let Some(object) = cx.state().pools[table.index].pop() {
            ffi::PyObject_Init(object, tp);
            object
        } else {
            ffi::PyObject_New::<ffi::PyObject>(tp)
        };
        if object.is_null() {
            return Err(Raised);
        }
        (&raw mut (*object.cast::<LiveObject>()).node).write(node);
        Ok(Object::steal(object))
    }
}

/// A view of a node, as an object of a Python subclass.
///
/// # Safety
/// `tp` is the record's type or a subclass of it.
pub(crate) unsafe fn make_as(tp: *mut ffi::PyTypeObject, node: Node) -> Outcome {
    // SAFETY: as promised; the allocator leaves the node to us.
    unsafe {
        let object = ffi::PyType_GenericAlloc(tp, 0);
        if object.is_null() {
            return Err(Raised);
        }
        (&raw mut (*object.cast::<LiveObject>()).node).write(node);
        Ok(Object::steal(object))
    }
}

/// `tp_dealloc`.
///
/// # Safety
/// Called by Python, for a view with no references left.
pub(crate) unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: as promised. Objects of subclasses have been untracked by their own `tp_dealloc`.
    unsafe {
        let tp = ffi::Py_TYPE(object);
        let node = (&raw const (*object.cast::<LiveObject>()).node).read();
        let index = node.table().index;
        drop(node);
        let state = state_of_dying(tp);
        let pooled = !state.is_null()
            && (*state).types[index].get() == tp
            && (*state).pools[index].push(object);
        if !pooled {
            types::free(tp, object);
        }
        ffi::Py_DECREF(tp.cast());
    }
}

/// The state behind a view, also of a Python subclass; null at the end of the interpreter.
///
/// # Safety
/// The object is a view.
#[inline(always)]
pub(crate) unsafe fn state_of(object: *mut ffi::PyObject) -> *const State {
    // SAFETY: as promised. A class made by Python has no module of its own, and one of its bases is ours.
    unsafe {
        let mut tp = ffi::Py_TYPE(object);
        loop {
            let state = state_if_ours(tp);
            if !state.is_null() {
                return state;
            }
            tp = types::base(tp);
            if tp.is_null() || ffi::PyType_HasFeature(tp, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
                return std::ptr::null();
            }
        }
    }
}

/// Run a method of a view.
///
/// # Safety
/// Called by Python on a view.
#[inline(always)]
pub(crate) unsafe fn with(
    slf: *mut ffi::PyObject,
    body: impl FnOnce(Cx<'_>, NodeRef<'_>) -> Outcome,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; the view is alive during the call.
    unsafe {
        let state = state_of(slf);
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let node = node_of(Any::new(slf));
        crate::panic::catch(node.table().name(), std::ptr::null_mut(), || {
            answer(body(Cx::new(state), node))
        })
    }
}

/// The protocols of every live record.
pub(crate) fn slots(new: ffi::newfunc) -> Vec<SlotSpec> {
    let slot = |id, function| SlotSpec { id, function };
    vec![
        slot(ffi::Py_tp_new, SlotFn::New(new)),
        slot(ffi::Py_tp_getattro, SlotFn::Binary(getattro)),
        slot(ffi::Py_tp_setattro, SlotFn::Assign(setattro)),
        slot(ffi::Py_tp_repr, SlotFn::Unary(super::repr)),
        slot(ffi::Py_tp_richcompare, SlotFn::Compare(super::rich_compare)),
        slot(ffi::Py_tp_hash, SlotFn::Hash(super::hash)),
    ]
}

/// The field of that name.
#[inline(always)]
fn find(state: &State, table: &Table, name: *mut ffi::PyObject) -> Option<usize> {
    // Made with the type, so it is there for every view.
    state.live[table.map].get()?.find(name)
}

/// `tp_getattro`.
///
/// # Safety
/// Called by Python on a view.
pub(crate) unsafe extern "C" fn getattro(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised. A subclass may have an attribute of the same name in front.
    unsafe {
        let state = state_if_ours(ffi::Py_TYPE(slf));
        if !state.is_null() {
            let node = node_of(Any::new(slf));
            if let Some(i) = find(&*state, node.table(), name) {
                return answer(field_to_python(Cx::new(state), node, i));
            }
        }
        ffi::PyObject_GenericGetAttr(slf, name)
    }
}

/// `tp_setattro`.
///
/// # Safety
/// Called by Python on a view.
pub(crate) unsafe extern "C" fn setattro(
    slf: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: as promised.
    unsafe {
        let state = state_if_ours(ffi::Py_TYPE(slf));
        if !state.is_null() {
            let node = node_of(Any::new(slf));
            if let Some(i) = find(&*state, node.table(), name) {
                return write(Cx::new(state), node, i, value);
            }
        }
        ffi::PyObject_GenericSetAttr(slf, name, value)
    }
}

/// The reading half of a field's descriptor; the closure is the field's position.
///
/// # Safety
/// Called by Python through the descriptor.
pub(crate) unsafe extern "C" fn getter(
    slf: *mut ffi::PyObject,
    closure: *mut c_void,
) -> *mut ffi::PyObject {
    // SAFETY: the descriptor checked the type.
    unsafe { with(slf, |cx, node| field_to_python(cx, node, closure as usize)) }
}

/// The writing half.
///
/// # Safety
/// Called by Python through the descriptor.
pub(crate) unsafe extern "C" fn setter(
    slf: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    closure: *mut c_void,
) -> c_int {
    // SAFETY: the descriptor checked the type.
    unsafe {
        let state = state_of(slf);
        if state.is_null() {
            unloaded();
            return -1;
        }
        write(
            Cx::new(state),
            node_of(Any::new(slf)),
            closure as usize,
            value,
        )
    }
}

/// Assign, or delete when `value` is null.
unsafe fn write(cx: Cx<'_>, node: NodeRef<'_>, i: usize, value: *mut ffi::PyObject) -> c_int {
    let table = node.table();
    crate::panic::catch(table.name(), -1, || match written(cx, node, i, value) {
        Ok(()) => 0,
        Err(Raised) => -1,
    })
}

fn written(
    cx: Cx<'_>,
    node: NodeRef<'_>,
    i: usize,
    value: *mut ffi::PyObject,
) -> Result<(), Raised> {
    let table = node.table();
    let field = &table.fields[i];
    let subject = || format!("{}.{}", table.name(), table.field_name(i));
    let slot = if value.is_null() {
        if !field.optional {
            // SAFETY: the context proves an attached thread.
            return Err(unsafe {
                raise_text(
                    ffi::PyExc_AttributeError,
                    &format!("{} can't be deleted: it is not optional", subject()),
                )
            });
        }
        Slot::Absent
    } else {
        // SAFETY: alive during the call.
        let value = unsafe { Any::new(value) };
        field_from_python(cx, field, value)
            .map_err(|fail| expecting(fail, field.expected()).raise(cx, &subject()))?
    };
    let old = node.write(i, |place| std::mem::replace(place, slot));
    // What was there goes when nobody looks at the node any more.
    old.map(drop).ok_or_else(|| in_use(table.name()))
}

//! What can be done with a field, by its type.

mod composed;
mod plain;

use std::any::TypeId;
use std::ffi::{c_int, c_void};

use pyo3_ffi as ffi;

use crate::any::Any;
use crate::call::Outcome;
use crate::class::Writing;
use crate::conv::Fail;
use crate::cx::{Cx, Keep};
use crate::error::Raised;

pub(crate) type Get = unsafe fn(&Cx<'_>, *const u8) -> Outcome;
pub(crate) type Init = unsafe fn(&Cx<'_>, *mut u8, Any<'_>) -> Result<(), Fail>;
pub(crate) type Set =
    unsafe fn(&Cx<'_>, *mut u8, Any<'_>, &dyn Fn() -> Proof<'static>) -> Result<(), Fail>;
/// That nobody looks at the field, or why it cannot be changed now.
type Proof<'a> = Result<Writing<'a>, Fail>;

/// The functions of a field's type, shared by all fields of that type.
pub struct FieldOps {
    /// To Python. The context is borrowed, here and below: a copy for each field costs more than most fields.
    pub(crate) get: Get,
    /// Write to memory that holds nothing yet.
    pub(crate) init: Init,
    /// Replace what is there.
    pub(crate) set: Set,
    /// Nothing for types without `Drop`.
    pub(crate) drop: Option<unsafe fn(*mut u8)>,
    /// Write a copy to memory that holds nothing yet.
    pub(crate) clone: unsafe fn(*const u8, *mut u8),
    pub(crate) same: unsafe fn(Cx<'_>, *const u8, *const u8) -> Result<bool, Raised>,
    pub(crate) visit: unsafe fn(*const u8, ffi::visitproc, *mut c_void) -> c_int,
    pub(crate) clear: unsafe fn(*mut u8),
    pub(crate) has_python: bool,
    /// The converter.
    pub(crate) id: TypeId,
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
    /// Replace a value. `writing` proves, once no more Python code will run, that nobody looks at it.
    ///
    /// # Safety
    /// `field` is a live value that nobody else refers to as long as there is that proof.
    #[inline]
    unsafe fn set(
        cx: Cx<'_>,
        field: *mut Self::Rust,
        object: Any<'_>,
        writing: &dyn Fn() -> Proof<'static>,
    ) -> Result<(), Fail> {
        let keep = Keep::default();
        let value = Self::read(cx.keeping(&keep), object)?;
        // The old value is dropped when the new one is in place and may be looked at.
        let _old = {
            let _proof = writing()?;
            // SAFETY: as promised.
            unsafe { field.replace(value) }
        };
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
            id: TypeId::of::<C>(),
        }
    }
}

/// Read, with a place for what must outlive the conversion.
fn read<C: FieldConv>(cx: Cx<'_>, object: Any<'_>) -> Result<C::Rust, Fail> {
    let keep = Keep::default();
    C::read(cx.keeping(&keep), object)
}

// SAFETY (all below): called through a table whose offsets the generated code computed for this very type.
unsafe fn get<C: FieldConv>(cx: &Cx<'_>, field: *const u8) -> Outcome {
    // SAFETY: a live value.
    C::get(*cx, unsafe { &*field.cast() })
}

unsafe fn init<C: FieldConv>(cx: &Cx<'_>, field: *mut u8, object: Any<'_>) -> Result<(), Fail> {
    let value = read::<C>(*cx, object)?;
    // SAFETY: memory of the right size and alignment.
    unsafe { field.cast::<C::Rust>().write(value) };
    Ok(())
}

unsafe fn set<C: FieldConv>(
    cx: &Cx<'_>,
    field: *mut u8,
    object: Any<'_>,
    writing: &dyn Fn() -> Proof<'static>,
) -> Result<(), Fail> {
    // SAFETY: a live value.
    unsafe { C::set(*cx, field.cast(), object, writing) }
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

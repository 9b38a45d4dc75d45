//! What generated code says of a record, in as few bytes as possible: each pointer in a table costs the loader's time and
//! three times its size in the file. [`super::Table`] is the same with pointers.

use super::Record;
use crate::class::Inst;
use crate::registry::Identity;

/// The static facts of a record.
pub struct RecordSpec {
    /// Position in the extension's types.
    pub index: usize,
    /// Texts, each with a NUL behind it: the name; then name, annotation and docstring of each field.
    pub texts: &'static str,
    /// Fields in order.
    pub fields: &'static [FieldSpec],
    /// First of the interned names of the fields that can be given by keyword, among those of all records.
    pub names: usize,
    /// How many fields can't be given by keyword.
    pub positional_only: u16,
    /// How many fields can be given by position.
    pub positional: u16,
    /// No setters.
    pub frozen: bool,
    /// Warn that the record is deprecated.
    pub deprecated: Option<&'static str>,
    /// Size and contents of an object.
    pub shape: Shape,
}

/// A row of a record's table.
pub struct FieldSpec {
    /// Where it is in the struct.
    pub offset: u32,
    /// What can be done with it: index into the extension's `ops`.
    pub ops: u16,
    /// One more than the index of its default in the extension's `defaults`; 0: it must be given.
    pub default: u16,
}

impl FieldSpec {
    /// Offsets that do not fit do not compile.
    pub const fn new(offset: usize, ops: u16, default: u16) -> Self {
        assert!(offset <= u32::MAX as usize, "the record is too large");
        Self {
            offset: offset as u32,
            ops,
            default,
        }
    }
}

/// What an object of a record is.
pub struct Shape {
    /// Bytes of the object.
    pub(crate) size: usize,
    /// Where in the object the struct is.
    pub(crate) payload: usize,
    /// Bytes of the struct.
    pub(crate) payload_size: usize,
    /// The garbage collector must see it.
    pub(crate) gc: bool,
    /// The payload's type.
    pub(crate) identity: Identity,
    /// The struct's own clone and drop; without, each field has its own.
    pub(crate) own: Option<Own>,
}

/// Functions of a struct that was not generated: it may implement `Clone` and `Drop` as it likes.
pub(crate) struct Own {
    pub(crate) clone: unsafe fn(*const u8, *mut u8),
    pub(crate) drop: unsafe fn(*mut u8),
}

impl Shape {
    /// Of a struct that was generated, and so has no `Drop` of its own.
    pub const fn generated<R: Record>() -> Self {
        Self {
            size: size_of::<Inst<R>>(),
            payload: std::mem::offset_of!(Inst<R>, payload),
            payload_size: size_of::<R::Struct>(),
            gc: R::GC,
            identity: Identity::of::<R::Payload>(),
            own: None,
        }
    }

    /// Of somebody's struct.
    pub const fn declared<R: Record>() -> Self {
        let own = Own {
            clone: clone::<R::Struct>,
            drop: drop::<R::Struct>,
        };
        Self {
            own: Some(own),
            ..Self::generated::<R>()
        }
    }
}

// SAFETY (both): called through a table with the address of a live struct of this type.
unsafe fn clone<T: Clone>(from: *const u8, to: *mut u8) {
    // SAFETY: `to` has room for the struct.
    unsafe { to.cast::<T>().write(T::clone(&*from.cast())) }
}

unsafe fn drop<T>(value: *mut u8) {
    // SAFETY: not used again.
    unsafe { value.cast::<T>().drop_in_place() }
}

//! How the objects of a type are laid out, and how they live and go.

use std::ffi::{c_int, c_void};
use std::mem::offset_of;

use pyo3_ffi as ffi;

use crate::class::{Class, Inst, Pool, dealloc, marked_by_collector, tp_clear, traverse};
use crate::record::{self, RECORD_POOL, RecordSpec};

/// Size, lifecycle and flags of a type.
pub struct TypeLayout {
    pub(super) size: usize,
    pub(super) gc: bool,
    pub(super) subclass: bool,
    pub(super) weak_offset: usize,
    pool: usize,
    dealloc: Option<ffi::destructor>,
    traverse: Option<ffi::traverseproc>,
    clear: Option<ffi::inquiry>,
    /// The garbage collector marks what it takes apart, and `finalize` asks for that.
    marked: bool,
}

impl TypeLayout {
    /// Of a class.
    pub const fn class<C: Class>() -> Self {
        Self {
            size: size_of::<Inst<C>>(),
            gc: C::GC || C::SUBCLASS,
            subclass: C::SUBCLASS,
            weak_offset: if <C::Weak as crate::class::Weak>::ALLOWED {
                offset_of!(Inst<C>, weak)
            } else {
                0
            },
            pool: C::POOL,
            dealloc: Some(dealloc::<C>),
            traverse: if C::GC || C::SUBCLASS {
                Some(traverse::<C>)
            } else {
                None
            },
            clear: if C::GC { Some(tp_clear::<C>) } else { None },
            marked: C::GC && C::FINALIZES,
        }
    }

    /// Of a record.
    pub const fn record(spec: &RecordSpec) -> Self {
        Self {
            size: spec.shape.size,
            gc: spec.shape.gc,
            subclass: false,
            weak_offset: 0,
            pool: RECORD_POOL,
            dealloc: Some(record::dealloc),
            traverse: if spec.shape.gc {
                Some(record::traverse)
            } else {
                None
            },
            clear: if spec.shape.gc {
                Some(record::clear)
            } else {
                None
            },
            marked: false,
        }
    }

    /// Of a live record.
    pub const fn live() -> Self {
        Self {
            size: crate::live::SIZE,
            gc: false,
            subclass: true,
            weak_offset: 0,
            pool: 32,
            dealloc: Some(crate::live::dealloc),
            traverse: None,
            clear: None,
            marked: false,
        }
    }

    /// Of a namespace: there are no objects.
    pub const fn namespace() -> Self {
        Self {
            size: size_of::<ffi::PyObject>(),
            gc: false,
            subclass: false,
            weak_offset: 0,
            pool: 0,
            dealloc: None,
            traverse: None,
            clear: None,
            marked: false,
        }
    }

    /// Where freed objects of the type are kept.
    pub(crate) fn new_pool(&self) -> Pool {
        Pool::new(self.pool, self.size, self.gc)
    }

    /// What the garbage collector and the end of an object need.
    pub(super) fn life_slots(&self) -> impl Iterator<Item = ffi::PyType_Slot> + use<> {
        let marked: unsafe extern "C" fn(*mut ffi::PyObject) = marked_by_collector;
        let life = [
            (ffi::Py_tp_dealloc, self.dealloc.map(|f| f as *mut c_void)),
            (ffi::Py_tp_traverse, self.traverse.map(|f| f as *mut c_void)),
            (ffi::Py_tp_clear, self.clear.map(|f| f as *mut c_void)),
            (
                ffi::Py_tp_finalize,
                self.marked.then_some(marked as *mut c_void),
            ),
        ];
        let given = |(slot, pfunc): (c_int, Option<*mut c_void>)| {
            pfunc.map(|pfunc| ffi::PyType_Slot { slot, pfunc })
        };
        life.into_iter().filter_map(given)
    }
}

//! What the static functions of a class are bound to.
//!
//! CPython's `staticmethod` keeps the interpreter from specialising a call, a plain built-in function in the class's
//! dictionary does not: it has no `__get__`, so it is static by nature. It says where it belongs through the object
//! that it is bound to: not the class, which would make it a class method for `inspect`, nor the module, under which
//! pickle would look for it, but a small object whose type bears the class's name.

use std::ffi::{CStr, c_int, c_void};

use pyo3_ffi as ffi;

use crate::any::Object;
use crate::cx::State;
use crate::error::Raised;
use crate::module::own_type;

/// The object. One for each class with static functions.
#[repr(C)]
pub(crate) struct Home {
    base: ffi::PyObject,
    /// Owned.
    class: *mut ffi::PyTypeObject,
    /// Owned: keeps `state` alive.
    module: *mut ffi::PyObject,
    state: *const State,
}

impl Home {
    /// The extension's state.
    ///
    /// # Safety
    /// `object` is a `Home`.
    #[inline(always)]
    pub(crate) unsafe fn state(object: *mut ffi::PyObject) -> *const State {
        // SAFETY: as promised.
        unsafe { (*object.cast::<Self>()).state }
    }
}

/// The home of the static functions of `class`, which has that name.
///
/// # Safety
/// `class` is a type of this extension, whose state is live.
pub(crate) unsafe fn make_home(
    state: &State,
    class: *mut ffi::PyTypeObject,
    name: &'static CStr,
) -> Result<Object, Raised> {
    // SAFETY: a fresh object of our type, filled before the collector sees it.
    unsafe {
        let tp = home_type(state, name)?;
        let object = ffi::PyObject_GC_New::<Home>(tp.as_any().as_ptr().cast());
        if object.is_null() {
            return Err(Raised);
        }
        (&raw mut (*object).class).write(class);
        (&raw mut (*object).module).write(state.module);
        (&raw mut (*object).state).write(state);
        ffi::Py_INCREF(class.cast());
        ffi::Py_INCREF(state.module);
        ffi::PyObject_GC_Track(object.cast());
        Ok(Object::steal(object.cast()))
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone.
    unsafe {
        ffi::PyObject_GC_UnTrack(object.cast());
        let tp = ffi::Py_TYPE(object);
        ffi::Py_DECREF((*object.cast::<Home>()).class.cast());
        ffi::Py_DECREF((*object.cast::<Home>()).module);
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DECREF(tp.cast());
    }
}

unsafe extern "C" fn traverse(
    object: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: a complete object.
    unsafe {
        let home = &*object.cast::<Home>();
        for seen in [home.class.cast(), home.module, ffi::Py_TYPE(object).cast()] {
            let status = visit(seen, arg);
            if status != 0 {
                return status;
            }
        }
    }
    0
}

/// `(operator.getitem, ((class,), 0))`: what comes out of a pickle is the class, where the function is found by name.
unsafe extern "C" fn reduce(
    object: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: `BuildValue` takes the new reference it is given with `N`, and makes its own with `O`.
    unsafe {
        let operator = ffi::PyImport_ImportModule(c"operator".as_ptr());
        if operator.is_null() {
            return std::ptr::null_mut();
        }
        let getitem = ffi::PyObject_GetAttrString(operator, c"getitem".as_ptr());
        ffi::Py_DECREF(operator);
        if getitem.is_null() {
            return std::ptr::null_mut();
        }
        let class = (*object.cast::<Home>()).class;
        ffi::Py_BuildValue(c"N((O)i)".as_ptr(), getitem, class, 0 as c_int)
    }
}

struct Table<T>(T);
// SAFETY: a table of constants that CPython only reads.
unsafe impl<T> Sync for Table<T> {}

static METHODS: Table<[ffi::PyMethodDef; 2]> = Table([
    ffi::PyMethodDef {
        ml_name: c"__reduce__".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer {
            PyCFunction: reduce,
        },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: std::ptr::null(),
    },
    ffi::PyMethodDef::zeroed(),
]);

/// A type of that name: a bound function's `__qualname__` begins with that of the type.
unsafe fn home_type(state: &State, name: &'static CStr) -> Result<Object, Raised> {
    let slot = |slot, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *mut c_void),
        slot(ffi::Py_tp_traverse, traverse as *mut c_void),
        slot(ffi::Py_tp_methods, (&raw const METHODS.0).cast_mut().cast()),
        slot(0, std::ptr::null_mut()),
    ];
    // SAFETY: the slots are those of a `Home`; the name is a constant.
    unsafe {
        own_type(
            state.module,
            name.as_ptr(),
            size_of::<Home>(),
            ffi::Py_TPFLAGS_HAVE_GC,
            &mut slots,
        )
    }
}

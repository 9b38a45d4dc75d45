//! The extension's one entry point, and its definition.

use std::ffi::{c_int, c_void};
use std::sync::OnceLock;

use pyo3_ffi as ffi;

use super::exec::exec;
use super::spec::ExtensionSpec;
use crate::abi::types;
use crate::cx::State;
use crate::record::Table;

/// The definition, made at the first import in the process and never freed.
struct Definition {
    def: *mut ffi::PyModuleDef,
    spec: &'static ExtensionSpec,
    /// Tables of records, at the positions of their types.
    records: Box<[OnceLock<Box<Table>>]>,
}

// SAFETY: after it is made the definition only belongs to CPython, which guards it; we read its address.
unsafe impl Send for Definition {}
// SAFETY: as above.
unsafe impl Sync for Definition {}

static DEFINITION: OnceLock<Definition> = OnceLock::new();

/// The tables of this extension.
pub(crate) fn spec() -> &'static ExtensionSpec {
    DEFINITION.get().expect("the module was initialised").spec
}

/// What calls a type of this extension.
pub(crate) fn vectorcall_of(index: usize) -> Option<ffi::vectorcallfunc> {
    spec().types[index].vectorcall
}

/// The table of the record at an index of the types, if it is one: made when it is first needed in the process.
pub(super) fn table_of(index: usize) -> Option<&'static Table> {
    let definition = DEFINITION.get().expect("the module was initialised");
    let record = definition.spec.types[index].record?;
    let make = || Box::new(Table::make(record, definition.spec));
    Some(definition.records[index].get_or_init(make))
}

/// The tables of this extension's live records.
pub(crate) fn live_tables() -> &'static [&'static crate::live::Table] {
    spec().live
}

/// Was the type made by this extension?
#[inline]
pub(crate) fn is_ours(tp: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: a live type; only heap types have a module, and a module object knows its definition.
    unsafe {
        if ffi::PyType_HasFeature(tp, ffi::Py_TPFLAGS_HEAPTYPE) == 0 {
            return false;
        }
        let module = types::module(tp);
        !module.is_null()
            && DEFINITION
                .get()
                .is_some_and(|ours| ffi::PyModule_GetDef(module) == ours.def)
    }
}

/// What `PyInit_…` answers: the definition of a module in several phases; null, with an exception, in an interpreter
/// that the extension was not built for.
pub fn init(spec: &'static ExtensionSpec) -> *mut ffi::PyObject {
    if !super::fits::interpreter_fits(spec) {
        return std::ptr::null_mut();
    }
    crate::panic::install_hook();
    let definition = DEFINITION.get_or_init(|| Definition {
        def: Box::into_raw(definition(spec)),
        spec,
        records: spec.types.iter().map(|_| OnceLock::new()).collect(),
    });
    // SAFETY: a complete definition that is never freed.
    unsafe { ffi::PyModuleDef_Init(definition.def) }
}

fn definition(spec: &'static ExtensionSpec) -> Box<ffi::PyModuleDef> {
    Box::new(ffi::PyModuleDef {
        m_base: ffi::PyModuleDef_HEAD_INIT,
        m_name: spec.name.as_ptr(),
        m_doc: spec.modules[0]
            .doc
            .map_or(std::ptr::null(), std::ffi::CStr::as_ptr),
        m_size: size_of::<State>() as ffi::Py_ssize_t,
        m_methods: std::ptr::null_mut(),
        m_slots: Box::leak(slots(spec)).as_mut_ptr(),
        m_traverse: Some(traverse),
        m_clear: Some(clear),
        m_free: Some(free),
    })
}

fn slots(spec: &'static ExtensionSpec) -> Box<[ffi::PyModuleDef_Slot]> {
    let slot = |slot, value| ffi::PyModuleDef_Slot { slot, value };
    let mut slots = Vec::new();
    #[cfg(unix)]
    slots.push(slot(ffi::Py_mod_exec, super::current::check as *mut c_void));
    slots.push(slot(ffi::Py_mod_exec, run as *mut c_void));
    // Where objects of different interpreters cannot be told apart, interpreters take turns: see `class::unique`.
    #[cfg(all(Py_3_12, target_pointer_width = "64"))]
    slots.push(slot(
        ffi::Py_mod_multiple_interpreters,
        ffi::Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
    ));
    #[cfg(Py_3_13)]
    if spec.free_threaded {
        slots.push(slot(ffi::Py_mod_gil, ffi::Py_MOD_GIL_NOT_USED));
    }
    let _ = spec.free_threaded;
    slots.push(slot(0, std::ptr::null_mut()));
    slots.into_boxed_slice()
}

unsafe extern "C" fn run(module: *mut ffi::PyObject) -> c_int {
    crate::panic::catch("import", -1, || {
        // SAFETY: called by Python with a fresh module of our definition.
        match unsafe { exec(module, spec()) } {
            Ok(()) => 0,
            Err(crate::error::Raised) => -1,
        }
    })
}

/// The state, from when it was made until it is dropped. CPython hands out memory of zeros before.
///
/// # Safety
/// A module of our definition.
pub(crate) unsafe fn state_in(module: *mut ffi::PyObject) -> Option<*mut State> {
    // SAFETY: as promised; a state always has its module.
    unsafe {
        let place = ffi::PyModule_GetState(module).cast::<State>();
        (!place.is_null() && !(&raw const (*place).module).read().is_null()).then_some(place)
    }
}

unsafe extern "C" fn traverse(
    module: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: called by the collector; the state may not be there yet.
    unsafe {
        let Some(state) = state_in(module) else {
            return 0;
        };
        for seen in (*state).references() {
            if !seen.is_null() {
                let status = visit(seen, arg);
                if status != 0 {
                    return status;
                }
            }
        }
        0
    }
}

unsafe extern "C" fn clear(module: *mut ffi::PyObject) -> c_int {
    // SAFETY: as above; the state itself stays until the module is freed.
    unsafe {
        if let Some(state) = state_in(module) {
            (*state).clear();
        }
        0
    }
}

unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: the module goes away, after everything that could reach its state.
    unsafe {
        if let Some(state) = state_in(module.cast()) {
            (*state).clear();
            state.drop_in_place();
            (&raw mut (*state).module).write(std::ptr::null_mut());
        }
    }
}

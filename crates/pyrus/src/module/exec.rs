//! Filling a fresh module: state, functions, constants, submodules. Types come later: [`super::demand`].

use std::ffi::{CStr, c_char};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use pyo3_ffi as ffi;

use super::hook::Hook;
use super::spec::{ExtensionSpec, ModuleSpec};
use super::value::constant_object;
use crate::abi::callable::Binder;
use crate::abi::items;
use crate::any::{Any, Object};
use crate::class::HomeShare;
use crate::collector::PausedCollector;
use crate::conv::fresh;
use crate::cx::{OwnTypes, State};
use crate::error::Raised;
use crate::made::Made;

/// Fill the module.
///
/// # Safety
/// `module` is a fresh module of the extension's definition.
pub(crate) unsafe fn exec(
    module: *mut ffi::PyObject,
    spec: &'static ExtensionSpec,
) -> Result<(), Raised> {
    // What a module is filled with stays, and is not worth looking at while it grows.
    let _paused = PausedCollector::new();
    // SAFETY: as promised.
    unsafe {
        let state = install_state(module, spec)?;
        let mut modules: Vec<Object> = Vec::with_capacity(spec.modules.len());
        for (i, spec) in spec.modules.iter().enumerate() {
            let object = if i == 0 {
                Any::new(module).to_object()
            } else {
                submodule(&modules[spec.parent], spec)?
            };
            fill_module(state, &object, spec)?;
            super::hook::install(state, object.as_any(), i)?;
            modules.push(object);
        }
        let name = spec.modules[0].name.to_str().unwrap_or_default();
        crate::leaks::watch(state, name)
    }
}

/// Make the state, in the module's own memory.
unsafe fn install_state<'a>(
    module: *mut ffi::PyObject,
    spec: &'static ExtensionSpec,
) -> Result<&'a State, Raised> {
    const {
        assert!(
            align_of::<State>() <= align_of::<f64>(),
            "as CPython allocates"
        );
    }
    // SAFETY: a fresh module with memory for the state, which holds nothing yet.
    unsafe {
        let names = intern(spec.names)?;
        let home = HomeShare::new()?;
        let place = ffi::PyModule_GetState(module).cast::<State>();
        place.write(State {
            module,
            home,
            types: Made::row(spec.types.len()),
            names,
            field_names: Made::row(spec.field_names),
            live: spec.live.iter().map(|_| OnceLock::new()).collect(),
            enums: Made::row(spec.enums.len()),
            errors: Made::row(spec.errors.len()),
            pools: spec.types.iter().map(|tp| tp.layout.new_pool()).collect(),
            externs: Made::row(spec.externs),
            own: OwnTypes::default(),
            hooks: spec.modules.iter().map(|_| Hook::default()).collect(),
            binder: Binder::new(),
            unloaded: AtomicBool::new(false),
        });
        Ok(&*place)
    }
}

/// The names in a text, each with a NUL behind it.
fn intern(names: &'static str) -> Result<Box<[*mut ffi::PyObject]>, Raised> {
    names
        .split_inclusive('\0')
        .map(|name| {
            // SAFETY: ends with a NUL; on an attached thread.
            let name = unsafe { ffi::PyUnicode_InternFromString(name.as_ptr().cast()) };
            Ok(fresh(name)?.into_ptr())
        })
        .collect()
}

/// A child module, known to its parent and to `sys.modules`.
unsafe fn submodule(parent: &Object, spec: &'static ModuleSpec) -> Result<Object, Raised> {
    // SAFETY: C strings and live objects.
    unsafe {
        let module = fresh(ffi::PyModule_New(spec.name.as_ptr()))?;
        if let Some(doc) = spec.doc
            && ffi::PyModule_SetDocString(module.as_any().as_ptr(), doc.as_ptr()) < 0
        {
            return Err(Raised);
        }
        set(
            &module,
            c"__package__",
            &fresh(ffi::PyUnicode_FromString(parent_name(spec).as_ptr()))?,
        )?;
        set(parent, spec.short, &module)?;
        let modules = ffi::PyImport_GetModuleDict();
        if ffi::PyDict_SetItemString(modules, spec.name.as_ptr(), module.as_any().as_ptr()) < 0 {
            return Err(Raised);
        }
        Ok(module)
    }
}

fn parent_name(spec: &ModuleSpec) -> std::ffi::CString {
    let name = spec.name.to_string_lossy();
    let parent = name.rsplit_once('.').map_or("", |(parent, _)| parent);
    std::ffi::CString::new(parent).unwrap_or_default()
}

unsafe fn fill_module(
    state: &State,
    module: &Object,
    spec: &'static ModuleSpec,
) -> Result<(), Raised> {
    // SAFETY: live objects and tables.
    unsafe {
        let public = fresh(ffi::PyUnicode_FromString(spec.public.as_ptr()))?;
        for method in spec.functions.0 {
            let definition = (&raw const *method).cast_mut();
            let function = fresh(ffi::PyCFunction_NewEx(
                definition,
                state.module,
                public.as_any().as_ptr(),
            ))?;
            set(module, CStr::from_ptr(method.ml_name), &function)?;
        }
        for constant in spec.constants.iter().filter(|item| !item.value.is_late()) {
            set(
                module,
                constant.name,
                &constant_object(state, &constant.value)?,
            )?;
        }
        set(module, c"__all__", &string_list(spec.exports)?)
    }
}

unsafe fn string_list(names: &[&CStr]) -> Result<Object, Raised> {
    // SAFETY: each place of the new list is filled.
    unsafe {
        let list = fresh(ffi::PyList_New(names.len() as ffi::Py_ssize_t))?;
        for (i, name) in names.iter().enumerate() {
            let name = fresh(ffi::PyUnicode_FromString(name.as_ptr()))?;
            items::list_fill(
                list.as_any().as_ptr(),
                i as ffi::Py_ssize_t,
                name.into_ptr(),
            );
        }
        Ok(list)
    }
}

/// Set an attribute of a module.
unsafe fn set(module: &Object, name: &CStr, value: &Object) -> Result<(), Raised> {
    // SAFETY: live objects.
    unsafe {
        dict_set(
            ffi::PyModule_GetDict(module.as_any().as_ptr()),
            name.as_ptr(),
            value,
        )
    }
}

/// An item of a dictionary of names, if it has one.
pub(crate) unsafe fn dict_get(
    dict: *mut ffi::PyObject,
    name: &CStr,
) -> Result<Option<Object>, Raised> {
    // SAFETY: a live dictionary and a C string. `PyDict_GetItemString` would swallow errors; what it gives is borrowed, and
    // other threads may change the dictionary.
    unsafe {
        let name = fresh(ffi::PyUnicode_FromString(name.as_ptr()))?;
        let mut found = std::ptr::null_mut();
        match ffi::compat::PyDict_GetItemRef(dict, name.as_any().as_ptr(), &raw mut found) {
            1 => Ok(Some(Object::steal(found))),
            0 => Ok(None),
            _ => Err(Raised),
        }
    }
}

/// Set an item of a dictionary of names unless it is there, in one step; the one that is there from now on.
pub(crate) unsafe fn dict_set_new(
    dict: *mut ffi::PyObject,
    name: &CStr,
    value: &Object,
) -> Result<Object, Raised> {
    #[cfg(Py_GIL_DISABLED)]
    // SAFETY: a live dictionary, a C string, a live value.
    unsafe {
        let name = fresh(ffi::PyUnicode_FromString(name.as_ptr()))?;
        let (name, value) = (name.as_any().as_ptr(), value.as_any().as_ptr());
        let mut there = std::ptr::null_mut();
        match ffi::PyDict_SetDefaultRef(dict, name, value, &raw mut there) {
            0 | 1 => Ok(Object::steal(there)),
            _ => Err(Raised),
        }
    }
    #[cfg(not(Py_GIL_DISABLED))]
    // SAFETY: as above; names are `str`s, so no Python runs between the two steps.
    unsafe {
        if let Some(there) = dict_get(dict, name)? {
            return Ok(there);
        }
        dict_set(dict, name.as_ptr(), value)?;
        Ok(value.clone())
    }
}

/// Set an item of a dictionary of names.
pub(crate) unsafe fn dict_set(
    dict: *mut ffi::PyObject,
    name: *const c_char,
    value: &Object,
) -> Result<(), Raised> {
    // SAFETY: a live dictionary, a C string, a live value.
    match unsafe { ffi::PyDict_SetItemString(dict, name, value.as_any().as_ptr()) } {
        0 => Ok(()),
        _ => Err(Raised),
    }
}

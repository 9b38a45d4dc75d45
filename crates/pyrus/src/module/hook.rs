//! How a module finds the names that it does not have yet: `__getattr__` and `__dir__` of its own (PEP 562).
//!
//! What `__getattr__` finds goes into the module's dictionary, where Python finds it from then on. When all names are
//! there, both functions go away: CPython specialises attributes only of modules without `__getattr__`.

use std::ffi::CStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_ffi as ffi;

use super::exec::{dict_get, dict_set, dict_set_new};
use super::init::spec;
use super::spec::{AliasSpec, ConstantValue, ModuleSpec, Table};
use super::value::{alias_object, constant_object};
use crate::abi::items;
use crate::any::Any;
use crate::call::{Outcome, answer};
use crate::conv::{Fail, FromPy as _, Str, fresh};
use crate::cx::{Cx, State, state_of_module, unloaded};
use crate::error::{Raised, raise_text};
use crate::glue::{noargs_raw, one_raw};
use crate::made::Made;

/// What finds the names of one module.
#[derive(Default)]
pub(crate) struct Hook {
    /// `__getattr__`; null for modules without names to be found. Kept here, because a call of it may take it out of the
    /// module.
    pub(crate) function: Made<ffi::PyObject>,
    /// How many names, from the first one on, are known to be in the module's dictionary.
    found: AtomicUsize,
}

/// What has a name that is found when somebody asks.
enum Late {
    Type(usize),
    Enum(usize),
    Error(usize),
    Constant(&'static ConstantValue),
    Alias(&'static AliasSpec),
}

impl ModuleSpec {
    /// All that is found when somebody asks for it, by name.
    fn late(&'static self) -> impl Iterator<Item = (&'static CStr, Late)> {
        let types = self.types.iter().flat_map(|(i, names)| {
            let names = names.iter();
            names.map(|name| (*name, Late::Type(*i)))
        });
        let enums = self.enums.iter().map(|(i, name)| (*name, Late::Enum(*i)));
        let errors = self.errors.iter().map(|(i, name)| (*name, Late::Error(*i)));
        let constants = self.constants.iter().filter(|item| item.value.is_late());
        let constants = constants.map(|item| (item.name, Late::Constant(&item.value)));
        let aliases = self.aliases.iter();
        let aliases = aliases.map(|alias| (alias.name, Late::Alias(alias)));
        types
            .chain(enums)
            .chain(errors)
            .chain(constants)
            .chain(aliases)
    }
}

/// Names of the hooks.
const NAMES: [&CStr; 2] = [c"__getattr__", c"__dir__"];

static FUNCTIONS: Table<[ffi::PyMethodDef; 2]> = Table([
    one_raw(
        NAMES[0],
        getattr,
        c"__getattr__(name, /)\n--\n\nFind what the module has under a name that nobody has asked for before.",
    ),
    noargs_raw(
        NAMES[1],
        dir,
        c"__dir__()\n--\n\nAll names of the module, also those that nobody has asked for.",
    ),
]);

/// Let a module find the names that are not in its dictionary.
///
/// # Safety
/// `module` is module number `index` of the extension, whose state is live; so below.
pub(super) unsafe fn install(state: &State, module: Any<'_>, index: usize) -> Result<(), Raised> {
    let spec = &spec().modules[index];
    if spec.late().next().is_none() {
        return Ok(());
    }
    // SAFETY: live objects, and definitions that live for ever.
    unsafe {
        let root = Any::new(state.module);
        let position = fresh(ffi::PyLong_FromSize_t(index))?;
        let position = position.as_any().as_ptr();
        let home = fresh(ffi::PyTuple_Pack(
            3,
            root.as_ptr(),
            module.as_ptr(),
            position,
        ))?;
        let public = fresh(ffi::PyUnicode_FromString(spec.public.as_ptr()))?;
        for (i, definition) in FUNCTIONS.0.iter().enumerate() {
            let function = fresh(ffi::PyCFunction_NewEx(
                (&raw const *definition).cast_mut(),
                home.as_any().as_ptr(),
                public.as_any().as_ptr(),
            ))?;
            let dict = ffi::PyModule_GetDict(module.as_ptr());
            dict_set(dict, definition.ml_name, &function)?;
            if i == 0 {
                state.hooks[index].function.put_object(function);
            }
        }
    }
    Ok(())
}

/// What a hook is bound to.
struct Home<'py> {
    state: &'py State,
    module: Any<'py>,
    index: usize,
    spec: &'static ModuleSpec,
}

impl<'py> Home<'py> {
    /// # Safety
    /// `home` is what `install` has made, alive during `'py`.
    unsafe fn of(home: *mut ffi::PyObject) -> Result<Self, Raised> {
        // SAFETY: as promised: a tuple of three that keeps both modules alive, and nobody can change it.
        unsafe {
            let state = state_of_module(items::tuple_item(home, 0));
            let index = ffi::PyLong_AsSize_t(items::tuple_item(home, 2));
            match state.as_ref() {
                Some(state) => Ok(Self {
                    state,
                    module: Any::new(items::tuple_item(home, 1)),
                    index,
                    spec: &spec().modules[index],
                }),
                None => Err(unloaded()),
            }
        }
    }

    fn dict(&self) -> *mut ffi::PyObject {
        // SAFETY: a live module.
        unsafe { ffi::PyModule_GetDict(self.module.as_ptr()) }
    }

    fn has(&self, name: &CStr) -> Result<bool, Raised> {
        // SAFETY: a live dictionary.
        Ok(unsafe { dict_get(self.dict(), name)?.is_some() })
    }

    /// The object of that name, which is in the dictionary from now on.
    fn find(&self, text: &str) -> Outcome {
        let known = self.spec.late();
        let mut known = known.filter(|(name, _)| name.to_bytes() == text.as_bytes());
        let Some((name, late)) = known.next() else {
            let module = self.spec.name.to_string_lossy();
            let text = format!("module '{module}' has no attribute '{text}'");
            // SAFETY: on an attached thread.
            return Err(unsafe { raise_text(ffi::PyExc_AttributeError, &text) });
        };
        let object = self.object(&late)?;
        // SAFETY: live objects. To make the object may have run Python that has asked for the name too, or has set it.
        unsafe {
            let there = dict_set_new(self.dict(), name, &object)?;
            if self.retire().is_err() {
                // The hooks stay, which is no reason to withhold the object.
                ffi::PyErr_Clear();
            }
            Ok(there)
        }
    }

    fn object(&self, late: &Late) -> Outcome {
        let state = self.state;
        // SAFETY: the state keeps what it has made; on an attached thread.
        unsafe {
            match *late {
                Late::Type(i) => {
                    let tp = state.type_at(i)?;
                    crate::registry::publish(state, i, tp)?;
                    Ok(Any::new(tp.cast()).to_object())
                }
                Late::Enum(i) => Ok(Any::new(state.enum_at(i)?.class()).to_object()),
                Late::Error(i) => Ok(Any::new(state.error_at(i)?).to_object()),
                Late::Constant(value) => constant_object(state, value),
                Late::Alias(alias) => alias_object(state, self.module, alias),
            }
        }
    }

    /// Take the hooks away if all names are in the dictionary.
    unsafe fn retire(&self) -> Result<(), Raised> {
        let hook = &self.state.hooks[self.index];
        let from = hook.found.load(Ordering::Acquire);
        for (found, (name, _)) in self.spec.late().enumerate().skip(from) {
            if !self.has(name)? {
                hook.found.store(found, Ordering::Release);
                return Ok(());
            }
        }
        // SAFETY: a live dictionary and C strings; the state keeps the function that is running.
        unsafe {
            let ours = hook.function.get();
            let dict = self.dict();
            let there = dict_get(dict, NAMES[0])?;
            if there.is_none_or(|there| there.as_any().as_ptr() != ours) {
                return Ok(());
            }
            without_hooks(dict)
        }
    }

    /// Names in the dictionary, and those to be found, without the hooks.
    fn names(&self) -> Outcome {
        // SAFETY: live objects; names of a module may be anything that is hashable.
        unsafe {
            let known = fresh(ffi::PyDict_Copy(self.dict()))?;
            let dict = known.as_any().as_ptr();
            without_hooks(dict)?;
            let names = fresh(ffi::PyDict_Keys(dict))?;
            let list = names.as_any().as_ptr();
            for (name, _) in self.spec.late() {
                if !self.has(name)? {
                    let name = fresh(ffi::PyUnicode_FromString(name.as_ptr()))?;
                    if ffi::PyList_Append(list, name.as_any().as_ptr()) < 0 {
                        return Err(Raised);
                    }
                }
            }
            Ok(names)
        }
    }
}

/// Take the hooks out of a dictionary.
unsafe fn without_hooks(dict: *mut ffi::PyObject) -> Result<(), Raised> {
    for name in NAMES {
        // SAFETY: a live dictionary and C strings.
        unsafe {
            if dict_get(dict, name)?.is_some() && ffi::PyDict_DelItemString(dict, name.as_ptr()) < 0
            {
                return Err(Raised);
            }
        }
    }
    Ok(())
}

unsafe extern "C" fn getattr(
    home: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    crate::panic::catch("__getattr__", std::ptr::null_mut(), || {
        // SAFETY: called by Python, bound to what `install` has made. That is held: the function may go away meanwhile.
        answer(unsafe {
            let home = Any::new(home).to_object();
            let cx = Cx::new(std::ptr::null());
            Home::of(home.as_any().as_ptr()).and_then(|home| {
                let text = Str::from_py(cx, Any::new(name));
                let text = text.map_err(|fail: Fail| fail.raise(cx, "__getattr__() argument"))?;
                home.find(text)
            })
        })
    })
}

unsafe extern "C" fn dir(home: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    crate::panic::catch("__dir__", std::ptr::null_mut(), || {
        // SAFETY: called by Python, bound to what `install` has made.
        answer(unsafe { Home::of(home).and_then(|home| home.names()) })
    })
}

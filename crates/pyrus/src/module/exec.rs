//! Filling a fresh module: state, types, functions, constants, submodules.

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int};

use pyo3_ffi as ffi;

use super::build_type::build_type;
use super::spec::{AliasSpec, ConstantValue, ErrorSpec, ExceptionBase, ExtensionSpec, ModuleSpec};
use crate::abi::callable::Binder;
use crate::abi::items;
use crate::any::{Any, Object};
use crate::call::method_type;
use crate::conv::fresh;
use crate::cx::{NAMES_AFTER, OwnTypes, State};
use crate::enums::{self, EnumState};
use crate::error::Raised;
use crate::live::NameMap;

/// Fill the module.
///
/// # Safety
/// `module` is a fresh module of the extension's definition.
pub(crate) unsafe fn exec(
    module: *mut ffi::PyObject,
    spec: &'static ExtensionSpec,
) -> Result<(), Raised> {
    let _paused = PausedCollector::new();
    // SAFETY: as promised.
    unsafe {
        let state = install_state(module, spec)?;
        let mut records = super::init::records().iter();
        for (i, spec) in spec.types.iter().enumerate() {
            let table = spec.record.and_then(|_| records.next());
            state.types[i].set(build_type(state, spec, table)?.into_ptr().cast());
        }
        crate::registry::publish(state, spec)?;
        let mut modules: Vec<Object> = Vec::with_capacity(spec.modules.len());
        for (i, spec) in spec.modules.iter().enumerate() {
            let object = if i == 0 {
                Any::new(module).to_object()
            } else {
                submodule(&modules[spec.parent], spec)?
            };
            fill_module(state, &object, spec)?;
            modules.push(object);
        }
        let name = spec.modules[0].name.to_str().unwrap_or_default();
        crate::leaks::watch(state, name)
    }
}

/// The garbage collector does nothing: what a module is filled with stays, and is not worth looking at while it grows.
struct PausedCollector {
    was_on: bool,
}

impl PausedCollector {
    fn new() -> Self {
        // SAFETY: on an attached thread.
        #[cfg(Py_3_10)]
        let was_on = unsafe { ffi::PyGC_Disable() } == 1;
        #[cfg(not(Py_3_10))]
        let was_on = false;
        Self { was_on }
    }
}

impl Drop for PausedCollector {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: on the thread of `new`, still attached.
            #[cfg(Py_3_10)]
            unsafe {
                ffi::PyGC_Enable();
            }
        }
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
        let live = spec.live.iter().map(|table| name_map(table, &names));
        let live = live.collect();
        let place = ffi::PyModule_GetState(module).cast::<State>();
        place.write(State {
            module,
            types: spec
                .types
                .iter()
                .map(|_| Cell::new(std::ptr::null_mut()))
                .collect(),
            names,
            live,
            enums: make_enums(module, spec)?,
            errors: make_errors(spec.errors)?,
            pools: spec.types.iter().map(|tp| tp.layout.new_pool()).collect(),
            externs: (0..spec.externs)
                .map(|_| Cell::new(std::ptr::null()))
                .collect(),
            own: OwnTypes::default(),
            binder: Binder::new()?,
        });
        let state = &*place;
        let (method, iterator) = (method_type(module)?, crate::iter::iterator_type(module)?);
        state.own.method.set(method.into_ptr().cast());
        state.own.iterator.set(iterator.into_ptr().cast());
        if !spec.live.is_empty() {
            let list = crate::live::list_type(module)?;
            state.own.list.set(list.into_ptr().cast());
        }
        Ok(state)
    }
}

/// The names of a live record's fields are those of its constructor.
fn name_map(table: &crate::live::Table, names: &[*mut ffi::PyObject]) -> NameMap {
    let first = table.names;
    NameMap::new(&names[first..first + table.fields.len()])
}

/// The names in a text, each with a NUL behind it; then places without.
fn intern(names: &'static str) -> Result<Box<[*mut ffi::PyObject]>, Raised> {
    names
        .split_inclusive('\0')
        .map(|name| {
            // SAFETY: ends with a NUL; on an attached thread.
            let name = unsafe { ffi::PyUnicode_InternFromString(name.as_ptr().cast()) };
            Ok(fresh(name)?.into_ptr())
        })
        .chain(std::iter::repeat_n(Ok(std::ptr::null_mut()), NAMES_AFTER))
        .collect()
}

unsafe fn make_enums(
    module: *mut ffi::PyObject,
    spec: &'static ExtensionSpec,
) -> Result<Box<[EnumState]>, Raised> {
    // SAFETY: the module is alive.
    let module = unsafe { Any::new(module) };
    let make = |spec: &&'static enums::EnumSpec| {
        enums::make(module, spec).map_err(|error| {
            // SAFETY: only errors of Python come from there, which need no state to be raised again.
            error.raise(unsafe { crate::cx::Cx::new(std::ptr::null()) })
        })
    };
    spec.enums.iter().map(make).collect()
}

fn make_errors(specs: &'static [ErrorSpec]) -> Result<Box<[Cell<*mut ffi::PyObject>]>, Raised> {
    let mut made: Vec<Cell<*mut ffi::PyObject>> = Vec::with_capacity(specs.len());
    for spec in specs {
        // SAFETY: C strings and live classes.
        let class = unsafe {
            let base = match spec.base {
                ExceptionBase::Builtin(name) => {
                    let found = ffi::PyDict_GetItemString(ffi::PyEval_GetBuiltins(), name.as_ptr());
                    if found.is_null() {
                        ffi::PyExc_Exception
                    } else {
                        found
                    }
                }
                ExceptionBase::Declared(i) => made[i].get(),
            };
            let doc = spec.doc.map_or(std::ptr::null(), CStr::as_ptr);
            fresh(ffi::PyErr_NewExceptionWithDoc(
                spec.full_name.as_ptr(),
                doc,
                base,
                std::ptr::null_mut(),
            ))?
        };
        made.push(Cell::new(class.into_ptr()));
    }
    Ok(made.into_boxed_slice())
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
        for (i, names) in spec.types {
            let tp = Any::new(state.types[*i].get().cast()).to_object();
            for name in *names {
                set(module, name, &tp)?;
            }
        }
        for (i, name) in spec.enums {
            set(
                module,
                name,
                &Any::new(state.enums[*i].class.get()).to_object(),
            )?;
        }
        for (i, name) in spec.errors {
            set(module, name, &Any::new(state.errors[*i].get()).to_object())?;
        }
        for method in spec.functions.0 {
            let definition = (&raw const *method).cast_mut();
            let function = fresh(ffi::PyCFunction_NewEx(
                definition,
                state.module,
                public.as_any().as_ptr(),
            ))?;
            set(module, CStr::from_ptr(method.ml_name), &function)?;
        }
        for constant in spec.constants {
            set(
                module,
                constant.name,
                &constant_object(state, &constant.value)?,
            )?;
        }
        for alias in spec.aliases {
            set(module, alias.name, &evaluate(module, alias)?)?;
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

/// The value of an alias, computed in its module.
unsafe fn evaluate(module: &Object, alias: &AliasSpec) -> Result<Object, Raised> {
    let expression = if cfg!(Py_3_10) {
        alias.expression
    } else {
        alias.before_3_10
    };
    // SAFETY: the globals are a dictionary of their own, so that helper names stay out of the module.
    unsafe {
        let globals = fresh(ffi::PyDict_Copy(ffi::PyModule_GetDict(
            module.as_any().as_ptr(),
        )))?;
        let dict = globals.as_any().as_ptr();
        ffi::PyDict_SetItemString(dict, c"__builtins__".as_ptr(), ffi::PyEval_GetBuiltins());
        for (name, path) in [
            (c"typing", c"typing"),
            (c"pathlib", c"pathlib"),
            (c"os", c"os"),
            (c"sys", c"sys"),
            (c"collections", c"collections.abc"),
        ] {
            if mentions(expression, name) {
                fresh(ffi::PyImport_ImportModule(path.as_ptr()))?;
                dict_set(
                    dict,
                    name.as_ptr(),
                    &fresh(ffi::PyImport_ImportModule(name.as_ptr()))?,
                )?;
            }
        }
        run_text(expression, ffi::Py_eval_input, dict)
    }
}

/// Run Python code with these globals.
///
/// # Safety
/// `globals` is a dictionary; `start` one of CPython's start symbols.
pub(crate) unsafe fn run_text(
    code: &CStr,
    start: c_int,
    globals: *mut ffi::PyObject,
) -> Result<Object, Raised> {
    // SAFETY: a C string and live objects.
    unsafe {
        let name = c"<string>".as_ptr();
        let code = fresh(ffi::Py_CompileString(code.as_ptr(), name, start))?;
        fresh(ffi::PyEval_EvalCode(
            code.as_any().as_ptr(),
            globals,
            globals,
        ))
    }
}

/// Does the expression use this module?
fn mentions(expression: &CStr, module: &CStr) -> bool {
    let wanted = [module.to_bytes(), b"."].concat();
    expression
        .to_bytes()
        .windows(wanted.len())
        .any(|part| part == wanted)
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

/// The object of a constant.
pub(crate) unsafe fn constant_object(
    state: &State,
    value: &ConstantValue,
) -> Result<Object, Raised> {
    // SAFETY: an attached thread; slices have their lengths; enums were made before.
    unsafe {
        match *value {
            ConstantValue::None => Ok(Any::new(ffi::Py_None()).to_object()),
            ConstantValue::Bool(value) => fresh(ffi::PyBool_FromLong(value.into())),
            ConstantValue::Int(value) => fresh(ffi::PyLong_FromLongLong(value)),
            ConstantValue::Uint(value) => fresh(ffi::PyLong_FromUnsignedLongLong(value)),
            ConstantValue::Float(value) => fresh(ffi::PyFloat_FromDouble(value)),
            ConstantValue::Str(text) => fresh(ffi::PyUnicode_FromStringAndSize(
                text.as_ptr().cast(),
                text.len() as ffi::Py_ssize_t,
            )),
            ConstantValue::Bytes(bytes) => fresh(ffi::PyBytes_FromStringAndSize(
                bytes.as_ptr().cast(),
                bytes.len() as ffi::Py_ssize_t,
            )),
            ConstantValue::Member(i, member) => {
                Ok(Any::new(state.enums[i].members[member]).to_object())
            }
        }
    }
}

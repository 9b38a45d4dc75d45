//! Objects of constants and aliases.

use std::ffi::{CStr, c_int};

use pyo3_ffi as ffi;

use super::exec::{dict_get, dict_set};
use super::spec::{AliasSpec, ConstantValue};
use crate::any::{Any, Object};
use crate::call::Outcome;
use crate::conv::fresh;
use crate::cx::State;

impl ConstantValue {
    /// Must something be made for it?
    pub(super) fn is_late(&self) -> bool {
        matches!(self, Self::Member(..))
    }
}

/// The object of a constant.
pub(crate) unsafe fn constant_object(state: &State, value: &ConstantValue) -> Outcome {
    // SAFETY: an attached thread; slices have their lengths; the enum keeps its members.
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
            ConstantValue::Member(i, member) => Ok(state.enum_at(i)?.member(member)),
        }
    }
}

/// The value of an alias, computed in its module.
pub(super) unsafe fn alias_object(state: &State, module: Any<'_>, alias: &AliasSpec) -> Outcome {
    let expression = if cfg!(Py_3_10) {
        alias.expression
    } else {
        alias.before_3_10
    };
    // SAFETY: the globals are a dictionary of their own, so that helper names stay out of the module.
    unsafe {
        let globals = fresh(ffi::PyDict_Copy(ffi::PyModule_GetDict(module.as_ptr())))?;
        let dict = globals.as_any().as_ptr();
        ffi::PyDict_SetItemString(dict, c"__builtins__".as_ptr(), ffi::PyEval_GetBuiltins());
        for (name, path) in [
            (c"typing", c"typing"),
            (c"pathlib", c"pathlib"),
            (c"os", c"os"),
            (c"collections", c"collections.abc"),
        ] {
            if mentions(expression, name) {
                fresh(ffi::PyImport_ImportModule(path.as_ptr()))?;
                let module = fresh(ffi::PyImport_ImportModule(name.as_ptr()))?;
                dict_set(dict, name.as_ptr(), &module)?;
            }
        }
        if mentions(expression, c"sys") {
            dict_set(dict, c"sys".as_ptr(), &own_sys(state)?)?;
        }
        run_text(expression, ffi::Py_eval_input, dict)
    }
}

/// A `sys` whose `modules` are those of this import of the extension: others may have come since.
unsafe fn own_sys(state: &State) -> Outcome {
    // SAFETY: live modules, each reached through its parent, and C strings.
    unsafe {
        let modules = fresh(ffi::PyDict_Copy(ffi::PyImport_GetModuleDict()))?;
        let mut own: Vec<Option<Object>> = Vec::new();
        for (i, spec) in super::spec().modules.iter().enumerate() {
            let module = match own.get(spec.parent) {
                Some(Some(parent)) if i > 0 => {
                    let dict = ffi::PyModule_GetDict(parent.as_any().as_ptr());
                    dict_get(dict, spec.short)?
                }
                Some(_) => None,
                None => Some(Any::new(state.module).to_object()),
            };
            let module = module.filter(|one| ffi::PyModule_Check(one.as_any().as_ptr()) != 0);
            if let Some(module) = &module {
                dict_set(modules.as_any().as_ptr(), spec.name.as_ptr(), module)?;
            }
            own.push(module);
        }
        let sys = fresh(ffi::PyModule_New(c"sys".as_ptr()))?;
        dict_set(
            ffi::PyModule_GetDict(sys.as_any().as_ptr()),
            c"modules".as_ptr(),
            &modules,
        )?;
        Ok(sys)
    }
}

/// Run Python code with these globals.
///
/// # Safety
/// `globals` is a dictionary; `start` one of CPython's start symbols.
pub(crate) unsafe fn run_text(code: &CStr, start: c_int, globals: *mut ffi::PyObject) -> Outcome {
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

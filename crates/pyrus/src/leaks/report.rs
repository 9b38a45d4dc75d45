//! What is said at the end, and what must be asked before it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use pyo3_ffi as ffi;

use super::blocks;
use crate::any::{Any, Object};
use crate::class::Pool;
use crate::cx::State;
use crate::error::{Raised, Result};
use crate::made::Made;
use crate::module::{run_text, state_in};

/// How many calls deep is remembered where an object was made.
const DEPTH: std::ffi::c_long = 25;

/// Where an object was made, as Python shows it.
const WHERE: &std::ffi::CStr = c"lambda one: (lambda trace: '\\n'.join(trace.format()) if trace else '')(__import__('tracemalloc').get_object_traceback(one))";

/// What is known at the end.
struct Known {
    extension: &'static str,
    stacks: bool,
    /// Our types, with their names.
    types: HashMap<usize, String>,
    /// Where objects were made that lived when Python began to end.
    places: HashMap<usize, String>,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// Begin to watch.
///
/// # Safety
/// The state is complete; on an attached thread.
pub(super) unsafe fn begin(
    state: &State,
    extension: &'static str,
    stacks: bool,
) -> std::result::Result<(), Raised> {
    state.pools.iter().for_each(Pool::close);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let first = known.is_none();
    known.get_or_insert_with(|| Known {
        extension,
        stacks,
        types: HashMap::new(),
        places: HashMap::new(),
    });
    drop(known);
    // SAFETY: an attached thread; the function that is registered lives as long as the process.
    unsafe {
        if stacks && first {
            // Begun before, so that what wraps the allocator is the outer one.
            trace("start", Some(DEPTH))?;
        }
        blocks::install();
        if first && ffi::Py_AtExit(Some(tell)) < 0 {
            eprintln!(
                "pyrus: too many things wait for the end of Python: it will not be told what is alive"
            );
        }
        at_exit(state)
    }
}

/// Call a function of `tracemalloc`.
unsafe fn trace(
    function: &str,
    argument: Option<std::ffi::c_long>,
) -> std::result::Result<(), Raised> {
    // SAFETY: on an attached thread.
    unsafe {
        let module = crate::conv::fresh(ffi::PyImport_ImportModule(c"tracemalloc".as_ptr()))?;
        let argument = match argument {
            Some(number) => Some(crate::conv::fresh(ffi::PyLong_FromLong(number))?),
            None => None,
        };
        let arguments: Vec<_> = argument.iter().map(Object::as_any).collect();
        let called = module
            .as_any()
            .attr(function)
            .and_then(|f| f.as_any().call(&arguments));
        called.map(drop).map_err(|_| Raised)
    }
}

/// Have [`look`] called when Python begins to end.
unsafe fn at_exit(state: &State) -> std::result::Result<(), Raised> {
    static mut LOOK: ffi::PyMethodDef = ffi::PyMethodDef {
        ml_name: c"_look_for_leaks".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: look },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: std::ptr::null(),
    };
    // SAFETY: the definition is only read; the module lives.
    unsafe {
        let function = crate::conv::fresh(ffi::PyCFunction_NewEx(
            &raw mut LOOK,
            state.module,
            std::ptr::null_mut(),
        ))?;
        let module = crate::conv::fresh(ffi::PyImport_ImportModule(c"atexit".as_ptr()))?;
        let register = module.as_any().attr("register");
        let called = register.and_then(|f| f.as_any().call(&[function.as_any()]));
        called.map(drop).map_err(|_| Raised)
    }
}

/// Python begins to end: which types are ours, and where what lives was made.
unsafe extern "C" fn look(module: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: called by Python with our module.
    unsafe {
        if let Some(state) = state_in(module)
            && look_at(&*state).is_err()
        {
            ffi::PyErr_Clear();
        }
        ffi::Py_INCREF(ffi::Py_None());
        ffi::Py_None()
    }
}

/// # Safety
/// On an attached thread.
unsafe fn look_at(state: &State) -> Result<()> {
    let own = [&state.own.iterator, &state.own.list];
    let types = state.types.iter().chain(own).map(Made::get);
    let mut names = HashMap::new();
    for tp in types.filter(|tp| !tp.is_null()) {
        // SAFETY: a live type.
        let any = unsafe { Any::new(tp.cast()) };
        let name = format!(
            "{}.{}",
            text(&any.attr("__module__")?),
            text(&any.attr("__qualname__")?)
        );
        names.insert(tp as usize, name);
    }
    let mut guard = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(known) = guard.as_mut() else {
        return Ok(());
    };
    known.types.extend(names);
    if !known.stacks {
        return Ok(());
    }
    let types: HashSet<usize> = known.types.keys().copied().collect();
    drop(guard);
    // SAFETY: on an attached thread, which holds the GIL.
    unsafe {
        let objects = blocks::objects(&types);
        let globals = Object::from_new(ffi::PyDict_New())?;
        let dict = globals.as_any().as_ptr();
        ffi::PyDict_SetItemString(dict, c"__builtins__".as_ptr(), ffi::PyEval_GetBuiltins());
        let Ok(place) = run_text(WHERE, ffi::Py_eval_input, dict) else {
            return Err(crate::error::Error::fetch());
        };
        let mut places = HashMap::new();
        for (address, _) in objects {
            let object = Any::new(address as *mut ffi::PyObject).to_object();
            places.insert(address, text(&place.as_any().call(&[object.as_any()])?));
        }
        if trace("stop", None).is_err() {
            ffi::PyErr_Clear();
        }
        // What stopped has put back the allocator that it found when it began.
        blocks::install();
        let mut guard = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = guard.as_mut() {
            known.places.extend(places);
        }
    }
    Ok(())
}

/// A `str`; nothing for what is none.
fn text(object: &Object) -> String {
    let mut size = 0;
    // SAFETY: a live object; the text is copied while it lives.
    unsafe {
        let start = ffi::PyUnicode_AsUTF8AndSize(object.as_any().as_ptr(), &raw mut size);
        if start.is_null() {
            ffi::PyErr_Clear();
            return String::new();
        }
        let bytes = std::slice::from_raw_parts(start.cast::<u8>(), size as usize);
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// The interpreter has gone: what still lives, nobody can reach.
extern "C" fn tell() {
    let mut guard = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(known) = guard.take() else { return };
    let types: HashSet<usize> = known.types.keys().copied().collect();
    // SAFETY: there is no interpreter any more that could free something.
    let objects = unsafe { blocks::objects(&types) };
    eprint!("{}", known.report(&objects));
}

impl Known {
    fn report(&self, objects: &[(usize, usize)]) -> String {
        let extension = self.extension;
        if objects.is_empty() {
            return format!("pyrus: no object of `{extension}` outlives the interpreter\n");
        }
        let mut groups: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (address, tp) in objects {
            let name = self.types.get(tp).map_or("?", String::as_str);
            let place = self.places.get(address).map_or("", String::as_str);
            *groups.entry((name, place)).or_default() += 1;
        }
        let mut text = format!(
            "pyrus: {} of `{extension}` outlive the interpreter:\n",
            match objects.len() {
                1 => "1 object".to_owned(),
                more => format!("{more} objects"),
            }
        );
        text.extend(groups.into_iter().map(|((name, place), count)| {
            let place = match place {
                "" => "it is not known where",
                known => known,
            };
            let lines = place.lines().filter(|_| self.stacks);
            let lines: String = lines.map(|line| format!("      {line}\n")).collect();
            format!("  {count} x {name}\n{lines}")
        }));
        text + "pyrus: docs/leaks.md says what to look for"
            + if self.stacks {
                "\n"
            } else {
                "; PYRUS_LEAKS=stacks tells where they were made\n"
            }
    }
}

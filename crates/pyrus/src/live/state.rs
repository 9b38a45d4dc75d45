//! What an object of a Python subclass keeps besides the fields: its `__dict__` and its slots, as pickling knows them.

use pyo3_ffi as ffi;

use crate::abi::items;
use crate::any::{Any, Object};
use crate::error::{Error, Result};

/// The state that `pickle` and `copy` carry: a dictionary, or a pair of one or `None` and one of slots; whatever the
/// class's own `__getstate__` says. `None`: there is nothing.
pub(super) fn of(object: Any<'_>) -> Result<Option<Object>> {
    // Every object has it from Python 3.11 on, as far as we are concerned.
    if let Some(method) = optional(object, "__getstate__")? {
        let state = method.as_any().call(&[])?;
        return Ok((!state.as_any().is_none()).then_some(state));
    }
    let dict = optional(object, "__dict__")?;
    let slots = slots(object)?;
    // SAFETY: live objects and new references.
    unsafe {
        if ffi::PyDict_Size(slots.as_any().as_ptr()) == 0 {
            return Ok(dict);
        }
        let dict = dict.unwrap_or_else(|| Object::none(object));
        let (dict, slots) = (dict.as_any().as_ptr(), slots.as_any().as_ptr());
        Object::from_new(ffi::PyTuple_Pack(2, dict, slots)).map(Some)
    }
}

/// The slots that have a value, by name.
fn slots(object: Any<'_>) -> Result<Object> {
    // SAFETY: live objects; `_slotnames` gives a list, which stays as it is while we hold it.
    unsafe {
        let found = Object::from_new(ffi::PyDict_New())?;
        let copyreg = Object::from_new(ffi::PyImport_ImportModule(c"copyreg".as_ptr()))?;
        let names = copyreg.as_any().attr("_slotnames")?;
        let names = names.as_any().call(&[Any::new(object.type_ptr().cast())])?;
        let names = Object::from_new(ffi::PySequence_List(names.as_any().as_ptr()))?;
        for i in 0..items::list_len(names.as_any().as_ptr()) {
            let name = items::list_item(names.as_any().as_ptr(), i);
            let value = ffi::PyObject_GetAttr(object.as_ptr(), name);
            if value.is_null() {
                ignore_missing()?;
                continue;
            }
            let value = Object::steal(value);
            if ffi::PyDict_SetItem(found.as_any().as_ptr(), name, value.as_any().as_ptr()) < 0 {
                return Err(Error::fetch());
            }
        }
        Ok(found)
    }
}

/// Give `to` what `from` keeps; copies of it when there is a memo of `copy.deepcopy`.
pub(super) fn copy(from: Any<'_>, to: Any<'_>, memo: Option<Any<'_>>) -> Result<()> {
    let Some(mut state) = of(from)? else {
        return Ok(());
    };
    if let Some(memo) = memo {
        // SAFETY: live objects. The memo must know the copy first: what is kept may refer to the object.
        unsafe {
            let key = Object::from_new(ffi::PyLong_FromVoidPtr(from.as_ptr().cast()))?;
            if ffi::PyObject_SetItem(memo.as_ptr(), key.as_any().as_ptr(), to.as_ptr()) < 0 {
                return Err(Error::fetch());
            }
            let module = Object::from_new(ffi::PyImport_ImportModule(c"copy".as_ptr()))?;
            let deepcopy = module.as_any().attr("deepcopy")?;
            state = deepcopy.as_any().call(&[state.as_any(), memo])?;
        }
    }
    restore(to, state.as_any())
}

fn restore(to: Any<'_>, state: Any<'_>) -> Result<()> {
    if let Some(method) = optional(to, "__setstate__")? {
        return method.as_any().call(&[state]).map(drop);
    }
    // SAFETY: live objects; the parts of a tuple live as long as it does.
    unsafe {
        let (mut dict, mut slots) = (state.as_ptr(), std::ptr::null_mut());
        if ffi::PyTuple_Check(dict) != 0 && items::tuple_len(dict) == 2 {
            slots = items::tuple_item(state.as_ptr(), 1);
            dict = items::tuple_item(state.as_ptr(), 0);
        }
        if dict != ffi::Py_None() {
            let own = to.attr("__dict__")?;
            own.as_any()
                .attr("update")?
                .as_any()
                .call(&[Any::new(dict)])?;
        }
        if slots.is_null() || slots == ffi::Py_None() {
            return Ok(());
        }
        let pairs = Object::from_new(ffi::PyMapping_Items(slots))?;
        for i in 0..items::list_len(pairs.as_any().as_ptr()) {
            let pair = items::list_item(pairs.as_any().as_ptr(), i);
            let (name, value) = (ffi::PyTuple_GetItem(pair, 0), ffi::PyTuple_GetItem(pair, 1));
            if name.is_null()
                || value.is_null()
                || ffi::PyObject_SetAttr(to.as_ptr(), name, value) < 0
            {
                return Err(Error::fetch());
            }
        }
        Ok(())
    }
}

/// An attribute that need not be there.
fn optional(object: Any<'_>, name: &str) -> Result<Option<Object>> {
    let name = Object::from_str(name)?;
    // SAFETY: live objects; the result is a new reference, or null with an exception.
    unsafe {
        let found = ffi::PyObject_GetAttr(object.as_ptr(), name.as_any().as_ptr());
        if found.is_null() {
            ignore_missing()?;
            return Ok(None);
        }
        Ok(Some(Object::steal(found)))
    }
}

/// Clear an `AttributeError`; anything else is an error.
fn ignore_missing() -> Result<()> {
    // SAFETY: called on an attached thread, with an exception set.
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return Err(Error::fetch());
        }
        ffi::PyErr_Clear();
        Ok(())
    }
}

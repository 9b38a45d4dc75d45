//! What every record can do besides its fields: repr, equality, hash, pickling, copying.

use std::ffi::c_int;

use pyo3_ffi as ffi;

use super::Table;
use super::life::{base, cloned, shared};
use super::table::Field;
use crate::abi::items;
use crate::any::{Any, Object};
use crate::call::{Outcome, answer};
use crate::conv::{FromPy as _, ToPy as _, fresh};
use crate::cx::{Cx, state_of_type, unloaded};
use crate::error::{Error, Raised, Result};
use crate::glue::{noargs_raw, one_raw};
use crate::module::Table as Constants;

/// Run `body` with the record's struct borrowed.
unsafe fn with(
    slf: *mut ffi::PyObject,
    body: impl FnOnce(Cx<'_>, &'static Table, *const u8) -> Outcome,
) -> *mut ffi::PyObject {
    // SAFETY: called by Python on a record of this type.
    unsafe {
        let state = state_of_type(ffi::Py_TYPE(slf));
        if state.is_null() {
            unloaded();
            return std::ptr::null_mut();
        }
        let table = Table::of(slf);
        crate::panic::catch(table.name, std::ptr::null_mut(), || {
            let cx = Cx::new(state);
            answer(match shared(table, slf) {
                Ok(_guard) => body(cx, table, base(table, slf)),
                Err(error) => Err(error.raise(cx)),
            })
        })
    }
}

unsafe fn get(cx: Cx<'_>, base: *const u8, field: &Field) -> Outcome {
    // SAFETY: a live struct, and a row of its table.
    unsafe { (field.get)(&cx, base.add(field.offset)) }
}

/// `tp_repr`: `Name(x=1.0, y=2.0)`.
///
/// # Safety
/// Called by Python on a record of this type; so for all functions here.
pub unsafe extern "C" fn repr(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised; `ReprEnter` notices a record that contains itself through an object.
    unsafe {
        match ffi::Py_ReprEnter(slf) {
            0 => {}
            entered if entered < 0 => return std::ptr::null_mut(),
            _ => return ffi::PyUnicode_FromString(c"...".as_ptr()),
        }
        let text = with(slf, |cx, table, base| {
            let mut text = format!("{}(", table.name);
            for (i, field) in table.fields.iter().enumerate() {
                let value = get(cx, base, field)?;
                let value = fresh(ffi::PyObject_Repr(value.as_any().as_ptr()))?;
                let value = crate::conv::Str::from_py(cx, value.as_any())
                    .map_or_else(|_| "?".to_owned(), str::to_owned);
                text.push_str(if i == 0 { "" } else { ", " });
                text.push_str(&field.name.to_string_lossy());
                text.push('=');
                text.push_str(&value);
            }
            text.push(')');
            crate::conv::Str::to_py(cx, text)
        });
        ffi::Py_ReprLeave(slf);
        text
    }
}

/// `tp_richcompare`: equal when of the same type with equal fields; no order.
///
/// # Safety
/// See [`repr`].
pub unsafe extern "C" fn rich_compare(
    slf: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; both sides are borrowed while they are compared.
    unsafe {
        if (op != ffi::Py_EQ && op != ffi::Py_NE) || ffi::Py_TYPE(other) != ffi::Py_TYPE(slf) {
            ffi::Py_INCREF(ffi::Py_NotImplemented());
            return ffi::Py_NotImplemented();
        }
        with(slf, |cx, table, base| {
            let _guard = shared(table, other).map_err(|error| error.raise(cx))?;
            let other = super::life::base(table, other).cast_const();
            let mut equal = true;
            for field in table.fields {
                if !(field.ops.same)(cx, base.add(field.offset), other.add(field.offset))? {
                    equal = false;
                    break;
                }
            }
            crate::conv::Bool::to_py(cx, equal == (op == ffi::Py_EQ))
        })
    }
}

/// A tuple of all fields.
unsafe fn as_tuple(cx: Cx<'_>, fields: &'static [Field], base: *const u8) -> Outcome {
    // SAFETY: a live struct and its table; each place of the new tuple is filled.
    unsafe {
        let tuple = fresh(ffi::PyTuple_New(fields.len() as ffi::Py_ssize_t))?;
        for (i, field) in fields.iter().enumerate() {
            items::tuple_fill(
                tuple.as_any().as_ptr(),
                i as ffi::Py_ssize_t,
                get(cx, base, field)?.into_ptr(),
            );
        }
        Ok(tuple)
    }
}

/// `tp_hash` of a frozen record: that of the tuple of its fields.
///
/// # Safety
/// See [`repr`].
pub unsafe extern "C" fn hash(slf: *mut ffi::PyObject) -> ffi::Py_hash_t {
    // SAFETY: as promised.
    unsafe {
        let tuple = with(slf, |cx, table, base| as_tuple(cx, table.fields, base));
        if tuple.is_null() {
            return -1;
        }
        let hash = ffi::PyObject_Hash(tuple);
        ffi::Py_DECREF(tuple);
        hash
    }
}

/// `__reduce__`: `(copyreg.__newobj_ex__, (class, (), {field: value}))`; positional-only fields by position.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn reduce(slf: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised.
    unsafe {
        with(slf, |cx, table, base| {
            let made = reduce_value(
                cx,
                Any::new(ffi::Py_TYPE(slf).cast()),
                table.fields,
                table.new.positional_only,
                base,
            );
            made.map_err(|error| error.raise(cx))
        })
    }
}

unsafe fn reduce_value(
    cx: Cx<'_>,
    class: Any<'_>,
    fields: &'static [Field],
    positional: usize,
    base: *const u8,
) -> Result<Object> {
    // SAFETY: a live struct and its table; all else are live references.
    unsafe {
        let copyreg = Object::from_new(ffi::PyImport_ImportModule(c"copyreg".as_ptr()))?;
        let make = copyreg.as_any().attr("__newobj_ex__")?;
        let args = as_tuple(cx, &fields[..positional], base).map_err(|Raised| Error::fetch())?;
        let kwargs = Object::from_new(ffi::PyDict_New())?;
        for field in &fields[positional..] {
            let value = get(cx, base, field).map_err(|Raised| Error::fetch())?;
            if ffi::PyDict_SetItemString(
                kwargs.as_any().as_ptr(),
                field.name.as_ptr(),
                value.as_any().as_ptr(),
            ) < 0
            {
                return Err(Error::fetch());
            }
        }
        Object::from_new(ffi::Py_BuildValue(
            c"O(OOO)".as_ptr(),
            make.as_any().as_ptr(),
            class.as_ptr(),
            args.as_any().as_ptr(),
            kwargs.as_any().as_ptr(),
        ))
    }
}

/// `__copy__`: a record of its own; Python objects inside are shared.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn copy(slf: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as promised; the struct is borrowed while it is cloned.
    unsafe { with(slf, |cx, table, base| cloned(cx, table, base)) }
}

/// `__deepcopy__`: as [`copy`], and Python objects inside are copied deeply too.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn deepcopy(
    slf: *mut ffi::PyObject,
    memo: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as promised; the fields are copied by `copy.deepcopy`, then a new record is made of them.
    unsafe {
        if !Table::of(slf).shape.gc {
            return copy(slf, memo);
        }
        let arguments = reduce(slf, std::ptr::null_mut());
        if arguments.is_null() {
            return std::ptr::null_mut();
        }
        let arguments = Object::steal(arguments);
        let made = deep(
            Any::new(items::tuple_item(arguments.as_any().as_ptr(), 1)),
            Any::new(memo),
        );
        let cx = Cx::new(state_of_type(ffi::Py_TYPE(slf)));
        answer(made.map_err(|error| error.raise(cx)))
    }
}

unsafe fn deep(arguments: Any<'_>, memo: Any<'_>) -> Result<Object> {
    // SAFETY: a tuple of class, positional and keyword arguments.
    unsafe {
        let copy = Object::from_new(ffi::PyImport_ImportModule(c"copy".as_ptr()))?;
        let deepcopy = copy.as_any().attr("deepcopy")?;
        let item = |i| Any::new(items::tuple_item(arguments.as_ptr(), i));
        let args = deepcopy.as_any().call(&[item(1), memo])?;
        let kwargs = deepcopy.as_any().call(&[item(2), memo])?;
        Object::from_new(ffi::PyObject_Call(
            item(0).as_ptr(),
            args.as_any().as_ptr(),
            kwargs.as_any().as_ptr(),
        ))
    }
}

/// `__field_names__()`: bound to its answer. A function bound to a class would be a class method to `inspect`.
unsafe extern "C" fn field_names(
    names: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: what the function is bound to is alive.
    unsafe { ffi::Py_INCREF(names) };
    names
}

/// The names of fields, as a tuple.
pub(crate) fn names_tuple(fields: &[Field]) -> std::result::Result<Object, Raised> {
    // SAFETY: called on an attached thread; each place of the new tuple is filled.
    unsafe {
        let tuple = fresh(ffi::PyTuple_New(fields.len() as ffi::Py_ssize_t))?;
        for (i, field) in fields.iter().enumerate() {
            let name = fresh(ffi::PyUnicode_InternFromString(field.name.as_ptr()))?;
            items::tuple_fill(
                tuple.as_any().as_ptr(),
                i as ffi::Py_ssize_t,
                name.into_ptr(),
            );
        }
        Ok(tuple)
    }
}

/// `__rust_address__`.
///
/// # Safety
/// See [`repr`].
unsafe extern "C" fn rust_address(
    slf: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: a record; the address is only shown.
    unsafe { ffi::PyLong_FromSize_t(base(Table::of(slf), slf) as usize) }
}

/// Methods of every record.
pub(crate) static METHODS: Constants<[ffi::PyMethodDef; 4]> = Constants([
    noargs_raw(
        c"__copy__",
        copy,
        c"__copy__($self, /)\n--\n\nA record of its own with the same fields.",
    ),
    noargs_raw(
        c"__reduce__",
        reduce,
        c"__reduce__($self, /)\n--\n\nFor pickling.",
    ),
    one_raw(
        c"__deepcopy__",
        deepcopy,
        c"__deepcopy__($self, memo, /)\n--\n\nA record of its own; Python objects inside are copied too.",
    ),
    noargs_raw(
        c"__rust_address__",
        rust_address,
        c"__rust_address__($self, /)\n--\n\nAddress of the Rust value, for debugging.",
    ),
]);

/// Static functions of every record, bound to the names of its fields.
pub(crate) static STATICS: Constants<[ffi::PyMethodDef; 1]> = Constants([noargs_raw(
    c"__field_names__",
    field_names,
    c"__field_names__()\n--\n\nThe names of the fields, in order.",
)]);

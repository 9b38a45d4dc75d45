//! Records with `like: true`: anything with their attributes is taken for one.

use std::marker::PhantomData;

use pyo3_ffi as ffi;

use super::class::is_of;
use super::scalar::fresh;
use super::{Cls, Fail, FromPy};
use crate::any::{Any, Object};
use crate::class::Ref;
use crate::cx::Cx;
use crate::error::Raised;
use crate::module::dict_set;
use crate::record::{Record, Table};

/// A record, or an object with its attributes, of which a record is made for the call.
pub struct Like<C>(PhantomData<C>);

impl<'py, C: Record> FromPy<'py> for Like<C> {
    type Out = Ref<'py, C::Target>;
    const NAME: &'static str = C::NAME;

    fn from_py(cx: Cx<'py>, object: Any<'py>) -> Result<Self::Out, Fail> {
        if is_of::<C>(cx, object) {
            return Cls::<C>::from_py(cx, object);
        }
        let tp = cx.type_at(C::INDEX).map_err(|_| Fail::fetch())?;
        // SAFETY: the type of a record.
        let table = unsafe { Table::of_type(tp) };
        let mut values = Vec::with_capacity(table.fields.len());
        for field in table.fields {
            match attribute(object, field.name)? {
                Some(value) => values.push(value),
                None => return Err(Fail::wrong_type(C::NAME, object)),
            }
        }
        let by_position = usize::from(C::SPEC.positional) == values.len();
        // SAFETY: the class of the table, and a value for each of its fields.
        let record = unsafe { construct(tp.cast(), table, &values, by_position) };
        let record = record.map_err(|_| Fail::fetch())?;
        Cls::<C>::from_py(cx, cx.keep(record))
    }

    fn is_exact(cx: Cx<'py>, object: Any<'py>) -> bool {
        is_of::<C>(cx, object)
    }
}

/// Call the constructor of a record.
///
/// # Safety
/// `class` is that of the table, and there is a value for each of its fields.
unsafe fn construct(
    class: *mut ffi::PyObject,
    table: &Table,
    values: &[Object],
    by_position: bool,
) -> Result<Object, Raised> {
    // SAFETY: a live class, a list whose copy is a tuple, a dictionary of names.
    unsafe {
        let (list, names) = (fresh(ffi::PyList_New(0))?, fresh(ffi::PyDict_New())?);
        for (field, value) in table.fields.iter().zip(values) {
            if by_position {
                if ffi::PyList_Append(list.as_any().as_ptr(), value.as_any().as_ptr()) < 0 {
                    return Err(Raised);
                }
            } else {
                dict_set(names.as_any().as_ptr(), field.name.as_ptr(), value)?;
            }
        }
        let tuple = fresh(ffi::PyList_AsTuple(list.as_any().as_ptr()))?;
        let (tuple, names) = (tuple.as_any().as_ptr(), names.as_any().as_ptr());
        fresh(ffi::PyObject_Call(class, tuple, names))
    }
}

/// An attribute, if the object has it. What else goes wrong comes out.
fn attribute(object: Any<'_>, name: &std::ffi::CStr) -> Result<Option<Object>, Fail> {
    // SAFETY: a live object and a C string; the exception is looked at before it is taken or cleared.
    unsafe {
        let value = ffi::PyObject_GetAttrString(object.as_ptr(), name.as_ptr());
        if !value.is_null() {
            return Ok(Some(Object::steal(value)));
        }
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return Err(Fail::fetch());
        }
        ffi::PyErr_Clear();
        Ok(None)
    }
}

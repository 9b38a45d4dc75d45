//! `Path`: anything that `os.fspath` takes; comes back as `pathlib.Path`.

use std::path::PathBuf;

use pyo3_ffi as ffi;

use super::{Fail, FromPy, ToPy};
use crate::any::{Any, Object};
use crate::cx::Cx;
use crate::error::{Error, Raised};

/// A path.
pub struct Path;

impl<'py> FromPy<'py> for Path {
    type Out = PathBuf;
    const NAME: &'static str = "str | os.PathLike[str]";

    fn from_py(_cx: Cx<'py>, object: Any<'py>) -> Result<PathBuf, Fail> {
        // SAFETY: the object is alive; each call gives a new reference or null with an exception.
        unsafe {
            let path = ffi::PyOS_FSPath(object.as_ptr());
            if path.is_null() {
                let is_type_error = ffi::PyErr_ExceptionMatches(ffi::PyExc_TypeError) != 0;
                // Looking for an attribute clears the exception, so it is taken first.
                let fail = Fail::fetch();
                if is_type_error && !has_fspath(object) {
                    return Err(Fail::wrong_type(Self::NAME, object));
                }
                return Err(fail);
            }
            let path = Object::steal(path);
            if ffi::PyUnicode_Check(path.as_any().as_ptr()) == 0 {
                return Err(Fail::wrong_type(Self::NAME, object));
            }
            decode(&path)
        }
    }

    fn is_exact(_cx: Cx<'py>, object: Any<'py>) -> bool {
        // SAFETY: the object is alive.
        unsafe { ffi::PyUnicode_Check(object.as_ptr()) != 0 }
    }
}

/// Does its type have `__fspath__`, so that the exception is its own?
fn has_fspath(object: Any<'_>) -> bool {
    // SAFETY: a type is alive as long as its object.
    unsafe { ffi::PyObject_HasAttrString(object.type_ptr().cast(), c"__fspath__".as_ptr()) != 0 }
}

#[cfg(unix)]
fn decode(path: &Object) -> Result<PathBuf, Fail> {
    use std::os::unix::ffi::OsStringExt;
    // SAFETY: a `str`; the encoder gives `bytes`, copied before they are dropped.
    unsafe {
        let bytes = Object::from_new(ffi::PyUnicode_EncodeFSDefault(path.as_any().as_ptr()))
            .map_err(Fail::error)?;
        let data = ffi::PyBytes_AsString(bytes.as_any().as_ptr());
        let size = ffi::PyBytes_Size(bytes.as_any().as_ptr());
        let bytes = std::slice::from_raw_parts(data.cast::<u8>(), size as usize);
        if bytes.contains(&0) {
            return Err(Fail::value("a path can't hold a NUL character"));
        }
        Ok(std::ffi::OsString::from_vec(bytes.to_vec()).into())
    }
}

#[cfg(windows)]
fn decode(path: &Object) -> Result<PathBuf, Fail> {
    use std::os::windows::ffi::OsStringExt;
    // SAFETY: a `str`; the buffer is freed after it was copied.
    unsafe {
        let mut size = 0;
        let data = ffi::PyUnicode_AsWideCharString(path.as_any().as_ptr(), &raw mut size);
        if data.is_null() {
            return Err(Fail::fetch());
        }
        let wide = std::slice::from_raw_parts(data.cast::<u16>(), size as usize).to_vec();
        ffi::PyMem_Free(data.cast());
        if wide.contains(&0) {
            return Err(Fail::value("a path can't hold a NUL character"));
        }
        Ok(std::ffi::OsString::from_wide(&wide).into())
    }
}

impl ToPy<PathBuf> for Path {
    fn to_py(cx: Cx<'_>, value: PathBuf) -> Result<Object, Raised> {
        make(&value).map_err(|error| error.raise(cx))
    }
}

fn make(path: &std::path::Path) -> Result<Object, Error> {
    // SAFETY: the name is a C string; new references or null with an exception.
    let class = unsafe { Object::from_new(ffi::PyImport_ImportModule(c"pathlib".as_ptr()))? };
    class
        .as_any()
        .attr("Path")?
        .as_any()
        .call(&[encode_path(path)?.as_any()])
}

/// As `os.fsdecode` does.
#[cfg(unix)]
pub(crate) fn encode_path(path: &std::path::Path) -> Result<Object, Error> {
    use std::os::unix::ffi::OsStrExt;
    let bytes = path.as_os_str().as_bytes();
    // SAFETY: the slice has that length.
    unsafe {
        Object::from_new(ffi::PyUnicode_DecodeFSDefaultAndSize(
            bytes.as_ptr().cast(),
            bytes.len() as ffi::Py_ssize_t,
        ))
    }
}

/// As `os.fsdecode` does.
#[cfg(windows)]
pub(crate) fn encode_path(path: &std::path::Path) -> Result<Object, Error> {
    use std::os::windows::ffi::OsStrExt;
    let wide: Vec<u16> = path.as_os_str().encode_wide().collect();
    // SAFETY: the slice has that length.
    unsafe {
        Object::from_new(ffi::PyUnicode_FromWideChar(
            wide.as_ptr().cast(),
            wide.len() as ffi::Py_ssize_t,
        ))
    }
}

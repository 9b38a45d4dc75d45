//! Errors of the system about files.

use std::io;
use std::path::{Path, PathBuf};

use pyo3_ffi as ffi;

use crate::any::{Any, Object};
use crate::conv::{encode_path, new_text};
use crate::cx::Cx;
use crate::error::{Error, Raise, Raised, Result, raise_text};

/// Python's `OSError` with `errno`, `strerror` and `filename`, of the class that fits: `FileNotFoundError`,
/// `PermissionError`… Declared as `raises: OSError`.
#[derive(Debug)]
pub struct FileError {
    error: io::Error,
    path: PathBuf,
}

impl FileError {
    /// What the system said about a file.
    pub fn new(error: io::Error, path: &Path) -> Self {
        Self {
            error,
            path: path.to_owned(),
        }
    }

    /// `OSError(errno, strerror, filename)`, which picks its class; a number of Windows is a fourth argument.
    fn exception(&self) -> Result<Option<Object>> {
        let Some(number) = self.number() else {
            return Ok(None);
        };
        let whole = match self.error.raw_os_error() {
            Some(_) => self.error.to_string(),
            // A library has wrapped it, and says more than belongs here.
            None => self.error.kind().to_string(),
        };
        let reason = whole.split(" (os error ").next().unwrap_or(&whole);
        let reason = new_text(reason).map_err(|_| Error::fetch())?;
        let path = encode_path(&self.path)?;
        // SAFETY: an exception class, alive for ever; a new reference or null with an exception.
        let (class, number) = unsafe {
            let class = Any::new(ffi::PyExc_OSError);
            (
                class,
                Object::from_new(ffi::PyLong_FromLong(number.into()))?,
            )
        };
        let (number, reason, path) = (number.as_any(), reason.as_any(), path.as_any());
        let of_windows = cfg!(windows) && self.error.raw_os_error().is_some();
        let arguments = [number, reason, path, number];
        let used = if of_windows { 4 } else { 3 };
        class.call(&arguments[..used]).map(Some)
    }

    /// The system's number, or the one that all systems have for this kind.
    fn number(&self) -> Option<i32> {
        self.error.raw_os_error().or(match self.error.kind() {
            io::ErrorKind::NotFound => Some(2),
            io::ErrorKind::PermissionDenied => Some(13),
            io::ErrorKind::AlreadyExists => Some(17),
            io::ErrorKind::NotADirectory => Some(20),
            io::ErrorKind::IsADirectory => Some(21),
            io::ErrorKind::StorageFull => Some(28),
            _ => None,
        })
    }
}

impl Raise for FileError {
    fn raise(self: Box<Self>, cx: Cx<'_>) -> Raised {
        match self.exception() {
            // SAFETY: an exception and its class, alive during the call.
            Ok(Some(exception)) => unsafe {
                let exception = exception.as_any();
                ffi::PyErr_SetObject(exception.type_ptr().cast(), exception.as_ptr());
                Raised
            },
            Ok(None) => {
                let message = format!("{}: '{}'", self.error, self.path.display());
                // SAFETY: the context proves an attached thread; the symbol is an exception class.
                unsafe { raise_text(ffi::PyExc_OSError, &message) }
            }
            Err(error) => error.raise(cx),
        }
    }
}

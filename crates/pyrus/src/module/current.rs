//! The loader's question: are the files that this extension was built from still what they were?
//!
//! `pyrus.loader` leaves it to the extension, in `spec.loader_state`: a stamp, the positions where its lines of files begin
//! and end, and the exception that says no.
//! From here, a file is looked at in a third of the time that Python needs, nearly all of it the system's. It is asked before
//! anything else, so that an extension which is out of date makes nothing that others could see.
//!
//! A line is a path, a tab, and its sign: times of modification and of change in ns, and size in bytes; empty where there
//! is no such file. `python/pyrus/loader/stamp.py` writes them.

use std::ffi::{CString, OsStr, c_int};
use std::fs::Metadata;
use std::hint::black_box;
use std::io::BufRead as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;

use pyo3_ffi as ffi;

use crate::abi::items::{tuple_item, tuple_len};
use crate::any::{Any, Object};
use crate::class::without_the_gil;

/// What the loader looks for in a library, to know that it may ask. Another text for every other form of the question.
static KIND: &[u8] = b"pyrus-stamp 2, looked at by the extension";

/// The first thing that a module executes.
///
/// # Safety
/// Called by Python with a module.
pub(super) unsafe extern "C" fn check(module: *mut ffi::PyObject) -> c_int {
    black_box(KIND);
    crate::panic::catch("import", -1, || {
        // SAFETY: as promised.
        let module = unsafe { Any::new(module) };
        asked(module).map_or(0, |state| answer(module, state.as_any()))
    })
}

/// What the loader asks, if it does. Other loaders have states of their own.
fn asked(module: Any<'_>) -> Option<Object> {
    let state = module
        .attr("__spec__")
        .and_then(|spec| spec.as_any().attr("loader_state"))
        .ok()?;
    let items = state.as_any().as_ptr();
    // SAFETY: live objects; items are looked at once the types are known.
    let is_ours = unsafe {
        ffi::PyTuple_CheckExact(items) != 0
            && tuple_len(items) == 4
            && ffi::PyBytes_CheckExact(tuple_item(items, 0)) != 0
            && ffi::PyLong_CheckExact(tuple_item(items, 1)) != 0
            && ffi::PyLong_CheckExact(tuple_item(items, 2)) != 0
            && ffi::PyExceptionClass_Check(tuple_item(items, 3)) != 0
    };
    is_ours.then_some(state)
}

/// 0, or -1 with the exception of the state.
fn answer(module: Any<'_>, state: Any<'_>) -> c_int {
    let items = state.as_ptr();
    // SAFETY: a tuple of bytes, which do not change and live as long as it does, numbers, and an exception class.
    let (lines, exception) = unsafe {
        let stamp = tuple_item(items, 0);
        let text = ffi::PyBytes_AsString(stamp).cast::<u8>();
        let text = std::slice::from_raw_parts(text, ffi::PyBytes_Size(stamp).unsigned_abs());
        let [start, end] = [1, 2].map(|i| ffi::PyLong_AsSize_t(tuple_item(items, i)));
        (text.get(start..end), tuple_item(items, 3))
    };
    let told = match lines {
        None => "the stamp has no such lines".to_owned(),
        Some(lines) => match without_the_gil(module, || first_changed(lines)) {
            None => return 0,
            Some(path) => format!("{} changed", String::from_utf8_lossy(path)),
        },
    };
    let told = CString::new(told).unwrap_or_default();
    // SAFETY: an exception class and a text; it replaces what a number may have raised that is no position.
    unsafe { ffi::PyErr_SetString(exception, told.as_ptr()) };
    -1
}

/// The path of a file that is not what its line says.
fn first_changed(mut lines: &[u8]) -> Option<&[u8]> {
    while !lines.is_empty() {
        let all = lines;
        // The standard library's fastest search for a byte; reading from memory does not fail.
        let length = lines.skip_until(b'\n').unwrap_or(0);
        let line = &all[..length];
        let (path, sign) = parts(line.strip_suffix(b"\n").unwrap_or(line));
        if !is_still(path, sign) {
            return Some(path);
        }
    }
    None
}

/// The path of a line, and its sign: one that is never true where it is missing.
fn parts(line: &[u8]) -> (&[u8], &[u8]) {
    // Looked for from the end: signs are short.
    match line.iter().rposition(|at| *at == b'\t') {
        Some(tab) => (&line[..tab], &line[tab + 1..]),
        None => (line, b"?"),
    }
}

/// Whether a file has a sign.
fn is_still(path: &[u8], sign: &[u8]) -> bool {
    match std::fs::metadata(OsStr::from_bytes(path)) {
        Ok(now) => parse(sign).is_some_and(|then| Some(then) == sign_of(&now)),
        Err(_) => sign.is_empty(),
    }
}

/// Times of modification and change, and the size.
type Sign = [i64; 3];

/// Nothing for times that no number of nanoseconds reaches, after the year 2262.
fn sign_of(file: &Metadata) -> Option<Sign> {
    let time = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
    Some([
        time(file.mtime(), file.mtime_nsec())?,
        time(file.ctime(), file.ctime_nsec())?,
        i64::try_from(file.size()).ok()?,
    ])
}

fn parse(sign: &[u8]) -> Option<Sign> {
    let mut numbers = std::str::from_utf8(sign).ok()?.split(' ');
    let mut next = || numbers.next()?.parse().ok();
    let parsed = [next()?, next()?, next()?];
    numbers.next().is_none().then_some(parsed)
}

#[cfg(all(test, not(miri)))]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn line(path: &str, sign: &str) -> String {
        format!("{path}\t{sign}")
    }

    fn changed(lines: &[String]) -> Option<String> {
        let text = lines.join("\n");
        let found = first_changed(text.as_bytes())?;
        Some(String::from_utf8_lossy(found).into_owned())
    }

    /// The sign of a file, as `stamp.py` writes it.
    fn here(path: &str) -> String {
        let file = std::fs::metadata(path).expect("a file");
        let changed = file.modified().expect("a time");
        let changed = changed.duration_since(UNIX_EPOCH).expect("not before 1970");
        let moved = file.ctime() * 1_000_000_000 + file.ctime_nsec();
        format!("{} {moved} {}", changed.as_nanos(), file.len())
    }

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    const NONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/no such file");

    #[test]
    fn files_are_compared_with_their_lines() {
        let right = [line(FILE, &here(FILE)), line(NONE, "")];
        assert_eq!(changed(&right), None);
        for (path, sign) in [
            (FILE, ""),
            (FILE, "?"),
            (FILE, "1 2 3"),
            (FILE, "1 2"),
            (FILE, &format!("{} 4", here(FILE))),
            (NONE, "1 2 3"),
        ] {
            let lines = [right[0].clone(), line(path, sign)];
            assert_eq!(changed(&lines).as_deref(), Some(path));
        }
        assert!(changed(&[FILE.to_owned()]).is_some(), "without a sign");
    }

    #[test]
    fn every_one_of_many_lines_counts() {
        let right = line(FILE, &here(FILE));
        let mut lines = vec![right.clone(); 20];
        assert_eq!(changed(&lines), None);
        for place in 0..lines.len() {
            lines[place] = line(NONE, "1 2 3");
            assert_eq!(changed(&lines).as_deref(), Some(NONE));
            lines[place].clone_from(&right);
        }
    }
}

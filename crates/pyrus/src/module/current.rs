//! The loader's question: are the files that this extension was built from still what they were?
//!
//! `pyrus.loader` leaves it to the extension, in `spec.loader_state`: a stamp, the positions where its lines of files begin
//! and end, and the exception that says no.
//! From here, a file is looked at in a quarter of the time that Python needs, and in two threads. It is asked before
//! anything else, so that an extension which is out of date makes nothing that others could see.
//!
//! A line is a path, a tab, and its sign: times of modification and of change in ns, and size in bytes; empty where there
//! is no such file. `python/pyrus/loader/stamp.py` writes them.

use std::ffi::{CString, OsStr, c_int};
use std::fs::Metadata;
use std::hint::black_box;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use pyo3_ffi as ffi;

use crate::abi::items::{tuple_item, tuple_len};
use crate::any::{Any, Object};
use crate::class::without_the_gil;

/// What the loader looks for in a library, to know that it may ask.
static KIND: &[u8] = b"pyrus-stamp 2, compared by the extension";

/// Fewer bytes of lines are not worth a second thread.
const WORTH_A_THREAD: usize = 8 << 10;

/// Bytes of stack for a thread that looks at files.
const STACK: usize = 64 << 10;

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
            Some(path) => format!("{} changed", String::from_utf8_lossy(&path)),
        },
    };
    let told = CString::new(told).unwrap_or_default();
    // SAFETY: an exception class and a text; it replaces what a number may have raised that is no position.
    unsafe { ffi::PyErr_SetString(exception, told.as_ptr()) };
    -1
}

/// The path of a file that is not what its line says.
fn first_changed(lines: &[u8]) -> Option<Vec<u8>> {
    let search = Arc::new(Search::of(lines));
    if lines.len() > WORTH_A_THREAD {
        let other = Arc::clone(&search);
        // Where no thread is to be had, one does it alone. It may outlive the search: CPython unloads no extension.
        let small = thread::Builder::new().stack_size(STACK);
        let _ = small.spawn(move || other.backwards());
    }
    search.forwards();
    let found = search.changed.get()?;
    Some(parts(&search.text[found.clone()]).0.to_vec())
}

/// What is known of the lines. One thread begins at the front and one at the back, and they are done when they meet.
/// Nobody waits: the one at the front looks at everything where the other one does not get to run.
struct Search {
    text: Vec<u8>,
    /// Lines before this position are taken or looked at by the one at the front.
    front: AtomicUsize,
    /// Lines from this position on are what they were.
    back: AtomicUsize,
    /// A line that is not.
    changed: OnceLock<Range<usize>>,
}

impl Search {
    fn of(lines: &[u8]) -> Self {
        Self {
            text: lines.to_vec(),
            front: AtomicUsize::new(0),
            back: AtomicUsize::new(lines.len()),
            changed: OnceLock::new(),
        }
    }

    fn forwards(&self) {
        let mut start = 0;
        while start < self.back.load(Ordering::Acquire) && self.changed.get().is_none() {
            let length = self.text[start..].iter().position(|at| *at == b'\n');
            let end = length.map_or(self.text.len(), |length| start + length);
            self.front.store(end, Ordering::Relaxed);
            self.look(start..end);
            start = end + 1;
        }
    }

    fn backwards(&self) {
        let mut end = self.text.len();
        while end > self.front.load(Ordering::Relaxed) && self.changed.get().is_none() {
            let before = self.text[..end].iter().rposition(|at| *at == b'\n');
            let start = before.map_or(0, |at| at + 1);
            self.look(start..end);
            if self.changed.get().is_none() {
                self.back.store(start, Ordering::Release);
            }
            end = start.saturating_sub(1);
        }
    }

    /// Remember a line that is not as it was.
    fn look(&self, line: Range<usize>) {
        let (path, sign) = parts(&self.text[line.clone()]);
        if !is_still(path, sign) {
            // Both may have found one: either will do.
            let _ = self.changed.set(line);
        }
    }
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
    use super::*;

    fn line(path: &str, sign: &str) -> String {
        format!("{path}\t{sign}")
    }

    fn changed(lines: &[String]) -> Option<String> {
        let found = first_changed(lines.join("\n").as_bytes())?;
        Some(String::from_utf8(found).expect("a path"))
    }

    fn here(path: &str) -> String {
        let [changed, moved, size] =
            sign_of(&std::fs::metadata(path).expect("a file")).expect("times");
        format!("{changed} {moved} {size}")
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
        let mut lines = vec![right.clone(); WORTH_A_THREAD / right.len() + 5];
        assert_eq!(changed(&lines), None);
        for place in 0..lines.len() {
            lines[place] = line(NONE, "1 2 3");
            assert_eq!(changed(&lines).as_deref(), Some(NONE));
            lines[place].clone_from(&right);
        }
    }
}

//! Refuses an interpreter that the extension was not built for: its objects may be laid out otherwise.
//!
//! Names of files usually keep the two apart; a library that somebody copied or renamed by hand gets past that.

use std::ffi::{CStr, CString};

use pyo3_ffi as ffi;

use super::spec::ExtensionSpec;

/// What the headers said, such as `3.12`; the oldest version for the stable ABI.
const BUILT_FOR: &str = env!("PYRUS_VERSION");

/// What an interpreter is, as far as layouts depend on it.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Interpreter {
    version: (u8, u8),
    free_threaded: bool,
}

/// Whether the running interpreter will do; an `ImportError` is set when not.
pub(super) fn interpreter_fits(spec: &ExtensionSpec) -> bool {
    // SAFETY: a text that lives as long as the process.
    let text = unsafe { CStr::from_ptr(ffi::Py_GetVersion()) }.to_string_lossy();
    let (Some(here), Some(built)) = (parse(&text), built_for()) else {
        // Neither is known to have said anything else.
        return true;
    };
    let stable = cfg!(Py_LIMITED_API);
    if fits(built, here, stable) {
        return true;
    }
    let told = format!(
        "{} was built for {}, and this is {}: build it again for this interpreter",
        spec.name.to_string_lossy(),
        describe(built, stable),
        describe(here, false),
    );
    let told = CString::new(told).unwrap_or_default();
    // SAFETY: an exception type and a text.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_ImportError, told.as_ptr()) };
    false
}

/// An extension for the stable ABI fits all later versions, any other one its own; neither crosses the GIL.
fn fits(built: Interpreter, here: Interpreter, stable: bool) -> bool {
    built.free_threaded == here.free_threaded
        && if stable {
            built.version <= here.version
        } else {
            built.version == here.version
        }
}

fn built_for() -> Option<Interpreter> {
    let version = parse(BUILT_FOR)?.version;
    Some(Interpreter {
        version,
        free_threaded: cfg!(Py_GIL_DISABLED),
    })
}

/// The interpreter that a text speaks of which begins like `3.13.0 experimental free-threading build (main, …)`.
fn parse(text: &str) -> Option<Interpreter> {
    let mut numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let version = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some(Interpreter {
        version,
        free_threaded: text.contains("free-threading"),
    })
}

/// Like `CPython 3.13 and later without a GIL`.
fn describe(one: Interpreter, and_later: bool) -> String {
    let (major, minor) = one.version;
    let later = if and_later { " and later" } else { "" };
    let threads = if one.free_threaded {
        " without a GIL"
    } else {
        ""
    };
    format!("CPython {major}.{minor}{later}{threads}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Interpreter {
        parse(text).expect("a version")
    }

    #[test]
    fn versions_are_read_as_interpreters_tell_them() {
        assert_eq!(of("3.9.18 (main, Aug 1 2024) [GCC]").version, (3, 9));
        assert_eq!(of("3.14.0rc1+ (heads/x, ...)").version, (3, 14));
        assert!(of("3.13.0 experimental free-threading build (main)").free_threaded);
        assert_eq!(parse("unknown"), None);
    }

    #[test]
    fn an_exact_build_fits_one_version_and_a_stable_one_all_later_ones() {
        assert!(fits(of("3.12"), of("3.12.1"), false));
        assert!(!fits(of("3.12"), of("3.13.0"), false));
        assert!(fits(of("3.12"), of("3.13.0"), true));
        assert!(!fits(of("3.12"), of("3.11.7"), true));
        assert!(!fits(of("3.13"), of("3.13.0 free-threading build"), false));
    }
}

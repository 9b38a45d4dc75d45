//! `cargo xtask sanitize --only threads`: the thread sanitizer watches `CPython`, the extensions and the standard library while
//! eight threads hammer the same objects, without the GIL.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::build::with_package;
use crate::python::Python;
use crate::pythons::{Kind, suppressions};
use crate::sanitize::{HOW, Outcome, nightly, outcome};
use crate::shell::{output, root};
use crate::venv::{self, target_dir};
use crate::watched::instrumented;

/// Where it builds, below Cargo's folder.
const FOLDER: &str = "threads";

/// What runs; each program of theirs is a process of its own.
const TESTS: [&str; 3] = [
    "examples/zoo/tests/test_threads.py",
    "tests/python/graph/test_threads.py",
    "tests/python/kicad/test_live_threads.py",
];

/// Names that the compiler of Rust calls and gcc's sanitizer may be too old for: what they stand for is watched as well.
const SHIM: &str = "
#include <string.h>
void *__tsan_memcpy(void *to, const void *from, size_t n) { return memcpy(to, from, n); }
void *__tsan_memmove(void *to, const void *from, size_t n) { return memmove(to, from, n); }
void *__tsan_memset(void *to, int byte, size_t n) { return memset(to, byte, n); }
";

/// What is no mistake of ours. `CPython` 3.13 loads a key of a dict without a lock and without order, so that nothing orders the
/// string behind it, and changes a string that others find in the table of interned ones already; its own list has neither. The
/// sanitizer knows no fences: triomphe frees behind one what others have let go of, as the standard library does elsewhere.
const KNOWN: &str = "
race:compare_unicode_unicode_threadsafe
race:intern_common
race:triomphe-*/src/arc.rs
";

/// Build everything for the sanitizer, and run the tests.
pub(crate) fn check() -> anyhow::Result<Outcome> {
    let skipped = |why: String| Ok(Outcome::Skipped(why));
    let Some(python) = Kind::ThreadSanitizer.find() else {
        let why = "there is no CPython for it; run `cargo xtask pythons thread-sanitizer`";
        return skipped(why.to_owned());
    };
    // The packages of the usual free-threaded build serve both.
    let Some(usual) = Kind::FreeThreaded.find() else {
        return skipped("there is no free-threaded CPython; run `cargo xtask pythons`".to_owned());
    };
    if output(nightly("cargo").arg("--version")).is_err() {
        return skipped(format!("there is no nightly Rust; {HOW}"));
    }
    // The standard library has locks of its own, which the sanitizer must see to believe.
    let flags = "-Zsanitizer=thread";
    let folder = instrumented(&Python::new(&python)?, FOLDER, flags, &["-Zbuild-std"])?;
    let target = target_dir()?.join(FOLDER);
    let shim = shim(&target)?;
    let packages = packages(&venv::for_tests(&usual)?)?;
    for test in TESTS {
        let mut command = Command::new(&python);
        with_package(&mut command)
            .current_dir(root())
            .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", test])
            .env("PYTHONPATH", std::env::join_paths([&folder, &packages])?)
            .env("PYRUS_ZOO_DIR", &folder)
            .env("PYTHON_GIL", "0")
            .env("LD_PRELOAD", &shim)
            .env("TSAN_OPTIONS", options(&target)?);
        if !matches!(outcome(command)?, Outcome::Passed) {
            return Ok(Outcome::Failed);
        }
    }
    Ok(Outcome::Passed)
}

/// What is found ends the process; what `CPython` is known for is not told.
fn options(target: &Path) -> anyhow::Result<String> {
    let upstream = suppressions().context("CPython's source is not there any more")?;
    let known = std::fs::read_to_string(&upstream)
        .with_context(|| format!("cannot read {}", upstream.display()))?;
    let file = target.join("suppressions.txt");
    std::fs::write(&file, known + KNOWN)?;
    Ok(format!("halt_on_error=1:suppressions={}", file.display()))
}

/// The library with [`SHIM`].
fn shim(target: &Path) -> anyhow::Result<PathBuf> {
    let (source, library) = (target.join("shim.c"), target.join("libshim.so"));
    std::fs::write(&source, SHIM)?;
    output(
        Command::new("gcc")
            .args(["-O1", "-fno-builtin", "-shared", "-fPIC", "-o"])
            .args([&library, &source]),
    )?;
    Ok(library)
}

/// Where an interpreter's packages are.
fn packages(python: &Path) -> anyhow::Result<PathBuf> {
    let ask = "import sysconfig; print(sysconfig.get_paths()['purelib'])";
    let told = output(Command::new(python).args(["-c", ask]))?;
    Ok(told.trim().into())
}

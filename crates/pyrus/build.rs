//! Hands the interpreter's version to the compiler, and asks its headers about layouts and constants.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use pyo3_build_config::PythonAbiKind;

/// The numbers of `probe.c`, in its order: those that the limited API shows come first, and those of free-threaded builds
/// last.
const NAMES: [&str; 31] = [
    "VERSION",
    "OBJECT_SIZE",
    "OBJECT_TYPE",
    "METHOD_DEF_SIZE",
    "GETSET_DEF_SIZE",
    "TYPE_SPEC_SIZE",
    "TYPE_SLOT_SIZE",
    "MODULE_DEF_SIZE",
    "BUFFER_SIZE",
    "METH_FASTCALL_KEYWORDS",
    "METHOD_DESCRIPTOR",
    "HAVE_GC",
    "TP_NEW",
    "TYPE_SIZE",
    "TYPE_VECTORCALL",
    "TYPE_DICT",
    "HEAP_TYPE_MODULE",
    "TUPLE_ITEMS",
    "FLOAT_VALUE",
    "DESCRIPTOR_NAME",
    "LONG_SIZE",
    "LONG_DIGITS",
    "LONG_TAG_BITS",
    "LONG_SIGN_MASK",
    "LONG_SHIFT",
    "ASCII_SIZE",
    "COMPACT_SIZE",
    "REF_SHARED",
    "REF_MAYBE_WEAKREF",
    "REF_MERGED",
    "REF_SHIFT",
];

/// How many of them the limited API shows.
const LIMITED: usize = 13;

/// How many at the end only free-threaded builds have.
const FREE_THREADED: usize = 4;

fn main() {
    println!("cargo::rerun-if-changed=probe.c");
    println!("cargo::rustc-check-cfg=cfg(pyrus_probed, pyrus_digits)");
    println!("cargo::rustc-env=PYRUS_RUSTC={}", compiler_version());
    pyo3_build_config::use_pyo3_cfgs();
    let abi = pyo3_build_config::get().target_abi();
    println!("cargo::rustc-env=PYRUS_VERSION={}", abi.version());
    let limited = limited();
    let abi = if limited.is_some() { "stable" } else { "exact" };
    println!("cargo::rustc-env=PYRUS_ABI={abi}");
    let numbers = headers().and_then(|include| probe(&include, limited));
    if numbers.is_some() {
        println!("cargo::rustc-cfg=pyrus_probed");
    } else if limited.is_none() {
        println!(
            "cargo::warning=the interpreter's headers or a C compiler are missing, so layouts are not checked"
        );
    }
    // What the stable ABI promises need not be checked, and is often built for without an interpreter.
    let numbers = numbers.unwrap_or_default();
    if has_short_digits(&numbers) {
        println!("cargo::rustc-cfg=pyrus_digits");
    }
    let lines = NAMES.iter().zip(numbers).map(|(name, number)| {
        format!("/// From the headers.\npub(crate) const {name}: usize = {number};\n")
    });
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR")).join("probe.rs");
    fs::write(out, lines.collect::<String>()).expect("OUT_DIR can be written");
}

/// What the compiler says that it is: two of them may lay out the same struct differently.
fn compiler_version() -> String {
    let rustc = env::var_os("RUSTC").expect("Cargo sets RUSTC");
    let answer = Command::new(rustc).arg("-V").output();
    let answer = answer.expect("the compiler that builds this can be asked");
    String::from_utf8_lossy(&answer.stdout).trim().to_owned()
}

/// What `Py_LIMITED_API` must be for an extension for the stable ABI.
fn limited() -> Option<u32> {
    let config = pyo3_build_config::get();
    let abi = config.target_abi();
    let version = abi.version();
    matches!(abi.kind(), PythonAbiKind::Stable(_))
        .then(|| u32::from(version.major) << 24 | u32::from(version.minor) << 16)
}

/// Digits of 30 bits, and tags as they were when this was written: else `int`s are read through the C-API.
fn has_short_digits(numbers: &[u64]) -> bool {
    let number = |name| {
        let i = NAMES.iter().position(|other| *other == name)?;
        numbers.get(i).copied()
    };
    let tag = (number("LONG_TAG_BITS"), number("LONG_SIGN_MASK"));
    let known = [(Some(0), Some(0)), (Some(3), Some(3))].contains(&tag);
    known && number("LONG_SHIFT") == Some(30)
}

/// The folder of the interpreter's `Python.h`.
fn headers() -> Option<PathBuf> {
    let executable = pyo3_build_config::get().executable().map(str::to_owned)?;
    let ask = "import sysconfig; print(sysconfig.get_paths()['include'])";
    let answer = Command::new(executable).args(["-c", ask]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    folder.join("Python.h").exists().then_some(folder)
}

/// Compile `probe.c` and read the numbers out of the object file.
fn probe(include: &Path, limited: Option<u32>) -> Option<Vec<u64>> {
    let object = PathBuf::from(env::var_os("OUT_DIR")?).join("probe.o");
    let mut build = cc::Build::new();
    build.include(include).warnings(false);
    if let Some(version) = limited {
        build.define("Py_LIMITED_API", &*format!("{version:#x}"));
    }
    let compiler = build.try_get_compiler().ok()?;
    let mut command = compiler.to_command();
    if compiler.is_like_msvc() {
        command
            .arg("/c")
            .arg("probe.c")
            .arg(format!("/Fo{}", object.display()));
    } else {
        command.args(["-c", "probe.c", "-o"]).arg(&object);
    }
    command
        .status()
        .ok()
        .filter(std::process::ExitStatus::success)?;
    let bytes = fs::read(object).ok()?;
    let mark = b"PYRUSPROBE:";
    let start = bytes.windows(mark.len()).position(|part| part == mark)? + mark.len();
    let config = pyo3_build_config::get();
    let count = match limited {
        Some(_) => LIMITED,
        None if config.target_abi().kind().is_free_threaded() => NAMES.len(),
        None => NAMES.len() - FREE_THREADED,
    };
    let digits = bytes[start..].split(|byte| *byte == b':').take(count);
    digits
        .map(|digits| std::str::from_utf8(digits).ok()?.parse().ok())
        .collect()
}

//! `cargo xtask sanitize`: the unsafe code under tools that see what tests do not.
//!
//! Miri runs the Rust tests of the libraries and of the runtime's objects; the address sanitizer watches the extension
//! while Python tests it. Both need a nightly toolchain; what is missing is told, with how to get it.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::build::{NATIVE, with_package};
use crate::python::{Python, cdylib};
use crate::shell::{output, root};
use crate::venv::{self, target_dir};

const TOOLCHAIN: &str = "nightly";
const HOW: &str = "run `rustup toolchain install nightly --component miri --component rust-src`";
/// What the sanitizer watches: tests of behaviour. Tests of memory would measure the sanitizer's own.
const PYTHON_TESTS: [&str; 5] = ["calls", "scenarios", "crashes", "destroyed", "stored"];

/// Arguments of `sanitize`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only checks whose name contains this word: `miri graph`, `miri runtime`, `address`.
    #[arg(long)]
    only: Option<String>,
}

type Check = fn() -> anyhow::Result<Outcome>;

enum Outcome {
    Passed,
    Failed,
    /// Why, and how to change that.
    Skipped(String),
}

/// Run all checks; each tells how it ended.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let checks: [(&str, Check); 3] = [
        ("miri graph", || miri("pyrus-graph")),
        ("miri runtime", || miri("pyrus")),
        ("address sanitizer", address_sanitizer),
    ];
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    let mut failed = Vec::new();
    for (name, check) in checks.into_iter().filter(|(name, _)| wanted(name)) {
        println!("       {name} …");
        let start = Instant::now();
        let outcome = check()?;
        let seconds = start.elapsed().as_secs_f32();
        match outcome {
            Outcome::Passed => println!("ok     {name} ({seconds:.0} s)"),
            Outcome::Skipped(why) => println!("skipped {name}: {why}"),
            Outcome::Failed => {
                println!("FAILED {name} ({seconds:.0} s)");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!(
        "failed: {}. Run one alone with `cargo xtask sanitize --only NAME`",
        failed.join(", ")
    )
}

/// A program of the nightly toolchain, in the workspace's folder.
pub(crate) fn nightly(program: &str) -> Command {
    let mut command = Command::new("rustup");
    // Cargo told this process which toolchain it is.
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    command
        .args(["run", TOOLCHAIN, program])
        .current_dir(root());
    command
}

fn outcome(mut command: Command) -> anyhow::Result<Outcome> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    Ok(if status.success() {
        Outcome::Passed
    } else {
        Outcome::Failed
    })
}

/// Tests of a package in the interpreter that knows the rules of the language.
fn miri(package: &str) -> anyhow::Result<Outcome> {
    if output(nightly("cargo").args(["miri", "--version"])).is_err() {
        return Ok(Outcome::Skipped(format!("there is no Miri; {HOW}")));
    }
    let mut command = nightly("cargo");
    command
        .args([
            "miri",
            "test",
            "--quiet",
            "--lib",
            "--tests",
            "--package",
            package,
        ])
        .env("CARGO_TARGET_DIR", target_dir()?.join("miri"))
        .env("PYO3_PYTHON", venv::bare(&venv::base_python())?)
        // One case of each property: Miri is a thousand times slower than the machine.
        .env("PROPTEST_CASES", "1")
        .env("MIRIFLAGS", "-Zmiri-disable-isolation");
    outcome(command)
}

/// The extension's Python tests, with every access of its Rust code checked.
fn address_sanitizer() -> anyhow::Result<Outcome> {
    let Some(library) = sanitizer_library() else {
        let why = "there is no libasan.so of gcc; install gcc, and run on Linux";
        return Ok(Outcome::Skipped(why.into()));
    };
    if output(nightly("cargo").arg("--version")).is_err() {
        return Ok(Outcome::Skipped(format!("there is no nightly Rust; {HOW}")));
    }
    let inside = venv::ready(&venv::base_python())?;
    let python = Python::new(&inside)?;
    let package = instrumented_package(&python)?;
    // Instrumented frames are large, and some tests recurse as deep as Python lets them.
    let mut command = Command::new("sh");
    with_package(&mut command)
        .current_dir(root())
        .args(["-c", "ulimit -s 262144; exec \"$@\"", "sh"])
        .arg(&inside)
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .args(PYTHON_TESTS.map(|name| format!("tests/python/graph/test_{name}.py")))
        // A collection at every allocation takes the sanitizer hours.
        .args(["-k", "not collector_at_every_step"])
        .env("PYTHONPATH", package)
        .env("LD_PRELOAD", library)
        // Python's own pools would hide objects from the sanitizer; it never frees all at exit.
        .env("PYTHONMALLOC", "malloc")
        .env("ASAN_OPTIONS", "detect_leaks=0");
    outcome(command)
}

/// The sanitizer's runtime, to be loaded before Python is.
fn sanitizer_library() -> Option<PathBuf> {
    let found = output(Command::new("gcc").arg("-print-file-name=libasan.so")).ok()?;
    let path = PathBuf::from(found.trim());
    (cfg!(target_os = "linux") && path.is_absolute()).then_some(path)
}

/// A copy of the package with an extension that was built for the sanitizer.
fn instrumented_package(python: &Python) -> anyhow::Result<PathBuf> {
    let target = target_dir()?.join("sanitize");
    let facts = output(nightly("rustc").arg("-vV"))?;
    let host = facts.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc tells its host")?;
    output(
        nightly("cargo")
            // With a target named, build scripts and macros are left alone.
            .args(["build", "--package", NATIVE.package, "--target", host])
            .env("RUSTFLAGS", "-Zsanitizer=address")
            .env("PYRUS_STUBS", "off")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("PYO3_PYTHON", &python.executable)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    let package = target.join("python");
    let from = root().join("python/pyrus");
    copy_python(&from, &package.join("pyrus"))?;
    let built = target.join(host).join("debug").join(cdylib(NATIVE.library));
    let name = python.extension(NATIVE.library);
    std::fs::copy(&built, package.join("pyrus").join(name))
        .with_context(|| format!("cannot copy {}", built.display()))?;
    Ok(package)
}

/// Python's sources of a package, without extensions.
fn copy_python(from: &std::path::Path, to: &std::path::Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().context("an entry has a name")?;
        if path.is_dir() {
            copy_python(&path, &to.join(name))?;
        } else if path.extension().is_some_and(|ending| ending == "py") {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

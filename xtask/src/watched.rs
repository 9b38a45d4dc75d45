//! Extensions under what sees more than an exit code: sanitizers, and a debug build of `CPython`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::build::{ALL, Extension, build_for, extension, unoptimised};
use crate::python::{Python, cdylib};
use crate::pythons::Kind;
use crate::sanitize::{HOW, nightly};
use crate::shell::{cargo, output, root, step};
use crate::venv::{self, target_dir};

/// Where extensions are, and how a process that imports them is started.
pub(crate) struct Watched {
    /// The interpreter.
    pub(crate) python: PathBuf,
    /// For `PYTHONPATH`.
    pub(crate) paths: Vec<PathBuf>,
    /// More variables.
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Watched {
    /// `cargo pyrus fuzz` for an extension.
    pub(crate) fn fuzz(&self, extension: &Extension, calls: u64, seed: u64) -> Command {
        let mut command = self.cargo_pyrus("fuzz", extension);
        command
            .args(["--calls", &calls.to_string()])
            .args(["--seed", &seed.to_string()]);
        command
    }

    /// `cargo pyrus leaks` for an extension.
    pub(crate) fn leaks(&self, extension: &Extension) -> Command {
        self.cargo_pyrus("leaks", extension)
    }

    fn cargo_pyrus(&self, verb: &str, extension: &Extension) -> Command {
        let cargo = cargo();
        // As shipped means with the stack that everybody has, too.
        let mut command = if self.variables.is_empty() {
            cargo
        } else {
            roomy(cargo.get_program().as_ref())
        };
        command.current_dir(root()).args([
            "run",
            "--quiet",
            "--package",
            "cargo-pyrus",
            "--",
            "pyrus",
        ]);
        command
            .args([verb, "--no-build", "--timeout", TIMEOUT, "--manifest-path"])
            .arg(extension.manifest)
            .arg("--python")
            .arg(&self.python);
        for path in &self.paths {
            command.arg("--path").arg(path);
        }
        if !self.variables.is_empty() {
            command.args(["--memory", "0"]);
        }
        for (name, value) in &self.variables {
            command.arg("--env").arg(format!("{name}={value}"));
        }
        command
    }
}

/// Seconds: what is watched is slow, and the machine may be busy.
const TIMEOUT: &str = "120";

/// A program with a large stack: instrumented frames are large, and some calls recurse as deep as Python lets them.
pub(crate) fn roomy(program: &Path) -> Command {
    if !cfg!(unix) {
        return Command::new(program);
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -s 262144; exec \"$@\"", "sh"]);
    command.arg(program);
    command
}

/// What is missing, and how to get it.
pub(crate) struct Missing(pub(crate) String);

/// Checks of the language itself, as far as the compiler can write them into a program: arithmetic that overflows,
/// `debug_assert!`, and what unsafe functions of the standard library require.
const CHECKS: &str = "-Cdebug-assertions=yes -Coverflow-checks=yes -Zub-checks=yes";

/// The extensions with every access to memory checked, in the interpreter that runs chores.
pub(crate) fn address() -> anyhow::Result<Result<Watched, Missing>> {
    let Some(library) = sanitizer_library() else {
        let why = "there is no libasan.so of gcc; install gcc, and run on Linux";
        return Ok(Err(Missing(why.into())));
    };
    if output(nightly("cargo").arg("--version")).is_err() {
        return Ok(Err(Missing(format!("there is no nightly Rust; {HOW}"))));
    }
    let inside = venv::ready(&venv::base_python())?;
    let python = Python::new(&inside)?;
    let package = step("extensions for the address sanitizer", || {
        let flags = format!("-Zsanitizer=address {CHECKS}");
        instrumented(&python, "sanitize", &flags, &[])
    })?;
    Ok(Ok(Watched {
        python: inside,
        paths: vec![package],
        variables: vec![
            ("LD_PRELOAD", library.display().to_string()),
            // Python's own pools would hide objects from the sanitizer.
            ("PYTHONMALLOC", "malloc".into()),
            ("ASAN_OPTIONS", ASAN_OPTIONS.into()),
        ],
    }))
}

/// Python never frees all at exit; a request for too much memory is an error of the program, and nothing to report.
const ASAN_OPTIONS: &str = "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1:max_allocation_size_mb=2048:\
                            quarantine_size_mb=64";

/// The extensions as they are shipped, in the interpreter that runs chores.
pub(crate) fn release() -> anyhow::Result<Watched> {
    let python = venv::ready(&venv::base_python())?;
    let facts = Python::new(&python)?;
    for one in ALL {
        extension(one, &facts)?;
    }
    Ok(Watched {
        python,
        paths: folders().into(),
        variables: Vec::new(),
    })
}

fn folders() -> [PathBuf; 2] {
    [root().join("python"), root().join("examples/zoo/python")]
}

/// The extensions, not optimised, in a debug build of `CPython`: it asserts what it expects of extensions.
pub(crate) fn pydebug() -> anyhow::Result<Result<Watched, Missing>> {
    let Some(python) = Kind::Debug.find() else {
        let why = "there is no debug build of CPython; run `cargo xtask pythons debug`";
        return Ok(Err(Missing(why.into())));
    };
    unoptimised(&ALL, &Python::new(&python)?)?;
    Ok(Ok(Watched {
        python,
        paths: folders().into(),
        variables: Vec::new(),
    }))
}

/// The sanitizer's runtime, to be loaded before Python is.
fn sanitizer_library() -> Option<PathBuf> {
    let found = output(Command::new("gcc").arg("-print-file-name=libasan.so")).ok()?;
    let path = PathBuf::from(found.trim());
    (cfg!(target_os = "linux") && path.is_absolute()).then_some(path)
}

/// A copy of the package with extensions that were built for a sanitizer, in a folder of their own.
pub(crate) fn instrumented(
    python: &Python,
    folder: &str,
    flags: &str,
    more: &[&str],
) -> anyhow::Result<PathBuf> {
    let target = target_dir()?.join(folder);
    let facts = output(nightly("rustc").arg("-vV"))?;
    let host = facts.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc tells its host")?;
    let mut command = nightly("cargo");
    command
        // With a target named, build scripts and macros are left alone.
        .args(["build", "--target", host])
        .args(more)
        .args(ALL.iter().flat_map(|one| ["--package", one.package]))
        .env("RUSTFLAGS", flags)
        .env("PYRUS_STUBS", "off")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("CARGO_TARGET_DIR", &target);
    build_for(&mut command, python);
    output(&mut command)?;
    let package = target.join("python");
    copy_python(&root().join("python/pyrus"), &package.join("pyrus"))?;
    for one in ALL {
        let built = target.join(host).join("debug").join(cdylib(one.library));
        let place = package.join(place(one, python));
        std::fs::copy(&built, &place)
            .with_context(|| format!("cannot copy {}", built.display()))?;
    }
    Ok(package)
}

/// Where a module is in a folder of packages.
fn place(what: &Extension, python: &Python) -> PathBuf {
    let folder = match what.package {
        "pyrus-native" | "pyrus-kicad" => "pyrus",
        _ => "",
    };
    Path::new(folder).join(python.extension(what.library))
}

/// Python's sources of a package, without extensions.
fn copy_python(from: &Path, to: &Path) -> anyhow::Result<()> {
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

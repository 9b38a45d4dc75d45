//! `cargo xtask sanitize`: the unsafe code under tools that see what tests do not.
//!
//! Miri runs the Rust tests of the libraries and of the runtime's objects; the address sanitizer watches the extensions
//! while Python tests them, and while random programs call them; the thread sanitizer watches them and `CPython` without the
//! GIL. All need a nightly toolchain; what is missing is told, with how to get it.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::build::{Extension, KICAD, NATIVE, ZOO, with_package};
use crate::shell::{output, root};
use crate::venv::{self, target_dir};
use crate::watched::{self, Missing, Watched, roomy};

const TOOLCHAIN: &str = "nightly";
/// How to get what most checks need.
pub(crate) const HOW: &str =
    "run `rustup toolchain install nightly --component miri --component rust-src`";
/// What the sanitizer watches: tests of behaviour. Tests of memory would measure the sanitizer's own.
const PYTHON_TESTS: [&str; 5] = ["calls", "scenarios", "crashes", "destroyed", "stored"];

/// Arguments of `sanitize`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only checks whose name contains this word: `miri`, `miri graph`, `address tests`, `address fuzz`,
    /// `threads`.
    #[arg(long)]
    only: Option<String>,
}

/// Random calls of one extension, always the same ones.
const FUZZ_CALLS: u64 = 50_000;
const FUZZ_SEED: u64 = 1;

/// The codec has no tests of its own: it needs declarations, which the fuzz targets have.
const CODEC: &str = "pyrus-fuzz";

/// What Miri runs, and the package that it is.
pub(crate) const MIRI: [(&str, &str); 5] = [
    ("graph", "pyrus-graph"),
    ("typegraph", "pyrus-typegraph"),
    ("sexp", "pyrus-sexp"),
    ("codec", CODEC),
    ("runtime", "pyrus"),
];

type Check = Box<dyn Fn() -> anyhow::Result<Outcome>>;

/// How a check ended.
pub(crate) enum Outcome {
    /// Nothing was found.
    Passed,
    /// Something was.
    Failed,
    /// Why, and how to change that.
    Skipped(String),
}

/// Run all checks; each tells how it ended.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut checks: Vec<(String, Check)> = Vec::new();
    for (name, package) in MIRI {
        checks.push((
            format!("miri {name}"),
            Box::new(|| outcome_of(miri(package)?)),
        ));
    }
    checks.push(("address tests".into(), Box::new(address_tests)));
    for extension in [&NATIVE, &KICAD, &ZOO] {
        let name = format!("address fuzz {}", extension.name());
        checks.push((name, Box::new(|| address_fuzz(extension))));
    }
    checks.push(("threads".into(), Box::new(crate::threads::check)));
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

pub(crate) fn outcome(mut command: Command) -> anyhow::Result<Outcome> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    Ok(if status.success() {
        Outcome::Passed
    } else {
        Outcome::Failed
    })
}

fn outcome_of(command: Result<Command, Missing>) -> anyhow::Result<Outcome> {
    match command {
        Ok(command) => outcome(command),
        Err(Missing(why)) => Ok(Outcome::Skipped(why)),
    }
}

/// Tests of a package in the interpreter that knows the rules of the language.
pub(crate) fn miri(package: &str) -> anyhow::Result<Result<Command, Missing>> {
    if output(nightly("cargo").args(["miri", "--version"])).is_err() {
        return Ok(Err(Missing(format!("there is no Miri; {HOW}"))));
    }
    let mut command = nightly("cargo");
    command
        .args(["miri", "test", "--quiet", "--lib", "--tests"])
        .args(["--package", package]);
    if package == CODEC {
        command.args([
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--no-default-features",
        ]);
    }
    command
        .env("CARGO_TARGET_DIR", target_dir()?.join("miri"))
        .env("PYRUS_STUBS", "off")
        .env("PYO3_PYTHON", venv::bare(&venv::base_python())?)
        // One case of each property: Miri is a thousand times slower than the machine.
        .env("PROPTEST_CASES", "1")
        .env("MIRIFLAGS", "-Zmiri-disable-isolation");
    Ok(Ok(command))
}

/// The extension's Python tests, with every access of its Rust code checked.
fn address_tests() -> anyhow::Result<Outcome> {
    let watched = match watched::address()? {
        Ok(watched) => watched,
        Err(Missing(why)) => return Ok(Outcome::Skipped(why)),
    };
    let mut command = roomy(&watched.python);
    with_package(&mut command)
        .current_dir(root())
        .args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"])
        .args(PYTHON_TESTS.map(|name| format!("tests/python/graph/test_{name}.py")))
        // A collection at every allocation takes the sanitizer hours.
        .args(["-k", "not collector_at_every_step"])
        .env("PYTHONPATH", std::env::join_paths(&watched.paths)?)
        .envs(watched.variables);
    outcome(command)
}

/// Random calls under the address sanitizer; as many as take a minute or two.
fn address_fuzz(extension: &Extension) -> anyhow::Result<Outcome> {
    let fuzz = |watched: Watched| watched.fuzz(extension, FUZZ_CALLS, FUZZ_SEED);
    outcome_of(watched::address()?.map(fuzz))
}

//! `cargo xtask test`: everything that must pass, in the order in which failures are cheapest to find.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::build::{NATIVE, VISITOR, ZOO, extension, with_package};
use crate::python::Python;
use crate::shell::{cargo, root};
use crate::{tidy, venv};

/// Arguments of `test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only steps whose name contains this word.
    #[arg(long)]
    only: Option<String>,
    /// More interpreters for the Python tests.
    #[arg(long = "python")]
    pythons: Vec<PathBuf>,
}

/// One step: a name, and a command that must succeed.
struct Step {
    name: String,
    command: Command,
}

/// Run all steps; every failure is told, and the first decides nothing.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    let mut failed = Vec::new();
    let mut told = |name: &str, start: Instant, good: bool| {
        let seconds = start.elapsed().as_secs_f32();
        println!(
            "{} {name} ({seconds:.1} s)",
            if good { "ok    " } else { "FAILED" }
        );
        if !good {
            failed.push(name.to_owned());
        }
    };
    if wanted("tidy") {
        let start = Instant::now();
        told(
            "tidy",
            start,
            tidy::run().map_err(|error| eprintln!("{error}")).is_ok(),
        );
    }
    for step in steps(args)? {
        if wanted(&step.name) {
            let start = Instant::now();
            let good = succeeds(step.command)?;
            told(&step.name, start, good);
        }
    }
    if failed.is_empty() {
        println!("everything passes");
        return Ok(());
    }
    bail!(
        "failed: {}. Run one alone with `cargo xtask test --only NAME`",
        failed.join(", ")
    )
}

fn succeeds(mut command: Command) -> anyhow::Result<bool> {
    let status = command
        .current_dir(root())
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    Ok(status.success())
}

fn step(name: &str, command: Command) -> Step {
    Step {
        name: name.to_owned(),
        command,
    }
}

fn cargo_with(args: &[&str]) -> Command {
    let mut command = cargo();
    command.args(args);
    command
}

fn steps(args: &Args) -> anyhow::Result<Vec<Step>> {
    let python = venv::ready(&venv::base_python())?;
    let mut steps = vec![
        step("format", cargo_with(&["fmt", "--all", "--check"])),
        step(
            "clippy",
            cargo_with(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--quiet",
                "--",
                "-D",
                "warnings",
            ]),
        ),
        step(
            "stubs",
            cargo_with(&[
                "run",
                "--quiet",
                "--package",
                "cargo-pyrus",
                "--",
                "pyrus",
                "stubs",
                "--check",
            ]),
        ),
    ];
    let mut rust = cargo_with(&["test", "--workspace", "--quiet"]);
    rust.env("PATH", path_with(&python)?);
    steps.push(step("rust", rust));
    steps.extend(python_steps(&python)?);
    for other in &args.pythons {
        steps.push(pytest(&venv::ready(other)?)?);
    }
    Ok(steps)
}

/// The environment's programs first, so that tests find ruff, mypy and pyright.
fn path_with(python: &Path) -> anyhow::Result<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folder = python
        .parent()
        .context("an interpreter has a folder")?
        .to_owned();
    Ok(std::env::join_paths(
        std::iter::once(folder).chain(std::env::split_paths(&old)),
    )?)
}

/// Build the extension for an interpreter, then its tests.
fn pytest(python: &Path) -> anyhow::Result<Step> {
    let facts = Python::new(python)?;
    for what in [&NATIVE, &ZOO, &VISITOR] {
        extension(what, &facts)?;
    }
    let mut command = Command::new(python);
    with_package(&mut command).args([
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        "tests/python",
        "examples/zoo/tests/test_basics.py",
    ]);
    Ok(step(&format!("pytest {}", facts.version), command))
}

fn python_steps(python: &Path) -> anyhow::Result<Vec<Step>> {
    let module = |args: &[&str]| {
        let mut command = Command::new(python);
        with_package(&mut command)
            .arg("-m")
            .args(args)
            .env("MYPYPATH", "gen:python");
        command
    };
    let pytest = pytest(python)?;
    let version = "import sys; sys.exit(sys.version_info < (3, 10))";
    let checks_types = Command::new(python)
        .args(["-c", version])
        .status()?
        .success();
    let mut steps = vec![
        pytest,
        step("stress", module(&["pyrus.graph"])),
        step("ruff check", module(&["ruff", "check", "gen"])),
        step("ruff format", module(&["ruff", "format", "--check", "gen"])),
    ];
    if checks_types {
        let mut zoo = module(&["mypy.stubtest", "zoo", "visitor"]);
        zoo.env("PYTHONPATH", root().join("examples/zoo/python"));
        zoo.env("MYPYPATH", "examples/zoo/gen:examples/zoo/visitor/gen");
        steps.push(step("stubtest zoo", zoo));
        steps.push(step(
            "stubtest",
            module(&["mypy.stubtest", "pyrus._native"]),
        ));
        steps.push(step("mypy", module(&["mypy", "--strict", "tests/typed"])));
        let mut pyright = module(&["pyright", "--pythonpath"]);
        pyright
            .arg(python)
            .args(["--project", "pyrightconfig.json"]);
        steps.push(step("pyright", pyright));
    } else {
        println!("skipped stubtest, mypy, pyright: they need Python 3.10 or later");
    }
    Ok(steps)
}

/// Rewrite golden files.
pub(crate) fn bless() -> anyhow::Result<()> {
    let mut command = cargo_with(&["test", "--workspace"]);
    command.env("PYRUS_BLESS", "1");
    if succeeds(command)? {
        Ok(())
    } else {
        bail!("some tests still fail")
    }
}

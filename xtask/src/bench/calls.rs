//! `bench calls`: builds both modules for each interpreter and hands them to `measure.py`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::python::{Python, cdylib};
use crate::shell::{bench_dir, cargo, output, root, step};

/// Arguments of `bench calls`.
#[derive(clap::Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct Args {
    /// Fewer and shorter rounds.
    #[arg(long)]
    quick: bool,
    /// Print JSON: a list with one item for each interpreter.
    #[arg(long)]
    json: bool,
    /// Count instructions with valgrind instead of time.
    #[arg(long)]
    callgrind: bool,
    /// Measure the C module against a copy of itself: the noise of this machine.
    #[arg(long)]
    noise: bool,
    /// The Pyrus module for the stable ABI beside the others (`CPython` 3.12 or later).
    #[arg(long)]
    abi3: bool,
    /// An interpreter to measure with; may be repeated.
    #[arg(long, value_name = "PATH")]
    python: Vec<PathBuf>,
    /// Cases whose name holds this, or the name of a group; may be repeated.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Another module with the same API; may be repeated.
    #[arg(long, value_name = "NAME=PATH")]
    peer: Vec<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let mut summaries = Vec::new();
    for python in Python::all(&args.python)? {
        let report = measure(args, &python)?;
        if args.json {
            summaries.push(serde_json::from_str::<Value>(&report)?);
        } else {
            println!("{report}");
        }
    }
    if args.json {
        println!("{}", serde_json::to_string_pretty(&summaries)?);
    }
    Ok(())
}

/// Build what is compared, compare it: the report as text.
fn measure(args: &Args, python: &Python) -> anyhow::Result<String> {
    let dir = bench_dir(&python.version)?;
    let version = &python.version;
    let yardstick = step(&format!("C module for Python {version}"), || {
        build_c(python, &dir)
    })?;
    let (name, contender) = if args.noise {
        (
            "copy",
            copy(&yardstick, &dir.join("copy"), python, "calls_c")?,
        )
    } else {
        (
            "pyrus",
            step(&format!("Pyrus module for Python {version}"), || {
                build_pyrus(python, &dir, &[])
            })?,
        )
    };
    let mut peers = args.peer.clone();
    if args.abi3 {
        let module = step("Pyrus module for the stable ABI", || {
            build_pyrus(python, &dir.join("abi3"), &["--features", "abi3"])
        })?;
        peers.push(named("abi3", &module));
    }
    let mut command = python.command();
    command.arg(root().join("benches/calls/measure.py"));
    command
        .arg(named("c", &yardstick))
        .arg(named(name, &contender));
    command.args(peers.iter().flat_map(|peer| ["--peer", peer]));
    command.args(args.only.iter().flat_map(|only| ["--only", only]));
    for (given, flag) in [
        (args.quick, "--quick"),
        (args.json, "--json"),
        (args.callgrind, "--callgrind"),
    ] {
        command.args(given.then_some(flag));
    }
    // Progress and mistakes go to the terminal as they are.
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run measure.py")?;
    if !done.status.success() {
        bail!("measure.py failed with {}", done.status);
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn named(name: &str, path: &Path) -> String {
    format!("{name}={}", path.display())
}

fn build_c(python: &Python, dir: &Path) -> anyhow::Result<PathBuf> {
    let module = dir.join(python.extension("calls_c"));
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
    compiler.args(["-O3", "-DNDEBUG", "-Wall", "-Wextra", "-fPIC", "-shared"]);
    if cfg!(target_os = "macos") {
        compiler.args(["-undefined", "dynamic_lookup"]);
    }
    compiler
        .arg("-I")
        .arg(&python.include)
        .arg(root().join("benches/calls/c/calls_c.c"))
        .arg("-o")
        .arg(&module);
    output(&mut compiler)?;
    Ok(module)
}

fn build_pyrus(python: &Python, dir: &Path, features: &[&str]) -> anyhow::Result<PathBuf> {
    // A target folder for each interpreter: changing PYO3_PYTHON in a shared one rebuilds the runtime each time.
    let target = dir.join("cargo");
    let mut build = cargo();
    build
        .args([
            "build",
            "--release",
            "--package",
            "pyrus-bench-calls",
            "--target-dir",
        ])
        .arg(&target)
        .args(features);
    output(
        build
            .current_dir(root())
            .env("PYO3_PYTHON", &python.executable),
    )?;
    copy(
        &target.join("release").join(cdylib("calls_pyrus")),
        dir,
        python,
        "calls_pyrus",
    )
}

/// Copy a library to where, and under the name by which, Python imports it.
fn copy(library: &Path, dir: &Path, python: &Python, module: &str) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(dir)?;
    let to = dir.join(python.extension(module));
    std::fs::copy(library, &to).with_context(|| format!("cannot copy {}", library.display()))?;
    Ok(to)
}
